"""A voice inside this process: a small GGUF model, run by the `xllamacpp` package.

The model is loaded on first use and works in one thread of its own, one reply after another. What
it has read stays in its memory, so that the same beginning is not read twice.
"""

import asyncio
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from pathlib import Path
from typing import Any

from beside.errors import VoiceBroke, VoiceRefused, VoiceTimedOut
from beside.talk.ids import VoiceName
from beside.voices.base import Message
from beside.voices.openai_reply import step_of
from beside.voices.runtime import CONTEXT_TOKENS, Runtime
from beside.voices.thoughts import Spoken
from beside.voices.wire import chat_messages, fitted

REPLY_TOKENS = 320
"""How long a reply may be: a companion says little at a time."""

_SAMPLING = {"temperature": 0.7, "top_p": 0.9, "min_p": 0.05, "repeat_penalty": 1.1}
_CHARACTERS_A_TOKEN = 3.0
_TIGHTER = 0.55
_TRIES = 5

Chunk = Mapping[str, Any]


class _TooMuch(Exception):  # noqa: N818 -- an answer, not an error: less must be sent
    """The messages do not fit before the model."""


class EmbeddedVoice:
    """A GGUF file as a voice.

    Speaking and warming up raise VoiceMissing where the runtime or the file is not here or
    cannot be used.
    """

    def __init__(self, *, name: str, path: Path, timeout_seconds: float = 60.0) -> None:
        self.name = VoiceName(name)
        self._timeout_seconds = timeout_seconds
        self._runtime = Runtime(path)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="beside-voice")
        self._closing = threading.Event()

    async def stream(self, messages: Sequence[Message]) -> AsyncIterator[str]:
        """The words of a reply as they are made. Closing the iterator stops the model.

        The oldest turns are left out where the conversation is longer than the model can hold.
        """
        for kept in _shorter_and_shorter(messages):
            try:
                async with aclosing(self._said(kept)) as pieces:
                    async for piece in pieces:
                        yield piece
                return
            except _TooMuch:
                continue
        raise VoiceRefused(
            f"This is more than the small model {self.name!r} can take in at once. "
            "Another voice can go on."
        )

    async def warm(self, messages: Sequence[Message]) -> None:
        """Load the model and let it read the beginning, so that the first word comes sooner."""
        chat = chat_messages(next(_shorter_and_shorter(messages)))
        if not chat or chat[-1]["role"] != "user":
            chat.append({"role": "user", "content": "."})
        async with aclosing(self._chunks(chat, reply_tokens=1)) as chunks:
            async for _ in chunks:
                pass

    async def close(self) -> None:
        """Stop speaking and give the memory back; the model is loaded again when it is needed."""
        self._closing.set()
        try:
            await asyncio.wrap_future(self._worker.submit(self._runtime.close))
        finally:
            self._closing.clear()

    async def _said(self, messages: Sequence[Message]) -> AsyncGenerator[str, None]:
        """The words of one try. Raises _TooMuch only before the first."""
        spoken = Spoken()
        finish: str | None = None
        begun = False
        async with aclosing(self._chunks(chat_messages(messages), REPLY_TOKENS)) as chunks:
            async for chunk in chunks:
                if _is_too_much(chunk):
                    raise _TooMuch
                step = step_of(chunk)
                finish = step.finish or finish
                if words := spoken.words(step.words):
                    begun = True
                    yield words
        if words := spoken.end(cut_off=finish != "stop"):
            begun = True
            yield words
        if finish == "length":
            raise VoiceBroke(
                "The reply grew longer than this voice may speak and was ended there. "
                "Its words so far stay."
            )
        if finish is None or not begun:
            raise VoiceBroke(f"The reply of {self.name!r} broke off. Another voice can go on.")

    async def _chunks(
        self, chat: list[dict[str, str]], reply_tokens: int
    ) -> AsyncGenerator[Chunk, None]:
        """What the model brings, from its thread into this loop."""
        loop = asyncio.get_running_loop()
        arrived: asyncio.Queue[Chunk | None] = asyncio.Queue()
        stopped = threading.Event()

        def tell(chunk: Chunk | None) -> None:
            try:
                loop.call_soon_threadsafe(arrived.put_nowait, chunk)
            except RuntimeError:  # the loop is gone, and with it whoever listened
                stopped.set()

        def hear(chunk: Chunk) -> bool:
            tell(chunk)
            return stopped.is_set() or self._closing.is_set()

        request = {
            "messages": chat,
            "max_tokens": reply_tokens,
            "stream": True,
            "return_progress": True,
            "cache_prompt": True,
            **_SAMPLING,
        }
        work = self._worker.submit(self._runtime.run, request, hear)
        work.add_done_callback(lambda _: tell(None))
        try:
            while True:
                try:
                    async with asyncio.timeout(self._timeout_seconds):
                        chunk = await arrived.get()
                except TimeoutError:
                    if not (work.running() or work.done()):
                        continue  # another reply is being written first
                    raise VoiceTimedOut(
                        f"The model {self.name!r} was silent for {self._timeout_seconds:g} "
                        "seconds. Words that came stay; another voice can go on."
                    ) from None
                if chunk is None:
                    break
                yield chunk
            work.result()
        finally:
            stopped.set()
            work.cancel()


def _shorter_and_shorter(messages: Sequence[Message]) -> Iterator[list[Message]]:
    """The messages as they may fit, then fewer and fewer of them, as long as that helps."""
    room = (CONTEXT_TOKENS - REPLY_TOKENS) * _CHARACTERS_A_TOKEN
    before = len(messages) + 1
    for _ in range(_TRIES):
        kept = fitted(messages, int(room))
        if len(kept) < before:
            before = len(kept)
            yield kept
        room *= _TIGHTER


def _is_too_much(chunk: Chunk) -> bool:
    error = chunk.get("error")
    if isinstance(error, Mapping):
        return error.get("type") == "exceed_context_size_error"
    progress = chunk.get("prompt_progress")
    total = progress.get("total", 0) if isinstance(progress, Mapping) else 0
    return int(total) > CONTEXT_TOKENS - REPLY_TOKENS
