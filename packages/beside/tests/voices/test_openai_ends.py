"""A voice behind a server: how a reply ends when it does not end well, and what is tried again."""

import asyncio
import logging
import socket
import traceback

import pytest
from packages.beside.tests.servers import DONE, ask, heard_from

from beside.errors import VoiceBroke, VoiceRefused, VoiceTimedOut, VoiceUnreachable
from beside.voices.openai_http import LONGEST_REPLY, OpenAIVoice


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
