"""Spanish sentences that were written before the rules which read them were widened."""

import tomllib
from pathlib import Path

import pytest

from beside.companion.care import look

TABLE = tomllib.loads(Path(__file__).with_name("own_es.toml").read_text("utf-8"))
DANGER = [(kind, text) for kind, texts in TABLE["danger"].items() for text in texts]
HARMLESS = [text for texts in TABLE["harmless"].values() for text in texts]


@pytest.mark.parametrize(("kind", "text"), DANGER)
def test_danger_in_spanish_is_seen(kind: str, text: str) -> None:
    assert look(text).level >= 2, kind


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_sounds_like_danger_in_spanish_is_left_alone(text: str) -> None:
    assert look(text).level < 2
