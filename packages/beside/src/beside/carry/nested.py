"""JSON of any depth: a long conversation that is written as a tree nests thousands of levels.

The library's reader stops near a thousand; this one goes on without recursion, up to a limit.
"""

import json
import re
from typing import Any

DEEPEST = 50_000
"""Levels of nesting that are still read."""

_SPACE = re.compile(r"[ \t\n\r]*")


def loads(text: str) -> Any:
    """The value that the JSON text holds. Raises ValueError where it is not JSON, or too deep."""
    try:
        return json.loads(text)
    except RecursionError:
        return _without_recursion(text)


def _without_recursion(text: str) -> Any:
    scalar = json.JSONDecoder().raw_decode
    opened: list[tuple[dict[str, Any] | list[Any], str | None]] = []

    def skip(position: int) -> int:
        found = _SPACE.match(text, position)
        return found.end() if found else position

    def read_key(position: int) -> tuple[str, int]:
        if text[position : position + 1] != '"':
            raise ValueError("a name was expected")
        name, position = scalar(text, position)
        position = skip(position)
        if text[position : position + 1] != ":":
            raise ValueError("a colon was expected")
        return name, skip(position + 1)

    position = skip(0)
    while True:
        first = text[position : position + 1]
        value: Any
        if first in ("{", "["):
            value, closing = ({}, "}") if first == "{" else ([], "]")
            position = skip(position + 1)
            if text[position : position + 1] != closing:
                if len(opened) >= DEEPEST:
                    raise ValueError("nested too deep")
                name = None
                if first == "{":
                    name, position = read_key(position)
                opened.append((value, name))
                continue
            position += 1
        else:
            value, position = scalar(text, position)
        while True:
            position = skip(position)
            if not opened:
                if position != len(text):
                    raise ValueError("more than one value")
                return value
            holder, name = opened.pop()
            if isinstance(holder, dict):
                holder[str(name)] = value
            else:
                holder.append(value)
            mark = text[position : position + 1]
            position += 1
            if mark == ",":
                position = skip(position)
                if isinstance(holder, dict):
                    name, position = read_key(position)
                opened.append((holder, name))
                break
            if mark != ("}" if isinstance(holder, dict) else "]"):
                raise ValueError("a comma or an end was expected")
            value = holder
