"""One reply, from the thread and the written lines: what comes first, what is left out.

Receiving comes first; an invitation comes later, is refusable, and does not come back after a no.
"""

import random
from collections.abc import Sequence

from beside.voices.authored.beneath import lines_beneath, told_of_themselves
from beside.voices.authored.book import Book, Moment
from beside.voices.authored.offers import is_even
from beside.voices.authored.own_words import OwnWords, is_past
from beside.voices.authored.pick import Said, longest_ago, pick
from beside.voices.authored.pressed import ANYTHING, GRAVE, said_to_us
from beside.voices.authored.pressure import Kind, Right
from beside.voices.authored.put_right import put_right
from beside.voices.authored.thread import A_THEME, Thread, doors

MOST_WORDS = 68

_DANGER = 90
_VERY_HEAVY = 3.0
_WEIGHTY = 60
_LONG = 14
_FEW = 6
_BRIEF = 10
"""Words of a turn in which a hurt is surely the matter, also where something is asked."""

_REACHES_BACK = 4
"""Turns of the person from which something is received beside a position."""
_OWN = frozenset({"i", "i'm", "i've", "i'd", "i'll", "me", "my", "we", "our", "us", "mine"})
"""A question in which nobody speaks of themselves is a question."""
_MOST_ECHO = 0.7
"""How much of a reply may be the person's own sentence said back."""


def reply(thread: Thread, book: Book, chance: random.Random) -> str:
    """What the companion says now."""
    return _Speaker(thread, book, chance).speak()


