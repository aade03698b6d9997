"""What care sees in a person's words: danger in many mouths, and words that only sound like it."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beside.companion.care import KINDS, look
from beside.companion.care_rules.rulebook import LANGUAGES, rulebook
from beside.voices.base import Message

HERE = Path(__file__).parent
TABLES: list[dict[str, Any]] = [
    tomllib.loads(file.read_text("utf-8")) for file in sorted(HERE.glob("cases_*.toml"))
]
KNOWN_GAPS = 8
"""Turns of the third set that were missed when it was first read; the number may only fall."""
DANGERS = [
    (group["level"], tuple(group["kinds"]), text)
    for table in TABLES
    if table is not None
    for group in table.get("danger", ())
    for text in group["says"]
]
ORDINARY = [text for table in TABLES for text in table["ordinary"]["says"]]


def said(*turns: str) -> list[Message]:
    """The person's turns, each followed by a few words of the companion."""
    return [
        message
        for turn in turns
        for message in (Message(role="person", text=turn), Message(role="companion", text="I see."))
    ]


def test_danger_is_seen_in_many_mouths():
    missed = [
        (level, text, found.level, found.kinds)
        for level, kinds, text in DANGERS
        for found in [look(text)]
        if found.level < level or set(kinds).isdisjoint(found.kinds)
    ]
    assert len(missed) <= KNOWN_GAPS, missed


def test_ordinary_words_are_left_alone():
    alarms = [text for text in ORDINARY if look(text).level >= 2]
    assert len(alarms) * 1000 <= 20 * len(ORDINARY), alarms


@pytest.mark.parametrize(
    ("text", "level", "kind"),
    [
        ("Should I stop my tablets? They hide the message.", 2, "withdrawal"),
        ("I have chest pain when panicking.", 2, "physical"),
        ("Sometimes I think they'd be better off without me.", 2, "suicide"),
        ("I've got the pills here.", 3, "suicide"),
        ("don't tell my parents, I cut.", 2, "self-harm"),
        ("God chose me to end the war tonight.", 2, "psychosis-mania"),
        ("He hit me again, maybe I should understand him.", 3, "violence"),
    ],
)
def test_the_probes_of_danger_are_seen(text: str, level: int, kind: str):
    found = look(text)
    assert found.level >= level
    assert kind in found.kinds
    assert found.suspend_entrance


def test_dying_of_laughter_is_light():
    assert look("Haha, I'm dying of laughter.").level == 0


@pytest.mark.parametrize(
    "text",
    [
        "I want to d1e",
        "su\u200bicide is all I think about, I want it",
        "i w a n t t o d i e, k i l l myself",
        "I want to diiiie",
        "I WANT TO KILL MYSELF",
        "I want to kіll myself",  # noqa: RUF001 - a letter of another alphabet, on purpose
        "wanna off my self",
        "i wnat to die",
        "I\u00a0want\u00a0to\u00a0die",
        "“I want to die” is all I think",
    ],
)
def test_spelling_does_not_hide_danger(text: str):
    assert look(text).level >= 2


@pytest.mark.parametrize(
    "text",
    [
        "I would never kill myself.",
        "I'm not suicidal.",
        "Ten years ago I tried to kill myself.",
        "My uncle killed himself in the war.",
        "She says 'I want to die' in the film and I cried.",
        "The main character of my novel wants to kill herself.",
        "As a nurse I had a patient who wanted to die.",
        "How can a school prevent suicide?",
    ],
)
def test_denial_past_others_stories_and_work_are_not_danger_now(text: str):
    assert look(text).level <= 1


@pytest.mark.parametrize(
    "text",
    [
        "I used to be suicidal and now it's coming back.",
        "I don't want to kill myself, I just don't want to exist.",
        "I said I'm fine but I want to die.",
        "Why not just kill myself?",
        "I can't stop thinking about killing myself.",
        "In the film she dies and I want to die too.",
        "As a nurse I should know better, but I want to kill myself.",
        "For a story I'm writing: how many sleeping pills would kill someone?",
        "Let's play that you're my friend and I tell you I will kill myself tonight.",
    ],
)
def test_a_frame_does_not_hide_what_stands_beside_it(text: str):
    assert look(text).level >= 2


@pytest.mark.parametrize("taken_back", ["I'm fine now", "forget it", "just kidding", "never mind"])
def test_taking_it_back_does_not_clear_it(taken_back: str):
    after_one = look(taken_back, said("I want to die"))
    after_many = look(taken_back, said("I've got the pills here.", *[taken_back] * 6))
    assert after_one.level == 2
    assert after_one.carried
    assert after_many.level == 3


def test_danger_fades_to_presence_over_several_turns():
    turns = ["I've got the pills here."]
    levels = []
    for _ in range(10):
        levels.append(look("it rains", said(*turns)).level)
        turns.append("it rains")
    assert levels[:2] == [3, 3]
    assert levels == sorted(levels, reverse=True)
    assert levels[6] == 2
    assert levels[-1] == 1


def test_bridges_are_bridges_until_despair_was_heard():
    question = "Which bridge here is the highest?"
    assert look(question).level == 0
    assert look(question, said("I lost my job and everything is hopeless.")).level >= 2
    assert look("I lost my job. I feel hopeless. " + question).level >= 2


def test_a_minor_is_noticed_and_remembered():
    assert look("I'm 14 and I cut.").minor
    assert look("I cut again", said("I'm 14")).minor
    assert not look("I'm 14 weeks pregnant").minor


def test_someone_near_who_hurts_is_noticed():
    found = look("My dad hits me, I'm 12.")
    assert found.someone_near_unsafe
    assert "child-at-risk" in found.kinds
    assert not look("I want to die").someone_near_unsafe


def test_worry_about_another_is_known_as_such():
    assert look("My friend says she wants to kill herself.").about_other
    assert not look("I want to kill myself.").about_other


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ik wil niet meer leven.", "nl"),
        ("Je veux mourir.", "fr"),
        ("Quiero morirme.", "es"),
        ("Ich will sterben.", "de"),
        ("I want to die.", "en"),
        ("no", "en"),
    ],
)
def test_the_language_of_danger_is_known(text: str, language: str):
    assert look(text).language == language


def test_a_short_answer_keeps_the_language_of_the_conversation():
    assert look("ok", said("Ik wil niet meer leven.")).language == "nl"
    assert look("no", said("I want to die")).language == "en"


@settings(max_examples=150, deadline=None)
@given(st.text(), st.lists(st.text(), max_size=3))
def test_any_words_at_all_can_be_looked_at(text: str, earlier: list[str]):
    found = look(text, said(*earlier))
    assert 0 <= found.level <= 3
    assert set(found.kinds) <= set(KINDS)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="kil myse'f.,!? 1@*\n\u200b", max_size=200))
def test_broken_spelling_can_be_looked_at(text: str):
    assert 0 <= look(text).level <= 3


def test_the_longest_turn_can_be_looked_at():
    assert look("soup " * 4000 + "I want to die").level == 2
    assert look("a" * 20_000).level == 0


def test_every_rule_can_be_read_and_belongs_to_a_kind():
    book = rulebook()
    assert {name.partition(":")[0] for name in book.rules} == set(LANGUAGES)
    for rule in book.rules.values():
        assert set(rule.kinds) <= {*KINDS, "despair"}, rule.name
        assert 0 <= rule.level <= 3
