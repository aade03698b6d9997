import asyncio
import json
import logging
import socket
import traceback
from contextlib import aclosing

import pytest

from beside.errors import (
    ConsentNeeded,
    VoiceBroke,
    VoiceError,
    VoiceMissing,
    VoiceRefused,
    VoiceTimedOut,
    VoiceUnreachable,
)
from beside.voices.base import Message
from beside.voices.openai_http import LONGEST_REPLY, OpenAIVoice

DONE = b"data: [DONE]\n\n"


def voice_at(server, **more) -> OpenAIVoice:
    return OpenAIVoice(
        **{"name": "mine", "base_url": server.url, "model": "m", "timeout_seconds": 5.0, **more}
    )


async def heard_from(voice, messages) -> tuple[str, VoiceError | None]:
    """The words that came, and how it ended if not well."""
    heard = ""
    try:
        async for piece in voice.stream(messages):
            heard += piece
    except VoiceError as error:
        return heard, error
    finally:
        await voice.close()
    return heard, None


def ask(outside, answer, messages, **more):
    """What one voice says to one server, how it ends, and what the server saw."""

    async def run():
        async with outside(answer) as server:
            return (*await heard_from(voice_at(server, **more), messages), server)

    return asyncio.run(run())


# What is said


def test_words_are_given_as_they_come(outside, speaking, said, words):
    answer = speaking(said("I am "), said("here."), said(None, finish="stop"), DONE)
    heard, error, server = ask(outside, answer, words, api_key="k-123")
    assert (heard, error) == ("I am here.", None)
    (request,) = server.requests
    assert (request.method, request.path) == ("POST", "/v1/chat/completions")
    assert request.headers["authorization"] == "Bearer k-123"
    assert request.json == {
        "model": "m",
        "stream": True,
        "messages": [
            {"role": "system", "content": words[0].text},
            {"role": "user", "content": words[1].text},
        ],
    }


def test_the_odd_ways_of_real_servers_are_understood(outside, speaking, said, words):
    usage = b'data: {"choices": [], "usage": {"total_tokens": 3}}\n\n'
    parts = b'data:{"choices":[{"delta":{"content":[{"type":"text","text":" for you"}]}}]}\r\n\r\n'
    answer = speaking(
        b": keep-alive\n\n",
        b"event: message\nid: 1\nretry: 3\n" + said(None, role="assistant"),
        said("I am here").replace(b"\n\n", b"\r\n\r\n"),
        parts,
        b"data: {}\n\n",
        said("", finish="stop"),
        usage,
        DONE,
    )
    assert ask(outside, answer, words)[:2] == ("I am here for you", None)


def test_a_letter_may_come_in_pieces(outside, speaking, said, words):
    whole = said("Ik ben er voor je, café 🌱") + said(None, finish="stop") + DONE
    answer = speaking(*(whole[i : i + 1] for i in range(len(whole))))
    assert ask(outside, answer, words)[:2] == ("Ik ben er voor je, café 🌱", None)


def test_thoughts_never_reach_the_person(outside, speaking, said, words):
    answer = speaking(
        said(None, reasoning_content="He is sad."),
        said(None, reasoning="Very sad."),
        said("<th"),
        said("ink>Let me see.</thi"),
        said("nk>\n\nI am here."),
        said(None, finish="stop"),
        DONE,
    )
    assert ask(outside, answer, words)[:2] == ("I am here.", None)


def test_a_thinking_model_is_waited_for_unless_its_thoughts_come_apart(
    outside, speaking, said, words
):
    ending = (said(None, finish="stop"), DONE)
    mixed = speaking(said("He is sad.</think>"), said("I am here."), *ending)
    assert ask(outside, mixed, words, model="deepseek-r1")[:2] == ("I am here.", None)
    apart = speaking(said(None, reasoning="He is sad."), said("I am here."), *ending)
    assert ask(outside, apart, words, model="deepseek-r1")[:2] == ("I am here.", None)
    none = speaking(said("I am "), said("here."), *ending)
    assert ask(outside, none, words, model="deepseek-r1")[:2] == ("I am here.", None)


def test_after_thoughts_came_as_words_the_voice_waits_for_their_end(outside, speaking, said, words):
    answer = speaking(
        said("He is sad. "), said("</think>I am here."), said(None, finish="stop"), DONE
    )

    async def run():
        async with outside(answer) as server:
            voice = voice_at(server)
            return await heard_from(voice, words), await heard_from(voice, words)

    (first, error), second = asyncio.run(run())
    assert first == "He is sad. "
    assert isinstance(error, VoiceBroke)
    assert second == ("I am here.", None)


def test_a_server_that_does_not_stream_is_heard_all_the_same(outside, respond, words):
    async def answer(_request, writer):
        whole = {"choices": [{"message": {"content": "I am here."}, "finish_reason": "stop"}]}
        await respond(writer, json.dumps(whole).encode())

    assert ask(outside, answer, words)[:2] == ("I am here.", None)


# How it ends when it does not end well


