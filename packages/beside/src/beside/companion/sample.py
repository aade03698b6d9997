"""One reply of a voice while it is being said: its words so far, and how quick it is."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing

from beside.companion.sentences import complete_sentences
from beside.voices.base import Message, Voice

WORDS_OF_A_REPLY = 60
"""How long a reply usually becomes, where its end is not known yet."""


class Sample:
    """Listens to the voice in a task of its own until the reply ends, fails or is stopped."""

    def __init__(self, voice: Voice, messages: Sequence[Message]) -> None:
        self.text = ""
        self.done = False
        self.error: Exception | None = None
        self._clock = asyncio.get_running_loop().time
        self.began = self._clock()
        self._first: float | None = None
        self._ended: float | None = None
        self._changed = asyncio.Event()
        self._task = asyncio.create_task(self._hear(voice, messages))

    @property
    def whole(self) -> bool:
        """Whether it came to its end by itself, with words."""
        return self.done and self.error is None and bool(self.text.strip())

    @property
    def took(self) -> float:
        """Seconds from the asking to the end, or to now."""
        return (self._clock() if self._ended is None else self._ended) - self.began

    def sentences(self) -> list[str]:
        """Its sentences so far; all of its words once it is done."""
        return complete_sentences(self.text, ended=self.done)

    def ends_at(self) -> float:
        """When it will probably have ended, by the pace of its words so far."""
        now = self._clock()
        words = len(self.text.split())
        if self.done or self._first is None or not words:
            return now
        return now + max(0, WORDS_OF_A_REPLY - words) * (now - self._first) / words

    async def until(self, ready: Callable[[], bool], *, at: float | None = None) -> bool:
        """Wait until it is so, or done, or this moment has come; whether it is so, or done."""
        try:
            async with asyncio.timeout_at(at):
                while not (ready() or self.done):
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            return False
        return True

    async def stop(self) -> None:
        """Stop the voice; the words that came stay."""
        self._task.cancel()
        await asyncio.wait([self._task])

    async def _hear(self, voice: Voice, messages: Sequence[Message]) -> None:
        try:
            async with aclosing(pieces(voice, messages)) as said:
                async for piece in said:
                    if self._first is None:
                        self._first = self._clock()
                    self.text += piece
                    self._changed.set()
        except Exception as error:  # whatever a voice does, the person is answered
            self.error = error
        finally:
            self.done = True
            self._ended = self._clock()
            self._changed.set()


async def pieces(voice: Voice, messages: Sequence[Message]) -> AsyncGenerator[str, None]:
    """What the voice says; closing it stops the voice at once."""
    stream = voice.stream(messages)
    try:
        async for piece in stream:
            yield piece
    finally:
        if isinstance(stream, AsyncGenerator):
            await stream.aclose()
