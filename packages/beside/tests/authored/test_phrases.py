"""The small language of the lines' files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beside.voices.authored.phrases import Index, compile_phrase
from beside.voices.authored.text import read

CLASSES = {"day": ["on (monday|tuesday)", "yesterday"], "close": ["husband", "best friend"]}


def stands(phrase: str, turn: str) -> bool:
    return compile_phrase(phrase, CLASSES).find(read(turn, {}).compared) is not None


@pytest.mark.parametrize(
    ("phrase", "turn", "expected"),
    [
        ("panic attack*", "Panic attacks!", True),
        ("panic attack*", "panicattack", False),
        ("my (cat|dog) died", "then my dog died.", True),
        ("my [_] {close} died", "My dear best friend died", True),
        ("my {close} died ... {day}", "my husband died so suddenly on Tuesday", True),
        ("my {close} ... {day}", "My husband. I saw him yesterday", False),
        ("^ ok $", "ok", True),
        ("^ ok $", "ok then", False),
        ("can't sleep & trick*", "I can't sleep. Give me a trick.", True),
        ("can't sleep & trick*", "I can't sleep.", False),
        ("i want <wish>", "I want him to come home", True),
    ],
)
def test_a_phrase_stands_where_it_says(phrase, turn, expected):
    assert stands(phrase, turn) is expected


def test_a_class_and_the_rest_of_a_clause_are_remembered():
    match = compile_phrase("my {close} wants <wish>", CLASSES).find("my husband wants more time ")
    assert match is not None
    assert match["close"].strip() == "husband"
    assert match["wish"].strip() == "more time"


@pytest.mark.parametrize("broken", ["(a|b", "a)", "{nothing} here", "what?("])
def test_a_phrase_that_cannot_be_read_says_so(broken):
    with pytest.raises(ValueError, match=r"phrase|bracket|class"):
        compile_phrase(broken, CLASSES)


WRITTEN = ["panic attack*", "^ no $", "(i|we) lost [my] {close}", "a ... b", "so tired", "so & my"]


@given(st.text(alphabet="abinostmyre .?\n", max_size=60))
def test_the_index_finds_exactly_what_each_phrase_finds_by_itself(turn):
    index = Index()
    for written in WRITTEN:
        index.add(written, compile_phrase(written, CLASSES))
    compared = read(turn, {}).compared
    by_itself = {w for w in WRITTEN if compile_phrase(w, CLASSES).find(compared)}
    assert {name for name, _ in index.find(compared)} == by_itself
