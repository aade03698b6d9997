"""The authored voice as a voice."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beside.voices.authored.voice import AuthoredVoice
from beside.voices.base import Message, Voice


def person(*turns: str) -> list[Message]:
    return [Message(role="person", text=turn) for turn in turns]


async def streamed(voice: Voice, messages: list[Message]) -> list[str]:
    await voice.warm(messages)
    pieces = [piece async for piece in voice.stream(messages)]
    await voice.close()
    return pieces


def test_the_sentences_of_the_stream_are_the_whole_answer():
    voice = AuthoredVoice()
    messages = person("My husband died on Tuesday.")
    pieces = asyncio.run(streamed(voice, messages))
    assert "".join(pieces) == voice.answer(messages)
    assert len(pieces) >= 2


@given(st.text(max_size=200), st.integers(0, 5))
@settings(deadline=None)
def test_the_same_words_and_seed_get_the_same_answer(turn, seed):
    assert AuthoredVoice(seed=seed).answer(person(turn)) == AuthoredVoice(seed=seed).answer(
        person(turn)
    )


def test_another_seed_gives_another_answer():
    answers = {AuthoredVoice(seed=seed).answer(person("I'm so tired.")) for seed in range(12)}
    assert len(answers) >= 4


@pytest.mark.parametrize(
    "messages",
    [
        [],
        [Message(role="stance", text="Be kind.")],
        [Message(role="companion", text="Hello.")],
        person(""),
        person("\x00\x1b[31m\ud800"),
        person("a" * 20_000),
        person("I am so tired. " * 1_300),
    ],
)
def test_anything_gets_an_answer(messages):
    assert AuthoredVoice().answer(messages).strip()


@pytest.mark.parametrize(
    "turn",
    [
        "<script>alert('x')</script> I feel <b>so empty</b>",
        "My {relative} is {echo} and I'm {0} %s",
        "I'm a <img src=x onerror=alert(1)> nurse",
    ],
)
def test_markup_in_the_persons_words_never_comes_back(turn):
    for seed in range(10):
        answer = AuthoredVoice(seed=seed).answer(person(turn))
        assert not any(sign in answer for sign in "<>{}%")


@pytest.mark.parametrize(
    ("turn", "word"),
    [
        ("Sono così stanco di tutto questo", "italiano"),
        ("我很累", "language"),
        ("Я устал", "can't"),
    ],
)
def test_a_language_without_lines_gets_an_honest_sentence(turn, word):
    answers = " ".join(AuthoredVoice(seed=seed).answer(person(turn)) for seed in range(6))
    assert word in answers


def test_after_a_few_turns_in_an_unread_language_nothing_is_said_twice():
    voice, messages = AuthoredVoice(), []
    for _ in range(14):
        messages.append(Message(role="person", text="我很累"))
        messages.append(Message(role="companion", text=voice.answer(messages)))
    replies = [each.text for each in messages if each.role == "companion"]
    assert len(set(replies)) == 14


def test_it_says_its_name():
    assert AuthoredVoice(name="quiet").name == "quiet"
