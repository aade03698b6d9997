"""What the gauge says of an exchange: a value with its interval for each dimension, and the gate.

A value never travels without its dimension, its interval and the id of the model that gave it.
"""

from dataclasses import dataclass
from statistics import fmean

from beside_gauge.dimensions import DIMENSIONS, DimensionId, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Characters `start` to `end` (exclusive) of the reply, and how they moved the value."""

    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionReading:
    """One dimension from 0 to 3 with its 90% interval; None where the context offers nothing."""

    dimension: DimensionId
    value: float | None
    low: float | None
    high: float | None
    evidence: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        given = [self.value is not None, self.low is not None, self.high is not None]
        if any(given) and not all(given):
            raise ValueError(f"{self.dimension}: a value comes with its interval, or not at all")
        if (
            self.value is not None
            and self.low is not None
            and self.high is not None
            and not 0 <= self.low <= self.value <= self.high <= 3
        ):
            raise ValueError(f"{self.dimension}: needs 0 <= low <= value <= high <= 3")

    @property
    def offered(self) -> bool:
        """Whether the context offered this dimension at all."""
        return self.value is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Whether the reply may count at all; `reason` says why not."""

    passed: bool
    reason: str | None = None

    def __post_init__(self) -> None:
        if self.passed == (self.reason is not None):
            raise ValueError("a gate that failed has a reason, a gate that passed has none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a reply meets what a person said: eight dimensions and the gate, by one named model."""

    model: str
    dimensions: tuple[DimensionReading, ...]
    gate: Gate

    def __post_init__(self) -> None:
        if [each.dimension for each in self.dimensions] != [each.id for each in DIMENSIONS]:
            raise ValueError("a reading has all eight dimensions, in order")

    def side(self, side: Side) -> float | None:
        """The mean of the offered dimensions of relief, growth or frame, 0 to 3; None if none."""
        sides = {each.id: each.side for each in DIMENSIONS}
        values = [
            each.value
            for each in self.dimensions
            if each.value is not None and sides[each.dimension] == side
        ]
        return fmean(values) if values else None

    def whole(self) -> float | None:
        """The geometric mean of the sides that were offered, 0 to 3; 0 where the gate failed.

        Non-compensatory by design: more warmth cannot buy off a missing spine. None where the
        context offered nothing.
        """
        if not self.gate.passed:
            return 0.0
        means = [mean for side in ("relief", "growth", "frame")
                 if (mean := self.side(side)) is not None]  # fmt: skip
        if not means:
            return None
        product = 1.0
        for mean in means:
            product *= mean
        return float(product ** (1 / len(means)))

    def lowest(self) -> DimensionReading | None:
        """The offered dimension with the least value: what would open more."""
        offered = [each for each in self.dimensions if each.value is not None]
        return min(offered, key=lambda each: each.value or 0.0, default=None)
