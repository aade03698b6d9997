import pytest
from hypothesis import given
from hypothesis import strategies as st

from beside.companion.turn import LONGEST_TURN, clean
from beside.errors import NothingSaid, TooLong


@pytest.mark.parametrize("nothing", ["", "   ", "\n\t", "\u200b\u200d", "\x00\x07", "\ufeff"])
def test_nothing_visible_is_nothing_said(nothing):
    with pytest.raises(NothingSaid):
        clean(nothing)


def test_more_than_a_turn_is_refused_and_the_error_holds_no_word_of_it():
    with pytest.raises(TooLong) as refused:
        clean("secret " * LONGEST_TURN)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("said", ["😢", "؟", "مرحبا، أنا متعب", "<script>alert(1)</script>", "…"])
def test_every_visible_word_is_kept_as_it_is(said):
    assert clean(said) == said


def test_control_characters_and_broken_ones_do_not_pass():
    assert clean("a\x00b\x1b[31mc\ud800d\r\ne") == "ab[31mc?d\ne"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    try:
        once = clean(text)
    except (NothingSaid, TooLong):
        return
    assert clean(once) == once
