"""The one small protocol that every voice speaks. A voice knows nothing of storage or pages."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from beside.talk.ids import VoiceName

Role = Literal["stance", "person", "companion"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message for a voice: the stance (what is said to the model), or a turn of either side."""

    role: Role
    text: str


class Voice(Protocol):
    """Someone who can answer.

    `stream` gives the pieces of one reply, in order, as they come. It raises a `VoiceError`
    (see `beside.errors`) where it cannot go on; pieces that were given stay given. Closing the
    iterator (or cancelling the task that reads it) stops the work behind it.
    """

    @property
    def name(self) -> VoiceName:
        """The name under which it stands in the catalogue and the journal."""
        ...

    def stream(self, messages: Sequence[Message]) -> AsyncIterator[str]:
        """The pieces of a reply to the last person's message."""
        ...

    async def warm(self, messages: Sequence[Message]) -> None:
        """Get ready for a conversation that begins with these messages; may do nothing."""
        ...

    async def close(self) -> None:
        """Let go of what the voice holds open (connections, a model in memory)."""
        ...
