"""Erasing: the only thing that changes what was kept. It really deletes; `sweep` sees to it.

Erasing what the person said erases the answers to it too, since they take up its words. Erasing
an answer erases only that. What followed stays, and follows what came before.
"""

import json
import os
import secrets
from collections.abc import Collection
from pathlib import Path

from sqlalchemy import Connection, Engine, and_, delete, func, insert, select, text, update
from sqlalchemy.dialects.sqlite import insert as put

from beside.errors import JournalBusy, NoSuchTurn
from beside.store.append import Replays
from beside.store.file import JOURNAL, run_alone
from beside.store.keys import KEYS
from beside.store.private import flush_folder
from beside.store.rows import MIRROR, body_text, to_row
from beside.store.schema import events, speaking, unfinished, words
from beside.store.summaries import drop_summary, put_summary
from beside.talk.conversation import Conversation, PersonTurn, ReplyTurn
from beside.talk.events import LineChosen, PersonSpoke, PlanKept, ReplyBegan
from beside.talk.ids import ConversationId, MirrorId, NoteId, TurnId


def erase_turn(
    connection: Connection, replays: Replays, conversation: ConversationId, turn: TurnId
) -> None:
    """Delete one turn, and the answers to it where the person said it.

    The visible line stays what it was, without what was erased; where nothing of it is left, the
    newest turn becomes visible. Raises NoSuchConversation or NoSuchTurn.
    """
    was = replays.of(connection, conversation).conversation()
    if turn not in was.turns:
        raise NoSuchTurn("There is no such turn in this conversation (any more).")
    gone = {turn}
    answers = isinstance(was.turns[turn], PersonTurn)
    for each in was.turns.values():  # in the order they began: an answer may go on from another
        if answers and isinstance(each, ReplyTurn) and each.parent in gone:
            gone.add(each.id)
    replays.forget(conversation)
    own = events.c.conversation == conversation
    connection.execute(delete(events).where(own, events.c.turn.in_(gone)))
    connection.execute(
        delete(words).where(words.c.conversation == conversation, words.c.turn.in_(gone))
    )
    connection.execute(
        delete(speaking).where(speaking.c.conversation == conversation, speaking.c.turn.in_(gone))
    )
    for each in was.turns.values():
        if each.parent in gone and each.id not in gone:
            _hang_on(connection, conversation, each.id, was.turns[turn].parent)
    told = replays.of(connection, conversation)
    leaf = _surviving(was, gone) or next(reversed(list(told.turns)), None)
    if leaf is not None and told.conversation().leaf != leaf:
        chosen = LineChosen(at=told.last_at, conversation=conversation, turn=leaf)
        connection.execute(insert(events), [to_row(chosen)])
        told.add(chosen)
    put_summary(connection, told)
    _remember_to_sweep(connection)


def erase_conversation(
    connection: Connection, replays: Replays, conversation: ConversationId
) -> None:
    """Delete a conversation with everything in it. Raises NoSuchConversation."""
    replays.of(connection, conversation)
    replays.forget(conversation)
    connection.execute(delete(events).where(events.c.conversation == conversation))
    connection.execute(delete(words).where(words.c.conversation == conversation))
    connection.execute(delete(speaking).where(speaking.c.conversation == conversation))
    drop_summary(connection, conversation)
    _remember_to_sweep(connection)


def erase_note(connection: Connection, note: NoteId) -> None:
    """Delete a note that the person had allowed; nothing where there is none of this name."""
    outside = events.c.conversation.is_(None)
    held = func.json_extract(events.c.body, "$.note") == note
    connection.execute(delete(events).where(outside, held))
    _remember_to_sweep(connection)


def erase_plan(connection: Connection) -> bool:
    """Delete the safety plan, all that was ever in it; whether there was one."""
    gone = connection.execute(delete(events).where(events.c.type == PlanKept.__name__))
    if not gone.rowcount:
        return False
    _remember_to_sweep(connection)
    return True


def erase_mirror(connection: Connection, session: MirrorId | None) -> None:
    """Delete a session of the mirror with its marks and estimates; with None, all of them."""
    ours = events.c.type.in_(MIRROR)
    which = ours if session is None else and_(ours, events.c.conversation == session)
    connection.execute(delete(events).where(which))
    _remember_to_sweep(connection)


def needs_sweep(connection: Connection) -> bool:
    """Whether something was erased and the file was not swept since."""
    return connection.execute(select(unfinished)).first() is not None


def delete_files(folder: Path) -> None:
    """Delete every file of a journal, its keys first: without them the rest is noise."""
    keys = folder / KEYS
    if keys.exists():
        with keys.open("r+b") as file:
            file.write(secrets.token_bytes(keys.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
    for pattern in (f"{KEYS}*", f"{JOURNAL}*"):
        for each in folder.glob(pattern):
            each.unlink(missing_ok=True)
    flush_folder(folder)


def delete_copies(folder: Path) -> None:
    """Delete what else may hold what was erased: copies before migrations, cut-off snapshots."""
    for pattern in (f"{JOURNAL}.before-*", f"{JOURNAL}.snapshot*"):
        for each in folder.glob(pattern):
            each.unlink(missing_ok=True)
    flush_folder(folder)


def sweep(engine: Engine, name: str) -> None:
    """Make the file anew without what was erased: search index, free space, write-ahead log.

    Raises JournalBusy where a reader holds on to the log, DiskFull where there is no room for a
    second file; then it is done when the journal is next opened, or something else is erased.
    """
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO words (words) VALUES ('rebuild')"))
    run_alone(engine, "VACUUM")
    held = run_alone(engine, "PRAGMA wal_checkpoint(TRUNCATE)")
    if any(busy for busy, *_ in held):
        raise JournalBusy(
            f"What you erased is gone from the journal {name!r}, but another Beside still has it "
            "open, and until that one is closed an encrypted trace stays in the file. It is "
            "cleared away when you next unlock, or erase something."
        )
    with engine.begin() as connection:
        connection.execute(delete(unfinished))


def _surviving(was: Conversation, gone: Collection[TurnId]) -> TurnId | None:
    """The leaf of the visible line, or the nearest turn before it that is not erased."""
    line = (turn.id for turn in reversed(was.line()))
    return next((turn for turn in line if turn not in gone), None)


def _hang_on(
    connection: Connection, conversation: ConversationId, turn: TurnId, parent: TurnId | None
) -> None:
    """Let a turn follow another than it did: what the person said, or an answer that goes on."""
    where = and_(
        events.c.conversation == conversation,
        events.c.turn == turn,
        events.c.type.in_((PersonSpoke.__name__, ReplyBegan.__name__)),
    )
    body = json.loads(connection.execute(select(events.c.body).where(where)).scalar_one())
    connection.execute(
        update(events).where(where).values(body=body_text({**body, "parent": parent}))
    )


def _remember_to_sweep(connection: Connection) -> None:
    connection.execute(put(unfinished).values(work="sweep").on_conflict_do_nothing())
