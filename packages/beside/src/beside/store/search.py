"""Full-text search inside the encrypted file: any input is safe, newest finds first.

Every word must be in the same turn; the last may be unfinished. Accents and case do not matter.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, insert, text

from beside.store.schema import words as index
from beside.talk.conversation import PersonTurn, Replay
from beside.talk.ids import ConversationId, TurnId

Role = Literal["person", "companion"]

_OPEN, _CLOSE = "\x02", "\x03"
_MARKS = str.maketrans({_OPEN: " ", _CLOSE: " ", "\x00": " "})
_MOST_WORDS = 16
_LONGEST_QUERY = 400
_QUERY = text(
    "SELECT conversation, turn, role, at,"
    " snippet(words, 4, char(2), char(3), '…', 24) AS piece"
    " FROM words WHERE words MATCH :query ORDER BY rowid DESC LIMIT :limit"
)
"""A find is 24 words of the turn, the match among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One turn that holds the words: plain text before the first match, the match, and after."""

    conversation: ConversationId
    turn: TurnId
    at: datetime
    role: Role
    before: str
    match: str
    after: str


def index_turn(connection: Connection, told: Replay, turn: TurnId) -> None:
    """Make a turn findable, as it stands now; one without words is passed by."""
    one, words = told.turns[turn], told.text_of(turn)
    if not words.strip():
        return
    connection.execute(
        insert(index).values(
            conversation=told.id,
            turn=turn,
            role="person" if isinstance(one, PersonTurn) else "companion",
            at=one.at.isoformat(),
            text=words.encode("utf-8", "replace").decode("utf-8").translate(_MARKS),
        )
    )


def search(connection: Connection, words: str, limit: int) -> list[Found]:
    """The turns that hold all the words, newest first."""
    query = _query(words)
    if query is None or limit <= 0:
        return []
    rows = connection.execute(_QUERY, {"query": query, "limit": limit})
    return [_found(row.conversation, row.turn, row.role, row.at, row.piece) for row in rows]


def _query(words: str) -> str | None:
    """What a person typed as an FTS5 query of plain phrases; None where there is nothing in it."""
    clean = words[:_LONGEST_QUERY].encode("utf-8", "replace").decode("utf-8").translate(_MARKS)
    phrases = [each for each in clean.split() if any(letter.isalnum() for letter in each)]
    if not phrases:
        return None
    quoted = ['"' + each.replace('"', '""') + '"' for each in phrases[:_MOST_WORDS]]
    return " AND ".join(quoted) + ("" if clean[-1].isspace() else "*")


def _found(conversation: str, turn: str, role: Role, at: str, piece: str) -> Found:
    before, _, rest = piece.partition(_OPEN)
    match, _, after = rest.partition(_CLOSE)
    return Found(
        conversation=ConversationId(conversation),
        turn=TurnId(turn),
        at=datetime.fromisoformat(at),
        role=role,
        before=before,
        match=match,
        after=after.replace(_OPEN, "").replace(_CLOSE, ""),
    )
