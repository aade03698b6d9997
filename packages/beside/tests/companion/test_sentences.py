import asyncio

from hypothesis import given
from hypothesis import strategies as st

from beside.companion.sentences import LONGEST_SENTENCE, sentences


async def of(pieces):
    async def stream():
        for piece in pieces:
            yield piece

    return [sentence async for sentence in sentences(stream())]


def gathered(*pieces):
    return asyncio.run(of(pieces))


def test_a_sentence_is_let_through_when_it_is_complete():
    assert gathered("It is la", "te. You are sti", "ll here.") == [
        "It is late. ",
        "You are still here.",
    ]


def test_an_ellipsis_split_over_pieces_stays_one():
    assert gathered("Well.", "..", " yes.") == ["Well... ", "yes."]


def test_a_line_break_ends_a_sentence():
    assert gathered("First\n\nsecond") == ["First\n\n", "second"]


def test_words_without_an_end_are_not_held_for_ever():
    assert max(len(each) for each in gathered(*["word "] * 500)) <= LONGEST_SENTENCE


@given(st.lists(st.text()))
def test_no_character_is_lost_or_moved(pieces):
    assert "".join(gathered(*pieces)) == "".join(pieces)
