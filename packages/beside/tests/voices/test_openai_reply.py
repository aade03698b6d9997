import json

from hypothesis import given
from hypothesis import strategies as st

from beside.errors import VoiceError
from beside.voices.openai_reply import read_models, read_step

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["choices", "delta", "message", "content", "finish_reason", "data", "id", "text"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON | st.just({"choices": [{"delta": {"content": "Yes."}}]}))
def test_whatever_a_server_says_is_a_step_or_a_voice_error(answer):
    try:
        step = read_step(json.dumps(answer))
    except VoiceError:
        return
    assert isinstance(step.words, str)


@given(JSON)
def test_whatever_a_server_lists_is_names_or_nothing(answer):
    names = read_models(json.dumps(answer).encode())
    assert names is None or all(isinstance(name, str) and name for name in names)


@given(st.binary(max_size=200))
def test_bytes_that_are_no_list_are_no_list(body):
    assert read_models(body) is None


def test_names_that_could_not_be_shown_are_left_out():
    listed = {
        "data": [{"id": "good"}, {"id": "x" * 500}, {"id": "a\x1b[2J"}, {"id": ""}, {"id": 3}]
    }
    assert read_models(json.dumps(listed).encode()) == ("good",)
