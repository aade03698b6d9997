"""Danger as it is typed in French at night, of oneself and of others, beside ordinary life."""

import tomllib
from pathlib import Path

import pytest

from beside.companion.care import look

NIGHT = tomllib.loads((Path(__file__).parent / "night_fr.toml").read_text("utf-8"))


@pytest.mark.parametrize("text", NIGHT["danger"])
def test_danger_typed_in_french_at_night_is_seen(text: str) -> None:
    assert look(text).level >= 2


@pytest.mark.parametrize("text", NIGHT["ordinary"])
def test_ordinary_french_that_sounds_like_it_is_left_in_peace(text: str) -> None:
    assert look(text).level < 2
