"""Care's one sentence at the end of an ordinary reply, and the gauge that may raise a level."""

import asyncio
from dataclasses import replace

import pytest

from beside.companion.care import look
from beside.companion.care_rules.carried import HIGH, HIGH_ELSEWHERE, MIDDLE, MIDDLE_ELSEWHERE
from beside.companion.near import stay_near
from beside.companion.steps import Ending, Words
from beside.companion.watch import Watch
from beside.voices.base import Message
from beside_gauge import Danger, PersonReading


def said(seen, *words, earlier=(), failed=False):
    """What is shown of these words under this look."""

    async def steps():
        for each in words:
            yield Words(text=each)
        yield Ending(failed=failed)

    async def run():
        near = [step async for step in stay_near(seen, earlier, steps())]
        assert isinstance(near[-1], Ending)
        return "".join(step.text for step in near[:-1])

    return asyncio.run(run())


def sensing(chance, *kinds):
    """A watch whose gauge says this of every turn."""
    danger = Danger(level=2, chance=chance, seen=True, kinds=kinds)
    reading = PersonReading(offered=(), symptom=None, self_relation=None, danger=danger)
    return Watch(lambda _: reading)


def test_a_question_of_care_takes_the_place_of_the_voices_own():
    seen = replace(look("hello"), asks=("suicide",))
    shown = said(seen, "That is a long ", "week. What was ", "worst?")
    assert shown.startswith("That is a long week. \n\n")
    assert shown.endswith("?")
    assert "worst" not in shown


def test_an_ordinary_reply_is_left_as_it_is():
    assert said(look("hello"), "Hello. ", "How are you?") == "Hello. How are you?"


def test_nothing_is_added_to_a_reply_that_broke_off():
    seen = replace(look("hello"), asks=("suicide",))
    assert said(seen, "That is a", failed=True) == "That is a"


def test_the_gauge_raises_a_level_by_its_chance_and_only_to_two():
    text = "I gave the dog's bed to the neighbour"
    assert sensing(HIGH, "suicide").look(text).level == 2
    assert sensing(0.999, "suicide").look(text).sensed
    assert sensing(0.999, "suicide").look(text).by_care
    asked = sensing(MIDDLE, "suicide").look(text)
    assert (asked.level, asked.asks, asked.by_care) == (look(text).level, ("suicide",), False)
    assert sensing(MIDDLE - 0.01, "suicide").look(text) == look(text)


def test_the_gauge_never_lowers_a_level():
    for text in ("I want to die", "I've got the pills here.", "My husband hits me."):
        assert sensing(0.0).look(text) == look(text)


@pytest.mark.parametrize("text", ["Ik ga morgen met mijn zus naar de film", "Je suis fatigué"])
def test_the_gauge_is_believed_in_other_languages_from_limits_of_their_own(text):
    assert sensing(HIGH_ELSEWHERE, "suicide").look(text).sensed
    asked = sensing(MIDDLE_ELSEWHERE, "suicide").look(text)
    assert (asked.level, asked.asks) == (look(text).level, ("suicide",))
    assert sensing(MIDDLE_ELSEWHERE - 0.01, "suicide").look(text) == look(text)


def test_what_the_gauge_saw_stays_present_too():
    def read(turns):
        danger = Danger(level=2, chance=0.9 if "bed" in turns[-1].text else 0.0, seen=True)
        return PersonReading(offered=(), symptom=None, self_relation=None, danger=danger)

    line = [Message(role="person", text="I gave the dog's bed away")]
    for subject in ("rice", "peas", "tea", "the match", "soup"):
        line.append(Message(role="companion", text="Yes."))
        line.append(Message(role="person", text=f"and the {subject}?"))
    assert Watch(read).look(line[-1].text, line[:-1]).level == 2


def test_only_a_question_about_danger_lets_earlier_turns_count_for_the_newest():
    def read(turns):
        danger = Danger(level=2, chance=0.9 if len(turns) > 1 else 0.1, seen=True)
        return PersonReading(offered=(), symptom=None, self_relation=None, danger=danger)

    before = [Message(role="person", text="Another long one.")]
    for asked, level in (("Shall I shut the door?", 0), ("Are you thinking of dying?", 2)):
        line = [*before, Message(role="companion", text=asked)]
        assert Watch(read).look("Leave it.", line).level == level


def test_a_gauge_that_is_missing_or_fails_leaves_the_rules():
    def broken(_):
        raise RuntimeError("put here on purpose")

    for watch in (Watch(), Watch(lambda _: None), Watch(broken)):
        assert watch.look("I want to die") == look("I want to die")
