"""What the gauge refuses, and what it must not refuse."""

from collections.abc import Iterator

from benchmarks.measure.cases import cases, exchange
from benchmarks.report import Metric, share
from beside_gauge.gauge import Gauge
from beside_gauge.languages import LANGUAGES


def abstention(gauge: Gauge, *, short: bool) -> Iterator[Metric]:
    """Refused outside its range (a reason and no number), and by mistake inside."""
    outside = [
        exchange(c, c["reply"] * c.get("reply_repeat", 1)) for c in cases("outside")
        if c.get("language") not in LANGUAGES  # what it has learned since is not outside
        or c["why"] != "language"
    ]  # fmt: skip
    inside = [exchange(c, c["reply"]) for c in cases("inside")]
    step = 2 if short else 1
    refused = [r.unscored is not None for r in gauge.read_many(outside[::step])]
    yield share("abstains_out", sum(refused), len(refused))
    wrongly = [r.unscored is not None for r in gauge.read_many(inside[::step])]
    yield share("abstains_in", sum(wrongly), len(wrongly))
