"""A voice behind any OpenAI-compatible server: Ollama, llama.cpp, vLLM, LM Studio, a cloud.

Words go to the one chosen address and nowhere else: no redirects, and no proxies on the way to
this machine itself. An address elsewhere is used only after the person agreed.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from beside.errors import (
    ConsentNeeded,
    VoiceBroke,
    VoiceError,
    VoiceMissing,
    VoiceRefused,
    VoiceTimedOut,
    VoiceUnreachable,
)
from beside.talk.ids import VoiceName
from beside.voices.base import Message
from beside.voices.openai_reply import Step, read_step, refusal
from beside.voices.remote import base_address, is_loopback, leaves_machine, what_leaves
from beside.voices.thoughts import Spoken, thinks_aloud
from beside.voices.wire import chat_messages

if TYPE_CHECKING:
    import httpx2

CONNECT_SECONDS = 5.0
LONGEST_WAIT_SECONDS = 5.0
"""How long Beside waits at most before it asks a busy server once more."""
LONGEST_REPLY = 40_000
"""Characters after which a reply is ended: no companion talks that long."""
LONGEST_ANSWER = 4_000_000
"""Characters that a server may send in all for one reply, thoughts included."""

_PAUSES_SECONDS = (0.3, 1.0, 2.0)
_BUSY = frozenset({408, 429, 500, 502, 503, 504})


class _Passing(Exception):  # noqa: N818 -- not an error of its own: it carries one
    """A failure before the first word that may be over in a moment."""

    def __init__(self, error: VoiceError, *, pauses: Sequence[float] = _PAUSES_SECONDS) -> None:
        self.error = error
        self.pauses = pauses


class OpenAIVoice:
    """A model on a server, asked through `POST {base_url}/chat/completions`.

    Raises ConsentNeeded, saying what would leave the machine, where the server or the model is
    elsewhere and `agreed` is not true.
    """

    def __init__(
        self,
        *,
        name: str,
        base_url: str,
        model: str,
        api_key: str | None = None,
        timeout_seconds: float = 60.0,
        agreed: bool = False,
    ) -> None:
        self.name = VoiceName(name)
        self._address = base_address(base_url)
        self._model = model
        self._timeout_seconds = timeout_seconds
        self._headers = {"User-Agent": "beside", "Accept": "text/event-stream"}
        if not agreed and leaves_machine(self._address, model):
            raise ConsentNeeded(what_leaves(self._address, model))
        if api_key is not None:
            if not (api_key.isascii() and api_key.isprintable()):
                raise VoiceMissing(f"The key of the voice {name!r} cannot be a key; add it again.")
            self._headers["Authorization"] = f"Bearer {api_key}"
        self._thinks = thinks_aloud(model)
        self._held: tuple[asyncio.AbstractEventLoop, httpx2.AsyncClient] | None = None

    async def stream(self, messages: Sequence[Message]) -> AsyncIterator[str]:
        """The words of the reply as they come; thoughts are left out.

        Before the first word a failure that may pass is tried again a few times. After it,
        nothing is: the words stay and VoiceBroke or VoiceTimedOut is raised.
        """
        body = {"model": self._model, "messages": chat_messages(messages), "stream": True}
        tries = 0
        while True:
            try:
                async with aclosing(self._once(body)) as pieces:
                    async for piece in pieces:
                        yield piece
                return
            except _Passing as passing:
                if tries >= len(passing.pauses):
                    raise passing.error from None
                pause = passing.pauses[tries]
            tries += 1
            await asyncio.sleep(pause)

    async def warm(self, messages: Sequence[Message]) -> None:
        """Let a server on this machine load its model and read the stance; elsewhere nothing."""
        import httpx2

        if leaves_machine(self._address, self._model) or not messages:
            return
        chat = chat_messages(messages)
        if chat[-1]["role"] != "user":
            chat.append({"role": "user", "content": "."})
        body = {"model": self._model, "messages": chat, "stream": False, "max_tokens": 1}
        try:
            await self._client().post(f"{self._address}/chat/completions", json=body)
        except httpx2.HTTPError:
            return  # whoever speaks next is told

    async def close(self) -> None:
        """Close the connections."""
        held, self._held = self._held, None
        if held is not None and held[0] is asyncio.get_running_loop():
            await held[1].aclose()

    async def _once(self, body: dict[str, Any]) -> AsyncGenerator[str, None]:
        """One try. Raises _Passing only before the first word."""
        import httpx2

        spoken = Spoken(wait=self._thinks)
        length = 0
        try:
            async with self._client().stream(
                "POST", f"{self._address}/chat/completions", json=body
            ) as response:
                if response.status_code != 200:
                    raise self._refused(response)
                async with aclosing(self._steps(response)) as steps:
                    async for step in steps:
                        words = spoken.stop_waiting() if step.thought else ""
                        words += spoken.words(step.words)
                        if spoken.strayed:
                            self._thinks = True
                            raise VoiceBroke(_STRAYED)
                        if words:
                            length += len(words)
                            yield words
                        if step.finish == "length" or length > LONGEST_REPLY:
                            if words := spoken.end(cut_off=True):
                                yield words
                            raise VoiceBroke(_CUT_SHORT)
                if words := spoken.end():
                    length += len(words)
                    yield words
            if not length:
                raise VoiceBroke(f"The voice {self.name!r} ended without a word.")
        except (httpx2.HTTPError, VoiceError) as error:
            told = self._told(error, begun=length > 0)
            raise told from None

    async def _steps(self, response: "httpx2.Response") -> AsyncGenerator[Step, None]:
        """The steps of a reply up to its end. Raises VoiceBroke where it has none."""
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == "application/json":
            yield read_step(await _whole(response))
            return
        if kind == "text/html":
            raise refusal(404, address=self._address, model=self._model)
        events = _data_lines(response)
        ended = False
        received = 0
        async with aclosing(events):
            while True:
                try:
                    async with asyncio.timeout(self._timeout_seconds):
                        data = await anext(events, None)
                except TimeoutError:
                    raise VoiceTimedOut(self._silent()) from None
                if data is None or data == "[DONE]":
                    break
                received += len(data)
                if received > LONGEST_ANSWER:
                    raise VoiceBroke(_CUT_SHORT)
                step = read_step(data)
                ended = ended or step.finish is not None
                yield step
            if data is None and not ended:
                raise VoiceBroke(f"The reply of {self.name!r} broke off. Its words so far stay.")

    def _refused(self, response: "httpx2.Response") -> Exception:
        status = response.status_code
        error = refusal(status, address=self._address, model=self._model)
        if status not in _BUSY:
            return error
        asked = response.headers.get("retry-after", "")
        if not asked.isdecimal():
            return _Passing(error)
        if int(asked) > LONGEST_WAIT_SECONDS:
            return error
        return _Passing(error, pauses=[max(float(asked), each) for each in _PAUSES_SECONDS])

    def _told(self, error: Exception, *, begun: bool) -> Exception:
        """What went wrong, as one of ours; as something that may pass where it may."""
        import httpx2

        if isinstance(error, VoiceError):
            if begun and isinstance(error, VoiceRefused):
                return VoiceBroke(str(error))
            return error
        if isinstance(error, (httpx2.ReadTimeout, httpx2.WriteTimeout)):
            return VoiceTimedOut(self._silent())
        if begun:
            return VoiceBroke(
                f"The connection to {self._address} broke off. The words that came stay; "
                "another voice can go on."
            )
        unreachable = VoiceUnreachable(
            f"The server of the voice {self.name!r} at {self._address} cannot be reached. Look "
            "whether it is running and whether its address and certificate are right; another "
            "voice can go on meanwhile."
        )
        if isinstance(error, httpx2.TimeoutException):
            return unreachable
        if isinstance(error, httpx2.ConnectError):
            return _Passing(unreachable, pauses=_PAUSES_SECONDS[:1])
        return _Passing(unreachable)

    def _silent(self) -> str:
        return (
            f"The voice {self.name!r} was silent for {self._timeout_seconds:g} seconds. Words "
            "that came stay; another voice can go on, or wait longer with the setting "
            "voice_timeout_seconds."
        )

    def _client(self) -> "httpx2.AsyncClient":
        import httpx2

        loop = asyncio.get_running_loop()
        if self._held is None or self._held[0] is not loop:
            client = httpx2.AsyncClient(
                headers=self._headers,
                timeout=httpx2.Timeout(
                    self._timeout_seconds, connect=min(CONNECT_SECONDS, self._timeout_seconds)
                ),
                follow_redirects=False,
                trust_env=not is_loopback(self._address),
            )
            self._held = (loop, client)
        return self._held[1]


_STRAYED = (
    "The model's thinking came mixed with its words, and Beside stopped it. It keeps the two apart "
    "from the next reply on; please try again."
)
_CUT_SHORT = (
    "The reply grew longer than this voice may speak and was ended there. Its words so far stay."
)


async def _data_lines(response: "httpx2.Response") -> AsyncGenerator[str, None]:
    """The data of each server-sent event. Comments and other fields are passed over."""
    import httpx2

    response.encoding = "utf-8"
    response.headers["content-type"] = "text/event-stream"  # some servers name another
    async for event in httpx2.EventSource(response):
        if event.event == "error":
            raise VoiceRefused("The server told of an error while it answered.")
        if event.data:
            yield event.data.strip()


async def _whole(response: "httpx2.Response") -> str:
    """The body of a reply that came at once."""
    received = bytearray()
    async for part in response.aiter_bytes():
        received += part
        if len(received) > LONGEST_ANSWER:
            raise VoiceBroke(_CUT_SHORT)
    return received.decode("utf-8", "replace")
