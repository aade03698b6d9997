"""For at most five turns: another wording to think about, with its reason. Never a correction.

Where the words come from is not known here: whoever calls gives candidates for a turn. One is
shown only where the gauge reads it as more than what was said, and no plain check points at it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from beside.mirror.exchanges import Answered, answered
from beside.mirror.moments import Moment
from beside.mirror.reflect import Reads, exchange_of
from beside.mirror.transcript import Transcript

if TYPE_CHECKING:
    from beside_gauge import DimensionId, Reading

MOST = 5
LEAST_GAIN = 0.25
"""A wording that is read as less than this much more is no other than what was said."""

Candidates = Callable[[Answered], Sequence[str]]
"""Other things that could be said at this moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewording:
    """Other words for the turn at `place`, and the dimension in which they are read as more."""

    place: int
    text: str
    dimension: "DimensionId"


def rewordings(
    transcript: Transcript, closed: Sequence[Moment], gauge: Reads, candidates: Candidates
) -> tuple[Rewording, ...]:
    """Other wordings for the narrowest moments, as many as there are, five at most."""
    wanted = {moment.place for moment in closed[:MOST]}
    found: dict[int, Rewording] = {}
    for each in answered(transcript):
        here = wanted.intersection(place for place, _ in each.reply.turns)
        if here and (other := _other(each, min(here), gauge, candidates)) is not None:
            found[other.place] = other
        if len(found) == len(wanted):
            break
    return tuple(found[moment.place] for moment in closed[:MOST] if moment.place in found)


def _other(each: Answered, place: int, gauge: Reads, candidates: Candidates) -> Rewording | None:
    from beside_gauge import Exchange, check

    said = exchange_of(each)
    ready = [
        text
        for text in dict.fromkeys(candidates(each))
        if text.strip() and not check(text, said.context)
    ]
    if not ready:
        return None
    was, *readings = gauge.read_many(
        [said, *(Exchange(context=said.context, reply=text) for text in ready)]
    )
    if _whole(was) is None or (was.person is not None and was.person.danger.seen):
        return None
    best, text = max(zip(readings, ready, strict=True), key=lambda pair: _whole(pair[0]) or 0.0)
    if (_whole(best) or 0.0) - (_whole(was) or 0.0) < LEAST_GAIN:
        return None
    return Rewording(place=place, text=text, dimension=_most_gained(was, best))


def _whole(reading: "Reading") -> float | None:
    return reading.whole()


def _most_gained(was: "Reading", now: "Reading") -> "DimensionId":
    gains = [
        ((after.value or 0.0) - (before.value or 0.0), after.dimension)
        for before, after in zip(was.dimensions, now.dimensions, strict=True)
        if after.value is not None
    ]
    return max(gains)[1]
