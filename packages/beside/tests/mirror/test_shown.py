"""What the mirror says and draws: kind sentences, pictures that are whole, one file to take."""

import re
import xml.etree.ElementTree as ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from beside.mirror import pictures
from beside.mirror.figures import Estimate
from beside.surfaces.mirror import words
from beside.surfaces.mirror.over import part_names
from beside.surfaces.mirror.view import PARTS
from beside_gauge import check

SAID = (
    words.opened(str), words.closed(str), words.rewording(str), words.needs(str),
    words.questions(str), words.pointed(str), words.sides(str),
)  # fmt: skip
NEVER = re.compile(
    r"\b(?:should have|you must|you failed|wrong of you|well done|great|excellent|poor|score|"
    r"grade [A-F]|better than|worse than|percentile|rank)\b",
    re.IGNORECASE,
)

names = st.text("abc <>&\"'", min_size=1, max_size=20)
estimates = st.none() | st.tuples(*[st.floats(0, 3, allow_nan=False)] * 3).map(
    lambda three: Estimate(**dict(zip(("low", "value", "high"), sorted(three), strict=True)),
                           count=3)
)  # fmt: skip


def test_the_mirrors_own_sentences_grade_nobody_and_order_nothing():
    for told in SAID:
        for sentence in told.values():
            assert not NEVER.search(sentence), sentence
            assert not check(sentence), sentence


def test_every_question_is_one_question():
    for sentence in words.questions(str).values():
        assert sentence.endswith("?")
        assert sentence.count("?") <= 2


def test_every_part_of_a_report_has_a_name():
    assert tuple(part_names(str)) == PARTS


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(names, estimates), max_size=8), st.none() | st.floats(0, 1))
def test_any_picture_is_whole_xml_with_a_name_and_no_script(rows, own):
    made = [pictures.Row(name=name, estimate=each, said=name) for name, each in rows]
    drawn = [
        pictures.lines('a "title" & more', made, ("a", "b", "c", "d"), own=own, own_name="<mine>"),
        pictures.course(
            "title",
            [pictures.Series(name="one", points=tuple(each for _, each in rows))],
            top=3.0,
            begin="<begin>",
            end="end",
            high="high",
            low="low",
            own=tuple(own for _ in rows),
            own_name="mine",
        ),
        pictures.room(
            "title",
            [pictures.Slice(name=name, reach=each, before=each) for name, each in rows],
            unknown="not yet known",
        ),
    ]
    for svg in drawn:
        root = ElementTree.fromstring(svg)  # noqa: S314 - drawn a line ago
        assert root.get("role") == "img"
        assert root.get("aria-label")
        assert "script" not in svg
        assert "style=" not in svg
        assert "NaN" not in svg
