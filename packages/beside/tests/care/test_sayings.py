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


MOMENTS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "moments.toml").read_text("utf-8"))


def at(name: str) -> Look:
    """A look at a turn of one of the moments in moments.toml."""
    level, kinds, minor, near = {
        "always": (0, (), False, False),
        "suspended": (0, (), False, False),
        "despair": (1, ("suicide",), False, False),
        "danger": (2, ("suicide",), False, False),
        "violence-near": (3, ("violence",), False, True),
        "child-near": (2, ("child-at-risk",), True, True),
        "adrift": (2, ("psychosis-mania",), False, False),
        "eating": (2, ("eating",), False, False),
        "harm": (2, ("harm-to-others",), False, False),
    }[name]
    return Look(
        level=level,
        kinds=kinds,  # type: ignore[arg-type]
        language="en",
        carried=False,
        minor=minor,
        someone_near_unsafe=near,
        suspend_entrance=name == "suspended" or level >= 2,
    )


@pytest.mark.parametrize("group", MOMENTS["refused"], ids=lambda g: g["moment"])
def test_what_harms_at_a_moment_is_not_said_then(group: dict[str, Any]):
    assert [s for s in group["says"] if look_at_reply(s, at(group["moment"])).allowed] == []


@pytest.mark.parametrize("group", MOMENTS["allowed"], ids=lambda g: g["moment"])
def test_what_is_kind_at_a_moment_may_be_said(group: dict[str, Any]):
    assert [s for s in group["says"] if not look_at_reply(s, at(group["moment"])).allowed] == []


def test_looking_closer_is_refused_only_where_a_symptom_is_no_entrance():
    sentence = "Does an image come up when you stay with it?"
    assert look_at_reply(sentence, look("I want these panic attacks gone.")).allowed
    assert not look_at_reply(sentence, look("My gran died on Tuesday.")).allowed


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


def test_a_daily_habit_is_no_hopeless_word_but_leave_to_do_it_is():
    calm, despair = look("My back is stiff."), look("I want to die.")
    assert look_at_reply("Stretch a little. You could do it slowly.", calm).reason != "hopeless"
    assert look_at_reply("You could do it slowly.", despair).reason == "hopeless"
    assert look_at_reply("You should do it.", calm).reason == "hopeless"
