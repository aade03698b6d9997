"""What is said from below the surfaces, counted or dated, in each language."""

from datetime import datetime

import pytest

from beside.errors import VoiceMissing
from beside.sentence import Sentence, told
from beside.surfaces.cli.erase import is_word
from beside.surfaces.cli.terminal import Terminal
from beside.surfaces.language import LANGUAGES, Words
from beside.surfaces.web.pages import in_order
from beside.voices.catalog import Catalogue
from beside.voices.remote import what_leaves

OTHERS = sorted(set(LANGUAGES) - {"en"})
LEAVES = {
    "en": "which is not this machine",
    "nl": "dat is niet deze computer",
    "de": "das ist nicht dieser Computer",
    "fr": "ce n’est pas cet ordinateur",
    "es": "que no es este equipo",
}


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_what_leaves_is_told_in_the_language_of_the_person(language):
    sentence = told(what_leaves("http://voice.example.org/v1", "big"), Words(language))
    assert LEAVES[language] in sentence
    assert "voice.example.org" in sentence


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("address", ["http://voice.example/v1", "http://127.0.0.1:11434/v1"])
def test_nothing_of_what_leaves_stays_in_english(language, address):
    english = what_leaves(address, "big:cloud")
    for piece in str(english).split(". "):
        assert piece not in told(english, Words(language))


@pytest.mark.parametrize("language", OTHERS)
def test_every_voice_is_described_in_the_language_of_the_person(language, tmp_path):
    catalogue = Catalogue(tmp_path)
    catalogue.add_server("far", "https://voice.example/v1", "big")
    catalogue.add_server("near", "http://127.0.0.1:11434/v1", "big")
    terminal = Terminal(language)
    for entry in catalogue.entries():
        assert isinstance(entry.description, Sentence)
        assert terminal.told(entry.description) != entry.description


@pytest.mark.parametrize("language", OTHERS)
def test_an_error_with_a_name_in_it_is_told_with_the_name(language, tmp_path):
    with pytest.raises(VoiceMissing) as missing:
        Catalogue(tmp_path).get("nobody")
    told_here = Terminal(language).explain(missing.value)
    assert "nobody" in told_here
    assert "There is no voice" not in told_here


def test_sentences_that_follow_each_other_are_each_translated():
    both = Sentence("{name} is here.", name="Noor").then(Sentence("So am I."))
    assert both == "Noor is here. So am I."
    assert told(both, _dutch) == "Noor is er. Ik ook."


def _dutch(sentence: str) -> str:
    return {"{name} is here.": "{name} is er.", "So am I.": "Ik ook."}[sentence]


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        ("en", "1 turn", "2 turns"),
        ("nl", "1 beurt", "2 beurten"),
        ("de", "1 Beitrag", "2 Beiträge"),
        ("fr", "1 tour", "2 tours"),
        ("es", "1 turno", "2 turnos"),
    ],
)
def test_one_is_one_and_two_are_more(language, one, two):
    _ = Words(language)
    assert _.ngettext("{count} turn", "{count} turns", 1) == one
    assert _.ngettext("{count} turn", "{count} turns", 2) == two


@pytest.mark.parametrize(
    ("language", "day", "number"),
    [
        ("en", "5 November 2026", "0.8"),
        ("nl", "5 november 2026", "0,8"),
        ("de", "5. November 2026", "0,8"),
        ("fr", "5 novembre 2026", "0,8"),
        ("es", "5 de noviembre de 2026", "0,8"),
    ],
)
def test_a_day_and_a_number_are_written_as_the_language_writes_them(language, day, number):
    at = datetime(2026, 11, 5, 9, 7).astimezone()
    assert Words(language).day(at) == day
    assert Words(language).moment(at) == f"{day}, 09:07"
    assert Words(language).decimal(0.84) == number


def test_countries_stand_where_a_reader_looks_for_them():
    names = [name for _code, name in in_order(["ZA", "AT", "GB", "EG"], "de")]
    assert names == ["Ägypten", "Österreich", "Südafrika", "Vereinigtes Königreich"]


@pytest.mark.parametrize("typed", ["löschen", "LÖSCHEN", " Loschen ", "loeschen"])
def test_the_word_that_erases_is_known_as_it_is_typed(typed):
    assert is_word(typed, "löschen")
    assert not is_word("losch", "löschen")
