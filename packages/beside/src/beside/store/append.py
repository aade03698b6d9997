"""Keeping facts: each is checked against its conversation before it is written.

What a journal holds can therefore always be replayed.
"""

from collections import OrderedDict
from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert

from beside.errors import NoSuchConversation, NoSuchTurn
from beside.store import schema
from beside.store.rows import has_session, read_for_replay, to_row
from beside.store.search import index_turn
from beside.store.summaries import has_conversation, put_summary
from beside.talk.conversation import Replay
from beside.talk.events import (
    ConversationBegan,
    ConversationEvent,
    Event,
    MirrorEvent,
    MirrorSessionKept,
    PersonSpoke,
    ReplyBegan,
    ReplyEnded,
)
from beside.talk.ids import ConversationId, TurnId


class Replays:
    """The replays of the conversations that were used last, so that they need not be read again.

    `kept` is how many; none for a reader, whose file others change.
    """

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._told: OrderedDict[ConversationId, Replay] = OrderedDict()

    def of(self, connection: Connection, conversation: ConversationId) -> Replay:
        """The replay at hand, or one from the file. Raises NoSuchConversation."""
        told = self._told.get(conversation)
        if told is None:
            told = Replay()
            for event in read_for_replay(connection, conversation):
                told.add(event)
            if not told.begun:
                raise no_such_conversation()
        return self.put(conversation, told)

    def put(self, conversation: ConversationId, told: Replay) -> Replay:
        """Have this one at hand; the one that was used longest ago may go."""
        self._told[conversation] = told
        self._told.move_to_end(conversation)
        while len(self._told) > self._kept:
            self._told.popitem(last=False)
        return told

    def forget(self, *conversations: ConversationId) -> None:
        """Read these anew the next time."""
        for conversation in conversations:
            self._told.pop(conversation, None)

    def forget_all(self) -> None:
        """Have none at hand."""
        self._told.clear()


def append(connection: Connection, replays: Replays, events: Sequence[Event]) -> None:
    """Write the facts, in the transaction of `connection`, and bring both indexes up to date.

    Raises NoSuchConversation, NoSuchTurn or ValueError; then neither the transaction nor the
    replays may be kept.
    """
    told: dict[ConversationId, Replay] = {}
    rows = [to_row(event) for event in events]
    for event in events:
        if isinstance(event, ConversationEvent):
            if event.conversation not in told:
                told[event.conversation] = _begin_or_go_on(connection, replays, event)
            _take_in(connection, told[event.conversation], event)
    _check_mirror(connection, [each for each in events if isinstance(each, MirrorEvent)])
    connection.execute(insert(schema.events), rows)
    for each in told.values():
        put_summary(connection, each)


def no_such_conversation() -> NoSuchConversation:
    """The error for a conversation that is not there."""
    return NoSuchConversation("There is no such conversation in this journal (any more).")


def no_such_session() -> NoSuchConversation:
    """The error for a session of the mirror that is not there."""
    return NoSuchConversation("There is no such session in the mirror (any more).")


def _check_mirror(connection: Connection, events: Sequence[MirrorEvent]) -> None:
    """Raise where something is told of a session that is not there, or one is kept twice."""
    here: set[str] = set()
    for event in events:
        begun = event.session in here or has_session(connection, event.session)
        if isinstance(event, MirrorSessionKept):
            if begun:
                raise ValueError("a session of this name is there already")
            here.add(event.session)
        elif not begun:
            raise no_such_session()


def _begin_or_go_on(connection: Connection, replays: Replays, event: ConversationEvent) -> Replay:
    if not isinstance(event, ConversationBegan):
        return replays.of(connection, event.conversation)
    if has_conversation(connection, event.conversation):
        raise ValueError("a conversation of this name is there already")
    return replays.put(event.conversation, Replay())


def _take_in(connection: Connection, told: Replay, event: ConversationEvent) -> None:
    about = event.parent if isinstance(event, PersonSpoke | ReplyBegan) else _turn_of(event)
    if about is not None and about not in told.turns:
        raise NoSuchTurn("The turn that this belongs to is not (or no longer) in the journal.")
    told.add(event)
    if isinstance(event, PersonSpoke | ReplyEnded):
        index_turn(connection, told, event.turn)
    if isinstance(event, ReplyBegan):
        connection.execute(
            insert(schema.speaking).values(conversation=event.conversation, turn=event.turn)
        )
    elif isinstance(event, ReplyEnded):
        ended = schema.speaking.c
        connection.execute(
            delete(schema.speaking).where(
                ended.conversation == event.conversation, ended.turn == event.turn
            )
        )


def _turn_of(event: ConversationEvent) -> TurnId | None:
    turn: TurnId | None = getattr(event, "turn", None)
    return turn
