"""The rules, read once from the TOML files beside this one, and the index that finds them quickly.

Every language has a folder; every file in it may hold `[lists]`, `[[rule]]`, `[[sign]]` (which
says little alone; see `signs`), `[frames]` (what changes the weight of words around them),
`[calms]` (what takes the danger of one kind out of a whole turn), `[marks]` (what else is worth
knowing), `idioms`, and `[asked]` and `[asked_safe]` (what a companion asks; see `asked`).
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from beside.companion.care_rules.phrases import Phrase, parse

Who = Literal["self", "other", "any"]
LANGUAGES = ("en", "nl", "fr", "es", "de", "other")
SHORTEST_STEM = 2
_GROUPS = {"says": "rule", "unless": "unless", "only_with": "with", "never_with": "never"}
"""The phrases of a rule: `unless` excuses its sentence, the last two look at the whole turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What some words may mean, and how much.

    `level` as the words stand; `past` when they speak of long ago; `denied` when the clause says
    no to them; `story` in a story told of others; `alone` when the despair that `after_despair`
    asks for was not heard. `near`: the danger comes from someone near. A `firm` rule is not
    weighed: its words mean the same in any frame. `topic` names the authored answer, where the
    kind of danger is not enough. A sign that is a `setting` (a child is spoken of) adds to others
    only. `oblique`: danger is meant by these words more than said.
    """

    name: str
    kinds: tuple[str, ...]
    level: int
    past: int
    denied: int
    who: Who
    firm: bool
    after_despair: bool
    alone: int
    needs: bool
    story: int
    near: bool
    topic: str | None
    sign: bool = False
    setting: bool = False
    oblique: bool = False


class Match(NamedTuple):
    """Where a phrase was found in a clause, and what it stands for."""

    meaning: str
    start: int
    end: int
    phrase: Phrase


class Index:
    """Phrases by the words that they cannot do without."""

    def __init__(self) -> None:
        self._exact: defaultdict[str, list[tuple[str, Phrase]]] = defaultdict(list)
        self._stems: defaultdict[str, list[tuple[str, Phrase]]] = defaultdict(list)
        self._longest_stem = 0

    def add(self, meaning: str, phrase: Phrase) -> None:
        """Have `find` look for the phrase."""
        for word in phrase.words:
            if word.endswith("*"):
                self._stems[word[:-1]].append((meaning, phrase))
                self._longest_stem = max(self._longest_stem, len(word) - 1)
            else:
                self._exact[word].append((meaning, phrase))

    def find(self, clause: str) -> Iterator[Match]:
        """Every phrase in the clause, each place once."""
        seen: set[int] = set()
        for word in dict.fromkeys(clause.split()):  # in their order, so that no run differs
            candidates = list(self._exact.get(word, ()))
            for size in range(SHORTEST_STEM, min(len(word), self._longest_stem) + 1):
                candidates += self._stems.get(word[:size], ())
            for meaning, phrase in candidates:
                if id(phrase) in seen:
                    continue
                seen.add(id(phrase))
                for match in phrase.pattern.finditer(clause):
                    yield Match(meaning, match.start(), match.end(), phrase)


class Rulebook(NamedTuple):
    """All rules of all languages, found in one pass, after the idioms were taken out in another.

    `questions` are sought in what a companion says, the others in what a person says.
    """

    rules: dict[str, Rule]
    phrases: Index
    idioms: Index
    questions: Index


@cache
def rulebook() -> Rulebook:
    """The rules as the package carries them."""
    book = Rulebook({}, Index(), Index(), Index())
    for language in LANGUAGES:
        tables = _tables(language)
        lists = {name: "|".join(words) for table in tables for name, words in _get(table, "lists")}
        for table in tables:
            _add_rules(book, table, lists, language)
            for group in ("frames", "calms", "marks"):
                for name, phrases in _get(table, group):
                    for written in phrases:
                        book.phrases.add(f"{group}:{name}", parse(written, lists))
            for group in ("asked", "asked_safe"):
                for kind, phrases in _get(table, group):
                    for written in phrases:
                        book.questions.add(f"{group}:{kind}", parse(written, lists))
            for written in table.get("idioms", ()):
                book.idioms.add("idiom", parse(written, lists))
    return book


def _tables(language: str) -> list[dict[str, Any]]:
    folder = files("beside.companion.care_rules").joinpath(language)
    found = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return [tomllib.loads(file.read_text("utf-8")) for file in found]


def _get(table: dict[str, Any], name: str) -> Iterator[tuple[str, list[str]]]:
    yield from table.get(name, {}).items()


def _add_rules(book: Rulebook, table: dict[str, Any], lists: dict[str, str], language: str) -> None:
    signs = [
        {"level": 1, "past": 0, "who": "any", "sign": True, **each}
        for each in table.get("sign", ())
    ]
    for entry in [*table.get("rule", ()), *signs]:
        name = f"{language}: {entry['name']}"
        if name in book.rules:
            raise ValueError(f"two rules are called {name!r}")
        level = entry["level"]
        book.rules[name] = Rule(
            name=name,
            kinds=tuple(entry.get("kinds") or [entry.get("kind") or table["kind"]]),
            level=level,
            past=entry.get("past", min(level, 1)),
            denied=entry.get("denied", 0),
            who=entry.get("who", "self"),
            firm=entry.get("firm", False),
            after_despair=entry.get("after_despair", False),
            alone=entry.get("alone", 0),
            needs="only_with" in entry,
            story=entry.get("story", 0),
            near=entry.get("near", False),
            topic=entry.get("topic"),
            sign=entry.get("sign", False),
            setting=entry.get("setting", False),
            oblique=entry.get("oblique", entry.get("sign", False)),
        )
        for group, meaning in _GROUPS.items():
            for written in entry.get(group, ()):
                book.phrases.add(f"{meaning}:{name}", parse(written, lists))
