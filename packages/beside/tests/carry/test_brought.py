from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from beside.carry.brought import Brought, Said, become_facts
from beside.talk.conversation import PersonTurn, ReplyTurn, replay
from beside.talk.events import PersonSpoke, ReplyBegan

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
THEN = datetime(2025, 1, 1, tzinfo=UTC)

keys = st.sampled_from(["a", "b", "c", "d", "e", "f", "g"])
saids = st.builds(
    Said,
    key=st.none() | keys,
    parent=st.none() | keys,
    role=st.sampled_from(["person", "companion", None]),
    text=st.sampled_from(["", " ", "one", "two"]) | st.text(max_size=10),
    at=st.none() | st.integers(0, 9).map(lambda days: THEN + timedelta(days=days)),
    voice=st.none() | st.text(max_size=5),
)
broughts = st.builds(
    Brought,
    title=st.none() | st.text(max_size=5),
    said=st.lists(saids, max_size=9).map(tuple),
    current=st.none() | keys,
)


def _facts(brought):
    counter = iter(range(10**6))
    return become_facts(
        brought,
        source="Elsewhere",
        at=NOW,
        random_bytes=lambda size: next(counter).to_bytes(size, "big"),
    )


def _said(key, parent, role, text="words", **more):
    return Said(key=key, parent=parent, role=role, text=text, **more)


def _tree(*saids, **more):
    return replay(_facts(Brought(said=saids, **more)).events)


@given(brought=broughts)
def test_a_tree_that_is_broken_in_any_way_becomes_facts_that_replay(brought):
    facts = _facts(brought)
    if facts.events:
        conversation = replay(facts.events)
        assert conversation.source == "Elsewhere"
        assert conversation.line()
        assert not conversation.speaking()


@given(brought=broughts)
def test_no_words_are_lost_and_none_are_told_twice(brought):
    from beside.carry.plain import words

    facts = _facts(brought)
    spoken = [s for s in brought.said if s.role is not None and words(s.text)]
    told = [
        part
        for turn in (replay(facts.events).turns.values() if facts.events else ())
        for part in ([turn.text] if isinstance(turn, PersonTurn) else turn.text.split("\n\n"))
    ]
    people = [words(s.text) for s in spoken if s.role == "person"]
    replies = [words(s.text) for s in spoken if s.role == "companion"]
    unanswering = facts.skipped
    if not any("\n\n" in text for text in people + replies):
        assert len(told) == len(spoken) - unanswering
        assert all(told.count(text) <= (people + replies).count(text) for text in told)


def test_two_imports_of_one_file_have_no_name_in_common():
    counter = iter(range(10**6))
    brought = Brought(said=(_said("a", None, "person"), _said("b", "a", "companion")))

    def names():
        facts = become_facts(
            brought, source="x", at=NOW, random_bytes=lambda n: next(counter).to_bytes(n, "big")
        )
        return {e.conversation for e in facts.events} | {
            e.turn for e in facts.events if isinstance(e, PersonSpoke | ReplyBegan)
        }

    assert len(names() | names()) == 6


def test_what_is_left_out_hands_its_children_to_the_one_above():
    conversation = _tree(
        _said("a", None, None), _said("b", "a", "person", "one"), _said("c", "b", None),
        _said("d", "c", "companion", "two"), _said("e", "d", None),
        _said("f", "e", "person", "three"),
    )  # fmt: skip
    assert [turn.text for turn in conversation.line()] == ["one", "two", "three"]


def test_replies_in_a_row_are_one_reply():
    conversation = _tree(
        _said("a", None, "person"), _said("b", "a", "companion", "one"),
        _said("c", "b", "companion", "two"), _said("d", "c", "person", "three"),
    )  # fmt: skip
    assert [turn.text for turn in conversation.line()] == ["words", "one\n\ntwo", "three"]


def test_a_reply_that_divides_within_itself_becomes_branches():
    conversation = _tree(
        _said("a", None, "person"), _said("b", "a", "companion", "one"),
        _said("c", "b", "companion", "two"), _said("d", "b", "person", "three"),
    )  # fmt: skip
    assert sorted(t.text for t in conversation.turns.values() if isinstance(t, ReplyTurn)) == [
        "one",
        "two",
    ]


def test_a_reply_that_answers_nothing_is_counted():
    facts = _facts(Brought(said=(_said("a", None, "companion"), _said("b", "a", "person"))))
    assert facts.skipped == 1
    assert len(replay(facts.events).turns) == 1


def test_a_circle_is_opened_and_loses_nothing():
    conversation = _tree(
        _said("a", "c", "person"), _said("b", "a", "person"), _said("c", "b", "person")
    )
    assert len(conversation.turns) == 3


def test_an_answer_never_stands_before_what_it_answers():
    conversation = _tree(
        _said("a", None, "person", at=THEN + timedelta(hours=2)),
        _said("b", "a", "companion", at=THEN),
    )
    assert [type(turn) for turn in conversation.turns.values()] == [PersonTurn, ReplyTurn]
    assert conversation.began_at == THEN


def test_a_long_conversation_is_brought_in_without_recursion():
    said = tuple(
        _said(str(n), str(n - 1), "person" if n % 2 == 0 else "companion") for n in range(20_000)
    )
    assert len(_facts(Brought(said=said)).events) == 1 + 10_000 + 3 * 10_000
