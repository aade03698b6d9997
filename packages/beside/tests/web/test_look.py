import pytest
from hypothesis import given
from hypothesis import strategies as st

from beside.surfaces.web.look import Look, from_cookie


@pytest.mark.parametrize(
    "look", [Look(), Look(language="nl", theme="dark", country="BE"), Look(theme="contrast")]
)
def test_what_was_chosen_comes_back_from_the_cookie(look):
    assert from_cookie(look.to_cookie()) == look


@given(st.none() | st.text())
def test_a_strange_cookie_chooses_nothing_strange(cookie):
    look = from_cookie(cookie)
    assert from_cookie(look.to_cookie()) == look
    assert len(look.to_cookie()) < 20
