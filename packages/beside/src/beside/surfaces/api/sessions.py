"""`/v1/mirror/...`: the sessions that a practitioner kept, as on the page.

Each request opens their journal with the passphrase in its body, never in an address. Nothing that
was estimated is answered before the own mark.
"""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field, SecretStr, StrictBool, StrictStr
from starlette.responses import Response

from beside.carry import jsonl
from beside.errors import NoSuchConversation
from beside.mirror.progress import Progress, figures, progress
from beside.mirror.progress import Step as WayStep
from beside.mirror.session import MirrorSession, marked, replay_mirror
from beside.store.journal import Journal
from beside.surfaces.api.asked import whole
from beside.surfaces.api.faults import Fault
from beside.surfaces.api.kept import opened
from beside.surfaces.api.mirror import (
    MirrorAnswer,
    MirrorEstimate,
    MirrorRoom,
    answer_of,
    estimate_of,
    rooms_of,
)
from beside.surfaces.api.unstored import unstored
from beside.surfaces.door import Door
from beside.surfaces.export import facts_of_sessions, kept_session, kept_sessions
from beside.surfaces.language import Words
from beside.surfaces.mirror.taken import session_text
from beside.talk.events import MirrorRead
from beside.talk.ids import MirrorId
from beside.wiring import Beside, OpenPerson

LONGEST_WORDS = 2_000

Name = Annotated[str, Path(pattern="^[0-9a-z]{26}$", description="A session's long name.")]
Share = Annotated[float, Field(ge=0, le=1)]


class Whose(BaseModel):
    """Whose journal it is, and what opens it."""

    model_config = ConfigDict(extra="forbid")

    person: StrictStr | None = Field(default=None, description="Whose journal it is.")
    passphrase: SecretStr = Field(description="What opens that journal.")


class SeeRequest(Whose):
    """Look at a session that has its own mark."""

    voice: Annotated[StrictStr, Field(max_length=64)] | None = Field(
        default=None, description="The voice that proposes other words too."
    )
    agreed: StrictBool = Field(
        default=False,
        description="Yes to the turns around the narrowest answers being sent to that voice, where "
        "it is elsewhere.",
    )


class MarkRequest(Whose):
    """The practitioner's own mark: of the whole, or of one of their turns."""

    mark: Share = Field(description="From 0 (far from the other) to 1 (close beside).")
    turn: Annotated[int, Field(ge=1, le=10**6)] | None = Field(
        default=None, description="The number of one of their own turns, from 1."
    )
    words: Annotated[StrictStr, Field(max_length=LONGEST_WORDS)] | None = None


class TakeRequest(Whose):
    """Take sessions along: all, or one."""

    session: Annotated[StrictStr, Field(pattern="^[0-9a-z]{26}$")] | None = Field(
        default=None, description="The session; all where none is named."
    )
    form: Literal["jsonl", "markdown"] = "jsonl"


class KeptSession(BaseModel):
    """A session as it stands in the list; no word of what was said."""

    id: str
    title: str | None
    at: datetime
    practised: bool
    consent: str
    initials: bool
    mark: float | None = Field(description="The own mark of the whole; until then nothing is read.")
    words: str | None = Field(description="What the practitioner wrote beside it.")


class KeptSessions(BaseModel):
    """Every session that is kept, newest first."""

    data: list[KeptSession]


class RoomAnswer(BaseModel):
    """The room map of all marked sessions, and from four on how it was in the first half."""

    room: list[MirrorRoom]
    before: list[MirrorRoom] | None


class TimeStep(BaseModel):
    """One marked session on the way; what was not read is not there."""

    id: str
    title: str | None
    at: datetime
    practised: bool
    mark: float
    words: str | None
    relief: MirrorEstimate
    growth: MirrorEstimate
    frame: MirrorEstimate
    missed: int | None = Field(description="How often the other said that they were missed.")
    owned: int | None = Field(description="How often the answer owned it.")
    reflex: float | None = Field(description="Answers from something heavy to the first advice.")


class TimeAnswer(BaseModel):
    """The marked sessions in order of time: no single number, and no comparison with others."""

    data: list[TimeStep]


class Taken(BaseModel):
    """What was taken along, as text: plain, so keep it where only you find it."""

    form: Literal["jsonl", "markdown"]
    sessions: int
    text: str


class Erased(BaseModel):
    """It is gone, with its marks and estimates."""

    id: str
    erased: bool


