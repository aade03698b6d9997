"""The few moments of a session that are shown with their words: what opened, and what closed."""

import heapq
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from beside.mirror.exchanges import Answered
from beside.mirror.figures import Estimate

if TYPE_CHECKING:
    from beside_gauge import DimensionId, DimensionReading, Exchange, Reading

    ReadMany = Callable[[Iterable[Exchange]], list[Reading]]

MOST_SHOWN = 5
MOST_SENTENCES = 6
"""Of one reply so many sentences are tried, to see which one moved the value."""
_OPENING = 2.0
_CLOSING = 1.5
_SURELY = 1.9
"""What may just as well be there is not said to have closed anything."""
_sentence = re.compile(r"[^.!?…\n]+[.!?…]*[\"”’)]*")
_PASSED_BY = frozenset({"questions", "list", "stock"})
"""Checks that say nothing about one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Words of one turn: where they stand, in which dimension they are seen, and how surely.

    `start` to `end` are whole sentences; where a plain check points at something in them, `check`
    is its name and `mark` the words.
    """

    place: int
    """The place of the practitioner's turn."""
    person: int
    """The place of the turn that it answers."""
    start: int
    end: int
    dimension: "DimensionId | None"
    estimate: Estimate | None
    check: str | None = None
    mark: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """One reply that may be shown, with what is needed to find its words."""

    whole: float
    each: Answered
    reading: "Reading"
    danger: bool

    def __lt__(self, other: "_Kept") -> bool:
        return self.each.reply.place > other.each.reply.place


class Moments:
    """Keeps the most alive and the narrowest replies; the others are let go of at once."""

    def __init__(self) -> None:
        self._best: list[tuple[float, _Kept]] = []
        self._least: list[tuple[float, _Kept]] = []

    def add(self, each: Answered, reading: "Reading", *, danger: bool) -> None:
        """A reply and its reading. In danger, plain orders are not held against it."""
        whole = reading.whole()
        if whole is None:
            return
        kept = _Kept(whole=whole, each=each, reading=reading, danger=danger)
        if reading.gate is not None and reading.gate.passed:
            _keep(self._best, (whole, kept))
        _keep(self._least, (-whole, kept))

    def opened(self, read_many: "ReadMany", exchange: "Callable[[Answered], Exchange]") -> (
        tuple[Moment, ...]
    ):  # fmt: skip
        """Up to five, the most alive first."""
        made = []
        for _, kept in sorted(self._best, key=lambda each: -each[0]):
            best = _dimension(kept.reading, highest=True)
            if best is not None and (best.value or 0) >= _OPENING:
                made.append(_moment(kept, best, read_many, exchange, opened=True))
        return tuple(made)

    def closed(
        self,
        read_many: "ReadMany",
        exchange: "Callable[[Answered], Exchange]",
        opened: tuple[Moment, ...],
    ) -> tuple[Moment, ...]:
        """Up to five, the narrowest first; what opened is not named here too."""
        shown = {each.place for each in opened}
        made = []
        for _, kept in sorted(self._least, key=lambda each: -each[0]):
            if (moment := _checked(kept)) is not None:
                made.append(moment)
                continue
            least = _dimension(kept.reading, highest=False)
            if least is not None and (least.value or 0) < _CLOSING and (least.high or 0) < _SURELY:
                moment = _moment(kept, least, read_many, exchange, opened=False)
                if moment.place not in shown:
                    made.append(moment)
        return tuple(made)


def _keep(heap: list[tuple[float, _Kept]], one: tuple[float, _Kept]) -> None:
    if len(heap) < MOST_SHOWN:
        heapq.heappush(heap, one)
    else:
        heapq.heappushpop(heap, one)


def _dimension(reading: "Reading", *, highest: bool) -> "DimensionReading | None":
    offered = [each for each in reading.dimensions if each.value is not None]
    if not offered:
        return None
    choose = max if highest else min
    return choose(offered, key=lambda each: each.value or 0.0)


def _moment(
    kept: _Kept,
    dimension: "DimensionReading",
    read_many: "ReadMany",
    exchange: "Callable[[Answered], Exchange]",
    *,
    opened: bool,
) -> Moment:
    """The sentence without which the value would be lowest (or, for what closed, highest)."""
    text = kept.each.reply.text
    places = sentences(text)
    start, end = places[0]
    if 1 < len(places) <= MOST_SENTENCES:
        whole = exchange(kept.each)
        without = read_many(
            type(whole)(context=whole.context, reply=f"{text[:low]}{text[high:]}".strip())
            for low, high in places
        )
        at = [each.dimension for each in kept.reading.dimensions].index(dimension.dimension)
        values = [reading.dimensions[at].value for reading in without]
        choose = min if opened else max
        worth = [dimension.value if each is None else each for each in values]
        start, end = places[worth.index(choose(each or 0.0 for each in worth))]
    elif len(places) > 1:
        start, end = places[0][0], places[-1][1]
    return _at(kept.each, start, end, dimension)


def _checked(kept: _Kept) -> Moment | None:
    """The first thing in the reply that a plain check points at."""
    from beside_gauge import Turn, check

    turns = (Turn(role="person", text=kept.each.person.text),)
    reply = kept.each.reply
    for found in check(reply.text, turns, safety=kept.danger):
        if found.check in _PASSED_BY:
            continue
        around = [at for at in sentences(reply.text) if at[0] < found.end and found.start < at[1]]
        begin, stop = (around[0][0], around[-1][1]) if around else (found.start, found.end)
        place, first, last = reply.find(begin, stop)
        low = found.start - begin + first
        mark = (low, min(last, found.end - begin + first))
        return Moment(
            place=place, person=kept.each.person.turns[-1][0], start=first, end=last,
            dimension=None, estimate=None, check=found.check, mark=mark,
        )  # fmt: skip
    return None


def _at(each: Answered, start: int, end: int, dimension: "DimensionReading") -> Moment:
    place, first, last = each.reply.find(start, end)
    estimate = None
    if dimension.value is not None and dimension.low is not None and dimension.high is not None:
        estimate = Estimate(value=dimension.value, low=dimension.low, high=dimension.high, count=1)
    return Moment(
        place=place,
        person=each.person.turns[-1][0],
        start=first,
        end=last,
        dimension=dimension.dimension,
        estimate=estimate,
    )


def sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a text begin and end; the whole text where there is none."""
    found = []
    for each in _sentence.finditer(text):
        words = each[0].strip()
        if words:
            start = each.start() + each[0].index(words)
            found.append((start, start + len(words)))
    return found or [(0, len(text))]
