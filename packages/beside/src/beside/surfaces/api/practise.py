"""`/v1/practise`: be with a simulated person, take turns anew, compare, keep. As on the page.

A practice lives in memory until Beside stops or it is let go. Nothing of it is kept unless that is
asked for, with a passphrase; kept, it is a session of the mirror that waits for its own mark.
"""

import asyncio
import secrets
from collections import OrderedDict
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field, SecretStr, StrictBool, StrictInt, StrictStr
from starlette.responses import Response

from beside.mirror.person import LARGEST_FILE, Person, Setting, Way, person, persons, read_person
from beside.mirror.roleplay import LONGEST_TURN, Simulated, Step
from beside.surfaces.api.asked import whole
from beside.surfaces.api.faults import Fault
from beside.surfaces.api.kept import opened
from beside.surfaces.api.unstored import unstored
from beside.surfaces.door import Door
from beside.surfaces.language import Words
from beside.surfaces.practise import beside_each_other, quiet_line
from beside.surfaces.practised import Practice, facts
from beside.talk.ids import MirrorId, make_id
from beside.wiring import Beside

MOST = 16
"""So many practices are held at once; the one that was begun longest ago goes first."""
HELD = (
    "These words may be about you yourself. If they are, people come first: emergency number, a "
    "helpline, somebody near; the practice can wait. If they belong to it, send them once more."
)

Name = Annotated[str, Path(pattern="^[A-Za-z0-9_-]{1,40}$")]


class Card(BaseModel):
    """Somebody to practise with: what is known of them beforehand."""

    id: str
    name: str
    setting: Setting
    who: str
    you: str = Field(description="Who the practitioner is to them.")
    place: str


class CardList(BaseModel):
    """Everybody who ships with Beside."""

    data: list[Card]


class BeginRequest(BaseModel):
    """Who comes in: one of those who ship with Beside, or somebody of one's own."""

    model_config = ConfigDict(extra="forbid")

    person: Annotated[StrictStr, Field(min_length=1, max_length=100)] | None = Field(
        default=None, description="Their id or first name."
    )
    file: Annotated[StrictStr, Field(min_length=1, max_length=LARGEST_FILE)] | None = Field(
        default=None, description="Somebody of one's own, as TOML (docs/practise/persons.md)."
    )
    seed: Annotated[StrictInt, Field(ge=0, le=10**12)] | None = Field(
        default=None, description="The same number gives the same day again."
    )
    voice: Annotated[StrictStr, Field(max_length=64)] | None = Field(
        default=None, description="A voice that says the person's words freely."
    )
    agreed: StrictBool = Field(
        default=False, description="Yes to this practice being sent to that voice, if elsewhere."
    )


class SayRequest(BaseModel):
    """The practitioner's words; `...` is a silence."""

    words: Annotated[StrictStr, Field(min_length=1, max_length=LONGEST_TURN)]


class RewindRequest(BaseModel):
    """The turn that is to be taken anew, from 1."""

    turn: Annotated[StrictInt, Field(ge=1, le=100_000)]


class KeepRequest(BaseModel):
    """Whose journal keeps it."""

    model_config = ConfigDict(extra="forbid")

    person: StrictStr | None = Field(default=None, description="Whose journal keeps it.")
    passphrase: SecretStr = Field(description="What opens that journal.")


class PractisedTurn(BaseModel):
    """One turn: the words, the answer, and one quiet line of what moved in the other."""

    turn: int
    words: str
    answer: str
    moved: Way
    seen: str
    why: str
    outside: bool = Field(description="The words were to the machine, not to the person.")
    ended: bool = Field(description="The person said goodbye.")


class PracticeAnswer(BaseModel):
    """A practice as it stands: the way that is being gone."""

    id: str
    person: Card
    seed: int
    begins: str
    turns: list[PractisedTurn]
    ways: int = Field(description="How many ways were gone so far.")
    transcript: str = Field(description="The way as text, to be looked at with POST /v1/mirror.")
    held: str | None = Field(
        default=None, description="Words that were not played with yet, and why."
    )


class ComparedAnswer(BaseModel):
    """Two ways: what they share, where each goes on, and what differs. Neither is the better."""

    shared: list[PractisedTurn]
    ways: tuple[int, int]
    first: list[PractisedTurn]
    second: list[PractisedTurn]
    sentences: list[str]


class KeptAnswer(BaseModel):
    """The session that it became; its own mark comes before anything is estimated."""

    session: str


class Gone(BaseModel):
    """It was let go of."""

    id: str
    deleted: bool


