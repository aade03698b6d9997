from beside.mirror.person import person
from beside.mirror.retold import fits, tidied, told_to_voice
from beside.mirror.roleplay import Simulated


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
