import asyncio
import sys
import tempfile
from contextlib import aclosing

import httpx2
import psutil
import pytest

from beside.errors import VoiceMissing, VoiceRefused
from beside.voices.base import Message
from beside.voices.embedded import EmbeddedVoice
from beside.voices.runtime import Runtime

SECRET = "zebrafinch"
STANCE = Message(role="stance", text="Be kind. Say little. Ask one thing at a time. " * 8)
HELLO = Message(role="person", text=f"I miss my {SECRET}.")


@pytest.fixture(scope="module")
def voice(smollm2):
    speaking = EmbeddedVoice(name="small", path=smollm2)
    yield speaking
    asyncio.run(speaking.close())


async def first_words(voice: EmbeddedVoice, messages: list[Message], pieces: int = 3) -> list[str]:
    heard: list[str] = []
    async with aclosing(voice.stream(messages)) as stream:
        async for piece in stream:
            heard.append(piece)
            if len(heard) == pieces:
                break
    return heard


def test_a_real_model_answers_piece_by_piece(voice):
    heard = asyncio.run(first_words(voice, [STANCE, HELLO]))
    assert len(heard) == 3
    assert all(heard)


def listening() -> list[object]:
    mine = psutil.Process().net_connections("inet")
    return [each.laddr for each in mine if each.status == psutil.CONN_LISTEN]


def test_nobody_else_can_reach_the_model(smollm2, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = listening()
    runtime = Runtime(smollm2)
    runtime.run({"messages": [{"role": "user", "content": "Hi."}], "max_tokens": 1}, lambda _: True)
    assert listening() == before, "no port is opened"
    assert list(tmp_path.iterdir()) == [], "and no socket is left to be found"
    runtime.close()


def test_where_there_must_be_a_port_it_opens_to_nobody(smollm2, tmp_path, monkeypatch):
    long = tmp_path / ("x" * 120)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))  # too long for the name of a socket
    before = listening()
    runtime = Runtime(smollm2)
    asked = {"messages": [{"role": "user", "content": SECRET}], "max_tokens": 1}
    runtime.run(asked, lambda _: True)
    ((host, port),) = [each for each in listening() if each not in before]
    assert host == "127.0.0.1"
    with httpx2.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as stranger:
        for path in ("/slots", "/props", "/metrics", "/v1/slots", "/"):
            answer = stranger.get(path, headers={"Origin": "http://example.org"})
            assert SECRET not in answer.text
            assert answer.status_code in (401, 404, 501)
            assert answer.headers.get("access-control-allow-origin") != "http://example.org"
        assert stranger.post("/v1/chat/completions", json=asked).status_code == 401
    runtime.close()


def test_the_runtime_writes_nothing_that_was_said(smollm2, capfd):
    async def run():
        fresh = EmbeddedVoice(name="small", path=smollm2)
        await fresh.warm([STANCE])
        await first_words(fresh, [STANCE, HELLO])
        with pytest.raises(VoiceRefused):
            await first_words(fresh, [Message(role="person", text=SECRET * 20_000)])
        await fresh.close()

    asyncio.run(run())
    assert capfd.readouterr() == ("", "")


def test_what_has_been_read_is_not_read_again(smollm2):
    runtime = Runtime(smollm2)
    read: list[tuple[int, int]] = []

    def ask(person: str) -> None:
        begun: list[tuple[int, int]] = []

        def hear(chunk):
            if progress := chunk.get("prompt_progress"):
                begun.append((progress["cache"], progress["total"]))
            return False

        messages = [
            {"role": "system", "content": STANCE.text},
            {"role": "user", "content": person},
        ]
        request = {"messages": messages, "max_tokens": 1, "stream": True, "return_progress": True}
        runtime.run(request, hear)
        read.append(begun[0])

    ask("I lost my work.")
    ask("My brother is far away.")
    runtime.close()
    (first_kept, _), (second_kept, second_total) = read
    assert first_kept == 0
    assert second_kept > 0.8 * second_total


