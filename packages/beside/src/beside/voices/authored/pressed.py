"""Where a person presses for praise, agreement or an order, and where they are right.

It knows general shapes: words demanded, a nod wanted, and what it is about. Nobody is held against
who is merely hurting: a wish for comfort is no pressure, and a correction is taken over. The lines
stand in `pressed.toml`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from beside.voices.authored.phrases import Classes, Phrase, compile_phrase
from beside.voices.authored.text import Text

ANYTHING = "say_it"
"""The kind where it cannot be told what is wanted."""
SO_IT_IS = "so_it_is"
"""What a person says who makes sure that their correction was heard."""

_STAYS = 2
"""For so many turns after pressure, what is said to the companion counts as more of it."""
_SAID_TO_US = 25
"""Words up to which a turn with "you" in it goes on pressing."""
GRAVE = 88
"""From this rank on somebody's health or life is in it: that goes before what was pressed for."""
_BRIEF = 4
_LEAST = 6
"""Words from which a turn can hold a correction; "that's not it" alone has other answers."""
_MOST = 45
_BY_THEIR_OWN = frozenset({"record", "tried"})
"""What is put right about oneself counts also in the middle of pressure."""
_YOU = frozenset({"you", "you're", "your", "you'd", "you've", "you'll", "yourself"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One thing that is pressed for: by what it is heard, and the lines.

    `stands` says the position and why, `holds` the same in other words, `near` what is received.
    `nods`: it is enough that a nod is wanted; elsewhere the words must be demanded.
    """

    name: str
    rank: int
    nods: bool
    hears: tuple[Phrase, ...]
    alone: tuple[Phrase, ...]
    unless: tuple[Phrase, ...]
    stands: tuple[str, ...]
    holds: tuple[str, ...]
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """One way of being right, and how that is taken over."""

    name: str
    hears: tuple[Phrase, ...]
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shapes:
    """What a language's file says of pressure; empty where it says nothing."""

    kinds: Mapping[str, Kind]
    rights: Mapping[str, Right]
    asks: tuple[Phrase, ...] = ()
    tells: tuple[Phrase, ...] = ()
    tags: tuple[Phrase, ...] = ()
    not_asked: tuple[Phrase, ...] = ()
    comforts: tuple[Phrase, ...] = ()
    eases: tuple[Phrase, ...] = ()
    eased: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """Every line."""
        held = [line for kind in self.kinds.values() for line in kind.stands + kind.holds]
        near = [line for kind in self.kinds.values() for line in kind.near]
        return (*held, *near, *self.eased, *(s for each in self.rights.values() for s in each.says))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """What the newest turn does: it presses (`kind`), is right (`right`), or lets go (`eased`)."""

    kind: Kind | None = None
    right: Right | None = None
    eased: bool = False


def shapes(whole: Mapping[str, Any], classes: Classes) -> Shapes:
    """The shapes of one language, from what its files hold; phrases are in compared spelling."""

    def phrases(written: Sequence[str]) -> tuple[Phrase, ...]:
        return tuple(compile_phrase(each, classes) for each in written)

    demands, eases = whole.get("demands", {}), whole.get("eases", {})
    return Shapes(
        kinds={
            name: Kind(
                name=name,
                rank=each["rank"],
                nods=each.get("nods", False),
                hears=phrases(each.get("hears", ())),
                alone=phrases(each.get("alone", ())),
                unless=phrases(each.get("unless", ())),
                stands=tuple(each["stands"]),
                holds=tuple(each["holds"]),
                near=tuple(each["near"]),
            )
            for name, each in whole.get("pressed", {}).items()
        },
        rights={
            name: Right(name=name, hears=phrases(each["hears"]), says=tuple(each["says"]))
            for name, each in whole.get("yields", {}).items()
        },
        asks=phrases(demands.get("asks", ())),
        tells=phrases(demands.get("tells", ())),
        tags=phrases(demands.get("tags", ())),
        not_asked=phrases(demands.get("unless", ())),
        comforts=phrases(demands.get("comforts", ())),
        eases=phrases(eases.get("hears", ())),
        eased=tuple(eases.get("says", ())),
    )


def press(turns: Sequence[Text], known: Shapes) -> Pressed:
    """What the last of the person's turns does, in the light of those before it."""
    if not known.kinds:
        return Pressed()
    kind: Kind | None = None
    since, since_right = _STAYS + 1, _STAYS + 1
    again: list[Kind] = []
    now = Pressed()
    for number, text in enumerate(turns):
        before = kind if since <= _STAYS else None
        heard = _kinds(text, known)
        now = _one(text, known, heard, before, first=not number, righted=since_right <= _STAYS)
        if now == Pressed() and _said_to_us(text) and not _found(known.comforts, text):
            same = [each for each in heard if each in again]
            now = Pressed(kind=same[0]) if same else now
        again = heard
        since = 0 if now.kind is not None else since + 1
        since = since + _STAYS if now.eased else since
        since_right = 0 if now.right is not None else since_right + 1
        kind = now.kind or kind
    return now


def _one(
    text: Text, known: Shapes, heard: Sequence[Kind], before: Kind | None,
    *, first: bool, righted: bool,
) -> Pressed:  # fmt: skip
    asked = _in_a_piece(known.asks, text) and not _in_a_piece(known.not_asked, text)
    comfort = before is None and _found(known.comforts, text)
    alone = [each for each in heard if _found(each.alone, text)]
    wanted = asked or _in_a_piece(known.tells, text)
    if not comfort and (alone or asked or (wanted and (heard or before))):
        return Pressed(kind=_which(heard, alone, before, known))
    if before is not None and _in_a_piece(known.eases, text):
        return Pressed(eased=True)
    right = None if first else _right(text, known, righted=righted)
    if right is not None and (before is None or right.name in _BY_THEIR_OWN):
        return Pressed(right=right)
    nod = _in_a_piece(known.tags, text)
    nodding = [each for each in heard if each.nods or before is not None or not first]
    if nod and not comfort and (before is not None or nodding):
        return Pressed(kind=_which(nodding, [], before, known))
    if before is not None and (before in heard or _said_to_us(text)):
        return Pressed(kind=before)
    return Pressed()


def _kinds(text: Text, known: Shapes) -> list[Kind]:
    """What the turn may be pressing for, the weightiest first."""
    found = [
        each
        for each in known.kinds.values()
        if (_found(each.hears, text) or _found(each.alone, text)) and not _found(each.unless, text)
    ]
    return sorted(found, key=lambda each: -each.rank)


def _which(
    heard: Sequence[Kind], alone: Sequence[Kind], before: Kind | None, known: Shapes
) -> Kind:
    """What is pressed for: the same as before, unless something else is named beyond doubt."""
    if before is not None and before.name != ANYTHING:
        other = [each for each in alone if before not in heard]
        graver = [each for each in heard if each.rank >= GRAVE > before.rank]
        return (*other, *graver, before)[0]
    return (*alone, *heard, known.kinds[ANYTHING])[0]


def _right(text: Text, known: Shapes, *, righted: bool) -> Right | None:
    """In what the person is right; after that, also where they only make sure of it."""
    words = len(text.tokens)
    so_it_is = known.rights.get(SO_IT_IS)
    if words > _MOST:
        return None
    if righted and so_it_is and (words <= _BRIEF or _in_a_piece(so_it_is.hears, text)):
        return so_it_is
    ways = (each for each in known.rights.values() if each is not so_it_is)
    return next((w for w in ways if words >= _LEAST and _in_a_piece(w.hears, text)), None)


def the_fact(text: Text, known: Shapes) -> Text:
    """What a turn that puts something right tells, without the putting right itself."""
    told = [
        clause
        for clause in text.clauses()
        if not any(
            each.find(clause.compared) for way in known.rights.values() for each in way.hears
        )
    ]
    return Text(tuple(token for clause in told for token in clause.tokens))


def _said_to_us(text: Text) -> bool:
    words = [token.compared for token in text.tokens]
    return len(words) <= _SAID_TO_US and not _YOU.isdisjoint(words)


def _found(phrases: Sequence[Phrase], text: Text) -> bool:
    return any(each.find(text.compared) for each in phrases)


def _in_a_piece(phrases: Sequence[Phrase], text: Text) -> bool:
    """Whether one of them stands in a sentence, or between two commas: `^` and `$` are theirs."""
    pieces = {each.compared for each in (*text.sentences(), *text.clauses())}
    return any(each.find(piece) for piece in pieces for each in phrases)
