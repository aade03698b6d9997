"""Danger as it is typed in four languages, and what only sounds like it.

Each list was written by the hand that widened the rules by it: it keeps what was gained and
measures nothing. What unseen words bring is measured on the frozen parts.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from beside.companion.care import look

LISTS = {
    name: tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text("utf-8"))
    for name in ("heard_nl", "own_nl", "night_de", "night_fr", "own_es")
}


def texts(table: Any) -> Iterator[str]:
    """Every sentence in a table, however deep."""
    if isinstance(table, str):
        yield table
    else:
        for each in table.values() if isinstance(table, dict) else table:
            yield from texts(each)


def calm(table: dict[str, Any]) -> Any:
    """What is left in peace, as each list calls it."""
    return next(table[name] for name in ("calm", "ordinary", "harmless") if name in table)


@pytest.mark.parametrize(
    "text", [text for table in LISTS.values() for text in texts(table["danger"])]
)
def test_danger_as_it_is_typed_is_seen(text: str) -> None:
    assert look(text).level >= 2


@pytest.mark.parametrize(
    ("kind", "text"),
    [(kind, text) for kind, each in LISTS["night_de"]["danger"].items() for text in texts(each)],
)
def test_danger_in_german_is_named(kind: str, text: str) -> None:
    assert kind in look(text).kinds


@pytest.mark.parametrize("text", [text for table in LISTS.values() for text in texts(calm(table))])
def test_what_only_sounds_like_danger_is_left_in_peace(text: str) -> None:
    assert look(text).level < 2