def test_a_stop_ends_the_work_at_the_next_word(smollm2):
    runtime = Runtime(smollm2)
    heard: list[str] = []

    def hear(chunk):
        words = chunk["choices"][0]["delta"].get("content") if chunk.get("choices") else None
        heard.extend([words] if words else [])
        return len(heard) >= 2

    messages = [{"role": "user", "content": "Count from one to one hundred."}]
    runtime.run({"messages": messages, "max_tokens": 300, "stream": True}, hear)
    runtime.close()
    assert len(heard) == 2


def test_two_at_once_are_answered_one_after_the_other(voice):
    async def run():
        return await asyncio.gather(
            first_words(voice, [STANCE, HELLO]),
            first_words(voice, [STANCE, Message(role="person", text="It rains.")]),
        )

    one, other = asyncio.run(run())
    assert len(one) == len(other) == 3


def test_one_who_waits_can_leave_and_the_other_goes_on(voice):
    async def run():
        async with aclosing(voice.stream([STANCE, HELLO])) as speaking:
            await anext(speaking)
            waiting = asyncio.create_task(first_words(voice, [STANCE, HELLO]))
            await asyncio.sleep(0)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            return await anext(speaking)

    assert asyncio.run(run())


def test_closing_frees_the_model_and_speaking_again_loads_it(smollm2):
    async def run():
        voice = EmbeddedVoice(name="small", path=smollm2)
        await voice.close()
        before = psutil.Process().memory_info().rss
        await first_words(voice, [HELLO], 1)
        loaded = psutil.Process().memory_info().rss
        await voice.close()
        closed = psutil.Process().memory_info().rss
        again = await first_words(voice, [HELLO], 1)
        await voice.close()
        return before, loaded, closed, again

    before, loaded, closed, again = asyncio.run(run())
    assert closed - before < (loaded - before) / 2
    assert again


def test_a_long_conversation_is_answered_from_its_newest_turns(voice):
    old = [
        Message(role="companion" if i % 2 else "person", text="雨が降っている。" * 40)
        for i in range(56)
    ]
    new = [Message(role="companion" if i % 2 else "person", text="Hello.") for i in range(5)]
    assert asyncio.run(first_words(voice, [STANCE, *old, *new], 1))


def test_more_than_the_model_can_hold_is_told_kindly(voice):
    with pytest.raises(VoiceRefused, match="more than the small model") as told:
        asyncio.run(first_words(voice, [STANCE, Message(role="person", text=SECRET * 10_000)]))
    assert SECRET not in str(told.value)


def test_turns_that_do_not_alternate_are_answered(voice):
    twice = [HELLO, Message(role="person", text="Are you there?")]
    assert asyncio.run(first_words(voice, [STANCE, *twice], 1))


def test_warming_needs_no_word_of_a_person(voice):
    asyncio.run(voice.warm([STANCE]))
    asyncio.run(voice.warm([]))


@pytest.mark.parametrize("content", [None, b"", b"not a model at all", b"GGUF" + bytes(4000)])
def test_a_file_that_is_no_model_is_told_clearly(tmp_path, content, capfd):
    path = tmp_path / "mine.gguf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(VoiceMissing, match=r"mine\.gguf"):
        asyncio.run(first_words(EmbeddedVoice(name="mine", path=path), [HELLO]))
    assert capfd.readouterr() == ("", "")


def test_a_model_that_is_cut_short_is_told_clearly(smollm2, tmp_path):
    path = tmp_path / "mine.gguf"
    with smollm2.open("rb") as whole:
        path.write_bytes(whole.read(3_000_000))
    with pytest.raises(VoiceMissing, match="could not be loaded"):
        asyncio.run(EmbeddedVoice(name="mine", path=path).warm([STANCE]))


def test_without_the_runtime_it_says_what_to_install(tmp_path, monkeypatch):
    path = tmp_path / "mine.gguf"
    path.write_bytes(b"GGUF" + bytes(100))
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(VoiceMissing, match=r"pip install 'beside\[embedded\]'"):
        asyncio.run(first_words(EmbeddedVoice(name="mine", path=path), [HELLO]))
