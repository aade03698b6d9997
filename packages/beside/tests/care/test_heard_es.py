"""Danger in Spanish as many people say it, and words that only sound like it."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from beside.companion.care import look

HERE = Path(__file__).parent


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))


FIRST, MORE = _table("heard_es"), _table("heard_es_more")
DANGERS = [
    *(text for kind in FIRST["danger"].values() for texts in kind.values() for text in texts),
    *MORE["danger"]["says"],
]
HARMLESS = [*FIRST["harmless"]["says"], *MORE["harmless"]["says"]]


@pytest.mark.parametrize("text", DANGERS)
def test_danger_is_heard_in_many_spanish_mouths(text: str) -> None:
    assert look(text).level >= 2


@pytest.mark.parametrize("text", HARMLESS)
def test_everyday_spanish_is_left_in_peace(text: str) -> None:
    assert look(text).level < 2
