"""Ground for the tests of carrying: exports written by hand, conversations made up."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import strategies as st

from beside.carry.importers import Imported, read_any
from beside.talk.events import (
    CareLooked,
    ConversationBegan,
    ConversationNamed,
    LineChosen,
    ModeChosen,
    NoteDropped,
    NoteKept,
    PersonSpoke,
    PreferenceSet,
    ReplyBegan,
    ReplyEnded,
    ReplyPart,
)

FIXTURES = Path(__file__).parent / "fixtures"
NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)

moments = st.integers(0, 10**17).map(
    lambda step: datetime(1991, 1, 1, tzinfo=UTC) + timedelta(microseconds=step % (3 * 10**15))
)
said = st.text(min_size=1, max_size=80).filter(lambda words: words.strip())
names = st.text(min_size=1, max_size=30)


@st.composite
def conversations(draw, words=said, id="c1"):
    """The facts of one conversation: persons, replies (some unfinished), branches, lines chosen."""
    at = draw(moments)
    named = {"conversation": id}
    title = draw(st.none() | names)
    facts = [ConversationBegan(at=at, title=title, source=draw(st.none() | names), **named)]
    people, replies = [], []
    for number in range(draw(st.integers(0, 7))):
        at += timedelta(seconds=draw(st.integers(0, 90)), microseconds=draw(st.integers(0, 999)))
        turn = f"{id}-{number}"
        if not people or draw(st.booleans()):
            parent = draw(st.sampled_from([None, *people, *replies]))
            facts.append(PersonSpoke(at=at, turn=turn, parent=parent, text=draw(words), **named))
            facts.append(CareLooked(at=at, turn=turn, level=draw(st.integers(0, 3)), **named))
            people.append(turn)
        else:
            parent = draw(st.sampled_from(people))
            facts.append(ReplyBegan(at=at, turn=turn, parent=parent, voice=draw(names), **named))
            facts += [
                ReplyPart(at=at, turn=turn, text=part, **named)
                for part in draw(st.lists(words, min_size=1, max_size=3))
            ]
            if draw(st.integers(0, 4)):
                why = draw(st.sampled_from(["done", "stopped", "failed"]))
                reason = "timed-out" if why == "failed" else None
                facts.append(ReplyEnded(at=at, turn=turn, why=why, reason=reason, **named))
            replies.append(turn)
    if people and draw(st.booleans()):
        chosen = draw(st.sampled_from([*people, *replies]))
        facts.append(LineChosen(at=at, turn=chosen, **named))
    if draw(st.booleans()):
        facts.append(ConversationNamed(at=at, title=draw(names), **named))
        facts.append(ModeChosen(at=at, mode=draw(st.sampled_from(["suffering", "chat"])), **named))
    return facts


journals = st.tuples(
    conversations(id="c1"),
    conversations(id="c2"),
    st.lists(
        st.builds(NoteKept, at=moments, note=names, text=said)
        | st.builds(NoteDropped, at=moments, note=names)
        | st.builds(PreferenceSet, at=moments, name=names, value=st.text(max_size=20)),
        max_size=3,
    ),
).map(lambda parts: [event for part in parts for event in part])


@pytest.fixture(scope="session")
def made_up() -> SimpleNamespace:
    """Strategies: `conversations()` (the facts of one), `journals` (two, with notes), `moments`."""
    return SimpleNamespace(conversations=conversations, journals=journals, moments=moments)


@pytest.fixture(scope="session")
def export() -> Callable[[str], bytes]:
    """The bytes of one of the exports written by hand."""
    return lambda name: (FIXTURES / name).read_bytes()


@pytest.fixture(scope="session")
def bring_in() -> Callable[..., Imported]:
    """`read_any` at a fixed moment, each call with names of its own."""
    source = random.Random(7)

    def bring(data: bytes, filename: str | None = None) -> Imported:
        return read_any(data, filename, at=NOW, random_bytes=source.randbytes)

    return bring
