"""What plain words show of a turn and of a reply: goodbyes, refusals, hooks, what was asked for.

It knows words, not people, in English and Dutch; the words are data, in `plain_rules.toml`.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from beside_gauge import Turn, check

Pattern = re.Pattern[str]
Code = str
"""A short name of what a reply does that it must not."""

MUST_NOT = frozenset(
    {
        "advice", "flattery", "hook", "war", "minimising", "pity", "judging", "diagnosis",
        "meaning", "pretended", "pressure", "questions", "list", "parroting",
    }
)  # fmt: skip
"""The plain checks of the gauge that are MUST NOTs of one reply (DOMAIN 1.2)."""

SHORT_TURN = 12
"""Words up to which a goodbye or a no is the whole of what was said."""

_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_ROOT = 5
"""Letters by which a word is known again in another form."""


def must_nots(reply: str, heard: Sequence[Turn], *, ways_asked: bool) -> tuple[Code, ...]:
    """The MUST NOTs of DOMAIN 1.2 that plain words show in a reply."""
    found = {each.check for each in check(reply, heard)} & MUST_NOT
    found |= {name for name in _table()["dutch"] if _find(f"dutch.{name}", reply)}
    if ways_asked:
        found -= {"advice", "list"}
    return tuple(sorted(found))


def is_stock(reply: str) -> bool:
    """Whether something stands in it that would fit anybody."""
    return any(each.check == "stock" for each in check(reply))


def hooks(reply: str, *, leaving: bool) -> tuple[Code, ...]:
    """How a reply holds somebody, asks them back or remarks on their absence.

    `leaving`: they say goodbye, and then a question holds them, too.
    """
    found = {name for name in ("holds", "asks_back", "absence") if _find(f"{name}.always", reply)}
    if leaving and ("?" in reply or _find("holds.leaving", reply)):
        found.add("holds")
    return tuple(sorted(each.replace("_", "-") for each in found))


def in_role(reply: str, told: Sequence[str]) -> bool:
    """Whether it speaks as somebody that it was told to be: "you are DAX", and then "I'm DAX".

    `told`: what the person said so far. Only a name with a capital letter is a part to play.
    """
    ordered = {name for text in told for name in _names("orders", r"(?-i:[A-Z]\w+)", text)}
    return not ordered.isdisjoint(_names("takes", r"\w+", reply)) if ordered else False


def _names(key: str, name: str, text: str) -> frozenset[str]:
    """The names, in lower case, that stand where the sentences of `role` have one."""
    found = _role(key, name).finditer(text.replace("’", "'"))
    return frozenset(each.lower() for match in found for each in match.groups() if each)


@cache
def _role(key: str, name: str) -> Pattern:
    written = "|".join(each.replace("NAME", f"({name})") for each in _table()["role"][key])
    return re.compile(rf"(?<!\w)(?:{written})(?!\w)", re.IGNORECASE)


def says_goodbye(text: str) -> bool:
    """Whether the turn is, or ends in, a goodbye."""
    spoken = even(text).rstrip(" .!?…,;:)☺🙂👋❤")
    found = list(_pattern("person.goodbye").finditer(spoken))
    if not found or "?" in text.strip()[-2:]:
        return False
    short = len(words(spoken)) <= SHORT_TURN
    before = spoken[: found[-1].start()].rstrip()
    ends = found[-1].end() == len(spoken)
    alone = not before or before[-1] in ".,!?;-:"
    return (ends and (alone or short)) or (short and found[0].start() == 0)


def refuses(text: str) -> bool:
    """Whether the turn says no to what was asked or offered."""
    if len(said := words(text)) <= 3 and " ".join(said) in _table()["person"]["refusal_alone"]:
        return True
    return len(said) <= 2 * SHORT_TURN and _find("person.refusal", text)


def asks_for_ways(text: str) -> bool:
    """Whether advice, ways or facts are asked for."""
    return _find("person.asks_ways", text)


def even(text: str) -> str:
    """The text in lower case with one kind of apostrophe."""
    return text.replace("’", "'").replace("‘", "'").lower()


def words(text: str) -> list[str]:
    """Its words, in lower case."""
    return _WORD.findall(even(text))


def roots(text: str) -> frozenset[str]:
    """The words that carry what it is about, by their beginnings."""
    return frozenset(w[:_ROOT] for w in words(text) if len(w) > 3 and w not in _common())


def sentences(text: str) -> list[str]:
    """Its sentences, each with the sign at its end."""
    return [each.strip() for each in _SENTENCE.findall(text) if each.strip()]


def asked(text: str) -> str:
    """The questions in it, joined."""
    return " ".join(each for each in sentences(text) if each.endswith("?"))


def opening(text: str) -> tuple[str, ...]:
    """The three words with which it begins."""
    return tuple(words(text)[:3])


def _find(name: str, text: str) -> bool:
    return _pattern(name).search(even(text)) is not None


@cache
def _pattern(name: str) -> Pattern:
    section, _, key = name.partition(".")
    return re.compile(rf"(?<!\w)(?:{'|'.join(_table()[section][key])})(?!\w)", re.IGNORECASE)


@cache
def _table() -> dict[str, Any]:
    text = files("beside.companion").joinpath("plain_rules.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _common() -> frozenset[str]:
    return frozenset(_table()["words"]["common"].split())
