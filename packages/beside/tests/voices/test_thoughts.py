import pytest
from hypothesis import given
from hypothesis import strategies as st

from beside.voices.thoughts import Spoken, thinks_aloud

WITH_THOUGHTS = [
    ("<think>He seems sad.</think>\n\nI am here.", "I am here."),
    ("<thinking>\nHm.\n</thinking>I am here.", "I am here."),
    ("[THINK]Hm.[/THINK]I am here.", "I am here."),
    ("◁think▷Hm.◁/think▷I am here.", "I am here."),
    ("<|channel|>analysis<|message|>Hm.<|channel|>final<|message|>I am here.", "I am here."),
    ("I am <think>Hm.</think>here.", "I am here."),
    ("<think></think>I am here.", "I am here."),
    ("</think>I am here.", "I am here."),
    ("<think>never closed", ""),
    ("1 < 2 and <3, you see [TH", "1 < 2 and <3, you see [TH"),
]


def spoken(text: str, cuts: list[int], *, wait: bool = False) -> str:
    edges = [0, *sorted(cut % (len(text) + 1) for cut in cuts), len(text)]
    filtered = Spoken(wait=wait)
    pieces = [text[a:b] for a, b in zip(edges, edges[1:], strict=False)]
    return "".join(filtered.words(piece) for piece in pieces) + filtered.end()


@pytest.mark.parametrize(("text", "words"), WITH_THOUGHTS)
@given(cuts=st.lists(st.integers(0, 200), max_size=12))
def test_thoughts_are_never_said_wherever_the_pieces_are_cut(text, words, cuts):
    assert spoken(text, cuts) == words


@given(st.text(alphabet="ab <>[]/", max_size=60), st.lists(st.integers(0, 60), max_size=5))
def test_words_without_thoughts_are_said_as_they_are(text, cuts):
    assert spoken(text, cuts) == text.lstrip()


@given(st.lists(st.integers(0, 200), max_size=12))
def test_a_model_that_thinks_without_a_mark_is_waited_for(cuts):
    assert spoken("He seems sad.</think>I am here.", cuts, wait=True) == "I am here."


@given(st.lists(st.integers(0, 200), max_size=12))
def test_what_was_waited_for_in_vain_was_meant_for_the_person(cuts):
    assert spoken("I am here.", cuts, wait=True) == "I am here."


def test_waiting_that_is_cut_off_gives_no_thoughts():
    filtered = Spoken(wait=True)
    assert filtered.words("He seems sad, so I") == ""
    assert filtered.end(cut_off=True) == ""


def test_thoughts_that_were_said_before_their_end_was_seen_are_noticed():
    filtered = Spoken()
    assert filtered.words("He seems sad. ") == "He seems sad. "
    filtered.words("</think>I am here.")
    assert filtered.strayed


@pytest.mark.parametrize("model", ["deepseek-r1:7b", "QwQ-32B", "qwen3-4b-thinking-2507"])
def test_models_that_think_aloud_are_known_by_their_name(model):
    assert thinks_aloud(model)


@pytest.mark.parametrize("model", ["llama3.2", "qwen2.5-coder", "hermes3", "r1chmond"])
def test_other_models_are_not_waited_for(model):
    assert not thinks_aloud(model)
