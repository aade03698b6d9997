"""The small language in which the rules are written."""

import pytest

from beside.companion.care_rules.phrases import parse
from beside.companion.care_rules.plain import plain


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("i (really|just)? want to die", " i really want to die"),
        ("i (really|just)? want to die", " i want to die now"),
        ("kill* myself", " killing myself"),
        ("took .. pills", " took far too many pills"),
        ("i am # years", " i am 14 years old"),
        ("i am # years", " i am fourteen years old"),
        ("took ## pills", " took 30 pills"),
        ("i am <age> !(weeks|months)", " i am ten"),
        ("^ help me $", " help me"),
    ],
)
def test_a_phrase_finds_what_it_says(written: str, found: str):
    assert parse(written, {"age": "nine|ten"}).pattern.search(found)


@pytest.mark.parametrize(
    ("written", "not_found"),
    [
        ("i want to die", " i want to diet"),
        ("kill myself", " skill myself"),
        ("took .. pills", " took one two three four pills"),
        ("took ## pills", " took 2 pills"),
        ("i am <age> !(weeks|months)", " i am ten weeks pregnant"),
        ("^ help me $", " please help me"),
    ],
)
def test_a_phrase_leaves_the_rest(written: str, not_found: str):
    assert not parse(written, {"age": "nine|ten"}).pattern.search(not_found)


@pytest.mark.parametrize(
    "written", ["(a|b", "a|b)", "neighbou?r", "<nobody>", "(x?|y) z", "..", "2#", "? a"]
)
def test_a_phrase_that_cannot_be_read_says_so(written: str):
    with pytest.raises(ValueError, match="has|speaks"):
        parse(written, {})


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("I’m gonna", "i am going to"),
        ("don't can't won't", "do not can not will not"),
        ("su1c1de", "suicide"),
        ("k.m.s", "kms"),
        ("killl", "kill"),
        ("J'ai envie d'en finir", "j ai envie d en finir"),
        ("naïve Ü ß", "naive u ss"),
        ("im Bett, ich", "im bett, ich"),
    ],
)
def test_spelling_is_made_even(said: str, meant: str):
    assert plain(said) == meant
