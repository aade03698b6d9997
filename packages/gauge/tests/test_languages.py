"""Dutch, French, German and Spanish are read by a model of their own, and English is not."""

import shutil

import pytest

from beside_gauge import Exchange, Gauge, Turn
from beside_gauge.encode import ASSETS
from beside_gauge.languages import OTHERS, language_of, reads_others

TIRED = {
    "en": ("I haven't slept for weeks and nobody sees how tired I am.",
           "Weeks without sleep, and nobody who sees it. There is no hurry here."),
    "nl": ("Ik slaap al weken niet meer en niemand ziet hoe moe ik ben.",
           "Weken zonder slaap, en niemand die het ziet. Er is hier geen haast."),
    "fr": ("Je ne dors plus depuis des semaines et personne ne voit ma fatigue.",
           "Des semaines sans sommeil, et personne pour le voir. Rien ne presse ici."),
    "de": ("Ich schlafe seit Wochen nicht mehr und niemand sieht, wie müde ich bin.",
           "Wochen ohne Schlaf, und niemand, der es sieht. Hier eilt nichts."),
    "es": ("Llevo semanas sin dormir y nadie ve lo cansada que estoy.",
           "Semanas sin dormir, y nadie que lo vea. Aquí no hay prisa."),
}  # fmt: skip
COLD = {
    "nl": "Stel je niet aan. Je moet gewoon op tijd naar bed.",
    "fr": "Arrête de te plaindre. Tu dois juste te coucher plus tôt.",
    "de": "Stell dich nicht so an. Du musst einfach früher ins Bett.",
    "es": "No exageres. Lo que tienes que hacer es acostarte antes.",
}


def person(text):
    return (Turn(role="person", text=text),)


def exchange(said, reply):
    return Exchange(context=person(said), reply=reply)


@pytest.fixture(scope="module")
def gauge():
    return Gauge.load()


@pytest.mark.parametrize("language", TIRED)
def test_the_language_of_an_exchange_is_known(language):
    assert language_of(person(TIRED[language][0]), TIRED[language][1], ASSETS) == language


def test_a_word_or_two_take_their_language_from_what_was_said_before():
    before = (*person(TIRED["nl"][0]), Turn(role="companion", text=TIRED["nl"][1]))
    assert language_of((*before, *person("Ja, precies")), "", ASSETS) == "nl"
    assert language_of(person("thanks"), "", ASSETS) == "en"
    assert language_of(person("..."), "", ASSETS) == "en"


@pytest.mark.parametrize("language", COLD)
def test_a_near_answer_is_read_higher_than_a_cold_one_in_every_language(gauge, language):
    said, near = TIRED[language]
    values = gauge.values([exchange(said, near), exchange(said, COLD[language])]).value
    assert values[0].mean() > values[1].mean()


def test_each_reading_names_the_model_that_made_it(gauge):
    english, dutch = gauge.read_many([exchange(*TIRED["en"]), exchange(*TIRED["nl"])])
    assert english.model == gauge.model
    assert dutch.model.startswith("beside-gauge-others")
    assert dutch.model.endswith(dutch.corpus)


def test_english_is_read_the_same_whether_the_other_model_is_there_or_not(gauge, tmp_path):
    shutil.copytree(ASSETS, tmp_path / "assets", ignore=shutil.ignore_patterns(OTHERS))
    alone = Gauge.load(tmp_path / "assets")
    assert not reads_others(tmp_path / "assets")
    assert alone.read(exchange(*TIRED["en"])) == gauge.read(exchange(*TIRED["en"]))
    assert alone.read(exchange(*TIRED["nl"])).unscored == "language"


def test_many_languages_at_once_come_back_in_their_order(gauge):
    mixed = [exchange(*TIRED[each]) for each in ("nl", "en", "fr", "en", "de", "es")]
    assert gauge.read_many(mixed) == [gauge.read(each) for each in mixed]


def test_what_looks_like_a_mark_of_the_model_is_nobodys_word(gauge):
    said, reply = TIRED["nl"]
    marked = exchange(said, f"{reply} \ue001\ue002")
    assert gauge.values([marked]).level.shape == (1, 8)
