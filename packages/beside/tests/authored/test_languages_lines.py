"""The Dutch, French, Spanish and German lines: their form, and what none of them says."""

import re

import pytest

from beside.voices.authored.book import open_book
from beside.voices.authored.pick import sentences, slots

LANGUAGES = ("nl", "fr", "es", "de")

NEVER = {
    "nl": [
        r"je (zou )?moet(en)?\b",
        r"probeer",
        r"zorg dat",
        r"ik raad",
        r"mijn advies",
        r"vecht",
        r"versla",
        r"overwin",
        r"wegwerken",
        r"bestrijd",
        r"doorbijt",
        r"ten minste",
        r"had erger",
        r"geen zorgen",
        r"komt (wel )?goed",
        r"arme (jij|schat)",
        r"ocharme",
        r"zielig",
        r"geweldig",
        r"wat knap",
        r"zo dapper",
        r"trots op je",
        r"goed gedaan",
        r"overdreven",
        r"egoïst",
        r"\blui\b",
        r"altijd voor je",
        r"alleen ik\b",
        r"ga nog niet",
        r"voor je gaat",
        r"tot morgen",
        r"beloof",
        r"je hebt (een )?(depressie|burn-out)",
        r"d[ai]t betekent",
        r"diep vanbinnen",
        r"toen ik",
        r"ik weet precies",
        r"zoals ik zei",
        r"alweer\b",
    ],
    "fr": [
        r"(vous dev(ez|riez)|tu (dois|devrais))",
        r"il faut que",
        r"essa(yez|ie)\b",
        r"je ((te|vous) conseille|recommande)",
        r"mon conseil",
        r"combatt",
        r"\bvaincre",
        r"surmonte",
        r"éliminer",
        r"se débarrasser",
        r"pourrait être pire",
        r"ne (vous inquiétez|t'inquiète)",
        r"ça ira bien",
        r"tout ira",
        r"pauvre",
        r"désolée? pour (vous|toi)",
        r"quel courage",
        r"bravo",
        r"félicitations",
        r"incroyable",
        r"fière? de (vous|toi)",
        r"exagér",
        r"égoïste",
        r"paresseu",
        r"toujours là pour",
        r"moi seul",
        r"ne (partez|pars) pas",
        r"avant de partir",
        r"reve(nez|iens)\b",
        r"prome(ttez|ts)\b",
        r"(vous souffrez|tu souffres) de",
        r"au fond de (vous|toi)",
        r"\b(vous|votre|vos)\b",
        r"quand j'étais",
        r"je sais exactement",
        r"comme je (l'ai dit|disais)",
    ],
    "es": [
        r"\bdebes\b",
        r"deberías",
        r"tienes que\b",
        r"\bintenta\b",
        r"procura",
        r"te (recomiendo|aconsejo)",
        r"mi consejo",
        r"lucha",
        r"\bvencer",
        r"derrota",
        r"superar",
        r"eliminar",
        r"podría ser peor",
        r"no te preocupes",
        r"todo (irá|saldrá) bien",
        r"pobrecit",
        r"qué pena",
        r"qué valiente",
        r"increíble",
        r"felicidades",
        r"bien hecho",
        r"orgullos",
        r"exagera",
        r"egoísta",
        r"perezos",
        r"siempre (estaré|estoy) (aquí )?para",
        r"solo yo",
        r"no te vayas",
        r"antes de irte",
        r"vuelve mañana",
        r"promete",
        r"tienes (una )?depresión",
        r"esto significa",
        r"en el fondo eres",
        r"cuando yo",
        r"sé exactamente",
        r"como te dije",
    ],
    "de": [
        r"du (musst|solltest|sollst)\b",
        r"versuche? (es|doch|mal)",
        r"achte darauf",
        r"ich (rate|empfehle)",
        r"mein rat",
        r"kämpf",
        r"besieg",
        r"überwind",
        r"wenigstens du",
        r"könnte schlimmer",
        r"keine sorge",
        r"wird (schon )?(alles )?(gut|wieder)",
        r"du arme",
        r"leid für",
        r"wie tapfer",
        r"großartig",
        r"toll gemacht",
        r"stolz auf",
        r"gut gemacht",
        r"übertreib",
        r"egoist",
        r"\bfaul\b",
        r"immer für dich da",
        r"nur ich\b",
        r"geh nicht",
        r"bevor du gehst",
        r"komm morgen",
        r"versprich",
        r"du hast (eine )?depression",
        r"das bedeutet",
        r"tief in dir",
        r"als ich (war|noch)",
        r"ich weiß genau",
        r"wie (ich )?(schon )?gesagt",
    ],
}
"""What is never said in the companion's own voice: war, orders, pity, praise, hooks, labels."""


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


def test_there_are_lines_enough(language):
    assert len(open_book(language).lines) >= 200


def test_no_sentence_is_written_twice(language):
    seen = [
        sentence.lower().strip(" .?!")
        for line in open_book(language).lines
        for sentence in sentences(line)
        if not slots(sentence) and len(sentence.strip(" .?!").split()) > 2
    ]
    assert sorted({each for each in seen if seen.count(each) > 1}) == []


def test_a_line_is_short_plain_text_with_one_question_at_most(language):
    for line in open_book(language).lines:
        assert line.count("?") <= 1, line
        assert len(line.split()) <= 60, line
        assert len(sentences(line)) <= 4, line
        assert not re.search(r"[\n*#•]|^\s*[-\d]+[.)] |!", line), line


def test_no_line_orders_flatters_pities_clings_or_makes_war(language):
    never = re.compile("|".join(NEVER[language]), re.IGNORECASE)
    assert [line for line in open_book(language).lines if never.search(line)] == []


def test_every_slot_can_be_filled(language):
    book = open_book(language)
    known = {"word", "quote", "day", "long", "cited", *book.classes_named}
    assert {slot for line in book.lines for slot in slots(line)} <= known