class Practices:
    """The practices of this process."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, Practice] = OrderedDict()
        self._busy: dict[str, asyncio.Lock] = {}

    def hold(self, practice: Practice) -> str:
        """Hold it under a name."""
        name = secrets.token_urlsafe(12)
        self._held[name] = practice
        self._busy[name] = asyncio.Lock()
        while len(self._held) > MOST:
            self.drop(next(iter(self._held)))
        return name

    def find(self, name: str) -> tuple[Practice, asyncio.Lock]:
        """The practice, and what lets one turn after the other be said. Raises Fault."""
        if name not in self._held:
            raise Fault(
                404,
                "There is no such practice here (any more). POST /v1/practise begins one.",
                code="practice_not_found",
                param="practice",
            )
        return self._held[name], self._busy[name]

    def drop(self, name: str) -> None:
        """Let go of it."""
        self._held.pop(name, None)
        self._busy.pop(name, None)


def add_practising(router: APIRouter, beside: Beside, door: Door) -> None:
    """The routes under `/practise`."""
    held = Practices()

    @router.get("/practise/persons", response_model=CardList)
    async def everybody() -> Response:
        """Everybody there is to practise with."""
        return unstored(CardList(data=[_card(each) for each in persons()]))

    @router.post("/practise", response_model=PracticeAnswer)
    async def begin(asked: BeginRequest) -> Response:
        """Somebody comes in."""
        other = _somebody(asked)
        await beside.scales.open()
        seed = secrets.randbelow(1_000_000) if asked.seed is None else asked.seed
        if asked.voice is not None:
            beside.voice(asked.voice, agreed=asked.agreed)
        practice = Practice(
            simulated=Simulated(other, seed, beside.scales.gauge),
            voice=asked.voice,
            agreed=asked.agreed,
        )
        return unstored(_stands(held.hold(practice), practice))

    @router.get("/practise/{practice}", response_model=PracticeAnswer)
    async def stands(practice: Name) -> Response:
        """The practice as it stands."""
        return unstored(_stands(practice, held.find(practice)[0]))

    @router.delete("/practise/{practice}", response_model=Gone)
    async def let_go(practice: Name) -> Response:
        """Let go of it."""
        held.find(practice)
        held.drop(practice)
        return unstored(Gone(id=practice, deleted=True))

    @router.post("/practise/{practice}/say", response_model=PracticeAnswer)
    async def say(practice: Name, asked: SayRequest) -> Response:
        """The practitioner's words, and the answer."""
        found, busy = held.find(practice)
        words = whole(asked.words).strip()
        async with busy:
            if found.holds_back(words):
                answer = _stands(practice, found)
                return unstored(answer.model_copy(update={"held": HELD}))
            await beside.practise(found.simulated, words, voice=found.voice, agreed=found.agreed)
            return unstored(_stands(practice, found))

    @router.post("/practise/{practice}/rewind", response_model=PracticeAnswer)
    async def rewind(practice: Name, asked: RewindRequest) -> Response:
        """Back to just before a turn, to take it anew; what came after stays as a way."""
        found, busy = held.find(practice)
        async with busy:
            found.simulated.rewind(asked.turn)
            return unstored(_stands(practice, found))

    @router.get("/practise/{practice}/compare", response_model=ComparedAnswer)
    async def compare(practice: Name, one: int | None = None, other: int | None = None) -> Response:
        """Two ways beside each other, from 1: the last two where none are named."""
        simulated = held.find(practice)[0].simulated
        count = len(simulated.ways())
        if count < 2:  # noqa: PLR2004 - two are compared
            raise Fault(
                400, "There is one way so far. Rewind, and say something else.", code="one-way"
            )
        one = count - 1 if one is None else one
        other = count if other is None else other
        found = simulated.compare(one, other)
        return unstored(
            ComparedAnswer(
                shared=_turns(found.shared),
                ways=(one, other),
                first=_turns(found.first),
                second=_turns(found.second),
                sentences=list(beside_each_other(found, Words("en"))),
            )
        )

    @router.post("/practise/{practice}/keep", response_model=KeptAnswer)
    async def keep(practice: Name, asked: KeepRequest) -> Response:
        """The way that was gone becomes a session of the mirror, in a journal."""
        found, busy = held.find(practice)
        async with busy:
            line = found.simulated.line()
            if not line:
                raise Fault(400, "Nothing was said in this practice yet.", code="nothing-said")
            keeper = await opened(beside, door, asked.person, asked.passphrase, who="person")
            known = found.kept.get(line[-1].id)
            if known is None:
                at = beside.clock()
                known = MirrorId(make_id(at, beside.random_bytes))
                made = facts(found, known, at, Words("en"))
                await keeper.read(lambda journal: journal.append(*made))
                found.kept[line[-1].id] = known
            return unstored(KeptAnswer(session=known))


def _somebody(asked: BeginRequest) -> Person:
    if (asked.person is None) == (asked.file is None):
        raise Fault(
            400, "Name a `person`, or give a `file`: one of the two.", code="invalid_value",
            param="person",
        )  # fmt: skip
    if asked.file is not None:
        return read_person(whole(asked.file), id="own")
    return person(whole(asked.person or ""))


def _card(each: Person) -> Card:
    return Card(
        id=each.id,
        name=each.name,
        setting=each.setting,
        who=each.who,
        you=each.you,
        place=each.place,
    )


def _stands(name: str, practice: Practice) -> PracticeAnswer:
    simulated = practice.simulated
    transcript = simulated.transcript("I")
    names = {each.id: each.name for each in transcript.speakers}
    return PracticeAnswer(
        id=name,
        person=_card(simulated.person),
        seed=simulated.seed,
        begins=simulated.begins,
        turns=_turns(simulated.line()),
        ways=len(simulated.ways()),
        transcript="\n".join(f"{names[turn.speaker]}: {turn.text}" for turn in transcript.turns),
    )


def _turns(steps: tuple[Step, ...]) -> list[PractisedTurn]:
    made = []
    for step in steps:
        seen, why = quiet_line(step.answer.moved, Words("en"))
        made.append(
            PractisedTurn(
                turn=step.answer.turn,
                words=step.words,
                answer=step.answer.text,
                moved=step.answer.moved.way,
                seen=seen,
                why=why,
                outside=step.answer.outside,
                ended=step.answer.ended,
            )
        )
    return made
