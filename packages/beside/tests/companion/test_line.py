import pytest
from packages.beside.tests.facts import answered, began, spoke

from beside.companion.line import messages_to, person_above, replies_to
from beside.errors import NoSuchTurn
from beside.talk.conversation import replay

TREE = replay(
    [
        began(),
        spoke("p1", None, "I am tired."),
        *answered("r1", "p1", "It has been", why="failed"),
        *answered("r2", "r1", "a long day."),
        *answered("other", "p1", "Yes."),
        spoke("p2", "r2", "It has."),
    ]
)


def test_a_reply_that_went_on_after_another_is_one_message_with_it():
    assert [(message.role, message.text) for message in messages_to(TREE, "p2")] == [
        ("person", "I am tired."),
        ("companion", "It has been a long day."),
        ("person", "It has."),
    ]


def test_the_replies_to_a_turn_are_counted_without_what_went_on_after_them():
    assert [replies_to(TREE, turn) for turn in ("p1", "r1", "p2")] == [2, 1, 0]


def test_a_reply_answers_the_person_above_it_however_often_it_went_on():
    assert {person_above(TREE, reply).id for reply in ("r1", "r2", "other")} == {"p1"}


@pytest.mark.parametrize("turn", ["p1", "nobody"])
def test_what_is_no_reply_has_no_person_above_it(turn):
    with pytest.raises(NoSuchTurn):
        person_above(TREE, turn)
