"""Over time: own marks, estimates, room and repair of one practitioner, session by session.

Never one number, never beside anyone else's. Only sessions with an own mark are here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from beside.mirror.figures import Estimate, read_figure, written
from beside.mirror.reflect import Reflection
from beside.mirror.roommap import RoomMap, as_figures, from_figures
from beside.mirror.session import MirrorSession
from beside.talk.ids import MirrorId

FEWEST_FOR_BEFORE = 4
"""From so many sessions on, the room map also shows how it was in the first of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One session on the way: the own mark, and what was read; None where it was not."""

    id: MirrorId
    at: datetime
    title: str | None
    practised: bool
    mark: float
    words: str | None
    relief: Estimate | None
    growth: Estimate | None
    frame: Estimate | None
    ruptures: int | None
    owned: int | None
    reflex: float | None
    """Answers from something heavy to the first advice, the middle one; None where none came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The sessions in order of time, the room in all of them, and how it was in the first ones."""

    steps: tuple[Step, ...]
    room: RoomMap
    before: RoomMap | None


def figures(seen: Reflection) -> tuple[str, ...]:
    """What is kept of a reflection: numbers with their intervals, no words."""
    lines = [written(id, each) for id, each in seen.profile if each is not None]
    lines += [written(side, each) for side, each in seen.sides.items() if each is not None]
    lines.append(f"repair {seen.repairs.owned} {len(seen.repairs.ruptures)}")
    if seen.counts.reflexes:
        lines.append(f"reflex {median(seen.counts.reflexes):g}")
    if seen.counts.talk_share is not None:
        lines.append(f"talk {seen.counts.talk_share:.2f}")
    return (*lines, *as_figures(seen.room))


def progress(sessions: Sequence[MirrorSession]) -> Progress:
    """The way of these sessions; those without an own mark are passed by."""
    marked = sorted((each for each in sessions if each.mark is not None), key=lambda s: s.at)
    read = [each.read.figures for each in marked if each.read is not None]
    early = read[: len(read) // 2] if len(read) >= FEWEST_FOR_BEFORE else []
    return Progress(
        steps=tuple(_step(each) for each in marked),
        room=from_figures(read[len(early) :]),
        before=from_figures(early) if early else None,
    )


def _step(session: MirrorSession) -> Step:
    lines = session.read.figures if session.read is not None else ()
    found = dict(figure for line in lines if (figure := read_figure(line)) is not None)
    plain = {name: rest.split(" ") for name, _, rest in (line.partition(" ") for line in lines)}
    repair = plain.get("repair")
    reflex = plain.get("reflex")
    mark = session.mark
    assert mark is not None  # noqa: S101 - only marked sessions come here
    return Step(
        id=session.id,
        at=session.at,
        title=session.transcript.title,
        practised=session.practised is not None,
        mark=mark.value,
        words=mark.words,
        relief=found.get("relief"),
        growth=found.get("growth"),
        frame=found.get("frame"),
        ruptures=int(repair[1]) if repair else None,
        owned=int(repair[0]) if repair else None,
        reflex=float(reflex[0]) if reflex else None,
    )
