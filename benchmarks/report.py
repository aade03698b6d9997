"""How every benchmark is run and printed: `python -m benchmarks.NAME [--json] [--short]`."""

import argparse
import json
import math
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean, median, quantiles


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One number with its spread (`low` to `high`, 95%), its unit, and how many it rests on."""

    metric: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    n: int


def count(name: str, value: int, *, n: int, unit: str = "count") -> Metric:
    """Something counted in `n` trials: its range says what a trial's rate could still hide.

    The upper end is the one-sided 95% bound on the count in as many trials again (the rule of
    three where nothing was seen).
    """
    high = value + 3 if n and value == 0 else value
    return Metric(metric=name, value=value, low=value, high=high, unit=unit, n=n)


def share(name: str, hits: int, n: int, *, unit: str = "share") -> Metric:
    """A proportion with its Wilson interval."""
    if n == 0:
        return Metric(metric=name, value=None, low=None, high=None, unit=unit, n=0)
    z = 1.96
    p = hits / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return Metric(
        metric=name, value=p, low=max(0.0, middle - half), high=min(1.0, middle + half),
        unit=unit, n=n,
    )  # fmt: skip


def per_thousand(name: str, hits: int, n: int) -> Metric:
    """A rate per 1,000 with its Wilson interval."""
    return _scaled(share(name, hits, n), 1000, "per 1,000")


def per_hundred(name: str, hits: int, n: int) -> Metric:
    """A rate per 100 with its Wilson interval."""
    return _scaled(share(name, hits, n), 100, "per 100")


def middle(name: str, values: Sequence[float], *, unit: str = "ms") -> Metric:
    """The median with a bootstrap interval."""
    return _bootstrapped(name, values, median, unit)


def mean(name: str, values: Sequence[float], *, unit: str) -> Metric:
    """The mean with a bootstrap interval."""
    return _bootstrapped(name, values, fmean, unit)


def percentile_95(name: str, values: Sequence[float], *, unit: str = "ms") -> Metric:
    """The 95th percentile with a bootstrap interval."""
    return _bootstrapped(name, values, lambda v: quantiles(v, n=20)[-1], unit)


def plain(name: str, value: float, *, unit: str, n: int = 1) -> Metric:
    """A number that has no spread of its own (a size, a count of packages)."""
    return Metric(metric=name, value=value, low=value, high=value, unit=unit, n=n)


Measure = Callable[[bool], Sequence[Metric]]


def main(measure: Measure, reach: dict[str, str], **parts: Measure) -> None:
    """Run `measure(short)` and print it; `reach` is what each metric should come to.

    Each of `parts` can be asked for by its name instead: `--languages` runs that one.
    """
    parser = argparse.ArgumentParser(description=measure.__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--short", action="store_true", help="on less, within 45 seconds")
    for name, part in parts.items():
        parser.add_argument(f"--{name}", dest="part", action="store_const", const=part,
                            help=part.__doc__)  # fmt: skip
    asked = parser.parse_args()
    show((asked.part if parts and asked.part else measure)(asked.short), reach, as_json=asked.json)


def show(metrics: Sequence[Metric], reach: dict[str, str], *, as_json: bool = False) -> None:
    """Print these, as a table for people or one JSON object a line."""
    if as_json:
        for each in metrics:
            sys.stdout.write(json.dumps(asdict(each)) + "\n")
        return
    sys.stdout.write(f"{'metric':<36}{'value':>12}{'low':>12}{'high':>12}  {'unit':<18}{'reach'}\n")
    for each in metrics:
        sys.stdout.write(
            f"{each.metric:<36}{_figure(each.value):>12}{_figure(each.low):>12}"
            f"{_figure(each.high):>12}  {each.unit:<18}{reach.get(each.metric, 'printed')}\n"
        )


def _scaled(of: Metric, by: float, unit: str) -> Metric:
    low, value, high = (None if v is None else by * v for v in (of.low, of.value, of.high))
    return Metric(metric=of.metric, value=value, low=low, high=high, unit=unit, n=of.n)


def _bootstrapped(
    name: str, values: Sequence[float], of: Callable[[Sequence[float]], float], unit: str
) -> Metric:
    if len(values) < 2:
        value = values[0] if values else None
        return Metric(metric=name, value=value, low=value, high=value, unit=unit, n=len(values))
    dice = random.Random(0)
    again = sorted(of(dice.choices(values, k=len(values))) for _ in range(400))
    return Metric(
        metric=name, value=of(values), low=again[10], high=again[389], unit=unit, n=len(values)
    )


def _figure(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if abs(value) >= 1000 or value == int(value) else f"{value:.3g}"
