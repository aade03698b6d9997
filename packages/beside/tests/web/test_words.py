import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beside.surfaces.web.words import plain_html, reply_html, spoken_text

ALLOWED = re.compile(
    r"</?(p|br|em|strong|ul|ol|li|blockquote|code|pre|hr)( /)?>|<ol start=\"\d+\">"
)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Yes.", "<p>Yes.</p>"),
        ("**so** and *so*", "<p><strong>so</strong> and <em>so</em></p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("# Loud", "<p><strong>Loud</strong></p>"),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
        ("[here](https://evil.example/?q=secret)", "<p>here (https://evil.example/?q=secret)</p>"),
        ("<https://a.example>", "<p>https://a.example</p>"),
        ("![x](https://evil.example/y.png)", "<p>x (https://evil.example/y.png)</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
    ],
)
def test_a_reply_is_shown_with_its_emphasis_and_nothing_that_acts_or_loads(said, shown):
    assert reply_html(said).strip() == shown


@given(st.text() | st.from_regex(r"[<>&\"'!\[\]()*_`#/a-z: ]{0,60}"))
def test_whatever_a_voice_says_only_plain_marks_reach_the_page(said):
    assert "<" not in ALLOWED.sub("", reply_html(said))


@given(st.text())
def test_what_a_person_wrote_is_never_read_as_marks(said):
    assert "<" not in plain_html(said)


def test_for_the_ear_the_marks_are_gone():
    assert spoken_text(reply_html("**Yes.**\n\n- one\n- two & more")) == "Yes. one two & more"
