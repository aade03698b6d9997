"""Beside's own way to take words along: one fact a line, as JSON, read back exactly.

The first line names the format and its version. Everything is in it: branches, times, notes.
"""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from types import UnionType
from typing import Any, Literal, NewType, Union, get_args, get_origin, get_type_hints

from beside.errors import NotAConversation
from beside.sentence import Sentence
from beside.talk.events import EVENT_TYPES, Event, from_record, to_record

FORMAT = "beside-journal"
VERSION = 1

_ESCAPED = re.compile("[\ud800-\udfff\u0085\u2028\u2029]")


def write(events: Iterable[Event]) -> bytes:
    """The facts as UTF-8 JSON Lines, the format's own line first."""
    lines = [_line({"format": FORMAT, "version": VERSION})]
    lines += [_line(to_record(event)) for event in events]
    return "".join(lines).encode()


def read(data: bytes) -> list[Event]:
    """The facts that `write` wrote, equal to what they were.

    Raises NotAConversation where the file is another one, a later one, or damaged; the sentence
    names the line.
    """
    first, *others = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    header = _object(first)
    if header is None or header.get("format") != FORMAT:
        raise NotAConversation(
            Sentence(
                "This is not a file of conversations that Beside wrote: its first line is another "
                "one."
            )
        )
    version = header.get("version")
    if type(version) is int and version > VERSION:
        raise NotAConversation(
            Sentence(
                "This file was written by a later version of Beside. Update Beside, then bring it "
                "in again; nothing was brought in now."
            )
        )
    if version != VERSION:
        raise NotAConversation(
            Sentence("The first line of this file is damaged; nothing was brought in.")
        )
    return [_event(line, number) for number, line in enumerate(others, 2) if line.strip()]


def is_ours(start: bytes) -> bool:
    """Whether a file that starts with these bytes says that it is in this format."""
    header = _object(start.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0])
    return header is not None and header.get("format") == FORMAT


def _line(record: Mapping[str, Any]) -> str:
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(line.decode())
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _event(line: bytes, number: int) -> Event:
    record = _object(line)
    try:
        if record is None:
            raise ValueError("not a JSON object")
        return _checked(from_record(record))
    except (ValueError, TypeError, RecursionError):
        raise NotAConversation(
            Sentence(
                "Line {number} of this file is damaged or cut short; nothing was brought in.",
                number=number,
            )
        ) from None


def _checked(event: Event) -> Event:
    """The event where every field holds what it may hold; ValueError where one does not."""
    for name, kind in _field_kinds(type(event).__name__).items():
        if not _fits(getattr(event, name), kind):
            raise ValueError(f"{name!r} holds something else")
    return event


def _fits(value: object, kind: Any) -> bool:
    if isinstance(kind, NewType):
        return _fits(value, kind.__supertype__)
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return any(_fits(value, each) for each in get_args(kind))
    if origin is Literal:
        return isinstance(value, str) and value in get_args(kind)
    if origin is tuple:
        inside = get_args(kind)[0]
        return isinstance(value, tuple) and all(_fits(each, inside) for each in value)
    if kind is datetime:
        return isinstance(value, datetime) and value.utcoffset() is not None
    return type(value) is kind


@cache
def _field_kinds(kind: str) -> dict[str, Any]:
    hints = get_type_hints(EVENT_TYPES[kind])
    return {name: hint for name, hint in hints.items() if name != "version"}
