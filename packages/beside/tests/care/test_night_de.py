"""German sentences of the night, and what only sounds like them.

They were written before the rules which read them were widened, by the same hand: they keep what
was gained and measure nothing. What unseen words bring is measured on the frozen parts.
"""

import tomllib
from pathlib import Path

import pytest

from beside.companion.care import look

TABLE = tomllib.loads(Path(__file__).with_name("night_de.toml").read_text("utf-8"))
DANGER = [(kind, text) for kind, each in TABLE["danger"].items() for text in each["says"]]


@pytest.mark.parametrize(("kind", "text"), DANGER)
def test_danger_in_german_is_seen_and_named(kind: str, text: str) -> None:
    seen = look(text)
    assert seen.level >= 2
    assert kind in seen.kinds


@pytest.mark.parametrize("text", TABLE["ordinary"]["says"])
def test_what_only_sounds_like_danger_in_german_is_left_alone(text: str) -> None:
    assert look(text).level < 2
