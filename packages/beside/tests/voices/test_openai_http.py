"""A voice behind a server: what is said."""

import asyncio
import json

from packages.beside.tests.servers import DONE, ask, heard_from, voice_at

from beside.errors import VoiceBroke


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