def test_a_reply_that_is_cut_short_keeps_its_words_and_says_so(outside, speaking, said, words):
    answer = speaking(said("I am "), said("he", finish="length"), DONE)
    heard, error, _ = ask(outside, answer, words)
    assert heard == "I am he"
    assert isinstance(error, VoiceBroke)


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"data: {not json\n\n",
        b'data: {"error": {"message": "zebrafinch", "code": 500}}\n\n',
        b'event: error\ndata: {"message": "zebrafinch"}\n\n',
        b"data: [1, 2]\n\n",
        b"data: " + b"[" * 100_000 + b"\n\n",
        b"data: " + b"x" * 2_000_000 + b"\n\n",
    ],
    ids=["closed", "no JSON", "error object", "error event", "list", "deep", "too large"],
)
def test_what_breaks_in_mid_reply_leaves_the_words_that_came(
    outside, speaking, said, words, broken
):
    heard, error, server = ask(outside, speaking(said("I am "), broken), words)
    assert heard == "I am "
    assert isinstance(error, VoiceBroke)
    assert len(server.requests) == 1, "nothing is asked twice after the first word"


def test_a_reply_without_a_word_is_told(outside, speaking, said, words):
    heard, error, _ = ask(outside, speaking(said(None, finish="stop"), DONE), words)
    assert heard == ""
    assert isinstance(error, VoiceBroke)


def test_a_reply_without_an_end_is_ended(outside, respond, said, words):
    async def answer(_request, writer):
        await respond(writer, kind="text/event-stream")
        while True:
            writer.write(said("and on " * 200))
            await writer.drain()

    heard, error, _ = ask(outside, answer, words)
    assert LONGEST_REPLY < len(heard) < LONGEST_REPLY + 2000
    assert isinstance(error, VoiceBroke)


@pytest.mark.parametrize("begun", [False, True])
def test_a_silent_voice_is_not_waited_for_forever(outside, respond, said, words, begun):
    async def answer(_request, writer):
        await respond(writer, said("I am ") if begun else b"", kind="text/event-stream")
        while True:
            writer.write(b": still here\n\n")
            await writer.drain()
            await asyncio.sleep(0.05)

    heard, error, server = ask(outside, answer, words, timeout_seconds=0.3)
    assert heard == ("I am " if begun else "")
    assert isinstance(error, VoiceTimedOut)
    assert len(server.requests) == 1


def test_a_server_that_accepts_and_says_nothing_is_timed_out(outside, words):
    async def answer(_request, _writer):
        await asyncio.sleep(60)

    assert isinstance(ask(outside, answer, words, timeout_seconds=0.3)[1], VoiceTimedOut)


def test_where_nothing_listens_the_voice_cannot_be_reached(words):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        voice = OpenAIVoice(name="mine", base_url=url, model="m")
        heard, error = asyncio.run(heard_from(voice, words))
    assert heard == ""
    assert isinstance(error, VoiceUnreachable)


# What is tried again


def test_a_busy_server_is_asked_again_before_the_first_word(
    outside, respond, speaking, said, words
):
    speak = speaking(said("I am here."), said(None, finish="stop"), DONE)
    statuses = iter([503, 429])

    async def answer(request, writer):
        status = next(statuses, 200)
        if status == 200:
            await speak(request, writer)
        else:
            await respond(writer, b"loading", status=status, headers={"Retry-After": "0"})

    heard, error, server = ask(outside, answer, words)
    assert (heard, error) == ("I am here.", None)
    assert len(server.requests) == 3


def test_a_connection_that_drops_before_the_first_word_is_tried_again(
    outside, speaking, said, words
):
    speak = speaking(said("I am here."), said(None, finish="stop"), DONE)
    drops = iter([True])

    async def answer(request, writer):
        if next(drops, False):
            writer.close()
        else:
            await speak(request, writer)

    heard, error, server = ask(outside, answer, words)
    assert (heard, error) == ("I am here.", None)
    assert len(server.requests) == 2


def test_a_server_that_wants_a_long_wait_is_not_waited_for(outside, respond, words):
    async def answer(_request, writer):
        await respond(writer, status=429, headers={"Retry-After": "3600"})

    heard, error, server = ask(outside, answer, words)
    assert isinstance(error, VoiceRefused)
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [301, 307, 400, 401, 402, 403, 404, 413, 422, 501])
def test_a_refusal_is_told_kindly_without_anyones_words(outside, respond, words, caplog, status):
    async def answer(request, writer):
        await respond(writer, b"no: " + request.body, status=status)

    with caplog.at_level(logging.DEBUG):
        heard, error, server = ask(outside, answer, words, api_key="sk-very-private")
    assert isinstance(error, VoiceRefused)
    assert len(server.requests) == 1
    told = str(error) + "".join(traceback.format_exception(error)) + caplog.text
    assert "zebrafinch" not in told
    assert "sk-very-private" not in told
    assert len(str(error).split()) > 12


def test_a_page_instead_of_a_reply_is_refused(outside, respond, words):
    async def answer(_request, writer):
        await respond(writer, b"<html>Welcome</html>", kind="text/html; charset=utf-8")

    assert isinstance(ask(outside, answer, words)[1], VoiceRefused)


# Where words may go


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


# Stopping, warming, closing


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
