"""A fact as a row of the file, and back."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Select, case, func, select

from beside.errors import JournalNewer
from beside.store.schema import events, speaking
from beside.talk.events import (
    EVENT_TYPES,
    CareLooked,
    Event,
    MirrorEvent,
    MirrorRead,
    MirrorSessionKept,
    ReplyBegan,
    ReplyPart,
    ReplyWeighed,
    from_record,
    to_record,
)
from beside.talk.ids import ConversationId, MirrorId, TurnId

_WEIGHED = ("reasons", "sources", "aside", "reading")
_COLUMNS = (
    events.c.conversation,
    events.c.turn,
    events.c.type,
    events.c.version,
    events.c.at,
    events.c.body,
)

_SESSION = ("names", "roles", "spoke", "words", "seconds")
_TUPLES = {
    CareLooked.__name__: ("kinds",),
    ReplyWeighed.__name__: _WEIGHED,
    MirrorSessionKept.__name__: _SESSION,
    MirrorRead.__name__: ("figures",),
}
"""The fields that are tuples, which JSON does not know."""

MIRROR = tuple(name for name, kind in EVENT_TYPES.items() if issubclass(kind, MirrorEvent))
"""What belongs to a session of the mirror: its name stands where a conversation's would."""


def to_row(event: Event) -> dict[str, Any]:
    """The fact as values for a row of `events`.

    Raises ValueError where its moment does not say in which time zone it was.
    """
    if event.at.tzinfo is None:
        raise ValueError(f"the moment of a {type(event).__name__} must be aware (UTC)")
    record = to_record(event)
    if isinstance(event, MirrorEvent):
        record["conversation"] = record.pop("session")
    row = {name: record.pop(name, None) for name in ("conversation", "turn", "type", "version")}
    del record["at"]
    return {**row, "at": moment(event.at), "body": body_text(record)}


def body_text(record: dict[str, Any]) -> str:
    """What is left of a record beside its columns, as JSON."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    if not _is_unicode(text):
        text = json.dumps(record, separators=(",", ":"))
    return text


def moment(at: datetime) -> str:
    """A moment as it is written: in UTC, to the microsecond, so that later sorts after earlier."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def read_all(connection: Connection, conversation: ConversationId | None = None) -> list[Event]:
    """Every fact in the order it was kept; of one conversation, or of all and everything."""
    query = select(*_COLUMNS).order_by(events.c.sequence)
    if conversation is not None:
        query = query.where(events.c.conversation == conversation)
    return list(_from_rows(connection, query))


def read_outside_conversations(connection: Connection) -> list[Event]:
    """The facts that belong to no conversation: notes and preferences."""
    query = select(*_COLUMNS).order_by(events.c.sequence).where(events.c.conversation.is_(None))
    return list(_from_rows(connection, query))


def read_mirror(connection: Connection, session: MirrorId) -> list[Event]:
    """The facts of one session of the mirror; none where there is none of this name."""
    query = select(*_COLUMNS).order_by(events.c.sequence)
    ours = (events.c.conversation == session) & events.c.type.in_(MIRROR)
    return list(_from_rows(connection, query.where(ours)))


def has_session(connection: Connection, session: MirrorId) -> bool:
    """Whether a session of the mirror of this name is kept."""
    kept = (events.c.conversation == session) & (events.c.type == MirrorSessionKept.__name__)
    return connection.execute(select(events.c.sequence).where(kept)).first() is not None


def read_mirror_outlines(connection: Connection) -> list[Event]:
    """The facts of all sessions of the mirror, without a word that was said in them."""
    spoken = events.c.type == MirrorSessionKept.__name__
    silent = func.json_set(
        events.c.body, *(part for each in _SESSION[2:] for part in (f"$.{each}", func.json("[]")))
    )
    columns = (*_COLUMNS[:-1], case((spoken, silent), else_=events.c.body))
    query = select(*columns).order_by(events.c.sequence).where(events.c.type.in_(MIRROR))
    return list(_from_rows(connection, query))


def read_speaking(connection: Connection) -> list[tuple[ConversationId, TurnId]]:
    """The replies that began and have not ended, with their conversations."""
    query = select(speaking.c.conversation, speaking.c.turn).order_by(speaking.c.turn)
    return [(ConversationId(where), TurnId(turn)) for where, turn in connection.execute(query)]


def read_for_replay(connection: Connection, conversation: ConversationId) -> Iterator[Event]:
    """The facts of one conversation, the many parts of a reply joined to one where it began.

    They replay to the same conversation as `read_all` does, several times as quickly.
    """
    own = events.c.conversation == conversation
    is_part = (events.c.type == ReplyPart.__name__) & (events.c.version == ReplyPart.version)
    joined_bodies = func.group_concat(events.c.body, ",").aggregate_order_by(events.c.sequence)
    parts = (
        select(events.c.turn, func.max(events.c.at), joined_bodies)
        .where(own, is_part)
        .group_by(events.c.turn)
    )
    joined = {turn: (at, bodies) for turn, at, bodies in connection.execute(parts)}
    query = select(*_COLUMNS).where(own, ~is_part).order_by(events.c.sequence)
    for event in _from_rows(connection, query):
        yield event
        if isinstance(event, ReplyBegan) and event.turn in joined:
            at, bodies = joined[event.turn]
            yield ReplyPart(
                at=datetime.fromisoformat(at),
                conversation=conversation,
                turn=event.turn,
                text="".join([body["text"] for body in _bodies([bodies])]),
            )


def _from_rows(connection: Connection, query: Select[Any]) -> Iterator[Event]:
    rows: Sequence[Any] = connection.execute(query).all()
    bodies = _bodies([row[-1] for row in rows])
    for (conversation, turn, type_, version, at, _), rest in zip(rows, bodies, strict=True):
        if conversation is not None:
            rest["conversation"] = conversation
        if turn is not None:
            rest["turn"] = turn
        if type_ in MIRROR:
            rest["session"] = rest.pop("conversation")
        kind = EVENT_TYPES.get(type_)
        if kind is None or kind.version != version:
            yield _from_elsewhere({**rest, "type": type_, "version": version, "at": at})
            continue
        for name in _TUPLES.get(type_, ()):
            rest[name] = tuple(rest[name])
        yield kind(at=datetime.fromisoformat(at), **rest)


def _from_elsewhere(record: dict[str, Any]) -> Event:
    """A fact that is not as this version writes it."""
    try:
        return from_record(record)
    except ValueError:
        raise JournalNewer(
            "The journal holds something that a later version of Beside wrote. Please use that "
            "version; nothing was changed."
        ) from None


def _bodies(texts: Iterable[str]) -> list[dict[str, Any]]:
    """All at once: reading one long JSON text is far quicker than reading many short ones."""
    bodies: list[dict[str, Any]] = json.loads(f"[{','.join(texts)}]")
    return bodies


def _is_unicode(text: str) -> bool:
    """Whether the text can be written; half of a surrogate pair, from a broken import, cannot."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
