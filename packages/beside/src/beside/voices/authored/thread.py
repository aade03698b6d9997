"""What the conversation so far says: its theme, what was refused, how much was asked, its mode.

It is read afresh from the messages each time; nothing is remembered elsewhere.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from beside.voices.authored.book import Book, Moment
from beside.voices.authored.learned import Hears, Means, read_talk
from beside.voices.authored.own_words import OwnWords, take_up
from beside.voices.authored.pick import Said, slots
from beside.voices.authored.pressed import Pressed, kinds_heard, press
from beside.voices.authored.recognise import Heard, hear
from beside.voices.authored.text import Text, read
from beside.voices.base import Message

A_THEME = 20
"""Moments of a lower rank are only a tone: they do not change what is talked about."""

_LOOKS_BACK = 14
"""Person's turns that are heard again; what was said before them counts only as said."""

_KEPT_TWICE = 2
"""What is kept may be said back once more, where it was taken up when it was told."""

_MODE = re.compile(r"\bmode:\s*(suffering|issue|chat)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """Where the conversation is, at the person's newest turn."""

    now: Heard
    words: OwnWords
    said: Said
    turn: int
    past: tuple[Moment | None, ...]
    theme: Moment | None
    theme_turns: int
    returned: bool
    asked_in_a_row: int
    said_back: bool
    just_refused: bool
    closed: bool
    tender: bool
    mode: str
    pressed: Pressed = Pressed()
    before: Text | None = None
    told: tuple[Text, ...] = ()
    """The person's turns, as they were heard, the newest last."""
    hurt: Moment | None = None
    """What hurt in an earlier turn in which nothing was pressed for."""

    def met_before(self, moment: Moment) -> bool:
        """Whether an earlier turn was this moment."""
        return moment in self.past


def follow(messages: Sequence[Message], book: Book, means: Means | None = None) -> Thread:
    """The thread up to the person's last message; what a companion said after it is left out.

    With `means`, what presses is heard by its meaning, too.
    """
    talk = [each for each in messages if each.role != "stance"]
    while talk and talk[-1].role != "person":
        talk.pop()
    replies = [each.text for each in talk if each.role == "companion"]
    heard = _hear_all(talk, book)
    now = heard[-1] if heard else hear("", book)
    past = tuple(each.moment for each in heard[:-1])
    theme, turns, returned = _theme([*past, now.moment])
    readings = read_talk(talk, means, heard_by_shapes(book), book.language)
    pressed = press([each.text for each in heard], book.pressure, readings) or [Pressed()]
    open_turns = [m for m, each in zip(past, pressed, strict=False) if each == Pressed()]
    hurt = _theme(open_turns)[0]
    said = Said.of(replies)
    words = {
        slot: own
        for slot, own in {**_kept(heard, book), **take_up(now, book)}.items()
        if (slot in book.classes_named and slot not in book.kept)
        or said.words.count(own.lower()) < (_KEPT_TWICE if slot in book.kept else 1)
    }
    return Thread(
        now=now,
        words=words,
        said=said,
        turn=sum(1 for each in talk if each.role == "person"),
        past=past,
        theme=theme,
        theme_turns=turns,
        returned=returned,
        asked_in_a_row=_asked_in_a_row(replies),
        said_back=_said_back(talk, book),
        just_refused=any(each is not None and each.closes for each in past[-3:]),
        closed=_closed(past),
        tender=any(each is not None and each.tender for each in (*past, now.moment)),
        mode=_mode(messages),
        pressed=pressed[-1],
        before=heard[-2].text if len(heard) > 1 else None,
        told=tuple(each.text for each in heard),
        hurt=hurt if hurt is not None and hurt.kind == "hurt" else None,
    )


def heard_by_shapes(book: Book) -> Hears:
    """What finds in a text the kinds that are pressed for, by the phrases of a language."""
    return lambda text: kinds_heard(read(text, book.same), book.pressure)


def doors(book: Book) -> tuple[str, ...]:
    """Every line that invites further in."""
    own = [line for moment in book.moments.values() for line in moment.door]
    return (*own, *book.pool("door"))


def _hear_all(talk: Sequence[Message], book: Book) -> list[Heard]:
    heard: list[Heard] = []
    persons = [index for index, each in enumerate(talk) if each.role == "person"]
    invitations = doors(book)
    for index in persons[-_LOOKS_BACK:]:
        before = ""
        if index and talk[index - 1].role == "companion":
            before = talk[index - 1].text
        after_door = bool(before) and any(map(Said.of([before]).holds, invitations))
        heard.append(hear(talk[index].text, book, before=before, after_door=after_door))
    return heard


def _kept(heard: Sequence[Heard], book: Book) -> OwnWords:
    """What was told in earlier turns and may still be taken up, where a line of now asks for it."""
    moment = heard[-1].moment if heard else None
    asked = {slot for line in moment.lines for slot in slots(line)} if moment is not None else set()
    if not (asked := asked & book.kept):
        return {}
    earlier = [take_up(each, book) for each in heard[:-1]]
    return {slot: own for each in earlier for slot, own in each.items() if slot in asked}


def _theme(moments: Sequence[Moment | None]) -> tuple[Moment | None, int, bool]:
    """What is talked about, for how many turns, and whether it has just come back.

    The heaviest hurt that was heard lately and often; something light only where no hurt was.
    """
    weights: dict[str, float] = {}
    by_name: dict[str, Moment] = {}
    for age, each in enumerate(reversed(moments)):
        if each is not None and each.kind in ("hurt", "light") and each.rank >= A_THEME:
            weight = 3.0 if each.name in weights else each.rank - 1.5 * age
            weights[each.name] = weights.get(each.name, 0.0) + weight
            by_name[each.name] = each
    hurts = [name for name in weights if by_name[name].kind == "hurt"]
    if not (names := hurts or list(weights)):
        return None, 0, False
    theme = by_name[max(names, key=lambda name: (weights[name], name))]
    first = moments.index(theme)
    return theme, len(moments) - first, _came_back(moments[first:], theme)


def _came_back(moments: Sequence[Moment | None], theme: Moment) -> bool:
    """Whether the newest turn is the theme again, after another subject of two turns or more."""
    if len(moments) < 4 or moments[-1] is not theme:
        return False
    between = [each for each in moments[-4:-1] if each is not None]
    others = [each for each in between if each.kind in ("hurt", "light") and each is not theme]
    return theme not in between and len(others) >= 2


def _asked_in_a_row(replies: Sequence[str]) -> int:
    count = 0
    for reply in reversed(replies):
        if "?" not in reply:
            break
        count += 1
    return count


def _said_back(talk: Sequence[Message], book: Book) -> bool:
    """Whether the newest reply began with the words of the turn before it."""
    if len(talk) < 3 or talk[-2].role != "companion":
        return False
    sentences = read(talk[-2].text, book.same).sentences()
    began = {token.compared for token in sentences[0].tokens} if sentences else set()
    theirs = {token.compared for token in read(talk[-3].text, book.same).tokens}
    theirs |= {book.turning.get(word, word) for word in theirs}
    return len(began) > 1 and len(began & theirs) >= 0.6 * len(began)


def _closed(past: Sequence[Moment | None]) -> bool:
    closed = False
    for each in past:
        if each is not None:
            closed = (closed or each.closes) and not each.opens
    return closed


def _mode(messages: Sequence[Message]) -> str:
    for message in reversed(messages):
        if message.role == "stance" and (found := _MODE.search(message.text)):
            return found.group(1).lower()
    return "issue"
