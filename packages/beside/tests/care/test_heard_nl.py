"""Dutch as people type it at night, and everyday Dutch that only sounds like danger.

One hand wrote the sentences and widened the rules by them: they keep what was gained and measure
nothing.
"""

import tomllib
from pathlib import Path

import pytest

from beside.companion.care import look

TABLE = tomllib.loads(Path(__file__).with_name("heard_nl.toml").read_text("utf-8"))
DANGER = [(kind, text) for kind, texts in TABLE["danger"].items() for text in texts]
CALM = [text for texts in TABLE["calm"].values() for text in texts]


@pytest.mark.parametrize(("kind", "text"), DANGER)
def test_danger_typed_in_dutch_at_night_is_seen(kind: str, text: str) -> None:
    assert look(text).level >= 2, kind


@pytest.mark.parametrize("text", CALM)
def test_everyday_dutch_that_only_sounds_like_danger_is_left_in_peace(text: str) -> None:
    assert look(text).level < 2
