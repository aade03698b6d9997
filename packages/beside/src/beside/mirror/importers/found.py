"""What every importer hands on: who said what, in the order in which it was said.

An importer knows its own format and nothing of roles, of transcripts or of what is kept.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from beside.carry import plain

TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
"""A moment in a recording, as it is written: `1:02`, `01:02:03`, `00:01:02,500`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One turn: who spoke (as the file calls them), the words, the seconds from the beginning."""

    name: str
    text: str
    at: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One conversation in a file; `left_out` counts the lines or records that were no turn."""

    source: str
    lines: tuple[Line, ...]
    title: str | None = None
    left_out: int = 0


def tidied(found: Found) -> Found:
    """The same with safe and visible words only; a turn without any is left out and counted."""
    lines = []
    for line in found.lines:
        name, text = plain.name(line.name), plain.words(line.text)
        if name and text:
            lines.append(replace(line, name=name, text=text))
    return replace(
        found,
        lines=tuple(lines),
        title=plain.name(found.title),
        left_out=found.left_out + len(found.lines) - len(lines),
    )


def seconds(written: str) -> float | None:
    """The seconds that a written time stands for; None where it is no time.

    >>> seconds("01:02:03,5")
    3723.5
    """
    if not re.fullmatch(TIME, written):
        return None
    total = 0.0
    for part in written.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total


def from_beginning(moments: Sequence[datetime | None]) -> list[float | None]:
    """The seconds of each moment since the first that is known."""
    first = next((each for each in moments if each is not None), None)
    if first is None:
        return [None] * len(moments)
    return [None if each is None else (each - first).total_seconds() for each in moments]
