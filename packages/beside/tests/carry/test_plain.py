from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beside.carry import plain

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(value=anything)
def test_whatever_a_file_holds_it_becomes_plain_or_nothing(value):
    moment = plain.moment(value)
    assert moment is None or moment.utcoffset() is not None
    name = plain.name(value)
    assert name is None or (0 < len(name) <= plain.LONGEST_NAME and "\n" not in name)
    assert isinstance(plain.words(value), str)
    assert isinstance(plain.key(value), str | None)


@given(words=st.text(st.characters()))
def test_tidied_words_can_be_kept_as_utf_8_and_stay_as_they_are(words):
    tidied = plain.tidy(words)
    tidied.encode()
    assert plain.tidy(tidied) == tidied
    assert not set(tidied) & {"\0", "\r", "\x1b"}


@pytest.mark.parametrize(
    "given_moment",
    [1700000000, 1700000000.0, 1700000000000, 1700000000000000, 1700000000000000000,
     "2023-11-14T22:13:20Z", "2023-11-14T23:13:20+01:00", "2023-11-14 22:13:20"],
)  # fmt: skip
def test_one_moment_in_all_its_forms(given_moment):
    assert plain.moment(given_moment) == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    "value", [None, True, 0, -1, 10**400, float("nan"), float("inf"), "yesterday", "", [], {},
              "0001-01-01T00:00:00+23:00", "9999-12-31T23:59:59-23:00"],
)  # fmt: skip
def test_what_is_no_moment_is_none(value):
    assert plain.moment(value) is None


def test_words_that_nobody_can_see_are_no_words():
    for unseen in ("", " \n\t", "\u200b\u200d", "\ufeff", "\u00ad", "\x00\x01"):
        assert plain.words(unseen) == ""


def test_a_long_title_is_shortened_with_a_sign():
    assert plain.name("x" * 500) == "x" * 199 + "…"
