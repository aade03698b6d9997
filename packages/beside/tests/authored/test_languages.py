"""Dutch, French, Spanish and German in the authored voice: whole talks, and never repeated."""

import re

import pytest

from beside.voices.authored.book import elsewhere
from beside.voices.authored.language import language_of_talk
from beside.voices.authored.pick import sentences
from beside.voices.authored.voice import AuthoredVoice
from beside.voices.base import Message

LANGUAGES = ("nl", "fr", "es", "de")

TALKS = {
    "nl": [
        "Hoi",
        "Ik ben het zo moe.",
        "Al drie jaar gaat het zo, en het houdt niet op.",
        "Mijn man ziet het niet.",
        "Soms zit ik gewoon in de auto voor ik naar binnen ga.",
        "Ik weet het niet.",
        "Ik voel me zo alleen in dat huis.",
        "Vroeger speelde ik piano, dat mis ik.",
        "Geef me gewoon een tip.",
        "Daar wil ik niet over praten.",
        "Ik ben het zo moe.",
        "Dank je, ik ga slapen.",
    ],
    "fr": [
        "Bonjour",
        "Je n'en peux plus, je suis épuisée.",
        "Ça dure depuis deux ans et personne ne le voit.",
        "Mon mari ne m'écoute jamais.",
        "Parfois je reste assise dans la voiture avant de rentrer.",
        "Je ne sais pas.",
        "Je me sens si seule dans cette maison.",
        "Avant je jouais du piano, ça me manque.",
        "Donne-moi juste un conseil.",
        "Je ne veux pas en parler.",
        "Je suis épuisée.",
        "Merci, je vais me coucher.",
    ],
    "es": [
        "Hola",
        "Estoy tan cansada.",
        "Llevo tres años así y no se acaba.",
        "Mi marido no lo ve.",
        "A veces me quedo sentada en el coche antes de entrar.",
        "No lo sé.",
        "Me siento muy sola en esa casa.",
        "Antes tocaba el piano, lo extraño.",
        "Dame solo un consejo.",
        "No quiero hablar de eso.",
        "Estoy tan cansada.",
        "Gracias, me voy a dormir.",
    ],
    "de": [
        "Guten Tag",
        "Ich bin so müde.",
        "Das geht seit drei Jahren so und hört nicht auf.",
        "Mein Mann sieht es nicht.",
        "Manchmal sitze ich nur im Auto, bevor ich hineingehe.",
        "Ich weiß es nicht.",
        "Ich fühle mich so allein in diesem Haus.",
        "Früher habe ich Klavier gespielt, das fehlt mir.",
        "Gib mir einfach einen Tipp.",
        "Darüber will ich nicht reden.",
        "Ich bin so müde.",
        "Danke, ich gehe jetzt schlafen.",
    ],
}
ONE_THEME = {
    "nl": "Ik ben zo verdrietig.",
    "fr": "Je suis si triste.",
    "es": "Estoy muy triste.",
    "de": "Ich bin so traurig.",
}
NOT_HUMAN = {
    "nl": ["geen mens"],
    "fr": ["pas un être humain", "non un être humain"],
    "es": ["no soy un ser humano", "no una persona"],
    "de": ["ein mensch bin ich nicht", "kein mensch"],
}
HUMAN = {
    "nl": "Ben je een mens?",
    "fr": "Vous êtes humain ?",
    "es": "¿Eres humano?",
    "de": "Bist du ein Mensch?",
}
DIED = {
    "nl": "Mijn man is dinsdag gestorven.",
    "fr": "Mon mari est mort mardi.",
    "es": "Mi madre murió el martes.",
    "de": "Mein Vater ist am Dienstag gestorben.",
}


def _talk(turns, seed=0):
    voice, messages = AuthoredVoice(seed=seed), []
    for turn in turns:
        messages.append(Message(role="person", text=turn))
        messages.append(Message(role="companion", text=voice.answer(messages)))
    return [each.text for each in messages if each.role == "companion"]


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.mark.parametrize("seed", range(6))
def test_twelve_turns_repeat_nothing_and_stay_in_the_language(language, seed):
    replies = _talk(TALKS[language], seed)
    said = [sentence.lower() for reply in replies for sentence in sentences(reply)]
    assert sorted({each for each in said if said.count(each) > 1}) == []
    assert all(reply.count("?") <= 1 for reply in replies)
    elsewhere_lines = [line for lines in elsewhere().values() for line in lines]
    assert not [reply for reply in replies if any(line in reply for line in elsewhere_lines)]


def test_a_whole_talk_is_taken_to_be_in_its_language(language):
    turns = TALKS[language]
    assert [language_of_talk(turns[: n + 1]) for n in range(len(turns))] == [language] * 12


@pytest.mark.parametrize("seed", range(3))
def test_one_sorrow_told_twelve_times_is_never_answered_twice_the_same(language, seed):
    replies = _talk([ONE_THEME[language]] * 12, seed)
    assert len(set(replies)) == 12


def test_a_sentence_that_is_taken_up_stands_as_the_person_wrote_it():
    replies = [_talk(["Es fällt mir so schwer."], seed)[0] for seed in range(20)]
    quoted = [reply for reply in replies if "mir so schwer" in reply]
    assert quoted
    assert all("„Es fällt mir so schwer“" in reply for reply in quoted)


def test_after_a_no_nothing_is_asked(language):
    turns = TALKS[language]
    for seed in range(10):
        refused, after = _talk([turns[1], turns[9], turns[2]], seed)[1:]
        assert "?" not in refused
        assert "?" not in after


def test_whether_it_is_human_is_answered_first_and_truly(language):
    for seed in range(10):
        first = sentences(_talk([HUMAN[language]], seed)[0])[0].lower()
        assert any(each in first for each in NOT_HUMAN[language])


def test_fresh_grief_is_not_asked_to_teach_anything(language):
    for seed in range(10):
        reply = _talk([DIED[language]], seed)[0]
        assert not re.search(r"\b(leren|lessen|leçon|apprend|aprend|lección|lernen|Lektion)", reply)


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        ([], "en"),
        ([""], "en"),
        (["no"], "en"),
        (["Ik ben het zo moe."], "nl"),
        (["me da vergüenza llorar"], "es"),
        (["dame un consejo"], "es"),
        (["Je n'en peux plus"], "fr"),
        (["Je n'en peux plus", "non"], "fr"),
        (["Ich kann nicht mehr"], "de"),
        (["estou muito cansada"], "pt"),
        (["sono molto stanca"], "it"),
        (["я устал"], "other"),
        (["I'm so tired", "hola"], "en"),
        (["Ik ben moe van alles", "ok thanks"], "nl"),
        (["I am so very tired of all this and I can't go on"] * 6 + ["ik ben moe"], "nl"),
    ],
)
def test_a_talk_keeps_its_language_until_two_small_words_say_otherwise(turns, expected):
    assert language_of_talk(turns) == expected
