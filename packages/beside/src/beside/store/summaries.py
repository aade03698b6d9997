"""The list of conversations: one line for each, newest first."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from beside.store.schema import summaries
from beside.talk.conversation import PersonTurn, Replay
from beside.talk.ids import ConversationId

_FIRST_WORDS = 80
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One conversation in the list; `first_words` is how the person began, cut at a word."""

    id: ConversationId
    title: str | None
    first_words: str
    began_at: datetime
    last_at: datetime
    turns: int


def put_summary(connection: Connection, told: Replay) -> None:
    """Bring one conversation's line up to date with its replay."""
    values = {
        "title": _writable(told.title) if told.title is not None else None,
        "first_words": _first_words(told),
        "began_at": _number(told.began_at),
        "last_at": _number(told.last_at),
        "turns": len(told.turns),
    }
    statement = insert(summaries).values(conversation=told.id, **values)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["conversation"], set_=values)
    )


def drop_summary(connection: Connection, conversation: ConversationId) -> None:
    """Take a conversation out of the list."""
    connection.execute(delete(summaries).where(summaries.c.conversation == conversation))


def has_conversation(connection: Connection, conversation: ConversationId) -> bool:
    """Whether there is such a conversation."""
    query = select(summaries.c.conversation).where(summaries.c.conversation == conversation)
    return connection.execute(query).first() is not None


def list_summaries(connection: Connection, limit: int, before: datetime | None) -> list[Summary]:
    """The conversations whose last moment is earlier than `before`, newest first."""
    query = (
        select(summaries)
        .order_by(summaries.c.last_at.desc(), summaries.c.conversation.desc())
        .limit(max(0, limit))
    )
    if before is not None:
        query = query.where(summaries.c.last_at < _number(before))
    return [
        Summary(
            id=ConversationId(row.conversation),
            title=row.title,
            first_words=row.first_words,
            began_at=_EPOCH + row.began_at * _MICROSECOND,
            last_at=_EPOCH + row.last_at * _MICROSECOND,
            turns=row.turns,
        )
        for row in connection.execute(query)
    ]


def _first_words(told: Replay) -> str:
    first = next((turn for turn in told.turns.values() if isinstance(turn, PersonTurn)), None)
    if first is None:
        return ""
    words = " ".join(first.text[: 4 * _FIRST_WORDS].split())
    if len(words) > _FIRST_WORDS:
        words = (words[:_FIRST_WORDS].rsplit(" ", 1)[0] if " " in words[:_FIRST_WORDS] else words)[
            :_FIRST_WORDS
        ] + "…"
    return _writable(words)


def _writable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _number(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND
