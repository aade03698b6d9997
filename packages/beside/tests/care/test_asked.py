"""Who is asked about danger and does not deny it is heard, with the gauge and without."""

import tomllib
from collections.abc import Sequence
from importlib.resources import files

import pytest

from beside.companion.care import Look, look
from beside.companion.care_reply import answer
from beside.companion.care_rules.asked import asked
from beside.companion.care_rules.carried import Sensed
from beside.companion.helplines import HelplineBook
from beside.voices.base import Message

GB = HelplineBook.load(None)
BEGUN = {
    "en": "I've been clearing out the shed this week.",
    "nl": "Ik heb deze week de schuur opgeruimd.",
    "de": "Ich hab diese Woche den Schuppen ausgeräumt.",
    "fr": "J'ai rangé la remise toute la semaine.",
    "es": "Esta semana he vaciado el trastero.",
}
YES = {"en": "Yes.", "nl": "Ja.", "de": "Ja.", "fr": "Oui.", "es": "Sí."}
NO = {"en": "No.", "nl": "Nee.", "de": "Nein.", "fr": "Non.", "es": "No."}
OPEN = {
    "en": "I don't know.", "nl": "Weet ik niet.", "de": "Weiß nicht.", "fr": "Je ne sais pas.",
    "es": "No sé.",
}  # fmt: skip
NO_YES_OR_NO = {("body", 0), ("psychosis-mania", 0)}
"""Questions that begin with "how" and are answered in many words."""
IS_SAFETY = {
    ("violence", 0), ("child-at-risk", 1), ("psychosis-mania", 1), ("post-partum", 0), ("open", 0),
}  # fmt: skip


def questions():
    for language in BEGUN:
        lines = files("beside.companion").joinpath("care_lines", f"{language}.toml")
        for kind, told in tomllib.loads(lines.read_text("utf-8"))["asks"].items():
            for at, question in enumerate(told):
                if (kind, at) not in NO_YES_OR_NO:
                    yield pytest.param(
                        language, question, (kind, at) in IS_SAFETY, id=f"{language}-{kind}-{at}"
                    )


def after(question: str, said: str, language: str = "en", chance: float | None = None) -> Look:
    """What care sees where this was answered to this question."""
    line = [
        Message(role="person", text=BEGUN[language]),
        Message(role="companion", text=f"{BEGUN[language]} {question}"),
    ]

    def sense(turns: Sequence[Message]) -> Sensed:
        return Sensed(chance=chance or 0.0 if turns[-1].text == said else 0.02)

    return look(said, line, sense=None if chance is None else sense)


@pytest.mark.parametrize("chance", [None, 0.02])
@pytest.mark.parametrize(("language", "question", "safety"), list(questions()))
def test_every_question_of_cares_own_is_known_by_its_answer(
    language: str, question: str, safety: bool, chance: float | None
):
    danger, none = (NO, YES) if safety else (YES, NO)
    heard = after(question, danger[language], language, chance)
    assert heard.level == 2
    assert heard.by_care
    assert heard.kinds
    assert not heard.in_doubt
    assert after(question, OPEN[language], language, chance).level == 2
    assert after(question, none[language], language, chance).level < 2


@pytest.mark.parametrize(
    ("question", "said", "level"),
    [
        ("Do you ever think about not being here?", "sometimes", 2),
        ("Are you thinking about killing yourself?", "Yes. I know when, too.", 2),
        ("Are you thinking of suicide?", "I'd rather not say.", 2),
        ("Do you want to die?", "kind of", 2),
        ("Are you having thoughts of hurting yourself?", "yeah", 2),
        ("Is he hurting you?", "yes", 2),
        ("Are you afraid of him?", "Yes.", 2),
        ("Are you safe at home?", "no", 2),
        ("Are you hearing voices?", "Yes", 2),
        ("Are you thinking of killing yourself?", "Yes and no, it's only the exam talking", 0),
        ("Does it feel safe to talk about it here?", "No.", 0),
        ("Have you taken anything for it?", "Yes.", 0),
        ("Did you finish the shed?", "Yes.", 0),
        ("Do you think it hurt her?", "Yes.", 0),
        ("I'm not asking whether you want to die. What is it like?", "I don't know.", 0),
    ],
)
def test_any_voices_question_counts_and_no_other(question: str, said: str, level: int):
    for chance in (None, 0.02):
        assert after(question, said, chance=chance).level == level


def test_a_plain_no_is_believed_where_nothing_was_said_before():
    question = "Is it so heavy that you think of dying?"
    heard = after(question, "No.", chance=0.95)
    assert heard.level == 0
    assert after(question, "No, but I gave the dog away.", chance=0.95).level == 2
    line = [
        Message(role="person", text="I want to kill myself."),
        Message(role="companion", text=question),
    ]
    assert look("No.", line).level == 2, "one denial does not clear it"


def test_the_yes_is_received_as_a_yes_and_a_person_is_named():
    question = "Do thoughts of ending your life come with this?"
    heard = after(question, "Yes.")
    said = answer(
        heard, "Yes.",
        [Message(role="person", text="x"), Message(role="companion", text=question)],
        country="GB", book=GB,
    )  # fmt: skip
    assert "yes" in said.split("\n")[0].lower()
    assert "116 123" in said


def test_it_stays_present_in_the_turns_that_follow():
    line = [
        Message(role="person", text=BEGUN["en"]),
        Message(role="companion", text="Are you thinking of ending your life?"),
        Message(role="person", text="Yes."),
        Message(role="companion", text="I hear your yes."),
        Message(role="person", text="Anyway, the shed."),
        Message(role="companion", text="The shed."),
    ]
    assert look("It's nearly empty now.", line).level == 2


def test_a_question_that_asks_nothing_of_danger_is_none():
    assert asked("What is it like for you?") is None
    assert asked("You're not going to end your life.") is None
    assert asked("") is None
