import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beside.carry import nested

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=30,
)


@given(value=values, indent=st.none() | st.integers(0, 2))
def test_the_way_without_recursion_reads_what_the_library_reads(value, indent):
    text = json.dumps(value, indent=indent)
    assert nested._without_recursion(text) == value


@given(text=st.text('{}[]",:0 1truefalsn\\', max_size=25))
def test_the_way_without_recursion_refuses_what_the_library_refuses(text):
    try:
        expected = json.loads(text)
    except ValueError:
        with pytest.raises(ValueError):  # noqa: PT011 - JSONDecodeError or one of ours
            nested._without_recursion(text)
    else:
        assert nested._without_recursion(text) == expected


def test_a_list_twenty_thousand_levels_deep_is_read():
    value = nested.loads("[" * 20_000 + "]" * 20_000)
    levels = 0
    while value:
        value = value[0]
        levels += 1
    assert levels == 19_999


def test_a_file_that_is_nothing_but_opening_brackets_is_refused():
    for opening in ("[", '{"a":'):
        with pytest.raises(ValueError, match=r"deep|expect|Expect"):
            nested.loads(opening * 200_000)
