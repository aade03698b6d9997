"""What a model may and may not say."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beside.companion.care import Look, look, look_at_reply

TABLE: dict[str, Any] = tomllib.loads((Path(__file__).parent / "replies.toml").read_text("utf-8"))


def moment(name: str) -> Look:
    """A look at a turn in which the sentences of a moment count."""
    return Look(
        level={"always": 0, "danger": 2, "violence": 3, "near": 2}[name],
        kinds={"violence": ("violence",), "danger": ("suicide",)}.get(name, ()),  # type: ignore[arg-type]
        language="en",
        carried=False,
        minor=False,
        someone_near_unsafe=name == "near",
        suspend_entrance=name != "always",
    )


@pytest.mark.parametrize("group", TABLE["refused"], ids=lambda g: f"{g['reason']}-{g['moment']}")
def test_what_harms_is_not_said(group: dict[str, Any]):
    let_through = [s for s in group["says"] if look_at_reply(s, moment(group["moment"])).allowed]
    assert let_through == []


@pytest.mark.parametrize("group", TABLE["refused"], ids=lambda g: f"{g['reason']}-{g['moment']}")
def test_a_refusal_has_a_short_code(group: dict[str, Any]):
    for sentence in group["says"]:
        reason = look_at_reply(sentence, moment(group["moment"])).reason
        assert reason
        assert " " not in reason


@pytest.mark.parametrize("group", TABLE["allowed"], ids=lambda g: g["moment"])
def test_a_kind_sentence_is_not_refused(group: dict[str, Any]):
    refused = [
        (sentence, found.reason)
        for sentence in group["says"]
        for found in [look_at_reply(sentence, moment(group["moment"]))]
        if not found.allowed
    ]
    assert refused == []


def test_growth_is_spoken_of_only_outside_danger():
    sentence = "Maybe this darkness is an invitation."
    assert look_at_reply(sentence, look("I feel a bit low today.")).allowed
    assert not look_at_reply(sentence, look("I want to die.")).allowed


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_any_sentence_can_be_looked_at(sentence: str):
    found = look_at_reply(sentence, moment("danger"))
    assert found.allowed == (found.reason is None)
