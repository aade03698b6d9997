"""Sessions that the tests make up."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from beside.mirror.session import Mark
from beside.mirror.transcript import Speaker, Spoken, Transcript, read

AT = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
MARK = Mark(at=AT, value=0.5)

TALK = """Therapist: Good morning. Where would you like to begin?
Client: I still wake at four and my chest is tight. Nothing has changed.
Therapist: Four in the morning, again. What is it like, lying there?
Client: Like something sits on me. I just want it gone. Tell me what to do.
Therapist: You should try a breathing exercise. At least you get some sleep.
Client: You're not listening. I did that for weeks and nothing.
Therapist: You're right. I ran ahead of you. Tell me again what it is like at four.
Client: It's like my father standing in the door. I never told anyone that.
Therapist: He stands in the door at four. There is no hurry with this. We can leave it there, or \
look a little, as you like.
Client: I'm such a coward, still afraid of a dead man.
Therapist: Something in you is afraid, and something in you came here and said it.
Client: Maybe. I was only six.
"""


def talk() -> Transcript:
    return read(TALK.encode(), name="talk.txt")


words = st.text(min_size=1, max_size=12)


@st.composite
def transcripts(draw: Any) -> Transcript:
    """Any transcript that can be kept."""
    roles = draw(st.lists(st.sampled_from(["practitioner", "person", "other"]), min_size=1,
                          max_size=3))  # fmt: skip
    ids = "ABC"[: len(roles)]
    turns = draw(
        st.lists(
            st.builds(
                Spoken,
                speaker=st.sampled_from(ids),
                text=words,
                at=st.sampled_from([None, 0.0, 61.25]),
            ),
            max_size=6,
        )
    )
    return Transcript(
        title=draw(st.none() | words),
        source=draw(words),
        speakers=tuple(
            Speaker(id=id, name=draw(words), role=role) for id, role in zip(ids, roles, strict=True)
        ),
        turns=tuple(turns),
        left_out=draw(st.integers(0, 9)),
    )
