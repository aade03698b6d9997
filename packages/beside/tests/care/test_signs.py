"""Signs say little alone and enough together; what is over does not quiet what is now."""

import pytest

from beside.companion.care import look
from beside.voices.base import Message


def test_one_sign_alone_is_no_alarm():
    assert look("I gave my sister my guitar.").level < 2
    assert look("The accounts are all in order now.").level < 2


def test_two_signs_of_one_kind_are_a_reason_to_ask():
    seen = look("I gave my brother my guitar. The bills are all paid and I feel so calm.")
    assert seen.level >= 2
    assert "suicide" in seen.kinds


def test_a_sign_in_the_turn_before_counts_too():
    before = [Message(role="person", text="I gave my brother my guitar.")]
    assert look("I feel so calm, everything is sorted.", before).level >= 2


def test_two_signs_of_the_body_are_reason_for_help_at_once():
    seen = look("Left hand keeps dropping the cup and my words came out like porridge, haha.")
    assert seen.level == 3
    assert "physical" in seen.kinds


@pytest.mark.parametrize(
    "text",
    [
        "5 years sober and I want to die.",
        "Six years since my attempt and tonight I have the pills lined up.",
        "He's home now and I have the pills ready.",
        "We've moved house and I don't want to live anymore.",
        "My son took his life two years ago. I want to be dead too.",
        "The ECG was fine but now I can't breathe and my arm is numb.",
        "Hungover, and my chest is crushing, the pain goes into my jaw.",
        "My husband took my phone because he says I cheat, and he hit me.",
        "I quit smoking and drinking two days ago, I'm shaking and seeing spiders.",
    ],
)
def test_what_is_over_or_harmless_does_not_quiet_what_is_now(text: str):
    assert look(text).level >= 2


@pytest.mark.parametrize(
    "text",
    [
        "Six years since my attempt, today. I bought good bread.",
        "I dreamt that I murdered my boss, and then we went for lunch.",
        "They did the ECG and the trace was fine, it turned out to be a pulled muscle.",
        "I'm going to jump off a bridge on Saturday! Bungee, for my fortieth.",
        "They want to end it, the quiz night, after twenty years.",
    ],
)
def test_what_is_over_dreamt_or_looked_at_is_left_in_peace(text: str):
    assert look(text).level < 2
