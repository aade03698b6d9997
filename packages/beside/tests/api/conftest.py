import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from beside.settings import Settings
from beside.surfaces.api.routes import make_router
from beside.surfaces.door import Door
from beside.voices.scripted import ScriptedVoice
from beside.wiring import Beside

TOKEN = "a-token-for-the-tests"
ADDRESS = "http://127.0.0.1:8787"


@pytest.fixture
def voices() -> dict[str, ScriptedVoice]:
    return {
        "scripted": ScriptedVoice(["I hear you. What is it like?", "Stay as long as you like."]),
        "broken": ScriptedVoice(["It began. And then it"], fail_after=3, name="broken"),
    }


@pytest.fixture
def house(tmp_path: Path, voices: dict[str, ScriptedVoice]) -> Beside:
    return Beside.open(Settings(data_folder=tmp_path / "data", voice="scripted"), voices=voices)


class Client:
    """A client with the token, that knows how a chat is asked for."""

    def __init__(self, client: TestClient) -> None:
        self.http = client
        self.headers = {"Authorization": f"Bearer {TOKEN}"}

    def get(self, path: str, **more: Any) -> Any:
        return self.http.get(path, headers=self.headers, **more)

    def chat(self, said: str | list[dict[str, Any]] = "It is a lot.", **more: Any) -> Any:
        messages = [{"role": "user", "content": said}] if isinstance(said, str) else said
        body = {"model": "beside", "messages": messages, **more}
        return self.send(json.dumps(body).encode())  # half characters travel as \ud800

    def send(self, body: bytes, **headers: str) -> Any:
        return self.http.post(
            "/v1/chat/completions",
            headers={"content-type": "application/json", **self.headers, **headers},
            content=body,
        )

    def events(self, said: str | list[dict[str, Any]] = "It is a lot.", **more: Any) -> list[Any]:
        answer = self.chat(said, stream=True, **more)
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = [line for line in answer.text.split("\n\n") if line]
        assert lines[-1] == "data: [DONE]"
        return [json.loads(line.removeprefix("data: ")) for line in lines[:-1]]


@pytest.fixture
def pauses() -> list[float]:
    """The seconds that the door let someone wait."""
    return []


@pytest.fixture
def door(pauses: list[float]) -> Door:
    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    return Door(pause)


@pytest.fixture
def client(house: Beside, door: Door) -> Iterator[Client]:
    app = FastAPI()
    app.include_router(make_router(house, TOKEN, door=door))
    with TestClient(app, base_url=ADDRESS) as http:
        yield Client(http)
