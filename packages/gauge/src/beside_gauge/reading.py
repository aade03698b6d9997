"""What the gauge says of an exchange: a value with its interval for each dimension, and the gate.

A value never travels without its dimension, its interval and the id of the model that gave it.
"""

from dataclasses import dataclass
from statistics import fmean
from typing import Literal

from beside_gauge.dimensions import DIMENSIONS, DimensionId, Side

REGION = 1.5
"""An interval wider than this is shown as a region, without a number."""

Unscored = Literal["empty", "too-long", "language", "not-a-conversation"]
"""Why nothing was scored."""

Kind = Literal[
    "suicide", "self-harm", "harm-to-others", "violence", "child-at-risk", "overdose",
    "physical", "psychosis-mania", "withdrawal", "eating", "post-partum",
]  # fmt: skip
"""The kinds of danger (DOMAIN 6.2)."""


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
    level: int | None = None
    """The whole level, 0 to 3, that fits best."""

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

    @property
    def region(self) -> bool:
        """Whether the interval is so wide that only the region should be shown, no number."""
        return self.low is not None and self.high is not None and self.high - self.low > REGION


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Whether the reply may count at all; `reason` says why not."""

    passed: bool
    reason: str | None = None
    chance: float | None = None
    """How likely it is, 0 to 1, that the reply should not count."""

    def __post_init__(self) -> None:
        if self.passed == (self.reason is not None):
            raise ValueError("a gate that failed has a reason, a gate that passed has none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where a person stands to their symptom (S) or to themselves (K): 0 to 5, 90% interval."""

    value: float
    low: float
    high: float
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Danger:
    """Words of danger in a person's turn: a separate outcome, never a low score.

    `chance` is how likely level 2 or 3 is; `seen` is whether it passes the calibrated threshold.
    """

    level: int
    chance: float
    seen: bool
    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonReading:
    """A person's turn: what it offers, where the person stands, whether there is danger.

    `symptom` and `self_relation` are None where the turn shows nothing of them.
    """

    offered: tuple[DimensionId, ...]
    symptom: Stage | None
    self_relation: Stage | None
    danger: Danger


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a reply meets what a person said: eight dimensions and the gate, by one named model.

    `corpus` is the hash of what the model learned from. Where `unscored` gives a reason, no
    dimension has a value and `gate` is None; `person` is there, since danger is looked for in any
    text.
    """

    model: str
    dimensions: tuple[DimensionReading, ...]
    gate: Gate | None
    corpus: str = ""
    person: PersonReading | None = None
    unscored: Unscored | None = None

    def __post_init__(self) -> None:
        if [each.dimension for each in self.dimensions] != [each.id for each in DIMENSIONS]:
            raise ValueError("a reading has all eight dimensions, in order")
        if (self.gate is None) != (self.unscored is not None):
            raise ValueError("a reading has a gate, or a reason why nothing was scored")
        if self.unscored is not None and any(each.offered for each in self.dimensions):
            raise ValueError("what was not scored has no values")

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
        context offered nothing, or nothing was scored.
        """
        if self.gate is None:
            return None
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