def add_sessions(router: APIRouter, beside: Beside, door: Door) -> None:
    """The routes under `/mirror`."""

    async def keeper(asked: Whose) -> OpenPerson:
        return await opened(beside, door, asked.person, asked.passphrase, who="person")

    async def found_by(person: OpenPerson, session: str) -> MirrorSession:
        try:
            return await person.read(lambda journal: kept_session(journal, MirrorId(session)))
        except NoSuchConversation as error:
            raise Fault(404, str(error), code=error.code, param="session") from None

    @router.post("/mirror/sessions", response_model=KeptSessions)
    async def listed(asked: Whose) -> Response:
        """The sessions that are kept, newest first."""
        sessions = await (await keeper(asked)).read(kept_sessions)
        return unstored(KeptSessions(data=[_listed(each) for each in sessions]))

    @router.post("/mirror/room", response_model=RoomAnswer)
    async def room(asked: Whose) -> Response:
        """The room map of all marked sessions."""
        way = await _way(await keeper(asked))
        before = None if way.before is None else rooms_of(way.before)
        return unstored(RoomAnswer(room=rooms_of(way.room), before=before))

    @router.post("/mirror/time", response_model=TimeAnswer)
    async def time(asked: Whose) -> Response:
        """Marks and estimates, session by session."""
        way = await _way(await keeper(asked))
        return unstored(TimeAnswer(data=[_step(each) for each in way.steps]))

    @router.post("/mirror/export", response_model=Taken)
    async def export(asked: TakeRequest) -> Response:
        """Sessions with what was said in them, as JSONL or Markdown."""
        which = None if asked.session is None else MirrorId(asked.session)
        person = await keeper(asked)
        if which is not None:
            await found_by(person, which)
        count, text = await person.read(lambda journal: _taken(journal, which, asked.form))
        return unstored(Taken(form=asked.form, sessions=count, text=text))

    @router.post("/mirror/sessions/{session}", response_model=MirrorAnswer)
    async def see(session: Name, asked: SeeRequest) -> Response:
        """What is seen of a session, once its practitioner has marked it."""
        person = await keeper(asked)
        found = await found_by(person, session)
        if found.mark is None:
            raise Fault(
                409,
                "The own mark comes first: POST /v1/mirror/sessions/ID/mark puts it.",
                code="mark-needed",
                param="session",
            )
        look = await beside.look_at(found, found.mark, voice=asked.voice, agreed=asked.agreed)
        if found.read is None or found.read.gauge != look.seen.gauge:
            fact = MirrorRead(
                at=beside.clock(),
                session=found.id,
                gauge=look.seen.gauge,
                figures=figures(look.seen),
            )
            await person.read(lambda journal: journal.append(fact))
        return unstored(answer_of(found, found.mark, look))

    @router.post("/mirror/sessions/{session}/mark", response_model=KeptSession)
    async def mark(session: Name, asked: MarkRequest) -> Response:
        """The practitioner's own mark, of the whole or of one turn."""
        person = await keeper(asked)
        found = await found_by(person, session)
        place = None if asked.turn is None else _place(found, asked.turn)
        words = whole(asked.words or "").strip() or None
        fact = marked(found.id, asked.mark, at=beside.clock(), place=place, words=words)
        await person.read(lambda journal: journal.append(fact))
        return unstored(_listed(await found_by(person, session)))

    @router.post("/mirror/sessions/{session}/erase", response_model=Erased)
    async def erase(session: Name, asked: Whose) -> Response:
        """Erase it, with its marks and estimates: it is really gone."""
        person = await keeper(asked)
        await found_by(person, session)
        await person.read(lambda journal: journal.erase_mirror(MirrorId(session)))
        return unstored(Erased(id=session, erased=True))


async def _way(person: OpenPerson) -> Progress:
    outlines = await person.read(lambda journal: journal.mirror_outlines())
    return progress(replay_mirror(outlines))


def _taken(journal: Journal, which: MirrorId | None, form: str) -> tuple[int, str]:
    """How many sessions, and their text."""
    chosen = [each.id for each in kept_sessions(journal)[::-1]] if which is None else [which]
    if form == "jsonl":
        return len(chosen), jsonl.write(facts_of_sessions(journal, which)).decode()
    texts = [session_text(kept_session(journal, each), Words("en")) for each in chosen]
    return len(chosen), whole("\n".join(texts))


def _place(found: MirrorSession, turn: int) -> int:
    turns = found.transcript.turns
    if turn > len(turns) or found.transcript.role_of(turns[turn - 1].speaker) != "practitioner":
        raise Fault(
            400,
            "That turn is not one of the practitioner's.",
            code="invalid_value",
            param="turn",
        )
    return turn - 1


def _listed(session: MirrorSession) -> KeptSession:
    return KeptSession(
        id=session.id,
        title=session.transcript.title,
        at=session.at,
        practised=session.practised is not None,
        consent=session.consent,
        initials=session.initials,
        mark=None if session.mark is None else session.mark.value,
        words=None if session.mark is None else session.mark.words,
    )


def _step(step: WayStep) -> TimeStep:
    return TimeStep(
        id=step.id,
        title=step.title,
        at=step.at,
        practised=step.practised,
        mark=step.mark,
        words=step.words,
        relief=estimate_of("relief", step.relief),
        growth=estimate_of("growth", step.growth),
        frame=estimate_of("frame", step.frame),
        missed=step.ruptures,
        owned=step.owned,
        reflex=step.reflex,
    )
