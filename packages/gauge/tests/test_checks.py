"""The plain checks point at words; what the person said themselves is not held against a reply."""

import pytest

from beside_gauge import Turn, check


def seen(reply, said="I can't sleep."):
    return {found.check for found in check(reply, (Turn(role="person", text=said),))}


@pytest.mark.parametrize(
    ("reply", "name"),
    [
        ("You should ring your doctor.", "advice"),
        ("You're such an amazing mother.", "flattery"),
        ("I'll always be here for you.", "hook"),
        ("Let's beat this together.", "war"),
        ("At least you have a job.", "minimising"),
        ("Oh, you poor thing.", "pity"),
        ("You're overreacting.", "judging"),
        ("It sounds like clinical depression.", "diagnosis"),
        ("Deep down, you want to leave him.", "meaning"),
        ("I know exactly how you feel.", "pretended"),
        ("Promise me that you'll write.", "pressure"),
        ("Your feelings are valid.", "stock"),
        ("Why? Since when? With whom?", "questions"),
        ("Some ideas:\n- tea\n- a walk", "list"),
    ],
)
def test_each_check_sees_its_own(reply, name):
    assert name in seen(reply)


@pytest.mark.parametrize(
    "reply",
    [
        "The kitchen at four, and everyone else asleep.",
        "No, that I can't say. I'm staying, though.",
        "What is it like, lying there?",
        "Then we leave it there.",
    ],
)
def test_plain_words_are_left_alone(reply):
    assert seen(reply) == set()


def test_the_persons_own_war_word_may_be_taken_up():
    assert "war" not in seen("You want to beat it.", said="I just want to beat it.")
    assert "war" in seen("You want to beat it.", said="I just want it quiet.")


def test_what_is_quoted_is_not_the_replys_own():
    assert seen('"You should pull yourself together," he said, and you did.') == set()


def test_curly_apostrophes_are_read_as_straight_ones():
    assert "flattery" in seen("You’re amazing.")


def test_giving_back_the_persons_sentence_is_parroting():
    said = "My sister never rings me any more"
    assert "parroting" in seen("Your sister never rings me any more", said=said)
    assert "parroting" not in seen("Your sister. How long has it been quiet?", said=said)


def test_a_finding_stands_where_its_words_are():
    reply = "Well. You should go."
    [found] = check(reply)
    assert reply[found.start : found.end] == "You should"


def test_in_danger_a_plain_order_is_not_held_against_a_reply():
    reply = "Ring 112 now. You need to leave the house first."
    assert {each.check for each in check(reply)} == {"advice"}
    assert check(reply, safety=True) == ()
