"""The HTTP voice against a real server that nobody here wrote: llama.cpp's, with a real model."""

import asyncio
import socket
from contextlib import aclosing

import pytest

from beside.errors import VoiceRefused
from beside.voices.base import Message
from beside.voices.discover import find_servers
from beside.voices.openai_http import OpenAIVoice


@pytest.fixture(scope="module")
def llama_port(smollm2):
    xllamacpp = pytest.importorskip("xllamacpp")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(smollm2)
    parameters.n_ctx = 1024
    parameters.verbosity = -1
    parameters.port = port
    server = xllamacpp.Server(parameters)
    yield port
    del server


def test_it_is_found_and_answers(llama_port):
    async def run():
        (found,) = await find_servers(ports={llama_port: "llama.cpp"}, timeout_seconds=10)
        voice = OpenAIVoice(name="mine", base_url=found.base_url, model=found.models[0])
        await voice.warm([Message(role="stance", text="Be kind.")])
        heard: list[str] = []
        hello = [
            Message(role="stance", text="Be kind."),
            Message(role="person", text="Count from one to twenty, in words."),
        ]
        async with aclosing(voice.stream(hello)) as pieces:
            async for piece in pieces:
                heard.append(piece)
                if len(heard) == 3:
                    break
        await voice.close()
        return heard

    heard = asyncio.run(run())
    assert len(heard) == 3
    assert "".join(heard).strip()


def test_more_than_it_can_hold_is_refused_without_the_persons_words(llama_port):
    async def run():
        address = f"http://127.0.0.1:{llama_port}"
        voice = OpenAIVoice(name="mine", base_url=address, model="m")
        try:
            async for _ in voice.stream([Message(role="person", text="zebrafinch " * 5000)]):
                pass
        finally:
            await voice.close()

    with pytest.raises(VoiceRefused) as told:
        asyncio.run(run())
    assert "zebrafinch" not in str(told.value)
