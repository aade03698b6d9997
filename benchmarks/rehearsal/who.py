"""Who answers: a model behind an OpenAI-compatible address, or a voice of Beside in this process.

Both are given one side of a conversation and give the other, turn by turn.
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from benchmarks.rehearsal import marks
from beside.companion.person import OpenPerson
from beside.settings import Settings
from beside.talk.events import Mode
from beside.talk.ids import ConversationId
from beside.voices.base import Message
from beside.voices.pinned import WEIGHTS
from beside.voices.remote import base_address, is_loopback
from beside.voices.thoughts import Spoken, thinks_aloud
from beside.voices.wire import chat_messages
from beside.wiring import Beside

PAUSES_SECONDS = (1.0, 3.0, 9.0)
"""Before a server that is busy or away is asked again."""
BUSY = frozenset({408, 429, 500, 502, 503, 504})
NOWHERE = Path("/nonexistent/beside")


class CannotAnswer(Exception):  # noqa: N818 -- it carries a code: what is left of the turn is data
    """Whoever was asked could not answer; the code says why, never what was said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One reply, and how it came to its end where that was not by itself."""

    text: str
    ended: str | None = None


class Who(Protocol):
    """Someone who answers; `marks` say what they are."""

    name: str
    marks: marks.Marks

    def answers(
        self, said: Sequence[str], *, mode: Mode, seed: int, days: int = 0
    ) -> AsyncGenerator[Answer, None]:
        """An answer to each turn. `days` pass before the last. Raises CannotAnswer."""
        ...

    async def close(self) -> None:
        """Let go of what is held open."""
        ...


class Address:
    """A model behind an address, as anybody would ask it: without a stance of ours."""

    def __init__(
        self,
        base_url: str,
        model: str,
        *,
        key: str | None = None,
        timeout_seconds: float = 120.0,
        pauses_seconds: Sequence[float] = PAUSES_SECONDS,
    ) -> None:
        import httpx2

        self.name = model
        self._address = base_address(base_url)
        self.marks = {"voice": marks.of([self._address, model])}
        self._pauses = tuple(pauses_seconds)
        self._client = httpx2.AsyncClient(
            headers={} if key is None else {"Authorization": f"Bearer {key}"},
            timeout=timeout_seconds,
            trust_env=not is_loopback(self._address),
        )

    async def answers(
        self,
        said: Sequence[str],
        *,
        mode: Mode,  # noqa: ARG002 - an address knows no modes
        seed: int,
        days: int = 0,  # noqa: ARG002 - nor days
    ) -> AsyncGenerator[Answer, None]:
        """An answer to each turn."""
        line: list[Message] = []
        for words in said:
            line.append(Message(role="person", text=words))
            text = await self._ask(line, seed)
            line.append(Message(role="companion", text=text))
            yield Answer(text=text)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _ask(self, line: Sequence[Message], seed: int) -> str:
        import httpx2

        body = {"model": self.name, "messages": chat_messages(line), "seed": seed}
        pauses = list(self._pauses)
        while True:
            try:
                reply = await self._client.post(f"{self._address}/chat/completions", json=body)
                if reply.status_code == 200:
                    return self._words(reply)
                code, passing = str(reply.status_code), reply.status_code in BUSY
            except httpx2.HTTPError as error:
                code, passing = type(error).__name__, True
            if not passing or not pauses:
                raise CannotAnswer(code)
            await asyncio.sleep(pauses.pop(0))

    def _words(self, reply: Any) -> str:
        try:
            content = reply.json()["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError):
            raise CannotAnswer("not-a-reply") from None
        spoken = Spoken(wait=thinks_aloud(self.name))
        text = (spoken.words(str(content or "")) + spoken.end()).strip()
        if not text:
            raise CannotAnswer("empty")
        return text


class Here:
    """A voice of Beside in this process: the whole turn, care first, in a journal in memory."""

    def __init__(self, voice: str, *, data_folder: Path = NOWHERE) -> None:
        self.name = voice
        self._passed = timedelta()
        self._beside = Beside.open(Settings(data_folder=data_folder), clock=self._now)
        self.marks = {"voice": voice_mark(self._beside, voice), **marks.own()}

    def _now(self) -> datetime:
        return datetime.now(UTC) + self._passed

    async def answers(
        self, said: Sequence[str], *, mode: Mode, seed: int, days: int = 0
    ) -> AsyncGenerator[Answer, None]:
        """An answer to each turn."""
        del seed  # the same words get the same choice; a voice that is a model has its own dice
        person = self._beside.guest()
        where: ConversationId | None = None
        try:
            for number, words in enumerate(said, 1):
                if days and number == len(said):
                    self._passed += timedelta(days=days)
                begun = await person.say(
                    words, conversation=where, mode=mode if where is None else None, voice=self.name
                )
                where = begun.conversation
                yield await _heard(person, begun.conversation, begun.reply)
        finally:
            await person.lock()

    async def close(self) -> None:
        """Let go of the voice."""
        await self._beside.close()


async def _heard(person: OpenPerson, conversation: Any, reply: Any) -> Answer:
    text, ended = "", None
    async with aclosing(person.listen(conversation, reply)) as updates:
        async for update in updates:
            text += update.text
            if update.state != "speaking":
                ended = update.reason or (None if update.state == "done" else update.state)
    if not text.strip():
        raise CannotAnswer(ended or "empty")
    return Answer(text=text.strip(), ended=ended)


def voice_mark(beside: Beside, voice: str) -> str:
    """What a voice of the catalogue is: its weights, its address and model, or its own lines."""
    if voice == "authored":
        return marks.own()["authored"]
    if voice in WEIGHTS:
        return WEIGHTS[voice].sha256[:16]
    return marks.of([voice, beside.catalogue.entry(voice).description])
