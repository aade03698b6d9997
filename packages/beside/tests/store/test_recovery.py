import pytest
from hypothesis import given
from hypothesis import strategies as st

from beside.errors import WrongPassphrase
from beside.store.recovery import make_recovery_key, read_recovery_key

NUMBERS = st.integers(0, 2**130 - 1)
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def printed(number: int) -> str:
    return make_recovery_key(lambda _: number)


def test_a_recovery_key_is_seven_groups_of_four_and_never_the_same():
    keys = {make_recovery_key() for _ in range(50)}
    assert len(keys) == 50
    for key in keys:
        assert [len(group) for group in key.split("-")] == [4] * 7
        assert set(key) <= {*LETTERS, "-"}


@given(NUMBERS)
def test_what_was_printed_is_read_back(number: int):
    assert int.from_bytes(read_recovery_key(printed(number)), "big") == number


@given(NUMBERS, st.data())
def test_small_letters_blanks_and_look_alikes_are_accepted(number: int, data: st.DataObject):
    key = printed(number)
    typed = ""
    for letter in key.replace("-", ""):
        alike = {"0": "0Oo", "1": "1IiLl", "V": "VvUu"}.get(letter, letter + letter.lower())
        typed += data.draw(st.sampled_from(alike)) + data.draw(
            st.sampled_from(["", " ", "-", "\n"])
        )
    assert read_recovery_key(typed) == read_recovery_key(key)


@given(NUMBERS, st.integers(0, 27), st.integers(1, 31))
def test_any_one_wrong_character_is_called_a_slip(number: int, place: int, off: int):
    letters = list(printed(number).replace("-", ""))
    letters[place] = LETTERS[(LETTERS.index(letters[place]) + off) % 32]
    with pytest.raises(WrongPassphrase, match="slip"):
        read_recovery_key("".join(letters))


@given(NUMBERS, st.integers(0, 24))
def test_any_two_neighbours_that_changed_places_are_called_a_slip(number: int, place: int):
    letters = list(printed(number).replace("-", ""))
    if letters[place] == letters[place + 1]:
        return
    letters[place], letters[place + 1] = letters[place + 1], letters[place]
    with pytest.raises(WrongPassphrase, match="slip"):
        read_recovery_key("".join(letters))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "this one has 0"),
        ("7KQ2-M0XV", "this one has 8"),
        (printed(5) + "7", "this one has 29"),
        (printed(5)[:-1] + "$", "a character"),
        (printed(5)[:-1] + "é", "a character"),
    ],
)
def test_each_way_of_mistyping_has_its_own_sentence(typed: str, sentence: str):
    with pytest.raises(WrongPassphrase, match=sentence):
        read_recovery_key(typed)
