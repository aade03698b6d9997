"""The written lines of one language, read from `lines/`: moments, general pools, and its words.

A language is one file (`nl.toml`) or a folder of files that are read as one (`en/*.toml`). What may
stand in them is told at the head of `lines/en/words.toml`. A language need not have every moment.
"""

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from beside.voices.authored.phrases import Index, Phrase, compile_phrase
from beside.voices.authored.pressure import SAID, TABLES, Shapes, shapes
from beside.voices.authored.tone import Scale

LINES_FOLDER = Path(__file__).parent / "lines"

Kind = Literal["hurt", "act", "move", "light"]
"""A hurt is stayed with over turns; an act is answered by itself; a move is what a turn does within
what is talked about; what is light stays light."""

_LISTS = ("first", "more", "again", "ask", "door")
_YES_OR_NO = ("tender", "whole", "firm", "alone", "after_question", "after_door", "closes", "opens")
_ENTRIES = {*_LISTS, *_YES_OR_NO, "hears", "kind", "rank", "after", "unless", "most_words"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One kind of turn: when it is that turn, and the lines written for it.

    `tender`: nothing is pushed from here on. `whole`: its line stands by itself. `firm`: its lines
    say where the companion stands. `alone`: the person has nobody, and is not asked who. `closes`:
    no invitation stands any more; `opens`: the person wants to look further.
    """

    name: str
    kind: Kind
    rank: int
    tender: bool = False
    whole: bool = False
    firm: bool = False
    alone: bool = False
    after_question: bool = False
    after_door: bool = False
    closes: bool = False
    opens: bool = False
    most_words: int | None = None
    after: tuple[Phrase, ...] = ()
    unless: tuple[Phrase, ...] = ()
    first: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    door: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """Every line of this moment."""
        return self.first + self.more + self.again + self.ask + self.door


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Everything written in one language."""

    language: str
    moments: Mapping[str, Moment]
    heard: Index
    own: Index
    asks: Index
    scale: Scale
    pressure: Shapes
    pools: Mapping[str, tuple[str, ...]]
    same: Mapping[str, str]
    turning: Mapping[str, str]
    echo_starts: frozenset[str]
    fillers: frozenset[str]
    cut_before: frozenset[str]
    past: frozenset[str]
    past_endings: tuple[str, ...]
    not_past: frozenset[str]
    never_first: frozenset[str]
    never_taken: frozenset[str]
    never_last: frozenset[str]
    needs_verb: frozenset[str]
    verbs: frozenset[str]
    turns_road: frozenset[str]
    bare_starts: frozenset[str]
    joins: frozenset[str]
    you_word: str
    broken: re.Pattern[str]
    not_said_back: re.Pattern[str]
    striking: frozenset[str]
    capitals: Mapping[str, str]
    pronouns: Mapping[str, Mapping[str, str]]
    classes_named: frozenset[str]
    kept: frozenset[str]

    def pool(self, name: str) -> tuple[str, ...]:
        """The general lines under a name; none where the language has none."""
        return self.pools.get(name, ())

    @property
    def lines(self) -> tuple[str, ...]:
        """Every line of this language."""
        written = [line for moment in self.moments.values() for line in moment.lines]
        general = (line for pool in self.pools.values() for line in pool)
        return (*written, *general, *self.pressure.lines)


def languages() -> tuple[str, ...]:
    """The languages that have lines."""
    found = {path.stem for path in LINES_FOLDER.iterdir() if path.suffix == ".toml"}
    found |= {path.name for path in LINES_FOLDER.iterdir() if any(path.glob("*.toml"))}
    return tuple(sorted(found - {"elsewhere"}))


@functools.cache
def open_book(language: str) -> Book | None:
    """The book of a language, None where there is none. Raises ValueError for a broken file."""
    if language not in languages():
        return None
    single, folder = LINES_FOLDER / f"{language}.toml", LINES_FOLDER / language
    paths = [path for path in (single, *sorted(folder.glob("*.toml"))) if path.is_file()]
    whole: dict[str, Any] = {}
    for path in paths:
        for table, values in tomllib.loads(path.read_text("utf-8")).items():
            there = whole.setdefault(table, {})
            if both := there.keys() & values.keys():
                raise ValueError(f"{path.name} writes {sorted(both)} of {table!r} a second time")
            there.update(values)
    return _book(language, whole)


@functools.cache
def elsewhere() -> Mapping[str, tuple[str, ...]]:
    """A few honest sentences in languages that have no lines."""
    read = tomllib.loads((LINES_FOLDER / "elsewhere.toml").read_text("utf-8"))
    return {language: tuple(lines) for language, lines in read["languages"].items()}


def _book(language: str, whole: dict[str, Any]) -> Book:
    same = whole.get("same", {})
    classes = {
        name: [_same(each, same) for each in listed]
        for name, listed in whole.get("classes", {}).items()
    }
    heard, own, asks = Index(), Index(), Index()
    moments: dict[str, Moment] = {}
    for name, values in whole.get("moments", {}).items():
        for entry in ("hears", "unless", "after"):
            values[entry] = [_same(written, same) for written in values.get(entry, ())]
        moments[name] = _moment(name, values, classes)
        for written in values["hears"]:
            heard.add(name, compile_phrase(written, classes))
    for slot, written_list in whole.get("own", {}).items():
        for written in written_list:
            own.add(slot, compile_phrase(_same(written, same), classes))
    for want, written_list in whole.get("asks", {}).items():
        for written in written_list:
            asks.add(want, compile_phrase(_same(written, same), classes))
    words = whole.get("words", {})
    pressure = {table: _all_same(whole.get(table, {}), same) for table in TABLES}
    return Book(
        language=language,
        moments=moments,
        heard=heard,
        own=own,
        asks=asks,
        scale=Scale(whole.get("tone", {})),
        pressure=shapes(pressure, classes),
        pools={name: tuple(lines) for name, lines in whole.get("pools", {}).items()},
        same=same,
        turning=whole.get("turning", {}),
        echo_starts=frozenset(words.get("echo_starts", ())),
        never_first=frozenset(words.get("never_first", ())),
        past=frozenset(words.get("past", ())),
        not_past=frozenset(words.get("not_past", ())),
        past_endings=tuple(words.get("past_endings", ())),
        cut_before=frozenset(words.get("cut_before", ())),
        fillers=frozenset(words.get("fillers", ())),
        never_taken=frozenset(words.get("never_taken", ())),
        never_last=frozenset(words.get("never_last", "").split()),
        needs_verb=frozenset(words.get("needs_verb", "").split()),
        verbs=frozenset(words.get("verbs", "").split()),
        turns_road=frozenset(words.get("turns_road", "").split()),
        bare_starts=frozenset(words.get("bare_starts", "").split()),
        joins=frozenset(words.get("joins", "").split()),
        you_word=words.get("you_word", ""),
        broken=re.compile(words.get("broken", "(?!)")),
        not_said_back=re.compile(words.get("not_said_back", "(?!)"), re.IGNORECASE),
        striking=frozenset(words.get("striking", ())),
        capitals={each.lower(): each for each in words.get("capitals", ())},
        pronouns=whole.get("pronouns", {}),
        classes_named=frozenset({*classes, "they", "them", "their"}),
        kept=frozenset(words.get("kept", ())),
    )


def _same(written: str, same: Mapping[str, str]) -> str:
    """A phrase in the spelling that is compared, so that a file may say "i am" or "i'm"."""
    for spelling in sorted(same, key=len, reverse=True):
        if spelling in written:
            bare = rf"(?<![\w'{{<-]){re.escape(spelling)}(?![\w'}}>*-])"
            written = re.sub(bare, same[spelling], written)
    return written


def _all_same(table: dict[str, Any], same: Mapping[str, str]) -> dict[str, Any]:
    """The table with its phrases in the spelling that is compared; lines stay as they are."""
    made: dict[str, Any] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            made[name] = _all_same(value, same)
        elif isinstance(value, list) and name not in SAID:
            made[name] = [_same(each, same) for each in value]
        else:
            made[name] = value
    return made


def _moment(name: str, values: dict[str, Any], classes: Mapping[str, list[str]]) -> Moment:
    if unknown := values.keys() - _ENTRIES:
        raise ValueError(f"the moment {name!r} has unknown entries: {sorted(unknown)}")
    flags = {each: bool(values.get(each, False)) for each in _YES_OR_NO}
    lists = {each: tuple(values.get(each, ())) for each in _LISTS}
    phrases = {
        each: tuple(compile_phrase(written, classes) for written in values.get(each, ()))
        for each in ("after", "unless")
    }
    rest: dict[str, Any] = {**flags, **lists, **phrases}
    return Moment(
        name=name,
        kind=values.get("kind", "hurt"),
        rank=values.get("rank", 50),
        most_words=values.get("most_words"),
        **rest,
    )
