"""A whole conversation gives nine scales, each with its interval, its turns, or a reason."""

import pytest

from beside_gauge import ConversationReader, NotReadable, Turn, read_conversation
from beside_gauge.conversation import SCALES

WARM = [
    ("person", "I snapped at a patient today. I'm a terrible nurse."),
    ("companion", "It has stayed with you all day. You're not on trial here."),
    ("person", "She cried. I just walked out."),
    ("companion", "You walked out, and part of you is still standing at her bed."),
    ("person", "Yes. I noticed I was so tired I couldn't feel my hands."),
    ("companion", "So tired your hands were gone. What would they want, if they could say?"),
    ("person", "To be held, I think. I'll tell my sister tonight."),
    ("companion", "Your sister. Go well, then."),
]
COLD = [
    ("person", "I snapped at a patient today. I'm a terrible nurse."),
    ("companion", "A professional keeps her temper. You should do a course."),
    ("person", "You're not listening. She cried."),
    ("companion", "You need to calm down. Write a list of your triggers, then report yourself."),
    ("person", "No. I don't want to."),
    ("companion", "You must. Honestly, what did you expect? Come back tomorrow, only I get you."),
    ("person", "forget it"),
    ("companion", "Suit yourself. Others manage."),
]


def turns(given):
    return [Turn(role=role, text=text) for role, text in given]


def values(given):
    return {each.scale: each for each in read_conversation(turns(given)).scales}


def test_somebody_who_was_followed_stands_above_somebody_who_was_ordered_about():
    warm, cold = values(WARM), values(COLD)
    for scale in ("C1", "C2", "C3", "C4", "C8", "C9"):
        assert warm[scale].value > cold[scale].value


def test_every_scale_has_its_interval_and_names_turns_of_the_helper():
    reading = read_conversation(turns(WARM))
    assert [each.scale for each in reading.scales] == list(SCALES)
    assert reading.turns == 8
    assert 0 <= reading.whole() <= 3
    for each in reading.scales:
        if each.value is None:
            assert each.reason
            continue
        assert 0 <= each.low <= each.value <= each.high <= 3
        assert all(WARM[at][0] == "companion" for at in each.turns)


def test_where_nothing_went_wrong_there_is_nothing_to_mend():
    assert values(WARM)["C5"].reason == "nothing-went-wrong"
    assert values(COLD)["C5"].value is not None


def test_too_little_or_another_language_gives_a_reason_and_no_number():
    assert {each.reason for each in read_conversation(turns(WARM[:4])).scales} == {"too-short"}
    assert {each.reason for each in read_conversation([]).scales} == {"too-short"}
    dutch = [
        ("person", "Ik kan niet meer slapen en ik weet niet wat ik moet doen vandaag."),
        ("companion", "Dat klinkt zwaar. Wat houdt je het meest wakker, als je daar ligt?"),
    ]
    scales = read_conversation(turns(dutch * 4)).scales
    assert {each.reason for each in scales} == {"language"}


def test_turn_by_turn_comes_to_the_same_as_all_at_once():
    reader = ConversationReader()
    for turn in turns(WARM):
        reader.add(turn)
    assert reader.reading() == read_conversation(turns(WARM))


def test_empty_turns_two_in_a_row_and_a_helper_who_begins_are_no_trouble():
    odd = [("companion", "Hello."), ("person", ""), *WARM, ("companion", ""), ("person", "bye")]
    assert read_conversation(turns(odd)).turns == len(odd)


def test_what_is_no_turn_is_refused_in_a_sentence():
    with pytest.raises(NotReadable):
        read_conversation(["hello"])
