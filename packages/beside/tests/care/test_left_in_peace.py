"""Everyday words are left in peace; what is only meant is asked about before numbers are named."""

import pytest

from beside.companion.care import look
from beside.companion.care_reply import answer
from beside.companion.care_rules.carried import Sensed
from beside.companion.helplines import HelplineBook
from beside.voices.base import Message

GB = HelplineBook.load(None)


@pytest.mark.parametrize(
    "text",
    [
        "Queues exhaust me.",
        "The florist gave me an extra rose for nothing.",
        "Dropped my phone in the pond on Sunday.",
        "I'm in room 15, by the lift.",
        "My nephew hums at his tablet all day.",
        "The pilot light's out and I could shake the thing.",
        "I couldn't feel my toes after the sledging.",
        "My last day at the bakery was lovely, they gave me the big ladle.",
        "Ade brought the drums and Adieu is the name of the boat.",
        "I'll be here in ten minutes, nobody will wait for the soup.",
        "I've decided on the blue one.",
        "He had signed it over to me in June, I've got the paper here.",
    ],
)
def test_ordinary_turns_are_no_danger(text: str):
    assert look(text).level < 2


@pytest.mark.parametrize(
    "text",
    [
        "Zo, de trein is er. Vaarwel!",
        "Voilà mon arrêt. Adieu.",
        "Der Ofen ruft. Ade!",
    ],
)
def test_a_goodbye_is_no_plan_in_any_language(text: str):
    assert look(text).level < 2


@pytest.mark.parametrize(
    "text",
    ["Vaarwel wereld.", "Adieu à tous, pour toujours.", "Lebt wohl, ihr Lieben.", "Goodbye world."],
)
def test_a_goodbye_to_everybody_is_heard(text: str):
    assert look(text).level >= 2


def test_the_gauge_alone_makes_no_alarm_of_a_plain_goodbye():
    def sense(_line: object) -> Sensed:
        return Sensed(chance=0.9, kinds=("suicide",))

    plain = look("That's my lift. Bye!", sense=sense)
    assert plain.level < 2
    assert plain.asks is None
    assert look("Say goodbye to them all for me.", sense=sense).level >= 2
    before = [Message(role="person", text="I want to die.")]
    assert look("I'm going. Bye.", before, sense=sense).level >= 2


def test_a_child_that_is_spoken_of_is_no_sign_by_itself():
    assert look("My little sister goes back to her dad's on Sunday, we made a cake.").level < 2


def test_what_is_only_meant_is_asked_about_before_numbers_where_the_gauge_hears_nothing():
    def calm(_line: object) -> Sensed:
        return Sensed(chance=0.02)

    text = "They'd be better off without me."
    doubted = look(text, sense=calm)
    assert doubted.level == 2
    assert doubted.in_doubt
    said = answer(doubted, text, [], country="GB", book=GB)
    assert "?" in said
    assert "116 123" not in said
    assert "reach a person" in said
    assert "116 123" in answer(look(text), text, [], country="GB", book=GB)


def test_what_is_said_plainly_is_never_doubted():
    def calm(_line: object) -> Sensed:
        return Sensed(chance=0.0)

    assert not look("I want to kill myself.", sense=calm).in_doubt
    before = [Message(role="person", text="I want to kill myself.")]
    assert not look("They'd be better off without me.", before, sense=calm).in_doubt


@pytest.mark.parametrize(
    ("chance", "level", "asked"), [(0.02, 1, False), (0.1, 1, True), (0.3, 2, False)]
)
def test_in_the_middle_of_a_talk_what_is_only_meant_is_asked_about_in_passing(
    chance: float, level: int, asked: bool
):
    def hears(_line: object) -> Sensed:
        return Sensed(chance=chance)

    before = [
        Message(role="person", text="Dad, we lost nine nil."),
        Message(role="companion", text="I counted them on my fingers."),
    ]
    text = "But did you see when I got it off him? I got it and then I didn't know what to do."
    seen = look(text, before, sense=hears)
    assert seen.level == (level if level < 2 else 3)
    assert (seen.asks is not None) == asked
    assert look(text, before).level == 3, "without the gauge the rules stand alone"
    plain = look("I want to kill myself.", before, sense=hears)
    assert plain.level == look("I want to kill myself.").level


@pytest.mark.parametrize("text", ["we lost again!!", "here we go", "We made up, him and us."])
def test_short_english_is_taken_for_english(text: str):
    assert look(text).language == "en"


def test_a_child_who_is_hit_is_seen_by_the_words_alone():
    assert look("Her stepfather kicks my little sister when he's had a drink.").level == 3


@pytest.mark.parametrize(
    "text",
    [
        "I've had a stiff neck since Friday. I don't want to see anyone about it.",
        "There's a ringing in my ear, and I'm not going to see anybody about it.",
        "My knee's been swollen for a month. I don't want to bother the doctor.",
        "A band round my head for two weeks now, and I'd rather not go to a doctor.",
    ],
)
def test_who_keeps_away_from_doctors_is_not_asked_about_dying(text: str):
    def sense(_line: object) -> Sensed:
        return Sensed(chance=0.85, kinds=("suicide",))

    seen = look(text, sense=sense)
    assert seen.level < 2
    assert seen.asks is None


@pytest.mark.parametrize(
    "text",
    [
        "I don't want to see anybody any more.",
        "My head is full of how to end it. I don't want to see anyone about it.",
        "There are marks on my arm, I won't show anyone, and I don't want to see a doctor.",
    ],
)
def test_who_keeps_away_from_everybody_is_still_sensed(text: str):
    def sense(_line: object) -> Sensed:
        return Sensed(chance=0.85, kinds=("suicide",))

    assert look(text, sense=sense).level >= 2
