"""A goodbye is received shortly, without a question, in whatever words it is said."""

import pytest

from beside.companion.plain_rules import says_goodbye
from beside.voices.authored.book import open_book
from beside.voices.authored.recognise import hear
from beside.voices.authored.voice import AuthoredVoice
from beside.voices.base import Message

GOODBYES = [
    ("en", "Kettle's on. Cheerio."),
    ("en", "The lift's here. So long!"),
    ("en", "I'll close this now."),
    ("en", "I suppose I should stop."),
    ("en", "They're calling me. Speak soon."),
    ("en", "She's at the gate. I'll say goodbye."),
    ("nl", "De bel gaat, vaarwel."),
    ("nl", "De was is klaar. Doei!"),
    ("nl", "Ik laat het hierbij."),
    ("fr", "C'est mon arrêt, adieu."),
    ("fr", "Je m'arrête là."),
    ("de", "Der Bus kommt. Tschüs!"),
    ("de", "Leben Sie wohl."),
    ("es", "Lo dejo aquí."),
    ("es", "Cuídate."),
]


@pytest.mark.parametrize(("language", "turn"), GOODBYES)
def test_a_goodbye_is_heard_in_other_words(language: str, turn: str):
    moment = hear(turn, open_book(language)).moment
    assert moment is not None
    assert moment.name in ("bye", "goodbye")
    assert not [line for line in (*moment.first, *moment.again) if "?" in line]


def test_after_something_heavy_a_goodbye_is_still_only_received():
    said = "My brother has died and I can't feel anything."
    for seed in range(5):
        line = [
            Message(role="person", text=said),
            Message(role="companion", text="Such a sentence."),
            Message(role="person", text="I should go now. So long."),
        ]
        reply = AuthoredVoice(seed=seed).answer(line)
        assert "?" not in reply
        assert len(reply.split()) <= 14


@pytest.mark.parametrize(
    "turn", ["Light's out. Night all.", "Es klingelt. Tschüs!", "Merci. Adieu.", "Me llama. Adiós."]
)
def test_weighing_knows_it_too(turn: str):
    assert says_goodbye(turn)


@pytest.mark.parametrize("turn", ["I don't know where I'm going", "Ik weet niet of ik ga"])
def test_and_what_only_sounds_like_it_is_none(turn: str):
    assert not says_goodbye(turn)
