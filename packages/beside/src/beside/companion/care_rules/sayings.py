"""What a model may not say, sentence by sentence; the sayings are data, in the folder beside.

Words in quotes are taken for the person's own and skipped, but for means and numbers.
"""

import re
import tomllib
from collections.abc import Collection
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from beside.companion.care_rules.phrases import parse
from beside.companion.care_rules.reading import clauses, denied
from beside.companion.care_rules.rulebook import Index

When = Literal[
    "always", "danger", "despair", "violence", "near", "suspended", "adrift", "eating", "harm"
]

_REACH = re.compile(
    r"\b(?:call|dial|phone|ring|text|sms|whatsapp|hotline|helpline|lifeline|line|number|emergency"
    r"|bel|bellen|nummer|hulplijn|noodnummer|appel\w*|num[eé]ro|ligne|llam\w*|n[uú]mero|l[ií]nea"
    r"|ruf\w*|anruf\w*|notruf|samaritans|samu|police|politie|polizei)\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\+?\d(?:[\d\s().\-/]*\d)?")
_YEAR_OR_HOURS = re.compile(r"(?:19|20)\d\d|24\s*/\s*7|\d{1,2}|1000?")
_QUOTED = re.compile(r"[\"“”„«»][^\"“”„«»]*[\"“”„«»]|(?<!\w)['‘][^'’]*['’](?!\w)")


class Sayings(NamedTuple):
    """The sayings by the moment at which they count, and where quotes do not excuse them."""

    phrases: Index
    when: dict[str, When]
    reason: dict[str, str]
    in_quotes: frozenset[str]


@cache
def _sayings() -> Sayings:
    index = Index()
    when: dict[str, When] = {}
    reasons: dict[str, str] = {}
    in_quotes: set[str] = set()
    folder = files("beside.companion.care_rules").joinpath("sayings")
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".toml"):
            continue
        table = tomllib.loads(file.read_text("utf-8"))
        lists = {name: "|".join(words) for name, words in table.get("lists", {}).items()}
        for number, entry in enumerate(table["saying"]):
            name = f"{file.name} {number}"
            when[name] = entry["when"]
            reasons[name] = entry["reason"]
            if entry.get("quoted"):
                in_quotes.add(name)
            for group in ("says", "unless"):
                for written in entry.get(group, ()):
                    index.add(f"{group}:{name}", parse(written, lists))
    return Sayings(index, when, reasons, frozenset(in_quotes))


def objection(sentence: str, *, moments: Collection[str]) -> str | None:
    """A short code of why this may not be said; None where it may.

    `moments` are those that apply now besides "always" (see `When`).
    """
    if _gives_number(sentence):
        return "number"
    unquoted = _QUOTED.sub(" ", sentence)
    return _found(unquoted, moments, quoted=False) or (
        _found(sentence, moments, quoted=True) if unquoted != sentence else None
    )


def _gives_number(sentence: str) -> bool:
    """Whether a number to reach someone is named: a model does not know numbers."""
    return bool(_REACH.search(sentence)) and any(
        not _YEAR_OR_HOURS.fullmatch(digits) for digits in _DIGITS.findall(sentence)
    )


def _found(sentence: str, moments: Collection[str], *, quoted: bool) -> str | None:
    sayings = _sayings()
    for clause in clauses(sentence):
        matches = list(sayings.phrases.find(clause.words))
        excused = {
            match.meaning.removeprefix("unless:")
            for match in matches
            if match.meaning.startswith("unless:")
        }
        for match in matches:
            group, _, name = match.meaning.partition(":")
            if group != "says" or name in excused or (quoted and name not in sayings.in_quotes):
                continue
            moment = sayings.when[name]
            if (moment == "always" or moment in moments) and not denied(match, clause):
                return sayings.reason[name]
    return None
