"""For at most five turns: another wording to think about, with its reason. Never a correction.

Where the words come from is not known here: whoever calls gives candidates for a turn. They are
weighed as Beside weighs its own replies (`companion/weigh.py`), and one is shown only where the
gauge reads it as more than what was said and no plain check points at it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from beside.companion.care import look
from beside.companion.weigh import Candidate, judge
from beside.mirror.exchanges import Answered, answered
from beside.mirror.moments import Moment
from beside.mirror.proposing import messages
from beside.mirror.reflect import Reads, exchange_of
from beside.mirror.transcript import Transcript

if TYPE_CHECKING:
    from beside_gauge import DimensionId, Reading

MOST = 5
LEAST_GAIN = 0.25
"""A wording that is read as less than this much more is no other than what was said."""
_SAID = "said"

Candidates = Callable[[int, Answered], Sequence[Candidate]]
"""Other things that could be said at the moment of this place, and whose they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewording:
    """Other words for the turn at `place`, and the dimension in which they are read as more.

    `source` is the name of the voice whose words they are.
    """

    place: int
    text: str
    dimension: "DimensionId"
    source: str


def narrowest(transcript: Transcript, closed: Sequence[Moment]) -> dict[int, Answered]:
    """The answers of the narrowest moments by their places, in the order of `closed`."""
    wanted = [moment.place for moment in closed[:MOST]]
    found: dict[int, Answered] = {}
    for each in answered(transcript):
        here = {place for place, _ in each.reply.turns}.intersection(wanted)
        if here:
            found[min(here)] = each
        if len(found) == len(wanted):
            break
    return {place: found[place] for place in wanted if place in found}


def rewordings(
    moments: Mapping[int, Answered], gauge: Reads, candidates: Candidates
) -> tuple[Rewording, ...]:
    """Other wordings for these moments, where there is one that opens more."""
    made = (_other(each, place, gauge, candidates(place, each)) for place, each in moments.items())
    return tuple(other for other in made if other is not None)


def _other(
    each: Answered, place: int, gauge: Reads, given: Sequence[Candidate]
) -> Rewording | None:
    from beside_gauge import check

    line = messages(each)
    seen = look(line[-1].text, line[:-1])
    said = exchange_of(each)
    ready = [one for one in given if one.text.strip() and not check(one.text, said.context)]
    if not ready:
        return None
    all_ = (Candidate(text=said.reply, source=_SAID), *ready)
    first, *judged = judge(all_, line, mode="issue", look=seen, gauge=gauge)
    was = first.reading
    if was is None or (before := was.whole()) is None:
        return None
    if was.person is not None and was.person.danger.seen:
        return None
    better = [
        (one.score, one.candidate, one.reading)
        for one in judged
        if not one.vetoes
        and one.reading is not None
        and (one.reading.whole() or 0.0) - before >= LEAST_GAIN
    ]
    if not better:
        return None
    _, best, reading = max(better, key=lambda one: one[0])
    return Rewording(
        place=place, text=best.text, dimension=_most_gained(was, reading), source=best.source
    )


def _most_gained(was: "Reading", now: "Reading") -> "DimensionId":
    gains = [
        ((after.value or 0.0) - (before.value or 0.0), after.dimension)
        for before, after in zip(was.dimensions, now.dimensions, strict=True)
        if after.value is not None
    ]
    return max(gains)[1]
