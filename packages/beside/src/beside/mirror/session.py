"""What a practitioner keeps of the mirror: sessions with their own marks, in their own journal.

Pure: facts in, sessions out. The journal keeps the facts encrypted, and erasing really deletes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from beside.mirror.transcript import Role, Speaker, Spoken, Transcript
from beside.talk.events import (
    Event,
    MirrorMarked,
    MirrorPractised,
    MirrorRead,
    MirrorSessionKept,
)
from beside.talk.ids import MirrorId

PRACTISE = "practise"
"""The source of a session that was practice with a simulated person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The practitioner's own mark on a line from 0 to 1, and what they wrote beside it."""

    at: datetime
    value: float
    words: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.value <= 1:
            raise ValueError("a mark lies on a line from 0 to 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Practised:
    """Which simulated person it was, and from which session and turn this one branched off."""

    person: str
    seed: int
    branch_of: MirrorId | None = None
    branch_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MirrorSession:
    """One session as it stands. From outlines, `transcript` has its speakers but no turns."""

    id: MirrorId
    at: datetime
    transcript: Transcript
    consent: str
    initials: bool
    mark: Mark | None = None
    """The own mark for the whole; no estimate is shown before it."""
    marks: Mapping[int, Mark] = field(default_factory=dict)
    """Own marks of single turns, by their place in the transcript."""
    practised: Practised | None = None
    read: MirrorRead | None = None
    """What was estimated when it was last seen."""


def kept(
    transcript: Transcript, *, id: MirrorId, at: datetime, consent: str, initials: bool
) -> MirrorSessionKept:
    """The fact that this transcript is kept, with the consent that was stated for it."""
    places = {speaker.id: place for place, speaker in enumerate(transcript.speakers)}
    return MirrorSessionKept(
        at=at,
        session=id,
        title=transcript.title,
        source=transcript.source,
        names=tuple(speaker.name for speaker in transcript.speakers),
        roles=tuple(speaker.role for speaker in transcript.speakers),
        spoke=tuple(places[turn.speaker] for turn in transcript.turns),
        words=tuple(turn.text for turn in transcript.turns),
        seconds=tuple(None if turn.at is None else float(turn.at) for turn in transcript.turns),
        left_out=transcript.left_out,
        consent=consent,
        initials=initials,
    )


def marked(
    session: MirrorId, mark: float, *, at: datetime, place: int | None, words: str | None
) -> MirrorMarked:
    """The fact of an own mark. Raises ValueError where it does not lie on the line."""
    Mark(at=at, value=mark)
    return MirrorMarked(at=at, session=session, place=place, mark=float(mark), words=words)


def replay_mirror(events: Iterable[Event]) -> tuple[MirrorSession, ...]:
    """The sessions as they stand, in the order in which they were kept.

    Raises ValueError where something is told of a session that was not kept.
    """
    sessions: dict[MirrorId, MirrorSession] = {}
    for event in events:
        if isinstance(event, MirrorSessionKept):
            sessions[event.session] = MirrorSession(
                id=event.session,
                at=event.at,
                transcript=transcript_of(event),
                consent=event.consent,
                initials=event.initials,
            )
        elif isinstance(event, MirrorMarked | MirrorPractised | MirrorRead):
            if event.session not in sessions:
                raise ValueError("a session is kept before anything else is told of it")
            sessions[event.session] = _with(sessions[event.session], event)
    return tuple(sessions.values())


def transcript_of(event: MirrorSessionKept) -> Transcript:
    """The transcript that was kept."""
    ids = [_letter(place) for place in range(len(event.names))]
    roles: dict[str, Role] = {
        "practitioner": "practitioner",
        "person": "person",
        "other": "other",
    }
    return Transcript(
        title=event.title,
        source=event.source,
        speakers=tuple(
            Speaker(id=id, name=name, role=roles.get(role, "other"))
            for id, name, role in zip(ids, event.names, event.roles, strict=True)
        ),
        turns=tuple(
            Spoken(speaker=ids[who], text=text, at=at)
            for who, text, at in zip(event.spoke, event.words, event.seconds, strict=True)
        ),
        left_out=event.left_out,
    )


def _with(
    session: MirrorSession, event: MirrorMarked | MirrorPractised | MirrorRead
) -> MirrorSession:
    if isinstance(event, MirrorRead):
        return replace(session, read=event)
    if isinstance(event, MirrorPractised):
        practised = Practised(
            person=event.person,
            seed=event.seed,
            branch_of=event.branch_of,
            branch_at=event.branch_at,
        )
        return replace(session, practised=practised)
    mark = Mark(at=event.at, value=event.mark, words=event.words)
    if event.place is None:
        return replace(session, mark=mark)
    return replace(session, marks={**session.marks, event.place: mark})


def _letter(place: int) -> str:
    """A, B, ... Z, AA, AB, ..."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
