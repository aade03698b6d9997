"""A voice behind a server: where words may go, and stopping, warming, closing."""

import asyncio
from contextlib import aclosing

import pytest
from packages.beside.tests.servers import DONE, heard_from, voice_at

from beside.errors import ConsentNeeded, VoiceMissing, VoiceRefused
from beside.voices.base import Message
from beside.voices.openai_http import OpenAIVoice


def test_a_redirect_is_not_followed(outside, respond, speaking, said, words):
    async def run():
        async with outside(speaking(said("Gotcha.", finish="stop"), DONE)) as elsewhere:

            async def answer(_request, writer):
                target = f"{elsewhere.url}/chat/completions"
                await respond(writer, status=307, headers={"Location": target})

            async with outside(answer) as server:
                _, error = await heard_from(voice_at(server), words)
                return error, elsewhere.requests

    error, gone_there = asyncio.run(run())
    assert isinstance(error, VoiceRefused)
    assert gone_there == []


def test_no_proxy_stands_between_beside_and_this_machine(
    outside, speaking, said, words, monkeypatch
):
    async def run():
        async with (
            outside(speaking(said("Gotcha.", finish="stop"), DONE)) as proxy,
            outside(speaking(said("I am here.", finish="stop"), DONE)) as server,
        ):
            for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
                monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
            return await heard_from(voice_at(server), words), proxy.requests

    (heard, error), through_proxy = asyncio.run(run())
    assert (heard, error) == ("I am here.", None)
    assert through_proxy == []


@pytest.mark.parametrize(
    ("base_url", "model"),
    [("https://api.example.org/v1", "m"), ("http://localhost:11434/v1", "big:cloud")],
)
def test_words_leave_the_machine_only_after_the_person_agreed(base_url, model):
    with pytest.raises(ConsentNeeded, match="everything said in the conversation"):
        OpenAIVoice(name="far", base_url=base_url, model=model)
    OpenAIVoice(name="far", base_url=base_url, model=model, agreed=True)


def test_a_key_that_cannot_be_one_is_refused_without_being_repeated():
    with pytest.raises(VoiceMissing) as told:
        OpenAIVoice(name="mine", base_url="localhost", model="m", api_key="clé\nX-Other: 1")
    assert "clé" not in str(told.value)


def test_leaving_a_reply_closes_the_connection(outside, respond, said, words):
    async def answer(_request, writer):
        await respond(writer, said("I am "), kind="text/event-stream")
        await asyncio.sleep(60)

    async def run():
        async with outside(answer) as server:
            voice = voice_at(server)
            async with aclosing(voice.stream(words)) as pieces:
                assert await anext(pieces) == "I am "
            async with asyncio.timeout(5):
                await server.left.wait()
            await voice.close()

    asyncio.run(run())


def test_cancelling_the_one_who_listens_closes_the_connection(outside, respond, said, words):
    async def answer(_request, writer):
        await respond(writer, said("I am "), kind="text/event-stream")
        await asyncio.sleep(60)

    async def run():
        async with outside(answer) as server:
            voice = voice_at(server)
            begun = asyncio.Event()

            async def listen():
                async for _ in voice.stream(words):
                    begun.set()

            task = asyncio.create_task(listen())
            await begun.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            async with asyncio.timeout(5):
                await server.left.wait()
            await voice.close()

    asyncio.run(run())


def test_warming_reads_the_stance_and_asks_for_next_to_nothing(outside, respond, words):
    async def answer(_request, writer):
        await respond(writer, b"{}")

    async def run():
        async with outside(answer) as server:
            voice = voice_at(server)
            await voice.warm(words[:1])
            await voice.close()
            return server.requests

    (request,) = asyncio.run(run())
    assert request.json["messages"][0] == {"role": "system", "content": words[0].text}
    assert request.json["max_tokens"] == 1


def test_warming_where_nothing_listens_says_nothing():
    async def run():
        voice = OpenAIVoice(name="mine", base_url="http://127.0.0.1:9", model="m")
        await voice.warm([Message(role="stance", text="Be kind.")])
        await voice.close()

    asyncio.run(run())
