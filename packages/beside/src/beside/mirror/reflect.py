"""A session, looked at: what opened, what closed, both sides over time, one question at the end.

Pure but for the gauge it is given. The turns are walked through once, in chunks; what is held is
numbers and a handful of moments, however long the session is. It measures moves, not people.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal, Protocol

from beside.mirror.between import Between, Scale
from beside.mirror.counts import Counts, count
from beside.mirror.course import STRETCHES, Course, Stretch
from beside.mirror.exchanges import Answered, answered
from beside.mirror.expressions import Expression, Listening
from beside.mirror.figures import Estimate, Single, mean_of
from beside.mirror.moments import Moment, Moments
from beside.mirror.moves import is_rupture, own_needs, repair
from beside.mirror.roommap import RoomBuilder, RoomMap
from beside.mirror.session import Mark
from beside.mirror.transcript import Transcript

if TYPE_CHECKING:
    from beside_gauge import DimensionId, Exchange, Reading

CHUNK = 32
MOST_NAMED = 40
"""Of one kind of thing (dangers, ruptures, own needs) so many places are named at most."""

Question = Literal[
    "rupture", "gap", "narrow", "reflex", "needs", "space", "danger", "room", "alive"
]


class Reads(Protocol):
    """What reads exchanges: the gauge, or scales that hold one open."""

    @property
    def model(self) -> str | None:
        """The id of the model."""
        ...

    def read_many(self, exchanges: "Iterable[Exchange]") -> "list[Reading]":
        """Readings in the order of the exchanges."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Repairs:
    """Where the person said that they were missed, and how many answers owned it."""

    ruptures: tuple[int, ...]
    """Places of the practitioner's answers."""
    owned: int
    defended: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Words that mainly ease the one who helps: the turn's place, characters, and which kind."""

    place: int
    start: int
    end: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedTurn:
    """A turn with the practitioner's own mark and what was read of it."""

    place: int
    mark: Mark
    sides: Mapping[str, Single | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reflection:
    """All that the mirror shows of one session. An estimate never stands without its interval."""

    gauge: str | None
    """The model that read it; None where none did, and then only counts are there."""
    replies: int
    read: int
    unread: Mapping[str, int]
    """How many replies were not read, by reason."""
    profile: "tuple[tuple[DimensionId, Estimate | None], ...]"
    """The eight dimensions; None where the session offered nothing for one."""
    sides: Mapping[str, Estimate | None]
    """Relief, growth and frame over the whole session."""
    course: tuple[Stretch, ...]
    between: tuple[Scale, ...]
    """What went on between the two, over the whole; empty where it could not be read at all."""
    opened: tuple[Moment, ...]
    """Up to five moments, the most alive turn first."""
    closed: tuple[Moment, ...]
    """Up to five moments, the narrowest turn first."""
    room: RoomMap
    counts: Counts
    repairs: Repairs
    needs: tuple[Need, ...]
    turns: tuple[MarkedTurn, ...]
    """The turns that the practitioner marked themselves, with what was read of each."""
    dangers: tuple[int, ...]
    """Places of the person's turns in which there may be words of danger."""
    question: Question
    about: Expression | None = None
    """The kind of expression that the question is about, if it is about one."""


def reflect(
    transcript: Transcript,
    gauge: Reads | None,
    *,
    mark: Mark,
    marks: Mapping[int, Mark] | None = None,
    on_way: Callable[[int], None] = lambda _: None,
) -> Reflection:
    """What the mirror shows. `mark` is the practitioner's own for the whole: it comes first.

    Without a gauge only what can be counted is there. `on_way` hears how many replies were read.
    """
    course, room, moments = Course(), RoomBuilder(), Moments()
    listening = Listening()
    between = Between(gauge.model if gauge is not None else None)
    unread: Counter[str] = Counter()
    models: Counter[str] = Counter()
    ruptures: list[tuple[int, str]] = []
    needs: list[Need] = []
    turns: list[MarkedTurn] = []
    own = dict(marks or {})
    dangers: list[int] = []
    replies = read = 0
    walk = answered(transcript)
    while chunk := list(islice(walk, CHUNK)):
        readings: Sequence[Reading | None] = [None] * len(chunk)
        exchanges = [exchange_of(each) for each in chunk] if gauge is not None else []
        if gauge is not None:
            readings = gauge.read_many(exchanges)
        for at, (each, reading) in enumerate(zip(chunk, readings, strict=True)):
            replies += 1
            if reading is not None:
                between.add(each, exchanges[at], reading)
            kinds = listening.hear(each.person.text)
            if is_rupture(each.person.text):
                ruptures.append((each.reply.place, repair(each.reply.text)))
            danger = reading is not None and _is_danger(reading)
            if danger and len(dangers) < MOST_NAMED:
                dangers.append(each.person.place)
            if not danger:
                needs += _needs(each)[: MOST_NAMED - len(needs)]
            read_sides = _sides(reading) if reading is not None else {}
            turns += [
                MarkedTurn(place=place, mark=own[place], sides=read_sides)
                for place, _ in each.reply.turns
                if place in own
            ]
            if reading is None or reading.unscored is not None:
                unread[(reading.unscored if reading else None) or "no-gauge"] += 1
                room.add(kinds, {})
                continue
            read += 1
            models[reading.model] += 1
            course.add(each.reply.place, reading, read_sides)
            room.add(kinds, read_sides)
            moments.add(each, reading, danger=danger)
        on_way(replies)
    opened: tuple[Moment, ...] = ()
    closed: tuple[Moment, ...] = ()
    if gauge is not None:
        opened = moments.opened(gauge.read_many, exchange_of)
        closed = moments.closed(gauge.read_many, exchange_of, opened)
    made_room = room.map()
    whole = course.sides()
    counts = count(transcript)
    repairs = Repairs(
        ruptures=tuple(place for place, _ in ruptures[:MOST_NAMED]),
        owned=sum(how == "owned" for _, how in ruptures),
        defended=sum(how == "defended" for _, how in ruptures),
    )
    question, about = _question(mark, whole, made_room, counts, repairs, needs, dangers)
    opened_gauge = gauge.model if gauge is not None else None
    return Reflection(
        gauge=max(models, key=models.__getitem__) if models else opened_gauge,
        replies=replies,
        read=read,
        unread=dict(unread),
        profile=course.profile(),
        sides=whole,
        course=course.stretches(STRETCHES),
        between=between.scales(),
        opened=opened,
        closed=closed,
        room=made_room,
        counts=counts,
        repairs=repairs,
        needs=tuple(needs),
        turns=tuple(turns),
        dangers=tuple(dangers),
        question=question,
        about=about,
    )


def exchange_of(each: Answered) -> "Exchange":
    """What the gauge reads: the answer, the person's words, and the little before them."""
    from beside_gauge import Exchange, Turn

    turns = [
        Turn(role="companion" if part.practitioner else "person", text=whole(part.text))
        for part in (*each.before, each.person)
    ]
    return Exchange(context=tuple(turns), reply=whole(each.reply.text))


def whole(text: str) -> str:
    """The text with half characters replaced by one of the same length, as a gauge needs it."""
    return "".join("\ufffd" if "\ud800" <= each <= "\udfff" else each for each in text)


def _is_danger(reading: "Reading") -> bool:
    return reading.person is not None and reading.person.danger.seen


def _sides(reading: "Reading") -> dict[str, Single | None]:
    from beside_gauge import DIMENSIONS

    offered: dict[str, list[Single]] = {"relief": [], "growth": [], "frame": []}
    for dimension, each in zip(DIMENSIONS, reading.dimensions, strict=True):
        if each.value is not None and each.low is not None and each.high is not None:
            offered[dimension.side].append(Single(value=each.value, low=each.low, high=each.high))
    return {side: mean_of(singles) for side, singles in offered.items()}


def _needs(each: Answered) -> list[Need]:
    found = []
    for pointed in own_needs(each.reply.text):
        place, start, end = each.reply.find(pointed.start, pointed.end)
        found.append(Need(place=place, start=start, end=end, what=pointed.what))
    return found


GAP = 0.3
"""From so far between the own mark and the nearest end of an estimate, the gap is asked about."""
NARROW = 1.5
TALKATIVE = 0.6
"""From this share of the words on, space is asked about."""


def _question(
    mark: Mark,
    sides: Mapping[str, Estimate | None],
    room: RoomMap,
    counts: Counts,
    repairs: Repairs,
    needs: Sequence[Need],
    dangers: Sequence[int],
) -> tuple[Question, Expression | None]:
    """The one question at the end: about what asks for it most."""
    if dangers:
        return "danger", None
    if len(repairs.ruptures) > repairs.owned:
        return "rupture", None
    if any(_gap(mark.value, each) > GAP for each in sides.values() if each is not None):
        return "gap", None
    least = room.narrowest()
    if least is not None and least.room is not None and least.room.value < NARROW:
        return "narrow", least.kind
    if counts.fix_reflex == 1:
        return "reflex", None
    if len(needs) >= 2:
        return "needs", None
    if (counts.talk_share or 0.0) > TALKATIVE:
        return "space", None
    return ("alive" if any(sides.values()) else "room"), None


def _gap(mark: float, estimate: Estimate) -> float:
    """How far the own mark lies outside the interval, on the line from 0 to 1."""
    return max(0.0, estimate.low / 3 - mark, mark - estimate.high / 3)
