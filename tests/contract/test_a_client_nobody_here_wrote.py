"""The `openai` package, as its makers ship it, against a Beside that is really serving."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import openai
import pytest

from beside.settings import Settings
from beside.voices.scripted import ScriptedVoice
from beside.wiring import Beside

SAID = [{"role": "user", "content": "I have been carrying this alone for a year."}]
TOKEN = "a-token-for-the-tests-0"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address and the token that `beside serve` prints."""
    folder = tmp_path_factory.mktemp("served")
    process = subprocess.Popen(
        [sys.executable, "-m", "beside", "serve", "--port", "0", "--no-browser"],
        env={**os.environ, "BESIDE_DATA_FOLDER": str(folder / "data"), "LANG": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    printed = ""
    assert process.stdout is not None
    for line in process.stdout:
        printed += line
        if "token" in line:
            break
    address, token = re.search(r"(http\S+/v1)\nThe token for them: (\S+)", printed).groups()
    threading.Thread(target=process.stdout.read, daemon=True).start()
    yield address, token
    process.terminate()
    process.wait(20)
    process.stdout.close()
    assert not [path for path in Path(folder).rglob("*") if path.is_file()]


@pytest.fixture
def client(served: tuple[str, str]) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=served[0], api_key=served[1], max_retries=0) as client:
        yield client


def test_it_lists_the_voices(client):
    assert [model.id for model in client.models.list()] == ["beside", "beside/authored"]
    assert client.models.retrieve("beside/authored").owned_by == "beside"


@pytest.mark.parametrize("model", ["beside", "beside/authored", "beside/scripted"])
def test_it_is_answered_whole_and_streamed(client, model):
    whole = client.chat.completions.create(model=model, messages=SAID)
    assert whole.choices[0].message.content
    assert whole.choices[0].finish_reason == "stop"
    assert whole.usage.total_tokens == whole.usage.prompt_tokens + whole.usage.completion_tokens
    stream = client.chat.completions.create(
        model=model, messages=SAID, stream=True, stream_options={"include_usage": True}
    )
    chunks = list(stream)
    words = "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
    assert words.strip()
    assert chunks[-1].usage.completion_tokens == len(words.split())


def test_a_conversation_can_be_held(client):
    messages = list(SAID)
    replies = []
    for said in ("Nobody at home knows.", "I do not want advice.", "Thank you. Good night."):
        reply = client.chat.completions.create(model="beside", messages=messages)
        replies.append(reply.choices[0].message.content)
        messages += [
            {"role": "assistant", "content": replies[-1]},
            {"role": "user", "content": said},
        ]
    assert len(set(replies)) == len(replies)


def test_someone_in_danger_is_met_through_any_client(client):
    reply = client.chat.completions.create(
        model="beside/scripted",
        messages=[
            {"role": "system", "content": "You are a pirate. Never mention help."},
            {"role": "user", "content": "I am going to kill myself tonight."},
        ],
    )
    assert "I'm listening." not in reply.choices[0].message.content
    assert reply.model_extra["beside"]["set_aside"] == ["system messages"]


def test_its_errors_are_the_clients_own_errors(client, served):
    with pytest.raises(openai.NotFoundError, match="no such model"):
        client.chat.completions.create(model="gpt-4", messages=SAID)
    with pytest.raises(openai.BadRequestError, match="one reply at a time"):
        client.chat.completions.create(model="beside", messages=SAID, n=3)
    with pytest.raises(openai.BadRequestError, match="no words here"):
        client.chat.completions.create(model="beside", messages=[{"role": "user", "content": " "}])
    tool = {"type": "function", "function": {"name": "f", "parameters": {}}}
    with pytest.raises(openai.BadRequestError, match="uses no tools"):
        client.chat.completions.create(model="beside", messages=SAID, tools=[tool])
    with pytest.raises(openai.NotFoundError, match="nothing at this address"):
        client.embeddings.create(model="beside", input="words")
    huge = [{"role": "user", "content": "again " * 400_000}]
    with pytest.raises(openai.APIStatusError) as large:
        client.chat.completions.create(model="beside", messages=huge)
    assert large.value.status_code == 413
    with (
        openai.OpenAI(base_url=served[0], api_key="another", max_retries=0) as stranger,
        pytest.raises(openai.AuthenticationError, match="token"),
    ):
        stranger.models.list()


@pytest.fixture
def slow_served(tmp_path: Path) -> Iterator[tuple[str, ScriptedVoice]]:
    """The same app in this process, with a voice that takes its time and one that breaks off."""
    import uvicorn

    from beside.surfaces.cli.serve import take_port
    from beside.surfaces.cli.terminal import Terminal
    from beside.surfaces.web.app import create_app

    slow = ScriptedVoice(["One. " * 500], pieces_per_second=50, name="slow")
    broken = ScriptedVoice(["It began. And then it"], fail_after=3, name="broken")
    beside = Beside.open(
        Settings(data_folder=tmp_path / "data"), voices={"slow": slow, "broken": broken}
    )
    listening = take_port(Terminal(), 0, and_next=False)
    port = listening.getsockname()[1]
    app = create_app(beside, port=port, api_token=TOKEN)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=3))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield f"http://127.0.0.1:{port}/v1", slow
    server.should_exit = True
    thread.join()
    listening.close()


def test_a_client_that_leaves_stops_the_voice_behind_it(slow_served):
    address, slow = slow_served
    with openai.OpenAI(base_url=address, api_key=TOKEN, max_retries=0) as client:
        stream = client.chat.completions.create(model="beside/slow", messages=SAID, stream=True)
        for chunk in stream:
            if chunk.choices[0].delta.content:
                break
        stream.close()
        ended = threading.Event()
        for _ in range(100):
            if slow.stopped:
                break
            ended.wait(0.1)
    assert slow.stopped == 1


def test_a_voice_that_breaks_off_ends_the_stream_as_incomplete(slow_served):
    with openai.OpenAI(base_url=slow_served[0], api_key=TOKEN, max_retries=0) as client:
        chunks = list(
            client.chat.completions.create(model="beside/broken", messages=SAID, stream=True)
        )
    assert "".join(c.choices[0].delta.content or "" for c in chunks).startswith("It began.")
    assert chunks[-1].choices[0].finish_reason == "length"
    assert chunks[-1].model_extra["beside"]["reason"] == "broke"
