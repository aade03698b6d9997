"""What the facts make, shown on small conversations and on any that can happen."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packages.beside.tests.facts import BEGAN, answered, began, conversations, happened, spoke

from beside.talk.conversation import (
    PersonTurn,
    Replay,
    ReplyTurn,
    replay,
    replay_notes,
    replay_preferences,
)
from beside.talk.events import (
    CareLooked,
    ConversationNamed,
    LineChosen,
    ModeChosen,
    NoteDropped,
    NoteKept,
    PreferenceSet,
    ReplyBegan,
    ReplyEnded,
    ReplyPart,
)


def ids(conversation: Any) -> list[str]:
    return [turn.id for turn in conversation.line()]


def test_a_conversation_is_its_turns_in_order():
    told = replay([began(), spoke("p", None), *answered("r", "p", "I am ", "here.")])
    person, reply = told.line()
    assert isinstance(person, PersonTurn)
    assert isinstance(reply, ReplyTurn)
    assert (person.text, reply.text, reply.state) == ("I am tired.", "I am here.", "done")
    assert told.leaf == "r"
    assert told.last_at == BEGAN + timedelta(minutes=4)


def test_a_conversation_in_which_nothing_was_said_has_an_empty_line():
    told = replay([began(title="Spring", source="chatgpt")])
    assert told.line() == ()
    assert told.leaf is None
    assert (told.title, told.source, told.mode) == ("Spring", "chatgpt", "issue")


def test_a_reply_is_speaking_until_it_ends():
    told = replay([began(), spoke("p", None), *answered("r", "p", "I am", why=None)])
    (speaking,) = told.speaking()
    assert (speaking.text, speaking.state, speaking.reason) == ("I am", "speaking", None)


@pytest.mark.parametrize("why", ["stopped", "failed"])
def test_a_reply_that_was_cut_off_keeps_the_words_already_spoken(why: str):
    told = replay([began(), spoke("p", None), *answered("r", "p", "I am", why=why)])
    assert told.turns["r"].text == "I am"
    assert told.turns["r"].state == why
    assert told.speaking() == ()


def test_trying_again_is_a_branch_and_the_newest_is_visible():
    told = replay([began(), spoke("p", None), *answered("r1", "p"), *answered("r2", "p")])
    assert ids(told) == ["p", "r2"]
    assert told.siblings("r1") == told.siblings("r2") == ("r1", "r2")


def test_editing_is_a_branch_beside_the_turn_that_was_edited():
    told = replay(
        [began(), spoke("p1", None), *answered("r1", "p1"), spoke("p2", "r1"), spoke("p3", "r1")]
    )
    assert ids(told) == ["p1", "r1", "p3"]
    assert told.siblings("p2") == ("p2", "p3")
    assert told.siblings("p1") == ("p1",)


def test_editing_the_first_turn_makes_a_second_beginning():
    told = replay([began(), spoke("p1", None), *answered("r1", "p1"), spoke("p2", None)])
    assert ids(told) == ["p2"]
    assert told.siblings("p2") == ("p1", "p2")


def test_going_to_a_branch_leads_through_it_down_to_its_newest_leaf():
    facts = [
        began(),
        spoke("p1", None),
        *answered("r1", "p1"),
        spoke("p2", "r1"),
        *answered("r2", "p1"),
        happened(LineChosen, turn="r1"),
    ]
    assert ids(replay(facts)) == ["p1", "r1", "p2"]
    assert ids(replay([*facts, *answered("r3", "p2")])) == ["p1", "r1", "p2", "r3"]


def test_care_is_kept_with_the_turn_it_read():
    told = replay(
        [began(), spoke("p", None), happened(CareLooked, turn="p", level=2, kinds=("x",))]
    )
    person = told.turns["p"]
    assert isinstance(person, PersonTurn)
    assert (person.care_level, person.care_kinds) == (2, ("x",))


def test_the_newest_name_and_mode_count():
    told = replay(
        [
            began(title="One"),
            happened(ConversationNamed, title="Two"),
            happened(ModeChosen, mode="chat"),
            happened(ModeChosen, mode="suffering"),
        ]
    )
    assert (told.title, told.mode) == ("Two", "suffering")


@pytest.mark.parametrize(
    "facts",
    [
        [],
        [spoke("p", None)],
        [began(), began()],
        [began(), happened(ConversationNamed, conversation="other", title="Two")],
        [began(), spoke("p", "nobody")],
        [began(), spoke("p", None), spoke("p", None)],
        [began(), happened(ReplyBegan, turn="r", parent="nobody", voice="v")],
        [began(), spoke("p", None), *answered("r", "p"), *answered("s", "r")],
        [began(), spoke("p", None), happened(ReplyPart, turn="p", text="no reply")],
        [began(), spoke("p", None), *answered("r", "p"), happened(ReplyPart, turn="r", text="x")],
        [
            began(),
            spoke("p", None),
            *answered("r", "p"),
            happened(ReplyEnded, turn="r", why="done"),
        ],
        [began(), spoke("p", None), *answered("r", "p"), happened(CareLooked, turn="r", level=1)],
        [began(), happened(LineChosen, turn="nobody")],
        [began(), NoteKept(at=BEGAN, note="n", text="no fact of a conversation")],
    ],
)
def test_what_cannot_have_happened_is_refused(facts: list[Any]):
    with pytest.raises(ValueError, match=r"."):
        replay(facts)


def test_notes_are_those_that_were_not_taken_back():
    notes = replay_notes(
        [
            NoteKept(at=BEGAN, note="a", text="My sister is Mara."),
            NoteKept(at=BEGAN, note="b", text="I work at night."),
            NoteDropped(at=BEGAN, note="a"),
            PreferenceSet(at=BEGAN, name="voice", value="authored"),
        ]
    )
    assert [note.text for note in notes] == ["I work at night."]


def test_the_newest_preference_of_a_name_counts():
    chosen = [("voice", "authored"), ("country", "NL"), ("voice", "scripted")]
    facts = [PreferenceSet(at=BEGAN, name=name, value=value) for name, value in chosen]
    assert replay_preferences(facts) == {"voice": "scripted", "country": "NL"}


@given(conversations())
def test_the_line_leads_from_a_beginning_to_a_turn_that_nothing_follows(facts: list[Any]):
    told = replay(facts)
    line = told.line()
    assert [turn.parent for turn in line] == [None, *(turn.id for turn in line)][: len(line)]
    assert all(turn.parent != told.leaf for turn in told.turns.values()) or told.leaf is None


@given(conversations())
def test_looking_in_between_changes_nothing(facts: list[Any]):
    told = Replay()
    for number, fact in enumerate(facts, 1):
        told.add(fact)
        assert told.conversation() == replay(facts[:number])


@given(conversations(), st.data())
def test_going_to_any_turn_makes_it_visible(facts: list[Any], data: Any):
    told = replay(facts)
    if told.turns:
        turn = data.draw(st.sampled_from(sorted(told.turns)))
        assert turn in ids(replay([*facts, happened(LineChosen, turn=turn)]))


@given(conversations())
def test_every_turn_is_among_its_siblings(facts: list[Any]):
    told = replay(facts)
    for turn in told.turns.values():
        branches = [told.turns[each] for each in told.siblings(turn.id)]
        assert turn in branches
        assert {(type(each), each.parent) for each in branches} == {(type(turn), turn.parent)}
