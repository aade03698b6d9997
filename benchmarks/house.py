"""A real Beside for the benchmarks: started as its own process, visited as a browser would.

`python -m benchmarks.house FOLDER PORT PIECES_PER_SECOND` serves a data folder with one more
voice, `scripted`, which says a long reply of numbered words at that pace.
"""

import re
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx2

PASSPHRASE = "a lantern in the barn"
WORDS = 400
"""Words of the scripted reply; every tenth ends a sentence."""


def scripted_reply(words: int = WORDS) -> str:
    """A reply whose every word is different, so that a lost one shows."""
    return " ".join(f"word{n}{'.' if n % 10 == 9 else ''}" for n in range(words))


def serve(folder: Path, port: int, pieces_per_second: float, words: int = WORDS) -> None:
    """Serve until killed."""
    import uvicorn

    from beside.settings import Settings
    from beside.surfaces.web.app import create_app
    from beside.voices.scripted import ScriptedVoice
    from beside.wiring import Beside

    voice = ScriptedVoice([scripted_reply(words)], pieces_per_second=pieces_per_second)
    settings = Settings(data_folder=folder, port=port, voice="scripted", several_people=True)
    app = create_app(Beside.open(settings, voices={"scripted": voice}), port=port)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error", access_log=False)


def free_port() -> int:
    """A port that nobody uses at this moment."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def start(
    folder: Path, *, pieces_per_second: float = 50, words: int = WORDS, **popen: Any
) -> tuple[subprocess.Popen[bytes], int]:
    """A house in its own process; returns when it answers."""
    port = free_port()
    command = [
        sys.executable, "-m", "benchmarks.house",
        str(folder), str(port), str(pieces_per_second), str(words),
    ]  # fmt: skip
    process = subprocess.Popen(command, **popen)
    wait_for(port, process)
    return process, port


def wait_for(port: int, process: "subprocess.Popen[bytes] | None" = None) -> None:
    """Return when something answers on the port; RuntimeError after 30 s or where it died."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if process is not None and process.poll() is not None:
            raise RuntimeError("the house did not stand up")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError("the house did not answer")


@contextmanager
def standing(folder: Path, **options: Any) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    """A house that stands for as long as the block runs."""
    process, port = start(folder, **options)
    try:
        yield process, port
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Visitor:
    """One browser: a cookie jar, and the key that the forms carry."""

    def __init__(self, http: "httpx2.AsyncClient") -> None:
        self.http = http
        self.key = ""

    async def get(self, path: str) -> str:
        """A page; its form key is kept for the next form."""
        page = await self.http.get(path, follow_redirects=True)
        page.raise_for_status()
        self._note(page.text)
        return page.text

    async def post(self, path: str, **fields: str) -> "httpx2.Response":
        """A form; the answer after its redirects."""
        answer = await self.http.post(path, data={"key": self.key, **fields}, follow_redirects=True)
        answer.raise_for_status()
        self._note(answer.text)
        return answer

    async def unlock(self, name: str = "me") -> None:
        """Open the journal of `name`."""
        await self.get("/unlock")
        await self.post("/unlock", name=name, passphrase=PASSPHRASE)

    async def say(self, words: str, conversation: str | None = None) -> tuple[str, str]:
        """Say something; where it went: the conversation and the reply that has begun."""
        path = f"/talk/{conversation}" if conversation else "/talk"
        answer = await self.http.post(path, data={"key": self.key, "words": words})
        where = re.search(r"/talk/([0-9a-z]+)", answer.headers.get("location", ""))
        if answer.status_code != 303 or where is None:
            raise RuntimeError(f"the words were not taken: {answer.status_code}")
        page = await self.get(f"/talk/{where[1]}")
        replies = re.findall(rf"/talk/{where[1]}/words/([0-9a-z]+)", page)
        return where[1], replies[-1] if replies else ""

    async def words(self, conversation: str, reply: str) -> AsyncIterator[tuple[str, str]]:
        """The events of a reply as they come: name, data."""
        path = f"/talk/{conversation}/words/{reply}"
        async with self.http.stream("GET", path) as stream:
            name = ""
            async for line in stream.aiter_lines():
                if line.startswith("event:"):
                    name = line[6:].strip()
                elif line.startswith("data:"):
                    yield name, line[5:].strip()

    def _note(self, page: str) -> None:
        if found := re.search(r'name="key" value="([^"]+)"', page):
            self.key = found[1]


@asynccontextmanager
async def visiting(port: int) -> AsyncIterator[Visitor]:
    """A visitor of the house on this port."""
    import httpx2

    base = f"http://127.0.0.1:{port}"
    async with httpx2.AsyncClient(
        base_url=base, headers={"Origin": base}, timeout=30, trust_env=False
    ) as http:
        yield Visitor(http)


def furnish(folder: Path, *names: str) -> None:
    """A data folder with a journal for each name, all under the benchmark's passphrase."""
    from beside.store.journal import Journal, person_folder

    for name in names:
        journal, _ = Journal.create(person_folder(folder, name), PASSPHRASE)
        journal.lock()


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))
