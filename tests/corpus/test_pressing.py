"""The turns that press and do not: their form, and what was made of them."""

import asyncio
import hashlib
from collections import Counter

import numpy as np
import pytest

from beside.companion.scales import Scales
from beside.voices.authored.book import open_book
from beside.voices.authored.learned import ENCODER
from beside.voices.authored.thread import follow
from beside.voices.base import Message
from corpus.pressing import BUILT
from corpus.pressing_turns import QUIET, NotAnItem, hash_of, items, whole
from corpus.settled import corpus

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
    for hand in {item.hand for item in EVERY if not item.everyday}:
        assert all(counted[hand, kind] >= 12 for kind in {item.kind for item in EVERY}), hand


def test_what_puts_something_right_has_something_before_it():
    assert [i.name for i in EVERY if i.kind == "puts_right" and not i.after] == []


def test_no_turn_stands_twice_under_different_kinds():
    kinds: dict[tuple[str, ...], set[str]] = {}
    for item in EVERY:
        kinds.setdefault(tuple(m.text for m in item.talk), set()).add(item.kind)
    assert [talk for talk, own in kinds.items() if len(own) > 1] == []


def test_everyday_turns_that_were_not_learned_from_are_hardly_ever_taken_for_pressing():
    known = {item.name for item in EVERY if item.everyday}
    turns = [t for t in corpus("train").turns if len(t.turns) > 1 and t.id not in known]
    by_lot = sorted(turns, key=lambda turn: hashlib.sha256(turn.id.encode()).digest())[-150:]
    book, scales = open_book("en"), Scales()
    assert book is not None
    asyncio.run(scales.open())
    assert scales.encoder_of(ENCODER) is not None
    taken = 0
    for turn in by_lot:
        line = [
            Message(role="person" if role == "person" else "companion", text=text)
            for role, text in turn.turns
        ]
        taken += follow(line, book, scales).pressed.kind is not None
    assert taken <= 12, "29 of 100 were, before such turns were learned from"


def test_a_line_that_cannot_be_read_is_named():
    with pytest.raises(NotAnItem, match="mine:2"):
        items("= drive\nsomething else\n", "mine")
    with pytest.raises(NotAnItem, match="mine:1"):
        items("> words without a kind\n", "mine")
    assert items("= right\np: my dog\nc: your cat\n> no, dog\n", "mine")[0].kind == "puts_right"
    assert items("= justified\n> I did right, say so\n", "mine")[0].kind == "right"
