"""What happened in conversations that the tests make up: one fact, an exchange, or anything."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from beside.talk.events import (
    CareLooked,
    ConversationBegan,
    ConversationNamed,
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

BEGAN = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)

moments = st.integers(0, 10**17).map(
    lambda step: datetime(1991, 1, 1, tzinfo=UTC) + timedelta(microseconds=step % (3 * 10**15))
)
said = st.text(min_size=1, max_size=80).filter(lambda words: words.strip())
names = st.text(min_size=1, max_size=30)


def happened(kind: Any, minute: int = 0, **values: Any) -> Any:
    """One fact, so many minutes after the beginning; of the conversation "c" if of no other."""
    values.setdefault("conversation", "c")
    return kind(at=BEGAN + timedelta(minutes=minute), **values)


def began(**values: Any) -> Any:
    return happened(ConversationBegan, **values)


def spoke(turn: str, parent: str | None, text: str = "I am tired.", minute: int = 1) -> Any:
    return happened(PersonSpoke, minute, turn=turn, parent=parent, text=text)


def answered(turn: str, parent: str, *parts: str, why: str | None = "done") -> list[Any]:
    """A reply from its beginning to its end; `why` None leaves it being spoken."""
    facts = [happened(ReplyBegan, 2, turn=turn, parent=parent, voice="authored")]
    facts += [happened(ReplyPart, 3, turn=turn, text=part) for part in parts]
    if why is not None:
        facts.append(happened(ReplyEnded, 4, turn=turn, why=why))
    return facts


@st.composite
def conversations(draw: Any, id: str = "c") -> list[Any]:
    """Any facts that can happen in one conversation, in an order in which they can."""
    at = draw(moments)
    facts = [
        ConversationBegan(
            at=at, conversation=id, title=draw(st.none() | names), source=draw(st.none() | names)
        )
    ]
    people: list[str] = []
    replies: list[str] = []
    speaking: list[str] = []

    def happens(kind: Any, **values: Any) -> None:
        facts.append(kind(at=at, conversation=id, **values))

    for number in range(draw(st.integers(0, 20))):
        at += timedelta(seconds=draw(st.integers(0, 90)), microseconds=draw(st.integers(0, 999)))
        turn = f"{id}-{number}"
        step = draw(st.sampled_from(["speak", "reply", "part", "end", "go", "care", "name"]))
        if step == "speak" or not people:
            parent = draw(st.sampled_from([None, *people, *replies]))
            happens(PersonSpoke, turn=turn, parent=parent, text=draw(said))
            people.append(turn)
        elif step == "reply":
            parent = draw(st.sampled_from(people))
            happens(ReplyBegan, turn=turn, parent=parent, voice=draw(names))
            happens(ReplyPart, turn=turn, text=draw(said))
            replies.append(turn)
            speaking.append(turn)
        elif step == "part" and speaking:
            happens(ReplyPart, turn=draw(st.sampled_from(speaking)), text=draw(said))
        elif step == "end" and speaking:
            why = draw(st.sampled_from(["done", "stopped", "failed"]))
            ended = speaking.pop(draw(st.integers(0, len(speaking) - 1)))
            reason = "timed-out" if why == "failed" else None
            happens(ReplyEnded, turn=ended, why=why, reason=reason)
        elif step == "go":
            happens(LineChosen, turn=draw(st.sampled_from(people + replies)))
        elif step == "care":
            happens(CareLooked, turn=draw(st.sampled_from(people)), level=draw(st.integers(0, 3)))
        elif step == "name":
            happens(ConversationNamed, title=draw(names))
            happens(ModeChosen, mode=draw(st.sampled_from(["suffering", "chat"])))
    return facts


journals = st.tuples(
    conversations(id="c1"),
    conversations(id="c2"),
    st.lists(
        st.builds(NoteKept, at=moments, note=names, text=said)
        | st.builds(NoteDropped, at=moments, note=names)
        | st.builds(PreferenceSet, at=moments, name=names, value=st.text(max_size=20))
        | st.builds(PlanKept, at=moments, signs=said, matters=said),
        max_size=3,
    ),
).map(lambda parts: [event for part in parts for event in part])
"""Two conversations, with notes and preferences."""
