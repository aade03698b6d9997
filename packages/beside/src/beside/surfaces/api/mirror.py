"""`/v1/mirror`: a look at a practitioner's own words. Nothing is kept; the own mark is required."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StrictBool, StrictStr

from beside.mirror.figures import Estimate
from beside.mirror.looking import Look
from beside.mirror.roommap import RoomMap
from beside.mirror.session import Mark, MirrorSession
from beside.mirror.transcript import Transcript, with_roles
from beside.surfaces.api.asked import whole
from beside.surfaces.api.faults import Fault
from beside.wiring import Beside

MirrorRole = Literal["practitioner", "person", "other"]


class MirrorRequest(BaseModel):
    """A conversation, who is who in it, and the practitioner's own mark, which comes first."""

    transcript: Annotated[StrictStr, Field(min_length=1, max_length=1_000_000)]
    file_name: Annotated[StrictStr, Field(max_length=200)] | None = Field(
        default=None, description="The name of the file it was in; it only helps."
    )
    roles: Annotated[dict[str, MirrorRole], Field(max_length=100)] = Field(
        default={}, description="Who is who, by the name of the speaker; guessed where not given."
    )
    initials: bool = Field(default=False, description="Whether names are replaced by initials.")
    mark: Annotated[float, Field(ge=0, le=1)] = Field(
        description="The practitioner's own mark, from 0 (far from the other) to 1 (close beside)."
    )
    marks: Annotated[dict[int, Annotated[float, Field(ge=0, le=1)]], Field(max_length=1_000)] = (
        Field(default={}, description="Own marks of single turns, by their number from 1.")
    )

    voice: Annotated[StrictStr, Field(max_length=64)] | None = Field(
        default=None,
        description="The voice that proposes other words too; where none is named, the one of the "
        "settings, if it stays on this machine.",
    )
    agreed: StrictBool = Field(
        default=False,
        description="Yes to the turns around the narrowest answers being sent to that voice, where "
        "it is elsewhere.",
    )


class MirrorSpeaker(BaseModel):
    """Somebody who speaks in it."""

    name: str
    role: MirrorRole


class MirrorEstimate(BaseModel):
    """An estimate with its 90% interval; `value` is None where the interval is too wide."""

    name: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    replies: int = 0


class MirrorQuote(BaseModel):
    """Words of one turn, and why they are shown."""

    turn: int
    words: str
    why: str


class MirrorScale(MirrorEstimate):
    """What went on between the two, over the whole; without an interval, `missing` says why."""

    turns: list[int]
    missing: str | None = None


class MirrorRoom(BaseModel):
    """One kind of difficult expression; `known` is whether enough was met to say anything."""

    kind: str
    met: int
    known: bool
    relief: MirrorEstimate
    growth: MirrorEstimate
    frame: MirrorEstimate


class MirrorAnswer(BaseModel):
    """What is seen: no grade, no single number, and one question at the end."""

    speakers: list[MirrorSpeaker]
    turns: int
    names_replaced: list[str]
    mark: float
    gauge: str | None
    sides: list[MirrorEstimate]
    dimensions: list[MirrorEstimate]
    between: list[MirrorScale]
    opened: list[MirrorQuote]
    closed: list[MirrorQuote]
    needs: list[MirrorQuote]
    rewordings: list[MirrorQuote]
    voice: str | None = Field(description="The voice that was asked for other words, if any.")
    room: list[MirrorRoom]
    counts: dict[str, str]
    danger_in_turns: list[int]
    notes: list[str]
    question: str


