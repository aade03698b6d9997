"""The fuzz of what a practitioner brings in: a transcript, or NotAConversation with a sentence."""

import os
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fuzz import importers

from benchmarks.mirror.importing import damaged, lost
from benchmarks.mirror.written import FORMS, conversation
from beside.errors import NotAConversation
from beside.mirror import transcript

EXAMPLES = int(os.environ.get("BESIDE_FUZZ_EXAMPLES", "40"))
"""How many files each test throws; `python -m tests.fuzz` sets it."""

thrown = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
NAMES = st.none() | st.sampled_from(sorted({name for name, _ in FORMS.values()}))


def check(data: bytes, name: str | None) -> None:
    try:
        read = transcript.read(data, name=name)
    except NotAConversation:
        return
    assert len(read.speakers) >= 2
    known = {each.id for each in read.speakers}
    assert len(known) == len(read.speakers)
    assert {turn.speaker for turn in read.turns} == known
    for turn in read.turns:
        assert turn.text.strip()
        turn.text.encode()
    hidden, _ = transcript.initials(transcript.merged(read))
    assert len(hidden.turns) <= len(read.turns)


@thrown
@given(data=st.binary(max_size=400), name=NAMES)
def test_any_bytes_are_a_transcript_or_refused_with_a_sentence(data, name):
    check(data, name)


@thrown
@given(
    text=st.lists(
        st.sampled_from(
            ["Anna: ", "**Ben:** ", "## Carla", "\n", "\n\n", "0:12 ", "[00:01:02] ", " --> ", "{",
             "]", '"', "WEBVTT\n\n", "1\n00:00:01,000 --> 00:00:02,000\n", "<v Anna>", "\t", "- ",
             "12/3/24, 9:01 - Anna: ", "speaker,text\n", "a;b\n", "- hello", ": ", ":", "\u200e",
             "(", "he said", "\u2028", "\u0663:\u0664\u0665 "]
        )
        | st.text(max_size=12),
        max_size=40,
    ),
    name=NAMES,
)  # fmt: skip
def test_any_text_that_looks_like_a_form_is_read_or_refused(text, name):
    check("".join(text).encode("utf-8", "replace"), name)


@thrown
@given(value=importers.odd, name=NAMES)
def test_any_json_is_a_transcript_or_refused(value, name):
    check(importers._json(value), name)


records = st.lists(
    importers._shape(
        speaker=st.sampled_from(["a", "b", "Anna"]) | st.just({"id": "c"}),
        role=importers.roles,
        text=importers.texts | st.lists(importers.texts | st.just({"text": "x"}), max_size=3),
        conversation_id=importers.ids,
        timestamp=importers.times,
        start=st.sampled_from(["0:01", "nan", "-1", "1e400", -1, 3.5]),
        type=st.sampled_from(["message", "service"]),
    ),
    max_size=8,
)


@thrown
@given(value=records | st.fixed_dictionaries({"messages": records, "name": importers.texts}))
def test_records_of_a_plausible_shape_are_read_or_refused(value):
    check(importers._json(value), None)


@pytest.mark.parametrize("form", FORMS)
@thrown
@given(seed=st.integers(0, 2**32))
def test_a_damaged_file_of_every_form_is_read_or_refused(form, seed):
    dice = random.Random(seed)
    name, write = FORMS[form]
    check(damaged(write(conversation(dice)), dice), dice.choice((name, None)))


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_no_turn_is_lost_in_any_form(form, seed):
    assert lost(conversation(random.Random(seed)), form) == 0
