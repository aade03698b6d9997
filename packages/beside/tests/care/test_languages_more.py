"""Danger in Dutch, French, Spanish and German, and words that only sound like it."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from beside.companion.care import look

HERE = Path(__file__).parent


def _table(language: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"more_{language}.toml").read_text("utf-8"))


LANGUAGES = ("nl", "fr", "es", "de")
TABLES = {language: _table(language) for language in LANGUAGES}
DANGERS = [
    (kind, text)
    for table in TABLES.values()
    for kind, texts in table["danger"].items()
    for text in texts
]
MORE_DANGERS = [text for table in TABLES.values() for text in table["more"]["danger"]]
HARMLESS = [text for table in TABLES.values() for text in table["harmless"]["says"]]
SAID_IN = [
    (language, text)
    for language, table in TABLES.items()
    for texts in (*table["danger"].values(), table["harmless"]["says"])
    for text in texts
]


@pytest.mark.parametrize(("kind", "text"), DANGERS)
def test_danger_is_seen_and_named(kind: str, text: str) -> None:
    seen = look(text)
    assert seen.level >= 2
    assert kind in seen.kinds


@pytest.mark.parametrize("text", MORE_DANGERS)
def test_danger_said_in_short_or_by_the_way_is_seen(text: str) -> None:
    assert look(text).level >= 2


@pytest.mark.parametrize("text", HARMLESS)
def test_words_that_only_sound_like_danger_are_left_alone(text: str) -> None:
    assert look(text).level < 2


@pytest.mark.parametrize(("language", "text"), SAID_IN)
def test_the_language_of_a_turn_is_known(language: str, text: str) -> None:
    assert look(text).language == language
