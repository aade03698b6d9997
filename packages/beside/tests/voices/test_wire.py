from hypothesis import given
from hypothesis import strategies as st

from beside.voices.base import Message
from beside.voices.wire import chat_messages, fitted

TURNS = st.lists(
    st.builds(Message, role=st.sampled_from(["person", "companion"]), text=st.text(max_size=40)),
    min_size=1,
    max_size=40,
)
STANCE = Message(role="stance", text="Be kind.")


def test_the_stance_becomes_the_system_message():
    chat = chat_messages([STANCE, Message(role="person", text="Hello.")])
    assert chat == [
        {"role": "system", "content": "Be kind."},
        {"role": "user", "content": "Hello."},
    ]


@given(TURNS)
def test_no_two_neighbours_have_the_same_role(turns):
    roles = [each["role"] for each in chat_messages(turns)]
    assert all(one != other for one, other in zip(roles, roles[1:], strict=False))


@given(TURNS)
def test_no_word_is_lost_on_the_way(turns):
    written = "\n\n".join(each["content"] for each in chat_messages(turns))
    assert written == "\n\n".join(turn.text for turn in turns)


@given(TURNS, st.integers(0, 2000))
def test_what_is_fitted_keeps_the_stance_and_the_newest_turns(turns, longest):
    kept = fitted([STANCE, *turns], longest)
    assert kept[0] == STANCE
    assert kept[1:] == turns[-len(kept[1:]) :]
    assert len(kept) == 2 or sum(len(each.text) for each in kept) <= longest


def test_turns_are_left_out_in_blocks_so_that_the_beginning_stays_the_same():
    turns = [Message(role="person", text="x" * 10) for _ in range(30)]
    first = fitted([STANCE, *turns[:26]], 250)
    second = fitted([STANCE, *turns[:27]], 250)
    assert second[: len(first)] == first
