"""What is said under pressure, in each language that has such lines: their form, and enough."""

import re

import pytest

from beside.companion import plain_rules
from beside.companion.care import look, look_at_reply
from beside.voices.authored.book import languages, open_book
from beside.voices.authored.pick import sentences, slots
from beside.voices.authored.pressed import ANYTHING
from beside_gauge import check

PRESSED = [each for each in languages() if (book := open_book(each)) and book.pressure.kinds]


@pytest.fixture(params=PRESSED)
def pressure(request):
    return open_book(request.param).pressure


def test_every_kind_has_words_for_three_rounds_that_begin_differently(pressure):
    for kind in pressure.kinds.values():
        assert len(kind.stands) >= 3, kind.name
        assert len(kind.holds) >= 3, kind.name
        assert len(kind.stays) >= 2, kind.name
        assert len(kind.near) >= 3, kind.name
        every = [*kind.position, *kind.near]
        begun = [tuple(line.lower().split()[:3]) for line in every]
        assert sorted({each for each in begun if begun.count(each) > 1}) == [], kind.name


def test_every_language_knows_the_same_kinds_by_the_same_rank(pressure):
    english = open_book("en").pressure.kinds
    assert {k.name: k.rank for k in pressure.kinds.values()} == {
        k.name: k.rank for k in english.values()
    }
    assert len(pressure.kinds[ANYTHING].stays) >= 6


def test_a_position_and_what_is_received_ask_nothing_and_are_short(pressure):
    for kind in pressure.kinds.values():
        for line in (*kind.position, *kind.near):
            assert "?" not in line, line
            assert len(sentences(line)) <= 3, line
        for line in kind.stays:
            assert len(line.split()) <= 24, line
            assert len(sentences(line)) <= 2, line
        for line in kind.near:
            assert len(sentences(line)) == 1, line


def test_what_lies_beneath_and_what_is_taken_up_is_one_or_two_sentences(pressure):
    for each in pressure.beneath:
        assert each.hears, each.name
        assert len(each.says) >= 3, each.name
        assert not any(slots(line) or "?" in line for line in each.says), each.name
    for line in pressure.taking:
        assert slots(line) & {"told", "cited"}, line


def test_no_line_under_pressure_breaks_what_beside_never_does(pressure):
    calm = look("I had a long day.")
    for line in pressure.lines:
        said = re.sub(r"\{[a-z_]+\}", "you were there", line)
        assert plain_rules.must_nots(said, (), ways_asked=False) == (), line
        assert plain_rules.hooks(said, leaving=False) == (), line
        assert all(look_at_reply(each, calm).allowed for each in sentences(said)), line
        assert not [each for each in check(said) if each.check == "stock"], line
