from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beside.errors import JournalNewer
from beside.store import schema
from beside.store.file import open_file
from beside.store.migrate import make_tables
from beside.store.rows import read_all, read_for_replay, to_row
from beside.talk.conversation import Replay
from beside.talk.events import (
    CareLooked,
    ConversationBegan,
    ConversationNamed,
    Event,
    LineChosen,
    ModeChosen,
    NoteDropped,
    NoteKept,
    PersonSpoke,
    PlanKept,
    PreferenceSet,
    ReplyBegan,
    ReplyEnded,
    ReplyPart,
)

WORDS = st.text(st.characters(codec=None, exclude_categories=()), max_size=20)
MOMENTS = st.datetimes(
    min_value=datetime(1971, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    max_value=datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=st.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours))),
)
NAMES = st.text("0123456789abcdefghjkmnpqrstvwxyz", min_size=1, max_size=26)


def facts() -> st.SearchStrategy[Event]:
    """Any fact that can be written, whether or not it could have happened."""
    inside: dict[str, Any] = {"at": MOMENTS, "conversation": NAMES}
    maybe = st.none() | WORDS
    return st.one_of(
        st.builds(ConversationBegan, **inside, title=maybe, source=maybe),
        st.builds(ConversationNamed, **inside, title=WORDS),
        st.builds(ModeChosen, **inside, mode=st.sampled_from(["suffering", "issue", "chat"])),
        st.builds(PersonSpoke, **inside, turn=NAMES, parent=st.none() | NAMES, text=WORDS),
        st.builds(
            CareLooked,
            **inside,
            turn=NAMES,
            level=st.integers(0, 3),
            kinds=st.lists(NAMES).map(tuple),
        ),
        st.builds(ReplyBegan, **inside, turn=NAMES, parent=NAMES, voice=WORDS),
        st.builds(ReplyPart, **inside, turn=NAMES, text=WORDS),
        st.builds(ReplyEnded, **inside, turn=NAMES, why=st.just("failed"), reason=maybe),
        st.builds(LineChosen, **inside, turn=NAMES),
        st.builds(NoteKept, at=MOMENTS, note=NAMES, text=WORDS),
        st.builds(NoteDropped, at=MOMENTS, note=NAMES),
        st.builds(PreferenceSet, at=MOMENTS, name=WORDS, value=WORDS),
        st.builds(PlanKept, at=MOMENTS, signs=maybe, myself=maybe, people=maybe, matters=maybe),
    )


@pytest.fixture(scope="module")
def engine():
    engine = open_file(None, None, writing=True)
    make_tables(engine)
    yield engine
    engine.dispose()


@given(kept=st.lists(facts(), min_size=1, max_size=20))
def test_every_fact_comes_back_as_it_was_and_in_order(engine, kept):
    with engine.connect() as connection:
        connection.execute(schema.events.insert(), [to_row(fact) for fact in kept])
        assert read_all(connection) == kept


@given(parts=st.lists(st.tuples(st.sampled_from("rs"), WORDS, MOMENTS), max_size=12))
def test_joining_the_parts_of_replies_changes_nothing_in_the_conversation(engine, parts):
    start = parts[0][2] if parts else datetime.fromisoformat("2026-01-01T00:00:00+00:00")
    own: dict[str, Any] = {"at": start, "conversation": "c"}
    kept = [
        ConversationBegan(**own),
        PersonSpoke(**own, turn="p", parent=None, text="Hello"),
        ReplyBegan(**own, turn="r", parent="p", voice="v"),
        ReplyBegan(**own, turn="s", parent="p", voice="v"),
        *(ReplyPart(at=at, conversation="c", turn=turn, text=text) for turn, text, at in parts),
        ReplyEnded(**own, turn="s", why="stopped"),
    ]
    every, joined = Replay(), Replay()
    with engine.connect() as connection:
        connection.execute(schema.events.insert(), [to_row(fact) for fact in kept])
        for fact in read_all(connection, "c"):
            every.add(fact)
        for fact in read_for_replay(connection, "c"):
            joined.add(fact)
    assert joined.conversation() == every.conversation()


@pytest.mark.parametrize("change", [{"type": "PersonSang"}, {"version": 9}])
def test_a_fact_that_a_later_version_wrote_is_left_to_it(engine, change):
    fact = NoteKept(at=datetime.fromisoformat("2026-01-01T00:00:00+00:00"), note="n", text="x")
    with engine.connect() as connection:
        connection.execute(schema.events.insert(), [{**to_row(fact), **change}])
        with pytest.raises(JournalNewer):
            read_all(connection)
