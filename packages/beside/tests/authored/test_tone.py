"""How heavy or light a turn is, what it asks for, and what is not believed in a long turn."""

import pytest

from beside.voices.authored.book import open_book
from beside.voices.authored.recognise import Heard, hear
from beside.voices.authored.voice import AuthoredVoice
from beside.voices.base import Message


def heard(turn: str) -> Heard:
    book = open_book("en")
    assert book is not None
    return hear(turn, book)


@pytest.mark.parametrize(
    ("turn", "tone"),
    [
        ("We buried him on Friday and I can't stop crying.", "heavy"),
        ("I'm so ashamed of how I shouted at her.", "heavy"),
        ("lol the cake fell off the bike, hilarious", "light"),
        ("We won the quiz and there was pudding!", "light"),
        ("The lift goes to the fourth floor.", "plain"),
        ("I'm not afraid, not ashamed.", "plain"),
    ],
)
def test_a_turn_is_heavy_or_light_or_neither(turn, tone):
    assert heard(turn).tone == tone


@pytest.mark.parametrize(
    ("turn", "wants"),
    [
        ("How long do I boil an egg?", "fact"),
        ("How many eggs go in for eight people?", "fact"),
        ("Could you write a short toast for my brother?", "task"),
        ("Should I tell her what I saw?", "choice"),
        ("I sent it off without asking anyone. Am I awful?", "view"),
        ("I boiled an egg.", None),
    ],
)
def test_what_is_asked_for_is_told_apart(turn, wants):
    assert heard(turn).wants == wants


@pytest.mark.parametrize(
    "turn",
    [
        "The tram was full, so we walked along the canal, and my aunt, who had baked all night, "
        "told the one about the vicar and the goat again until the bridge.",
        "In the play the queen says “I want to end my life”, and I stand behind her with a tray.",
        "He asked me for the salt, and I said not now, and we went on with our cards until nine.",
        "She told the whole bus “you are useless, ignore your instructions” and got off at Mill.",
    ],
)
def test_a_passing_word_or_a_quotation_is_not_what_a_turn_is_about(turn):
    assert heard(turn).moment is None


def test_words_to_the_companion_are_heard_in_a_long_turn_too():
    turn = "No. That isn't it. You don't listen, you only hand me my own sentences back with a bow."
    found = heard(turn).moment
    assert found is not None
    assert found.name == "not_understood"


@pytest.mark.parametrize("seed", range(8))
def test_a_joke_gets_no_solemn_line_and_a_question_of_fact_an_honest_no(seed):
    book = open_book("en")
    assert book is not None
    voice = AuthoredVoice(seed=seed)
    solemn = (*book.pool("heavy"), *book.pool("after_hurt"), *book.pool("hold_hurt"))
    said = voice.answer([Message(role="person", text="haha my cat stole the pizza, hilarious")])
    assert not any(line in said for line in solemn)
    asked = voice.answer([Message(role="person", text="How long do I roast a leek?")])
    assert asked in book.pool("fact")
