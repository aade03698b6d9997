"""The numbers of a session as it goes on: held in plain arrays, given back in a few stretches."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from beside.mirror.figures import Estimate, Single, together

if TYPE_CHECKING:
    from beside_gauge import DimensionId, Reading

STRETCHES = 24
"""A picture has at most so many stretches, however long the session is."""
FEWEST = 2
"""A stretch is of at least so many replies, where there are as many."""
SIDES = ("relief", "growth", "frame")
HIGHEST_STAGE = 5.0
_MISSING = -1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Some replies in a row: from which turn to which, and what was read of them."""

    first: int
    last: int
    replies: int
    dimensions: tuple[Estimate | None, ...]
    relief: Estimate | None
    growth: Estimate | None
    symptom: Estimate | None
    """Where the other stood to what hurts, from fighting it (0) to not needing it (5)."""
    self_relation: Estimate | None
    """Where the other stood to themselves, from attack (0) to kindness that overflows (5)."""


class Course:
    """Takes in one reading after the other. Thirteen series of three numbers each."""

    def __init__(self) -> None:
        self._places = array("l")
        self._series = tuple(array("f") for _ in range(13))

    def add(self, place: int, reading: "Reading", sides: Mapping[str, Single | None]) -> None:
        """The reading of the reply at this place."""
        self._places.append(place)
        for series, each in zip(self._series, reading.dimensions, strict=False):
            _put(series, each.value, each.low, each.high)
        for series, side in zip(self._series[8:11], SIDES, strict=True):
            single = sides.get(side)
            _put(series, *((single.value, single.low, single.high) if single else (None,) * 3))
        person = reading.person
        stages = (person.symptom, person.self_relation) if person is not None else (None, None)
        for series, stage in zip(self._series[11:], stages, strict=True):
            _put(series, *((stage.value, stage.low, stage.high) if stage else (None,) * 3))

    def profile(self) -> "tuple[tuple[DimensionId, Estimate | None], ...]":
        """The eight dimensions over the whole session."""
        from beside_gauge import DIMENSIONS

        count = len(self._places)
        return tuple(
            (dimension.id, self._estimate(at, 0, count)) for at, dimension in enumerate(DIMENSIONS)
        )

    def sides(self) -> dict[str, Estimate | None]:
        """Relief, growth and frame over the whole session."""
        count = len(self._places)
        return {side: self._estimate(8 + at, 0, count) for at, side in enumerate(SIDES)}

    def stretches(self, most: int) -> tuple[Stretch, ...]:
        """The session in at most so many stretches of equal length."""
        count = len(self._places)
        if not count:
            return ()
        many = max(1, min(most, count // FEWEST))
        bounds = [round(at * count / many) for at in range(many + 1)]
        return tuple(self._stretch(low, high) for low, high in pairwise(bounds))

    def _stretch(self, low: int, high: int) -> Stretch:
        return Stretch(
            first=self._places[low],
            last=self._places[high - 1],
            replies=high - low,
            dimensions=tuple(self._estimate(at, low, high) for at in range(8)),
            relief=self._estimate(8, low, high),
            growth=self._estimate(9, low, high),
            symptom=self._estimate(11, low, high, most=HIGHEST_STAGE),
            self_relation=self._estimate(12, low, high, most=HIGHEST_STAGE),
        )

    def _estimate(self, at: int, low: int, high: int, *, most: float = 3.0) -> Estimate | None:
        numbers = self._series[at][3 * low : 3 * high]
        return together(_singles(numbers), most=most)


def _put(series: "array[float]", *numbers: float | None) -> None:
    series.extend(_MISSING if each is None else each for each in numbers)


def _singles(numbers: "array[float]") -> Sequence[Single]:
    return [
        Single(value=numbers[at], low=numbers[at + 1], high=numbers[at + 2])
        for at in range(0, len(numbers), 3)
        if numbers[at] != _MISSING
    ]
