"""Estimates with their intervals: what many single readings say together.

The gauge may be wrong in the same direction every time, so no number of turns makes an estimate
sharper than that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, median, pvariance

SHARED = 0.3
"""The part of a reading's error variance that is taken to be the same in all readings."""
REGION = 1.5
"""An interval wider than this is shown as a region, without a number."""
Z90 = 1.645
MEDIAN_COSTS = 1.571
"""The variance of a median beside that of a mean (pi / 2, where values are spread normally)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A value with its 90% interval, and of how many readings it is the median."""

    value: float
    low: float
    high: float
    count: int

    def __post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            raise ValueError("an estimate needs low <= value <= high")

    @property
    def region(self) -> bool:
        """Whether the interval is so wide that only the region should be shown."""
        return self.high - self.low > REGION


@dataclass(frozen=True, slots=True, kw_only=True)
class Single:
    """One reading: a value with its 90% interval."""

    value: float
    low: float
    high: float


def together(readings: Sequence[Single], *, most: float = 3.0) -> Estimate | None:
    """The median of single readings, from 0 to `most`; None where there is none."""
    if not readings:
        return None
    values = [each.value for each in readings]
    middle = median(values)
    error = fmean(((each.high - each.low) / (2 * Z90)) ** 2 for each in readings)
    count = len(values)
    spread = pvariance(values) * count / (count - 1) if count > 1 else 0.0
    own = MEDIAN_COSTS if count > 2 else 1.0
    variance = (own * spread + (1 - SHARED) * error) / count + SHARED * error
    half = Z90 * sqrt(variance)
    return Estimate(
        value=middle,
        low=max(0.0, min(middle, middle - half)),
        high=min(most, max(middle, middle + half)),
        count=count,
    )


def mean_of(readings: Sequence[Single]) -> Single | None:
    """The mean of several dimensions of one turn; their errors are taken to go together."""
    if not readings:
        return None
    return Single(
        value=fmean(each.value for each in readings),
        low=fmean(each.low for each in readings),
        high=fmean(each.high for each in readings),
    )


def least(estimates: Sequence[Estimate]) -> Estimate | None:
    """The lowest of several: what is strong in one does not make up for what lacks in another."""
    return min(estimates, key=lambda each: each.value, default=None)


def written(name: str, estimate: Estimate) -> str:
    """A figure as a short line: `D1 1.95 1.42 2.40 31`."""
    return f"{name} {estimate.value:.2f} {estimate.low:.2f} {estimate.high:.2f} {estimate.count}"


def read_figure(line: str) -> tuple[str, Estimate] | None:
    """What `written` wrote; None where the line is none."""
    name, *numbers = line.split(" ")
    try:
        value, low, high = (float(each) for each in numbers[:3])
        return name, Estimate(value=value, low=low, high=high, count=int(numbers[3]))
    except (ValueError, IndexError):
        return None
