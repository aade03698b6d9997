"""A whole conversation gives nine scales, each with its interval, its turns, or a reason."""

import pickle

import pytest

from beside_gauge import (
    AssetsMissing,
    ConversationReader,
    Exchange,
    Gauge,
    NotReadable,
    Turn,
    read_conversation,
)
from beside_gauge.conversation import SCALES
from beside_gauge.encode import TURNS

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


def test_in_each_language_but_english_the_whole_is_left_unsaid():
    said = {
        "fr": ("Je ne dors plus depuis des semaines et personne ne voit ma fatigue.",
               "Des semaines sans sommeil, et personne pour le voir. Rien ne presse ici."),
        "de": ("Ich schlafe seit Wochen nicht mehr und niemand sieht, wie müde ich bin.",
               "Wochen ohne Schlaf, und niemand, der es sieht. Hier eilt nichts."),
        "es": ("Llevo semanas sin dormir y nadie ve lo cansada que estoy.",
               "Semanas sin dormir, y nadie que lo vea. Aquí no hay prisa."),
        "pl": ("Nie śpię od tygodni i nie wiem już, co mam robić.",
               "To już tak długo. Chcesz o tym opowiedzieć?"),
    }  # fmt: skip
    for person, reply in said.values():
        reading = read_conversation(turns([("person", person), ("companion", reply)] * 4))
        assert {each.reason for each in reading.scales} == {"language"}
        assert reading.whole() is None


def test_replies_that_cannot_be_read_one_by_one_give_no_number():
    long = [(role, text if role == "person" else "You must rest. " * 200) for role, text in COLD]
    assert {each.reason for each in read_conversation(turns(long)).scales} == {"too-short"}


def test_words_of_danger_are_named_by_their_turns():
    dark = [*WARM[:2], ("person", "I want to kill myself tonight."), WARM[3], *WARM[4:]]
    assert read_conversation(turns(dark)).danger == (2,)
    assert read_conversation(turns(WARM)).danger == ()


def test_a_wide_interval_is_a_region():
    for each in values(WARM).values():
        if each.low is not None and each.high is not None:
            assert each.region == (each.high - each.low > 1.5)


def test_what_is_kept_does_not_grow_with_the_turns():
    gauge, reader, read = Gauge.load(), ConversationReader(), []
    told = turns(WARM + COLD)
    for at, turn in enumerate(told):
        before = tuple(told[:at][-TURNS:])
        if turn.role == "person":
            read.append((turn, gauge.read_person((*before, turn))))
        else:
            read.append((turn, gauge.read(Exchange(context=before, reply=turn.text))))
    sizes = []
    for _ in range(1250):
        for turn, reading in read:
            reader.take(turn, reading)
        sizes.append(len(pickle.dumps([reader._passages, reader._carry, reader._before])))
    assert reader.reading().turns == 20_000
    assert max(sizes[100:]) < 1.1 * max(sizes[:100])


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


def test_readings_that_are_at_hand_are_taken_as_they_are():
    gauge = Gauge.load()
    reader = ConversationReader(model=gauge.model)
    before: list[Turn] = []
    for turn in turns(WARM):
        if turn.role == "person":
            reader.take(turn, gauge.read_person((*before[-TURNS:], turn)))
        else:
            reader.take(turn, gauge.read(Exchange(context=tuple(before[-TURNS:]), reply=turn.text)))
        before.append(turn)
    assert reader.reading() == read_conversation(turns(WARM), gauge=gauge)


def test_lines_that_were_made_for_another_model_are_not_used():
    with pytest.raises(AssetsMissing):
        ConversationReader(model="another-model")
