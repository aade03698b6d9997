"""A fact as a row of the file, and back, exactly."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Row, Select, select

from beside.store.schema import events
from beside.talk.events import Event, from_record, to_record

_COLUMNS = ("conversation", "turn", "type", "version", "at")


def to_row(event: Event) -> dict[str, Any]:
    """The fact as values for a row of `events`.

    Raises ValueError where its moment does not say in which time zone it was.
    """
    if event.at.tzinfo is None:
        raise ValueError(f"the moment of a {type(event).__name__} must be aware (UTC)")
    record = to_record(event)
    row = {name: record.pop(name, None) for name in _COLUMNS}
    body = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    if not _can_be_written(body):
        body = json.dumps(record, separators=(",", ":"))
    return {**row, "body": body}


def selected() -> Select[Any]:
    """The query whose rows `from_rows` reads, in the order in which things happened."""
    return select(*(events.c[name] for name in _COLUMNS), events.c.body).order_by(events.c.sequence)


def from_rows(rows: Sequence[Row[Any]]) -> Iterator[Event]:
    """The facts that were written. Raises ValueError where a row is not one of ours."""
    for row, rest in zip(rows, _bodies(row.body for row in rows), strict=True):
        rest["type"], rest["version"], rest["at"] = row.type, row.version, row.at
        if row.conversation is not None:
            rest["conversation"] = row.conversation
        if row.turn is not None:
            rest["turn"] = row.turn
        yield from_record(rest)


def _bodies(texts: Iterable[str]) -> list[dict[str, Any]]:
    """All at once: reading one long JSON text is far quicker than reading many short ones."""
    bodies: list[dict[str, Any]] = json.loads(f"[{','.join(texts)}]")
    return bodies


def _can_be_written(text: str) -> bool:
    """Whether the text is Unicode; half of a surrogate pair, from a broken import, is not."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
