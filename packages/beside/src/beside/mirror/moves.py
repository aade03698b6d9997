"""What can be pointed at in a practitioner's words without a model: repair, and whose need it was.

Plain patterns in `moves.toml`: they point, they do not judge, and they miss much.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Need = Literal["reassured", "rescued", "own-story", "soothed-away", "asked-approval"]
Repair = Literal["owned", "defended", "passed-by"]
LONGEST_LOOK = 4_000
"""Characters of one turn that are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointed:
    """Characters `start` to `end` of a turn, and what they may be."""

    what: str
    start: int
    end: int


def is_rupture(text: str) -> bool:
    """Whether the person says that they were missed: "you don't get it"."""
    return _rules()["rupture"].search(_flat(text)) is not None


def repair(reply: str) -> Repair:
    """How the practitioner answered that: owned it, defended themselves, or went past it."""
    text = _flat(reply)
    if _rules()["owned"].search(text):
        return "owned"
    return "defended" if _rules()["defended"].search(text) else "passed-by"


def own_needs(reply: str) -> tuple[Pointed, ...]:
    """Words that mainly ease the one who helps: reassurance, rescue, one's own story."""
    text = _flat(reply)
    found = [
        Pointed(what=name, start=each.start(), end=each.end())
        for name in ("reassured", "rescued", "own-story", "soothed-away", "asked-approval")
        for each in _rules()[name].finditer(text)
    ]
    return tuple(sorted(found, key=lambda each: each.start))


@cache
def _rules() -> dict[str, re.Pattern[str]]:
    given = tomllib.loads((Path(__file__).parent / "moves.toml").read_text(encoding="utf-8"))
    return {
        name: re.compile(rf"\b(?:{'|'.join(rule['patterns'])})", re.IGNORECASE)
        for name, rule in given.items()
    }


def _flat(text: str) -> str:
    return text[:LONGEST_LOOK].replace("’", "'")
