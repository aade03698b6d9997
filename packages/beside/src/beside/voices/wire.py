"""Messages in the form that chat models expect: system, user and assistant, taking turns."""

from collections.abc import Sequence

from beside.voices.base import Message, Role

_ROLES: dict[Role, str] = {"stance": "system", "person": "user", "companion": "assistant"}
_BLOCK = 8
"""Turns are left out in blocks, so that what a model has read stays the same for a while."""


def chat_messages(messages: Sequence[Message]) -> list[dict[str, str]]:
    r"""The messages for a chat model. Neighbours of one role are joined: many models insist.

    >>> chat_messages([Message(role="person", text="One."), Message(role="person", text="Two.")])
    [{'role': 'user', 'content': 'One.\n\nTwo.'}]
    """
    chat: list[dict[str, str]] = []
    for message in messages:
        role = _ROLES[message.role]
        if chat and chat[-1]["role"] == role:
            chat[-1]["content"] += f"\n\n{message.text}"
        else:
            chat.append({"role": role, "content": message.text})
    return chat


def fitted(messages: Sequence[Message], longest: int) -> list[Message]:
    """The messages without as many of the oldest turns as do not fit in `longest` characters.

    The stance and the last message always stay.
    """
    stance = [each for each in messages if each.role == "stance"]
    turns = [each for each in messages if each.role != "stance"]
    room = longest - sum(len(each.text) for each in stance)
    while len(turns) > 1 and sum(len(each.text) for each in turns) > room:
        turns = turns[min(_BLOCK, len(turns) - 1) :]
    return [*stance, *turns]
