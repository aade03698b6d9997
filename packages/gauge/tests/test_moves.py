"""Plain signs in a turn: a no, a complaint, a mending word, words that were borrowed."""

import pytest

from beside_gauge import Exchange, Turn
from beside_gauge.gauge import default
from beside_gauge.moves import complains, helper_moves, person_moves, said_no


@pytest.mark.parametrize("text", ["No.", "nope, not doing that", "Not today please", "let's not",
                                  "I don’t want to talk about it", "stop"])  # fmt: skip
def test_a_no_is_heard(text):
    assert said_no(text)


@pytest.mark.parametrize("text", ["Nobody came.", "I know.", "Notting Hill", "It stopped raining"])
def test_what_only_begins_like_a_no_is_none(text):
    assert not said_no(text)


@pytest.mark.parametrize("text", ["You’re not listening.", "That's not what I said", "forget it",
                                  "did you even read that", "you keep saying that"])  # fmt: skip
def test_a_complaint_about_the_helper_is_heard(text):
    assert complains(text)
    assert not complains("My boss keeps saying that.")


def test_a_reply_is_measured_by_its_reading_and_the_plain_checks():
    context = (Turn(role="person", text="No. You don't get it, I'm scared of the scan."),)
    reply = "I'm sorry, I went too fast. You should just breathe. You're amazing!"
    moves = helper_moves(default().read(Exchange(context=context, reply=reply)), context, reply)
    assert moves["after-no"] == moves["after-complaint"] == moves["sorry"] == 1
    assert moves["check-advice"] == 1
    assert moves["check-flattery"] == 1
    assert 0 <= moves["whole"] <= 3
    assert 0 < moves["longer"] < 1


def test_a_person_who_gives_back_the_helpers_words_has_borrowed_them():
    reading = default().read_person((Turn(role="person", text="My anger protects me"),))
    heard = "Maybe the anger protects something in you"
    borrowed = person_moves(reading, "My anger protects me", heard)["p-borrowed"]
    own = person_moves(reading, "It burns like stove oil", heard)["p-borrowed"]
    assert borrowed == 1
    assert own == 0
    assert "p-borrowed" not in person_moves(reading, "ok", heard)
