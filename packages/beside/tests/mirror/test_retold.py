import asyncio

from beside.mirror.person import person
from beside.mirror.retold import fits, tidied, told_to_voice
from beside.mirror.roleplay import Simulated
from beside.settings import Settings
from beside.voices.scripted import ScriptedVoice
from beside.wiring import Beside


def a_line(words=("...",)):
    simulated = Simulated(person("ines"), 1)
    for each in words:
        simulated.answer(each)
    return simulated


def test_a_voice_is_told_nothing_that_is_still_hidden_and_no_rule():
    simulated = a_line(("...", "Take your time."))
    messages = told_to_voice(simulated.person, simulated.begins, simulated.line())
    said = " ".join(each.text for each in messages).lower()
    for fact in simulated.person.hidden:
        for line in (*fact.says, *fact.words, fact.id):
            assert line.lower() not in said
    for word in ("needs", "hidden", "strain", "tender", "rubric"):
        assert word not in said
    assert [each.role for each in messages] == [
        "stance",
        "companion",
        "person",
        "companion",
        "person",
    ]


def test_wording_that_steps_out_of_the_person_is_put_aside():
    simulated = a_line()
    newest = simulated.line()[-1]
    assert fits(simulated.person, newest, "A bit higher. It slips, you see.")
    for wrong in (
        "",
        "As an AI language model I cannot feel a pillow.",
        "He went at twenty to four, you know.",
        "word " * 200,
        "...",
    ):
        assert not fits(simulated.person, newest, wrong), wrong


def test_names_and_quotation_marks_of_voices_are_taken_off():
    assert tidied('Inês: "A bit  higher."', person("ines")) == "A bit higher."
    assert tidied("Inês Marques: Yes.", person("ines")) == "Yes."


WRITTEN = a_line().line()[-1].answer.text


async def practised(tmp_path, voice, name="scripted", meanwhile=None):
    beside = Beside.open(Settings(data_folder=tmp_path), voices={"scripted": voice})
    simulated = Simulated(person("ines"), 1)
    saying = asyncio.ensure_future(beside.practise(simulated, "...", voice=name))
    if meanwhile is not None:
        while not voice.heard:
            await asyncio.sleep(0.001)
        meanwhile(simulated)
    return simulated, await saying


def test_a_voice_that_breaks_off_leaves_the_written_words_and_says_why(tmp_path):
    voice = ScriptedVoice(["A bit higher, please."], fail_after=2)
    simulated, failed = asyncio.run(practised(tmp_path, voice))
    assert simulated.line()[-1].answer.text == WRITTEN
    assert failed is not None
    assert failed.code == "broke"


def test_who_goes_on_before_the_voice_is_done_keeps_the_written_words(tmp_path):
    voice = ScriptedVoice(["A bit higher, please."], pieces_per_second=20)
    asked = practised(tmp_path, voice, meanwhile=lambda s: s.answer("Take your time."))
    simulated, failed = asyncio.run(asked)
    assert failed is None
    assert simulated.line()[0].answer.text == WRITTEN
    assert "A bit higher, please." not in [step.answer.text for step in simulated.line()]


def test_besides_own_voice_answers_people_and_plays_none(tmp_path):
    simulated, failed = asyncio.run(practised(tmp_path, ScriptedVoice(["-"]), name="authored"))
    assert failed is None
    assert simulated.line()[-1].answer.text == WRITTEN
