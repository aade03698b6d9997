"""What Beside itself writes, and the exports of other companions that it brings in."""

import random
from datetime import UTC, datetime

from beside.carry.importers import read_any
from beside.errors import NotAConversation
from beside.mirror.importers.found import Found, Line
from beside.talk.conversation import Conversation, PersonTurn, replay

_NEVER = datetime(1990, 1, 1, tzinfo=UTC)


def read(data: bytes) -> list[Found] | None:
    """The conversations in this file; None where it is none of those."""
    try:
        imported = read_any(data, None, at=_NEVER, random_bytes=random.Random(0).randbytes)
    except NotAConversation:
        return None
    return [found_in(replay(events)) for events in imported.conversations]


def found_in(conversation: Conversation) -> Found:
    """The visible line of a conversation; a reply without words is no turn."""
    began = conversation.began_at
    line = conversation.line()
    lines = tuple(
        Line(
            name="Person" if isinstance(turn, PersonTurn) else "Companion",
            text=turn.text,
            at=max(0.0, (turn.at - began).total_seconds()),
        )
        for turn in line
    )
    return Found(source=conversation.source or "Beside", lines=lines, title=conversation.title)
