"""What the tests of voices share: servers of the outside world that misbehave, and a real model."""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from beside.voices.base import Message
from beside.voices.pinned import WEIGHTS
from beside.voices.weights import path_of, sha256_of

ROOT = Path(__file__).parents[4]
SMOLLM2 = path_of("smollm2-135m", ROOT / ".cache" / "weights")

SECRET = "zebrafinch"
"""A word that a person says in the tests, and that must turn up in no error and no log."""


@dataclass
class Request:
    """One request as it came over the wire."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


Answer = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Outside:
    """A server of the outside world, and what it has seen."""

    port: int
    requests: list[Request] = field(default_factory=list)
    left: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a client closed its side before the answer was over."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"


@asynccontextmanager
async def _outside(answer: Answer) -> AsyncIterator[Outside]:
    seen = Outside(0)
    tasks: set[asyncio.Task[None]] = set()

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            method, path, _ = head[0].split(" ", 2)
            pairs = [line.partition(":") for line in head[1:] if line]
            headers = {name.lower(): value.strip() for name, _, value in pairs}
            body = await reader.readexactly(int(headers.get("content-length", 0)))
            request = Request(method, path, headers, body)
            seen.requests.append(request)
            answering = asyncio.create_task(answer(request, writer))
            leaving = asyncio.create_task(reader.read(1))
            await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if not answering.done():
                seen.left.set()
            answering.cancel()
            leaving.cancel()
            await asyncio.gather(answering, leaving, return_exceptions=True)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            tasks.discard(task)
            writer.close()

    server = await asyncio.start_server(meet, "127.0.0.1", 0)
    seen.port = server.sockets[0].getsockname()[1]
    try:
        yield seen
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture
def outside():
    """`async with outside(answer) as server`: a server that answers each request as told."""
    return _outside


async def _respond(
    writer: asyncio.StreamWriter,
    body: bytes = b"",
    *,
    status: int = 200,
    kind: str = "application/json",
    headers: dict[str, str] | None = None,
) -> None:
    lines = [f"HTTP/1.1 {status} Said", f"Content-Type: {kind}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    writer.write("\r\n".join([*lines, "", ""]).encode() + body)
    await writer.drain()


@pytest.fixture
def respond():
    """Writes one answer; without a length, so that it lasts until the connection is closed."""
    return _respond


def _said(text: str | None, *, finish: str | None = None, **delta: Any) -> bytes:
    choice = {"index": 0, "delta": {"content": text, **delta}, "finish_reason": finish}
    data = json.dumps({"object": "chat.completion.chunk", "choices": [choice]}, ensure_ascii=False)
    return f"data: {data}\n\n".encode()


@pytest.fixture
def said():
    """One event of a streamed reply."""
    return _said


@pytest.fixture
def speaking(respond):
    """An answer that streams these bytes, piece by piece, and closes the connection."""

    def answer_with(*pieces: bytes, pause: float = 0.0) -> Answer:
        async def answer(_request: Request, writer: asyncio.StreamWriter) -> None:
            await respond(writer, kind="text/event-stream")
            for piece in pieces:
                await asyncio.sleep(pause)
                writer.write(piece)
                await writer.drain()

        return answer

    return answer_with


@pytest.fixture
def words() -> list[Message]:
    """A conversation of one turn."""
    return [
        Message(role="stance", text="Be kind."),
        Message(role="person", text=f"I miss my {SECRET}."),
    ]


@pytest.fixture(scope="session")
def smollm2() -> Path:
    """The weights of a real small model, fetched before the tests by `make test`."""
    if not SMOLLM2.exists():
        told = (
            "the weights are not here; fetch them with "
            "`python -m beside.voices.weights smollm2-135m .cache/weights`"
        )
        if os.environ.get("CI"):
            pytest.fail(told)
        pytest.skip(told)
    assert sha256_of(SMOLLM2) == WEIGHTS["smollm2-135m"].sha256
    return SMOLLM2
