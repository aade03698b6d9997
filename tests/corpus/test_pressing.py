"""The turns that press and do not: their form, and what was made of them."""

from collections import Counter

import numpy as np
import pytest

from beside.voices.authored.book import open_book
from corpus.pressing import BUILT, QUIET, NotAnItem, hash_of, items, whole

EVERY = whole()


def test_what_the_voice_ships_was_made_of_these_turns():
    with np.load(BUILT, allow_pickle=False) as shipped:
        assert str(shipped["of"]) == hash_of(EVERY), "run `python -m corpus.pressing --build`"


def test_every_kind_is_one_that_the_voice_has_lines_for():
    book = open_book("en")
    assert book is not None
    assert {item.kind for item in EVERY} == {*book.pressure.kinds, *QUIET}


def test_each_hand_wrote_some_of_every_kind():
    counted = Counter((item.hand, item.kind) for item in EVERY)
    for hand in {item.hand for item in EVERY}:
        assert all(counted[hand, kind] >= 12 for kind in {item.kind for item in EVERY}), hand


def test_what_puts_something_right_has_something_before_it():
    assert [i.name for i in EVERY if i.kind == "puts_right" and not i.after] == []


def test_no_turn_stands_twice_under_different_kinds():
    kinds: dict[tuple[str, ...], set[str]] = {}
    for item in EVERY:
        kinds.setdefault(tuple(m.text for m in item.talk), set()).add(item.kind)
    assert [talk for talk, own in kinds.items() if len(own) > 1] == []


def test_a_line_that_cannot_be_read_is_named():
    with pytest.raises(NotAnItem, match="mine:2"):
        items("= drive\nsomething else\n", "mine")
    with pytest.raises(NotAnItem, match="mine:1"):
        items("> words without a kind\n", "mine")
    assert items("= right\np: my dog\nc: your cat\n> no, dog\n", "mine")[0].kind == "puts_right"
    assert items("= justified\n> I did right, say so\n", "mine")[0].kind == "right"