class _Speaker:
    """Holds what one reply is made from."""

    def __init__(self, thread: Thread, book: Book, chance: random.Random) -> None:
        self.thread = thread
        self.book = book
        self.chance = chance
        self.may_ask = thread.asked_in_a_row < 2 and not thread.just_refused
        self.hurts = thread.theme is not None and thread.theme.kind == "hurt"

    def speak(self) -> str:
        """The whole reply."""
        moment = self._answered_moment()
        if (held := self._pressed(moment)) is not None:
            return held
        if (asked := self._asked(moment)) is not None:
            said: str | None = asked
        elif moment is None:
            said = self._going_on()
        elif moment.kind == "hurt":
            said = self._hurt(moment)
        elif moment.kind == "move":
            said = self._moved(moment)
        else:
            said = self._answered(moment)
        rest = (*self.book.pool("hold"), *self.book.pool("receive"))
        return said or self._one(rest) or longest_ago(rest, self.thread.said)

    def _pressed(self, moment: Moment | None) -> str | None:
        """Where the person presses, is right, or lets go: that is answered before all else."""
        pressed = self.thread.pressed
        if moment is not None and moment.rank >= _DANGER:
            return None
        if pressed.kind is not None:
            return None if self._has_its_own(moment) else self._held(pressed.kind)
        if pressed.eased:
            return self._one(self.book.pressure.eased)
        if pressed.brings:
            book = self.book.pressure
            if moment is not None and moment.rank >= A_THEME:
                return None
            if pressed.after is not None:
                return self._told_after()
            return self._taken_over(book.argued if pressed.argues else book.brought)
        return None if pressed.right is None else self._yielded(pressed.right, moment)

    def _has_its_own(self, moment: Moment | None) -> bool:
        """Whether what was heard has lines of its own for a first pressing, or is only a question.

        So it is with what says where it stands itself, and with acts and tasks where no phrase says
        that it presses.
        """
        pressed, kinds = self.thread.pressed, self.book.pressure.kinds.values()
        if any(self.thread.said.holds(line) for kind in kinds for line in kind.position):
            return False
        if pressed.by_reading:
            return self.thread.now.wants == "task" or (moment is not None and moment.kind == "act")
        grave = pressed.kind is not None and pressed.kind.rank >= GRAVE
        known = moment is not None and self.thread.met_before(moment)
        return moment is not None and moment.firm and not grave and not known

    def _yielded(self, right: Right, moment: Moment | None) -> str | None:
        """Where the person is right: that, plainly, and from there on with what they tell."""
        if moment is not None and (moment.closes or (right.soft and _says_more(moment))):
            return None
        begun = self._taken_over(right.says)
        hurts = moment is not None and moment.kind == "hurt" and moment.rank >= _WEIGHTY
        if begun is None or moment is None or not hurts or right.soft:
            return begun
        further = self._pick(moment.first, opens=False, asking=False)
        return self._joined(begun, further) if further else begun

    def _taken_over(self, lines: Sequence[str]) -> str | None:
        """A line that takes up what somebody puts right or brings, in their own words."""
        own = put_right(self.thread.now.text, self.thread.before, self.book)
        words = {**self.thread.words, **own}
        return pick(lines, words, self.thread.said, self.chance, asking=self.may_ask)

    def _held(self, kind: Kind) -> str | None:
        """The position and why, then in other words, then shorter; and what this person lives."""
        anything = self.book.pressure.kinds[ANYTHING]
        said = self.thread.said
        if not any(map(said.holds, kind.stands)):
            lines = [kind.stands, kind.holds, kind.stays, anything.holds]
            receives_first = 0.6
        elif not any(map(said.holds, kind.holds)):
            lines = [kind.holds, kind.stays, anything.holds, kind.stands]
            receives_first = 0.5
        else:
            lines = [kind.stays, kind.holds, anything.stays, anything.holds, kind.stands]
            receives_first = 0.7
        lines.append(anything.stands)
        first = self.chance.random() < receives_first
        made = (self._pick(each, opens=not first, asking=False) for each in lines)
        position = next((each for each in made if each), None)
        near = self._received(kind, opens=first)
        if position is None or near is None:
            return position
        return f"{near} {position}" if first else f"{position} {near}"

    def _told_after(self) -> str | None:
        """What is told after pressing: taken in, and nothing of the pressing with it."""
        own = told_of_themselves(self.thread.now.text, self.book)
        begun = None
        if own and not self.thread.said_back and not self._was_taken(own):
            lines = self.book.pressure.told_after or self.book.pressure.taking
            begun = pick(lines, own, self.thread.said, self.chance)
        begun = begun or self._taken()
        if begun is None:
            beneath = lines_beneath(self.thread.told[-1:], self.book)
            begun = next((each for each in map(self._one, beneath) if each), None)
        if begun is None:
            return self._one(self.book.pool("hold_hurt"))
        tail = self._pick(self.book.pool("after_hurt"), opens=False)
        return begun if tail is None else self._joined(begun, tail)

    def _received(self, kind: Kind, *, opens: bool) -> str | None:
        """One sentence for what this person goes through: the nearest to their own words first."""
        told = self.thread.told[-_REACHES_BACK:]
        shapes = self.book.pressure
        for text in told[:-_REACHES_BACK:-1] if kind.rank < GRAVE else told[-1:]:
            own = told_of_themselves(text, self.book)
            if own and not self.thread.said_back and not self._was_taken(own):
                line = pick(shapes.taking, own, self.thread.said, self.chance, opens=opens)
                if line is not None:
                    return line
        lines: list[Sequence[str]] = lines_beneath(told[:-2:-1], self.book)
        hurt = self.thread.hurt
        lines += [hurt.more] if hurt is not None and hurt.rank >= _WEIGHTY else []
        lines += [*lines_beneath(told[-2::-1], self.book), kind.near]
        lines.append(shapes.kinds[ANYTHING].near)
        made = (self._pick(each, opens=opens, asking=False) for each in lines)
        return next((each for each in made if each), None)

    def _was_taken(self, own: OwnWords) -> bool:
        """Whether these words of theirs were said back before."""
        return any(each.lower() in self.thread.said.words for each in own.values())

    def _answered_moment(self) -> Moment | None:
        """The moment that is answered: a mere tone, or something light, gives way to a hurt."""
        now, theme = self.thread.now, self.thread.theme
        moment = now.moment
        if moment is None:
            return None
        if theme is not None and moment is not theme and moment.kind in ("hurt", "light"):
            if moment.rank < A_THEME:
                return None
            if self.hurts and moment.kind == "light" and moment.rank < 40 and not now.eager:
                return next((each for each in now.also if each.kind == "move"), None)
        return moment

    def _asked(self, moment: Moment | None) -> str | None:
        """A fact, a task, a choice or a view is asked for, and nothing weightier was heard."""
        now = self.thread.now
        if moment is not None and (moment.kind == "act" or moment.rank >= _DANGER):
            return None
        if now.wants is None:
            unknown = now.asks and not now.page and self._is_beside_it(moment)
            return self._one(self.book.pool("asked")) if unknown else None
        own = any(token.compared in _OWN for token in now.text.tokens)
        hurts = own and moment is not None and moment.kind == "hurt" and moment.rank >= A_THEME
        if hurts and (
            now.tone == "heavy" or (len(now.text.tokens) <= _BRIEF and now.wants != "task")
        ):
            return None
        return self._one(self.book.pool(now.wants))

    def _is_beside_it(self, moment: Moment | None) -> bool:
        """Whether nothing heavy was heard that a question could belong to."""
        if self.thread.now.tone == "heavy":
            return False
        long = len(self.thread.now.text.tokens) > _LONG
        return moment is None or (long and moment.rank < _WEIGHTY)

    def _answered(self, moment: Moment) -> str | None:
        """An act or something light: one line is the answer."""
        met = self.thread.met_before(moment)
        lines = moment.again or moment.first if met else moment.first
        if moment.kind == "light" and met:
            lines = moment.more or lines
        said = self._one(lines) or self._one((*moment.more, *moment.first, *moment.again))
        if moment.kind == "light" and said and self.chance.random() < 0.6:
            return self._with_question(said, moment.ask)
        return said

    def _moved(self, moment: Moment) -> str | None:
        """What the turn does is answered; now and then something of the theme follows."""
        begun = self._one(moment.first)
        if begun is None:
            return self._going_on()
        if not moment.whole and (further := self._further()) is not None:
            return self._joined(begun, further)
        return begun

    def _hurt(self, moment: Moment) -> str | None:
        back = self.thread.returned and self.chance.random() < 0.6
        if back and (again := self._one(self.book.pool("spiral"))) is not None:
            return again
        if self._is_only_a_setting(moment) and (theirs := self._in_their_words()) is not None:
            return theirs
        if self.thread.met_before(moment):
            begun = self._one(moment.more) or self._one(moment.first)
        else:
            begun = self._one(moment.first) or self._one(moment.more)
        if begun is None:
            return self._going_on()
        if self.thread.now.page and (page := self._one(self.book.pool("page"))) is not None:
            begun = self._joined(page, begun)
        if self.thread.met_before(moment) and (further := self._further()) is not None:
            return self._joined(begun, further)
        return self._with_question(begun, moment.ask)

    def _is_only_a_setting(self, moment: Moment) -> bool:
        """Whether a whole story begins here, and what was heard is only where it plays."""
        told = len(self.thread.now.text.tokens) > _FEW
        return self.thread.turn == 1 and told and moment.rank < _WEIGHTY and not moment.tender

    def _in_their_words(self) -> str | None:
        """What they said, taken up, with a short line; or a line that only receives."""
        begun, tail = self._taken(), self._tail(None)
        if begun is None or tail is None:
            return self._one(self.book.pool("receive"))
        whole = self._joined(begun, tail)
        return whole if self._echo_of(whole) <= _MOST_ECHO else None

    def _going_on(self) -> str | None:
        """No moment of its own: the person's own words, and staying with the theme."""
        theme = self.thread.theme
        if self.thread.now.page and (page := self._one(self.book.pool("page"))) is not None:
            return page
        if (fitting := self._in_tone()) is not None:
            return fitting
        if (theirs := self._told_about_us()) is not None:
            return theirs
        begun = self._taken()
        if begun is not None:
            tail = self._further() or self._tail(theme)
            whole = self._joined(begun, tail) if tail else begun
            if self._echo_of(whole) <= _MOST_ECHO:
                return whole
        if self.thread.now.tone == "heavy" and self.thread.now.asks:
            return self._one(self.book.pool("asked")) or self._one(self.book.pool("hold"))
        if self.thread.now.weight >= _VERY_HEAVY and (held := self._one(self.book.pool("heavy"))):
            return held
        if theme is None:
            even = self._one(self.book.pool("receive_even")) if is_even(self.thread) else None
            return even or self._one(self.book.pool("receive")) or self._one(self.book.pool("hold"))
        hold = self.book.pool("hold_hurt" if self.hurts else "hold")
        lines = theme.more if self.chance.random() < 0.3 else hold
        begun = self._one(lines) or self._one((*hold, *theme.more))
        return self._with_question(begun, self._questions()) if begun else None

    def _told_about_us(self) -> str | None:
        """Said to the companion, and not known otherwise: received, neither granted nor denied."""
        now = self.thread.now
        if self.thread.turn == 1 or now.asks or not said_to_us(now.text):
            return None
        return self._taken_over(self.book.pressure.argued)

    def _in_tone(self) -> str | None:
        """Something light is met lightly, unless it was said in the middle of something tender."""
        now = self.thread.now
        theme = self.thread.theme if self.hurts else None
        weighty = theme is not None and (self.thread.tender or theme.rank >= _WEIGHTY)
        if now.tone != "light" or weighty:
            return None
        glad = self._one(self.book.pool("light_glad")) if now.glad and not now.asks else None
        return glad or self._one(self.book.pool("light"))

    def _echo_of(self, whole: str) -> float:
        """How much of a reply is the person's own words said back."""
        said_back = [own for own in self.thread.words.values() if own.lower() in whole.lower()]
        return max((len(own) for own in said_back), default=0) / len(whole)

    def _taken(self) -> str | None:
        """An opening that takes up the person's words; mostly not in three replies running."""
        thread = self.thread
        if not thread.words or (thread.said_back and self.chance.random() < 0.6):
            return None
        heavy = self.hurts or self.thread.now.tone == "heavy"
        return self._one(self.book.pool("take_hurt" if heavy else "take"), asking=False)

    def _tail(self, theme: Moment | None) -> str | None:
        """What follows the person's own words."""
        if is_even(self.thread) and (even := self.book.pool("after_even")):
            return self._pick(even, opens=False)
        past = is_past(self.thread.now, self.book)
        lines = list(self.book.pool("after_past" if past else "after_now"))
        if self.thread.now.tone == "heavy":
            lines = list(self.book.pool("after_hurt"))
        elif self.hurts and theme is not None:
            lines += self.book.pool("after_plain") or self.book.pool("after_hurt")
            lines += theme.more if self.chance.random() < 0.25 else ()
        elif theme is not None:
            lines = list(self.book.pool("after_light"))
        else:
            lines += self.book.pool("after_plain") or self.book.pool("after")
        lines = lines or [*self.book.pool("receive"), *self.book.pool("hold")]
        quiet = self.thread.asked_in_a_row > 0 or self.thread.tender
        asking = self.may_ask and not (quiet and self.chance.random() < 0.7)
        return self._pick(lines, opens=False, asking=asking)

    def _further(self) -> str | None:
        """After receiving: a door, or a look toward the person's own people; rarely."""
        return self._life() or self._door()

    def _door(self) -> str | None:
        thread, theme = self.thread, self.thread.theme
        late = {"suffering": 5, "chat": 99}.get(thread.mode, 3)
        shut = thread.tender or thread.closed or not self.may_ask
        if theme is None or shut or thread.theme_turns < late or self._lately(doors(self.book), 5):
            return None
        return self._pick(theme.door, opens=False) if self.chance.random() < 0.4 else None

    def _life(self) -> str | None:
        thread = self.thread
        if thread.turn < 7 or not self.may_ask or thread.asked_in_a_row or not self.hurts:
            return None
        if any(each is not None and each.alone for each in (*thread.past[-5:], thread.now.moment)):
            return None
        if self._lately(self.book.pool("life"), 10) or self.chance.random() < 0.6:
            return None
        return self._pick(self.book.pool("life"), opens=False)

    def _lately(self, lines: Sequence[str], replies: int) -> bool:
        """Whether one of these was said in the last replies."""
        recent = Said.of(self.thread.said.words.split(" ¶ ")[-replies:])
        return any(map(recent.holds, lines))

    def _questions(self) -> tuple[str, ...]:
        theme = self.thread.theme
        own = theme.ask if theme is not None else ()
        return (*own, *self.book.pool("ask")) if self.hurts else own

    def _with_question(self, begun: str, questions: Sequence[str]) -> str:
        """The reply with a question after it, where one may be asked and fits."""
        wanted = 0.45 if not self.thread.asked_in_a_row else 0.15
        if "?" in begun or not self.may_ask or self.chance.random() > wanted:
            return begun
        if self.thread.tender and self.thread.asked_in_a_row:
            return begun
        question = self._pick(questions, opens=False)
        return self._joined(begun, question) if question else begun

    def _joined(self, begun: str, tail: str) -> str:
        """Both, where that is not too long and holds one question at most."""
        whole = f"{begun} {tail}"
        fits = len(whole.split()) <= MOST_WORDS and whole.count("?") <= 1
        return whole if fits else begun

    def _one(self, lines: Sequence[str], *, asking: bool = True) -> str | None:
        return self._pick(lines, opens=True, asking=asking)

    def _pick(self, lines: Sequence[str], *, opens: bool, asking: bool = True) -> str | None:
        thread = self.thread
        return pick(
            lines, thread.words, thread.said, self.chance,
            opens=opens, asking=asking and self.may_ask,
        )  # fmt: skip


def _says_more(moment: Moment) -> bool:
    """Whether what was heard says more of a turn than that it puts something straight."""
    return moment.rank >= (_WEIGHTY if moment.kind == "hurt" else A_THEME)
