"""A Beside with a scripted voice, and a reader who uses it as a browser does, without script."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from beside.settings import Settings
from beside.surfaces.web.app import create_app
from beside.voices.scripted import ScriptedVoice
from beside.wiring import Beside

PORT = 8787
PASSPHRASE = "warm rain on slate"
REPLIES = ("I am listening. It can take its time.", "And what is it like now?", "Yes. Still here.")


class Reader:
    """Someone at the page: keeps cookies, and sends each form with the key of the last page."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.page = ""
        self.status = 0
        self.path = ""

    def get(self, path: str, **headers: str) -> str:
        return self._took(self.client.get(path, headers=headers))

    def post(self, path: str, *, key: str | None = None, **fields: str) -> str:
        """Send a form; where no page was seen, the front page is opened first."""
        if not self.page:
            self.get("/")
        data = {"key": self.key if key is None else key, **fields}
        origin = {"Origin": f"http://127.0.0.1:{PORT}", "Sec-Fetch-Site": "same-origin"}
        return self._took(self.client.post(path, data=data, headers=origin))

    @property
    def key(self) -> str:
        found = re.search(r'name="key" value="([^"]+)"', self.page)
        assert found is not None, "there is no form on this page"
        return found[1]

    def begin(self) -> str:
        """Make a journal and be at its front page."""
        self.get("/begin")
        self.post("/begin", passphrase=PASSPHRASE, again=PASSPHRASE, language="en", country="NL")
        return self.post("/recovery-key", kept="yes")

    def say(self, words: str, path: str = "/talk") -> str:
        """Say something and wait until the reply has ended; gives the conversation's path."""
        self.post(path, words=words)
        where = self.path
        self.listen()
        self.get(where)
        return where

    def listen(self) -> str:
        """Hear the newest reply of this page to its end; gives the stream as it came."""
        turn = re.findall(r'<li class="turn reply" id="turn-(\w+)"', self.page)[-1]
        return self.client.get(f"{self.path}/words/{turn}").text

    def _took(self, response: Any) -> str:
        self.page, self.status = response.text, response.status_code
        self.path = response.url.path
        return self.page


@pytest.fixture
def voice() -> ScriptedVoice:
    return ScriptedVoice(REPLIES)


@pytest.fixture
def beside(tmp_path: Path, voice: ScriptedVoice) -> Beside:
    settings = Settings(data_folder=tmp_path / "data", voice="scripted", port=PORT)
    return Beside.open(settings, voices={"scripted": voice})


@pytest.fixture
def client(beside: Beside) -> Iterator[TestClient]:
    with TestClient(create_app(beside, port=PORT), base_url=f"http://127.0.0.1:{PORT}") as client:
        yield client


@pytest.fixture
def reader(client: TestClient) -> Reader:
    return Reader(client)
