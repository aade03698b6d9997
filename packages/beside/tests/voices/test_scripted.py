import asyncio
from contextlib import aclosing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beside.errors import VoiceBroke, VoiceMissing
from beside.voices.base import Message
from beside.voices.scripted import ScriptedVoice, pieces

HELLO = [Message(role="person", text="Hello.")]


async def reply(voice: ScriptedVoice) -> str:
    return "".join([piece async for piece in voice.stream(HELLO)])


@given(st.text())
def test_the_pieces_of_a_text_are_the_text(text):
    assert "".join(pieces(text)) == text


def test_replies_come_one_after_another_and_begin_again():
    async def run() -> list[str]:
        voice = ScriptedVoice(["One word.", "Another."])
        return [await reply(voice) for _ in range(3)]

    assert asyncio.run(run()) == ["One word.", "Another.", "One word."]


def test_it_breaks_off_after_as_many_words_as_it_was_told():
    heard: list[str] = []
    voice = ScriptedVoice(["One two three."], fail_after=2)

    async def run() -> None:
        async for piece in voice.stream(HELLO):
            heard.append(piece)

    with pytest.raises(VoiceBroke):
        asyncio.run(run())
    assert heard == ["One ", "two "]
    assert voice.stopped == 0


def test_a_reply_that_is_left_counts_as_stopped():
    async def run() -> int:
        voice = ScriptedVoice(["One two three."])
        async with aclosing(voice.stream(HELLO)) as words:
            assert await anext(words) == "One "
        return voice.stopped

    assert asyncio.run(run()) == 1


def test_it_remembers_what_it_was_told_last():
    voice = ScriptedVoice(["Yes."])
    asyncio.run(reply(voice))
    assert voice.heard == tuple(HELLO)


def test_a_voice_without_a_reply_cannot_be_made():
    with pytest.raises(VoiceMissing):
        ScriptedVoice([])
