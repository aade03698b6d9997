"""What is read off a conversation before a reply: the way to a turn, and who asked what.

It knows nothing about the journal, and changes nothing.
"""

from beside.companion.weigh import Lived, lived
from beside.errors import NoSuchTurn
from beside.talk.conversation import Conversation, PersonTurn, ReplyTurn, Turn
from beside.talk.ids import TurnId
from beside.voices.base import Message, Role

LIVED_REPLIES = 6
"""So many replies are looked back on for both sides."""


def messages_to(tree: Conversation, turn: TurnId) -> tuple[Message, ...]:
    """The turns from the beginning to this one, as messages.

    A reply that went on after another is one message with it.
    """
    messages: list[Message] = []
    for each in _way_to(tree, turn):
        role: Role = "person" if isinstance(each, PersonTurn) else "companion"
        text = each.text
        if messages and messages[-1].role == role == "companion":
            text = f"{messages.pop().text} {text}"
        messages.append(Message(role=role, text=text))
    return tuple(messages)


def lived_to(tree: Conversation, turn: TurnId) -> tuple[Lived, ...]:
    """What the newest replies before this turn held of either side, where they were read."""
    weighed = [each.weighed for each in _way_to(tree, turn) if isinstance(each, ReplyTurn)]
    read = [each.reading for each in weighed if each is not None and each.reading]
    return tuple(map(lived, read[-LIVED_REPLIES:]))


def replies_to(tree: Conversation, turn: TurnId) -> int:
    """How many replies there are to this turn already."""
    return sum(isinstance(t, ReplyTurn) and t.parent == turn for t in tree.turns.values())


def person_above(tree: Conversation, reply: TurnId) -> PersonTurn:
    """What the person said that this reply answers. Raises NoSuchTurn."""
    turn = tree.turns.get(reply)
    while isinstance(turn, ReplyTurn):
        turn = tree.turns.get(turn.parent)
    if turn is None or reply == turn.id:
        raise NoSuchTurn("This reply is not in the conversation.")
    return turn


def _way_to(tree: Conversation, turn: TurnId) -> list[Turn]:
    """The turns from the beginning to this one."""
    way: list[Turn] = []
    at: TurnId | None = turn
    while at is not None:
        way.append(tree.turns[at])
        at = tree.turns[at].parent
    return way[::-1]
