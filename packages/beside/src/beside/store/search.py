"""Full-text search inside the encrypted file: any input is safe, newest finds first.

Every word must be in the same turn; the last may be unfinished. Accents and case do not matter.
What has no words with blanks between (Chinese, Thai, emoji) is looked for as it is written.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, insert, text

from beside.store.schema import words as index
from beside.talk.conversation import PersonTurn, Replay
from beside.talk.ids import ConversationId, TurnId

Role = Literal["person", "companion"]

_OPEN, _CLOSE = "\x02", "\x03"
_MARKS = str.maketrans({_OPEN: " ", _CLOSE: " ", "\x00": " "})
_MOST_WORDS = 16
_LONGEST_QUERY = 400
_AROUND = 80
"""How many characters stand before and after a match that is found as it is written."""
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
"""Thai, Lao, Burmese, Khmer, Japanese and Chinese: no blanks between words."""


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
    clean = words[:_LONGEST_QUERY].encode("utf-8", "replace").decode("utf-8").translate(_MARKS)
    pieces = clean.split()[:_MOST_WORDS]
    if not pieces or limit <= 0:
        return []
    written = [each for each in pieces if _UNSPACED.search(each) or not _has_word(each)]
    spaced = [each for each in pieces if each not in written]
    values: dict[str, str | int] = {"limit": limit}
    conditions = []
    if spaced:
        conditions.append("words MATCH :words")
        unfinished = pieces[-1] == spaced[-1] and not clean[-1].isspace()
        values["words"] = _phrases(spaced) + ("*" if unfinished else "")
    for number, each in enumerate(written):
        conditions.append(f"instr(text, :written{number})")
        values[f"written{number}"] = each
    piece = "snippet(words, 4, char(2), char(3), '…', 24)" if spaced else "text"
    query = text(
        f"SELECT conversation, turn, role, at, {piece} AS piece FROM words"  # noqa: S608 - ours
        f" WHERE {' AND '.join(conditions)} ORDER BY rowid DESC LIMIT :limit"
    )
    rows = connection.execute(query, values).all()
    return [_found(row, () if spaced else written) for row in rows]


def _phrases(words: Sequence[str]) -> str:
    """Plain phrases for FTS5: within quotation marks nothing is an operator."""
    return " AND ".join('"' + each.replace('"', '""') + '"' for each in words)


def _has_word(piece: str) -> bool:
    return any(letter.isalnum() for letter in piece)


def _found(row: Sequence[Any], written: Sequence[str]) -> Found:
    conversation, turn, role, at, piece = row
    if written:
        piece = _marked(piece, written[0])
    before, _, rest = piece.partition(_OPEN)
    match, _, after = rest.partition(_CLOSE)
    return Found(
        conversation=ConversationId(conversation),
        turn=TurnId(turn),
        at=datetime.fromisoformat(at),
        role=role,
        before=_on_one_line(before),
        match=_on_one_line(match),
        after=_on_one_line(after.replace(_OPEN, "").replace(_CLOSE, "")),
    )


def _marked(whole: str, match: str) -> str:
    """The surroundings of what was found as it is written, marked as `snippet` marks it."""
    start = whole.index(match)
    end = start + len(match)
    before, after = whole[max(0, start - _AROUND) : start], whole[end : end + _AROUND]
    return (
        f"{'…' if start > _AROUND else ''}{before}{_OPEN}{match}{_CLOSE}{after}"
        f"{'…' if end + _AROUND < len(whole) else ''}"
    )


def _on_one_line(piece: str) -> str:
    return re.sub(r"\s+", " ", piece)
