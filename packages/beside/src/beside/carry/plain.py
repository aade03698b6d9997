"""Values from a file that somebody else wrote, made safe to keep.

Everything here takes whatever JSON can hold and gives a plain value, or None. It never raises on
what is in a file, and it never runs or follows anything.
"""

import math
import re
from datetime import UTC, datetime
from typing import Any

LONGEST_NAME = 200
"""Characters of a title or of a voice's name."""

_BROKEN = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_VISIBLE = re.compile("[^\\s\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)


def fields(value: object) -> dict[str, Any]:
    """The value where it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[Any]:
    """The value where it is a JSON array, else an empty one."""
    return value if isinstance(value, list) else []


def text(value: object) -> str:
    """The value where it is text, else no text."""
    return value if isinstance(value, str) else ""


def key(value: object) -> str | None:
    """The value as a name to find something by: text that is not empty, or a whole number."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return f"{value:x}"
    return value if isinstance(value, str) and value else None


def tidy(words: str) -> str:
    """The words with broken and control characters gone; line ends and tabs stay."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", _BROKEN.sub("\ufffd", lines))


def words(value: object) -> str:
    """What was said, tidied and without blank edges; no text where nothing can be seen in it."""
    tidied = tidy(text(value)).strip()
    return tidied if _VISIBLE.search(tidied) else ""


def name(value: object) -> str | None:
    """A title or a name on one line, not longer than `LONGEST_NAME`; None where there is none."""
    line = " ".join(words(text(value)[: 10 * LONGEST_NAME]).split())
    if len(line) > LONGEST_NAME:
        line = line[: LONGEST_NAME - 1].rstrip() + "…"
    return line or None


def moment(value: object) -> datetime | None:
    """The moment that a file gives: seconds (or milli-, micro-, nanoseconds) since 1970, or ISO.

    None where it is no moment between 1990 and 2100.
    """
    try:
        if isinstance(value, str):
            found = datetime.fromisoformat(value.strip())
            found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            found = _from_number(value)
        else:
            return None
    except (ValueError, OverflowError, OSError):
        return None
    return found if _EARLIEST <= found <= _LATEST else None


def _from_number(number: float) -> datetime:
    if isinstance(number, float) and not math.isfinite(number):
        raise ValueError("not a number of seconds")
    for above, divisor in ((10**17, 10**9), (10**14, 10**6), (10**11, 10**3)):
        if number > above:
            return datetime.fromtimestamp(number / divisor, UTC)
    return datetime.fromtimestamp(number, UTC)
