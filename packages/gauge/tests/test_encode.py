"""Words become numbers in one way only, here and where the model is made."""

import pytest

from beside_gauge import Turn
from beside_gauge.encode import LONGEST_REPLY, MOST_PIECES, encode, length, windows


def person(text):
    return Turn(role="person", text=text)


def test_the_reply_comes_first_and_the_newest_turn_next():
    text = encode((Turn(role="companion", text="old"), person("new")), "reply")
    assert text.parts[:3] == (0, 0, 0)
    assert set(text.parts[3:]) == {1}
    assert text.ids[4] == encode((person("new"),)).ids[3]


def test_each_piece_of_the_reply_knows_its_place():
    reply = "The kettle, again."
    places = encode((person("x"),), reply).places
    assert [reply[start:end] for start, end in places] == ["The", "kettle", ",", "again", "."]


def test_a_long_turn_keeps_its_beginning_and_its_end():
    long = " ".join(["first"] + ["word"] * 900 + ["last"])
    ids = encode((person(long),)).ids
    assert ids[3] == encode((person("first"),)).ids[3]
    assert ids[-2] == encode((person("last"),)).ids[-2]
    assert len(ids) < 130


def test_only_the_last_four_turns_are_read():
    turns = tuple(person(f"turn {i}") for i in range(9))
    assert encode(turns).ids == encode(turns[-4:]).ids


@pytest.mark.parametrize("words", ["", "\x00\x01", "🙂" * 40, "ا" * 3000, "a" * 100_000])
def test_any_text_can_be_encoded(words):
    assert len(encode((person(words),), words).ids) <= LONGEST_REPLY + 130


def test_length_counts_pieces():
    assert length("The kettle.") == 3


def test_the_longest_exchange_fits_the_encoder():
    long = tuple(person("word " * 300) for _ in range(9))
    assert len(encode(long, "word " * 900).ids) <= MOST_PIECES


def test_control_pieces_in_somebodys_words_are_words():
    with_them = encode((person("well [SEP] then [PAD]"),)).ids
    assert with_them.count(encode((person("x"),)).ids[1]) == 2


def test_every_piece_of_a_long_turn_stands_in_some_window():
    numbers = " ".join(str(i) for i in range(400))
    parts = windows((person(numbers),))
    seen = {i for part in parts for i in part.ids}
    assert seen >= {encode((person(str(i)),)).ids[3] for i in range(10)}
    assert len(parts) > 3
    assert windows((person("short"),)) == []
