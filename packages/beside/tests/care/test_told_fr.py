"""Danger as people tell it in French, plainly and sideways, and ordinary life beside it."""

import tomllib
from pathlib import Path

import pytest

from beside.companion.care import look

TOLD = tomllib.loads((Path(__file__).parent / "told_fr.toml").read_text("utf-8"))
DANGERS = [text for how in ("plain", "sideways") for texts in TOLD[how].values() for text in texts]
NAMED = [(kind, text) for kind, texts in TOLD["plain"].items() for text in texts]
LATER = [*TOLD["later"]["danger"], *TOLD["latest"]["danger"]]
LATER_SEEN = 72
"""Of the eighty later turns; the number may only rise."""


@pytest.mark.parametrize("text", DANGERS)
def test_danger_told_in_french_is_seen(text: str) -> None:
    assert look(text).level >= 2


@pytest.mark.parametrize(
    "text", [*TOLD["ordinary"]["says"], *TOLD["later"]["ordinary"], *TOLD["latest"]["ordinary"]]
)
def test_ordinary_life_told_in_french_is_left_in_peace(text: str) -> None:
    assert look(text).level < 2


def test_most_plain_danger_told_in_french_is_named_by_its_kind() -> None:
    named = sum(kind in look(text).kinds for kind, text in NAMED)
    assert named >= 0.9 * len(NAMED)


def test_most_later_turns_of_danger_are_seen() -> None:
    assert sum(look(text).level >= 2 for text in LATER) >= LATER_SEEN


@pytest.mark.parametrize("text", TOLD["ordinary"]["says"][:20])
def test_an_ordinary_french_turn_is_known_to_be_french(text: str) -> None:
    assert look(text).language == "fr"
