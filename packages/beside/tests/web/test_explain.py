from collections.abc import Iterator

import pytest

from beside import errors
from beside.surfaces.explain import explain, explain_end
from beside.surfaces.language import LANGUAGES, translation


def kinds(kind: type[errors.BesideError]) -> Iterator[type[errors.BesideError]]:
    for each in kind.__subclasses__():
        if each.__module__ == "beside.errors":
            yield each
            yield from kinds(each)


BRANCHES = {errors.StoreError, errors.VoiceError, errors.CarryError, errors.TurnError}


@pytest.mark.parametrize("kind", sorted(set(kinds(errors.BesideError)) - BRANCHES, key=str))
@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_error_has_a_sentence_of_its_own_in_every_language(kind, language):
    sentence = explain(kind("a technical line"), translation(language).gettext)
    assert sentence != "a technical line"
    assert sentence[-1] in ".?"


def test_no_sentence_holds_what_an_error_was_given():
    assert "kettle" not in explain(errors.TooLong("the blue kettle"), str)


def test_a_reply_that_simply_ended_needs_no_sentence():
    assert explain_end("done", None, str) == ()


@pytest.mark.parametrize(
    ("state", "reason", "count"),
    [
        ("stopped", None, 1),
        ("stopped", "locked", 1),
        ("failed", "unreachable", 1),
        ("failed", "something-new", 1),
        ("done", "unreachable", 2),
        ("done", "care-method", 1),
    ],
)
def test_any_other_ending_is_told_in_whole_sentences(state, reason, count):
    sentences = explain_end(state, reason, str)
    assert len(sentences) == count
    assert all(each.endswith(".") for each in sentences)
