"""WhatsApp's export of a chat: a moment, a name and a message a line, in the ways of each phone."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from beside.mirror.importers.found import Found, Line, from_beginning

_DAY = r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})\.?"
_HOUR = r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s*([AaPp])?\.?\s?(?:[Mm]\.?)?"
_START = re.compile(
    rf"[\u200e\u200f\ufeff]*(?:\[{_DAY},?\s+{_HOUR}\]\s*|{_DAY},?\s+{_HOUR}\s+[-–]\s+)(.*)"
)
_SPOKEN = re.compile(r"[\u200e\u200f]*([^:\n]{1,120}?): ?(.*)")
_NOTHING_SAID = re.compile(
    r"[\u200e\u200f]*<[^<>]{1,60}>"  # <Media omitted>, in any language
    r"|\u200e.{0,80}"  # iPhones mark their own words so
    r"|(?:This message was deleted|You deleted this message|null)\.?"
)


class _Began(NamedTuple):
    day: tuple[int, int, int]
    time: tuple[int, int, int]
    rest: str
    half: bool


def is_one(text: str) -> bool:
    """Whether this is an export of WhatsApp's."""
    return sum(_START.fullmatch(line) is not None for line in text[:4000].split("\n")) > 1


def read(text: str) -> list[Found]:
    """The chat in this export; the notes of the app and pictures are left out."""
    began: list[_Began] = []
    said: list[list[str]] = []
    left_out = 0
    for line in text.split("\n"):
        found = _began(line)
        if found is not None:
            began.append(found)
            said.append([found.rest])
        elif said:
            said[-1].append(line)
        elif line.strip():
            left_out += 1
    moments = from_beginning(_moments(began))
    lines = []
    for words, at in zip(said, moments, strict=True):
        found_name = _SPOKEN.fullmatch(words[0])
        text_of = "\n".join([found_name[2], *words[1:]]) if found_name else ""
        if found_name is None or _NOTHING_SAID.fullmatch(text_of.strip()):
            left_out += 1
            continue
        lines.append(Line(name=found_name[1].strip("\u200e\u200f ~\u202f\u00a0"), text=text_of,
                          at=None if at is None else max(0.0, at)))  # fmt: skip
    return [Found(source="WhatsApp", lines=tuple(lines), left_out=left_out)]


def _began(line: str) -> _Began | None:
    found = _START.fullmatch(line) if line[:1] and ":" in line[:40] or "." in line[:40] else None
    if found is None:
        return None
    parts = found.groups()
    one, two, three, hour, minute, second, half = parts[:7] if parts[0] else parts[7:14]
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if half in "Pp" else 0)
    day = (int(one), int(two), int(three))
    return _Began(day, (hours, int(minute), int(second or 0)), parts[14], half is not None)


def _moments(began: Sequence[_Began]) -> list[datetime | None]:
    """When each began, with days and months in the order that fits the whole chat."""
    if any(each.day[0] > 31 for each in began):
        order = (0, 1, 2)
    elif any(each.day[0] > 12 for each in began):
        order = (2, 1, 0)
    elif any(each.day[1] > 12 for each in began):
        order = (2, 0, 1)
    else:
        by_day, by_month = _steps_back(began, (2, 1, 0)), _steps_back(began, (2, 0, 1))
        american = any(each.half for each in began) if by_day == by_month else by_month < by_day
        order = (2, 0, 1) if american else (2, 1, 0)
    return [_moment(each, order) for each in began]


def _steps_back(began: Sequence[_Began], order: tuple[int, int, int]) -> int:
    days = [tuple(each.day[place] for place in order) for each in began]
    return sum(later < earlier for earlier, later in zip(days, days[1:], strict=False))


def _moment(began: _Began, order: tuple[int, int, int]) -> datetime | None:
    year, month, day = (began.day[place] for place in order)
    try:
        return datetime(year + 2000 if year < 100 else year, month, day, *began.time, tzinfo=UTC)
    except ValueError:
        return None