async def reflected(beside: Beside, asked: MirrorRequest) -> MirrorAnswer:
    """What is seen of the conversation. Raises NotAConversation, or Fault where a role is off."""
    from beside.mirror.transcript import initials, read
    from beside.talk.ids import MirrorId

    def brought() -> tuple[Transcript, tuple[str, ...]]:
        data = whole(asked.transcript).encode()
        transcript = _with_roles(read(data, name=asked.file_name), asked.roles)
        return initials(transcript) if asked.initials else (transcript, ())

    transcript, names = await asyncio.to_thread(brought)
    at = beside.clock()
    mark = Mark(at=at, value=asked.mark)
    session = MirrorSession(
        id=MirrorId(""),
        at=at,
        transcript=transcript,
        consent="",
        initials=asked.initials,
        marks={turn - 1: Mark(at=at, value=value) for turn, value in asked.marks.items()},
    )
    look = await beside.look_at(session, mark, voice=asked.voice, agreed=asked.agreed)
    return answer_of(session, mark, look, names=names)


def answer_of(
    session: MirrorSession, mark: Mark, look: Look, *, names: Sequence[str] = ()
) -> MirrorAnswer:
    """What is seen, in the shape in which it is answered; `names` were replaced by initials."""
    from beside.surfaces.language import Words
    from beside.surfaces.mirror.view import view

    transcript = session.transcript
    seen = view(session, mark, look.seen, look.others, Words("en"))
    return MirrorAnswer(
        speakers=[MirrorSpeaker(name=each.name, role=each.role) for each in transcript.speakers],
        turns=len(transcript.turns),
        names_replaced=list(names),
        mark=mark.value,
        gauge=seen.gauge,
        sides=[estimate_of(side, each) for side, each in look.seen.sides.items()],
        dimensions=[estimate_of(id, each) for id, each in look.seen.profile],
        between=[
            MirrorScale(
                **estimate_of(each.scale, each.estimate).model_dump(),
                turns=[place + 1 for place in each.turns],
                missing=each.why,
            )
            for each in look.seen.between
        ],
        opened=[_quote(each.place, each.words, each.why) for each in seen.opened],
        closed=[_quote(each.place, each.words, each.why) for each in seen.closed],
        needs=[_quote(each.place, each.words, each.why) for each in seen.needs],
        rewordings=[_quote(each.place, each.text, each.why) for each in seen.rewordings],
        voice=look.voice,
        room=rooms_of(look.seen.room),
        counts={each.name: each.said for each in seen.counts},
        danger_in_turns=list(seen.dangers),
        notes=list(seen.notes),
        question=seen.question,
    )


def rooms_of(room: RoomMap) -> list[MirrorRoom]:
    """A room map in the shape in which it is answered."""
    return [
        MirrorRoom(
            kind=each.kind,
            met=each.met,
            known=each.known,
            relief=estimate_of("relief", each.relief if each.known else None),
            growth=estimate_of("growth", each.growth if each.known else None),
            frame=estimate_of("frame", each.frame if each.known else None),
        )
        for each in room.sectors
    ]


def _with_roles(transcript: Transcript, roles: Mapping[str, MirrorRole]) -> Transcript:
    """The transcript with the roles that were given, by name; both sides have to be there."""
    ids = {each.name.casefold(): each.id for each in transcript.speakers}
    given = {whole(name).casefold(): role for name, role in roles.items()}
    if not given.keys() <= ids.keys():
        raise Fault(400, "`roles` names someone who does not speak in this transcript.",
                    code="invalid_value", param="roles")  # fmt: skip
    made = with_roles(transcript, {ids[name]: role for name, role in given.items()})
    if not {"practitioner", "person"} <= {each.role for each in made.speakers}:
        raise Fault(400, "`roles` needs a practitioner and a person among the speakers.",
                    code="invalid_value", param="roles")  # fmt: skip
    return made


def estimate_of(name: str, given: Estimate | None) -> MirrorEstimate:
    """An estimate in the shape in which it is answered."""
    if given is None:
        return MirrorEstimate(name=name)
    return MirrorEstimate(
        name=name,
        value=None if given.region else round(given.value, 3),
        low=round(given.low, 3),
        high=round(given.high, 3),
        replies=given.count,
    )


def _quote(turn: int, words: str, why: str) -> MirrorQuote:
    return MirrorQuote(turn=turn, words=words, why=why)
