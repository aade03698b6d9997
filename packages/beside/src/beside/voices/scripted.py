"""A voice that says what it was given, for tests and demonstrations. It thinks nothing up."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence

from beside.errors import VoiceBroke, VoiceMissing
from beside.talk.ids import VoiceName
from beside.voices.base import Message

_PIECE = re.compile(r"\s*\S+\s*|\s+")


def pieces(text: str) -> list[str]:
    """The words of a text with the space around them; joined they are the text again.

    >>> pieces("I am here.")
    ['I ', 'am ', 'here.']
    """
    return _PIECE.findall(text)


class ScriptedVoice:
    """Gives its replies one after another, word by word, and begins again after the last.

    With `pieces_per_second` it keeps that pace, else it speaks at once. With `fail_after` it
    breaks off (VoiceBroke) after that many words of each reply. What it was given to say is said
    as it is; with `weighed` it is weighed like the words of any other voice.
    """

    def __init__(
        self,
        replies: Sequence[str],
        *,
        pieces_per_second: float | None = None,
        fail_after: int | None = None,
        weighed: bool = False,
        name: str = "scripted",
    ) -> None:
        if not replies:
            raise VoiceMissing("A scripted voice needs at least one reply to say.")
        self.name = VoiceName(name)
        self.weighed = weighed
        self.heard: tuple[Message, ...] = ()
        """The messages of the newest call: what a model would have been told."""
        self.stopped = 0
        """How many replies were stopped before their end."""
        self._replies = tuple(replies)
        self._pace = None if pieces_per_second is None else 1 / pieces_per_second
        self._fail_after = fail_after
        self._asked = 0

    async def stream(self, messages: Sequence[Message]) -> AsyncIterator[str]:
        """The words of the next reply."""
        self.heard = tuple(messages)
        reply = self._replies[self._asked % len(self._replies)]
        self._asked += 1
        clock = asyncio.get_running_loop().time
        began = clock()
        ended = False
        try:
            for number, piece in enumerate(pieces(reply)):
                if number == self._fail_after:
                    ended = True
                    raise VoiceBroke("The scripted voice broke off here, as it was asked to.")
                due = 0.0 if self._pace is None else began + number * self._pace - clock()
                await asyncio.sleep(max(0.0, due))
                yield piece
            ended = True
        finally:
            self.stopped += not ended

    async def warm(self, messages: Sequence[Message]) -> None:
        """Nothing to do: the words are here."""

    async def close(self) -> None:
        """Nothing to let go of."""
