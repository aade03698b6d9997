"""What the files of a language say of pressure: what is pressed for, the lines, the phrases.

Read from the tables of `pressed.toml` and `beneath.toml`; a language may have lines and no phrases.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from beside.voices.authored.phrases import Classes, Phrase, compile_phrase
from beside.voices.authored.text import Text

TABLES = ("demands", "eases", "pressed", "yields", "brings", "mends", "beneath", "taking", "about")
"""The tables that are read here."""

SAID = frozenset({"stands", "holds", "stays", "near", "says", "argues"})
"""Their lists of lines; the other lists are phrases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One thing that is pressed for: by what it is heard, and the lines.

    `stands` says the position and why, `holds` the same in other words, `stays` that it remains so,
    briefly; `near` is what is received beside it.
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
    stays: tuple[str, ...] = ()

    @property
    def position(self) -> tuple[str, ...]:
        """Every line that says where the companion stands."""
        return self.stands + self.holds + self.stays


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """One way of being right, and how that is taken over.

    `always`: it counts also in the middle of pressure. `soft`: only where nothing else was heard.
    `unless`: words with which the same is no fact that settles it ("but", "how many", "not").
    """

    name: str
    hears: tuple[Phrase, ...]
    says: tuple[str, ...]
    unless: tuple[Phrase, ...] = ()
    always: bool = False
    soft: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Beneath:
    """Something that lies under the pressing: plain words by which it is heard, and the lines."""

    name: str
    hears: tuple[Phrase, ...]
    says: tuple[str, ...]
    unless: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shapes:
    """What a language's file says of pressure; empty where it says nothing."""

    kinds: Mapping[str, Kind]
    rights: Mapping[str, Right]
    asks: tuple[Phrase, ...] = ()
    tells: tuple[Phrase, ...] = ()
    tags: tuple[Phrase, ...] = ()
    not_asked: tuple[Phrase, ...] = ()
    expects: tuple[Phrase, ...] = ()
    bids: tuple[Phrase, ...] = ()
    nods: tuple[Phrase, ...] = ()
    wonders: tuple[Phrase, ...] = ()
    insists: tuple[Phrase, ...] = ()
    complains: tuple[Phrase, ...] = ()
    comforts: tuple[Phrase, ...] = ()
    denies: tuple[Phrase, ...] = ()
    instead: tuple[Phrase, ...] = ()
    contrasts: tuple[Phrase, ...] = ()
    leads: tuple[Phrase, ...] = ()
    openers: tuple[Phrase, ...] = ()
    excuses: tuple[Phrase, ...] = ()
    brought: tuple[str, ...] = ()
    argued: tuple[str, ...] = ()
    eases: tuple[Phrase, ...] = ()
    eased: tuple[str, ...] = ()
    beneath: tuple[Beneath, ...] = ()
    taking: tuple[str, ...] = ()
    told_after: tuple[str, ...] = ()
    telling: tuple[Phrase, ...] = ()
    not_taken: tuple[Phrase, ...] = ()
    to_us: frozenset[str] = frozenset()
    empty: frozenset[str] = frozenset()

    @property
    def lines(self) -> tuple[str, ...]:
        """Every line."""
        held = [line for kind in self.kinds.values() for line in kind.position]
        near = [line for kind in self.kinds.values() for line in kind.near]
        rights = (line for each in self.rights.values() for line in each.says)
        beneath = (line for each in self.beneath for line in each.says)
        taken = (*self.eased, *self.brought, *self.argued, *self.taking, *self.told_after)
        return (*held, *near, *beneath, *taken, *rights)


def shapes(whole: Mapping[str, Any], classes: Classes) -> Shapes:
    """The shapes of one language, from what its files hold; phrases are in compared spelling."""

    def phrases(written: Sequence[str]) -> tuple[Phrase, ...]:
        return tuple(compile_phrase(each, classes) for each in written)

    names = ("demands", "eases", "brings", "mends", "taking", "about")
    demands, eases, brings, mends, taking, about = (whole.get(each, {}) for each in names)
    return Shapes(
        kinds={
            name: Kind(
                name=name,
                rank=each["rank"],
                nods=each.get("nods", False),
                hears=phrases((*each.get("hears", ()), *about.get(name, ()))),
                alone=phrases(each.get("alone", ())),
                unless=phrases(each.get("unless", ())),
                stands=tuple(each["stands"]),
                holds=tuple(each["holds"]),
                near=tuple(each["near"]),
                stays=tuple(each.get("stays", ())),
            )
            for name, each in whole.get("pressed", {}).items()
        },
        rights={
            name: Right(
                name=name,
                hears=phrases(each.get("hears", ())),
                says=tuple(each["says"]),
                unless=phrases(each.get("unless", ())),
                always=each.get("always", False),
                soft=each.get("soft", False),
            )
            for name, each in whole.get("yields", {}).items()
        },
        asks=phrases(demands.get("asks", ())),
        tells=phrases(demands.get("tells", ())),
        tags=phrases(demands.get("tags", ())),
        not_asked=phrases(demands.get("unless", ())),
        expects=phrases(demands.get("expects", ())),
        bids=phrases(demands.get("bids", ())),
        nods=phrases(demands.get("nods", ())),
        wonders=phrases(demands.get("wonders", ())),
        insists=phrases(demands.get("insists", ())),
        complains=phrases(demands.get("complains", ())),
        comforts=phrases(demands.get("comforts", ())),
        denies=phrases(mends.get("denies", ())),
        instead=phrases(mends.get("instead", ())),
        contrasts=phrases(mends.get("contrasts", ())),
        leads=phrases(mends.get("leads", ())),
        openers=phrases(mends.get("openers", ())),
        excuses=phrases(mends.get("excuses", ())),
        brought=tuple(brings.get("says", ())),
        argued=tuple(brings.get("argues", ())),
        eases=phrases(eases.get("hears", ())),
        eased=tuple(eases.get("says", ())),
        beneath=tuple(
            Beneath(
                name=name,
                hears=phrases(each["hears"]),
                says=tuple(each["says"]),
                unless=phrases(each.get("unless", ())),
            )
            for name, each in whole.get("beneath", {}).items()
        ),
        taking=tuple(taking.get("says", ())),
        told_after=tuple(taking.get("after", ())),
        telling=phrases(taking.get("telling", ())),
        not_taken=phrases(taking.get("never", ())),
        to_us=frozenset(taking.get("to_us", ())),
        empty=frozenset(mends.get("empty", ())),
    )


def stands_in(phrases: Sequence[Phrase], text: Text) -> bool:
    """Whether one of them stands in it."""
    said = text.compared
    return any(each.find(said) for each in phrases)
