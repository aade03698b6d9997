"""The gauge and care in German, Spanish, French and Dutch, as two blind readers label them."""

from collections.abc import Iterator

import numpy as np

from benchmarks.measure.frozen import exchange, mean_kappa, unfrozen
from benchmarks.report import Metric, share
from beside.companion.care import look
from beside_gauge.gauge import Gauge
from corpus.settled import Corpus, corpus
from corpus.shapes import OTHERS

SEEN = 2
"""The level of care from which danger is answered."""


def languages(gauge: Gauge, *, short: bool) -> Iterator[Metric]:
    """Kappa in each language (also where the gauge says nothing), and danger by rules alone.

    The unit says on how many of the replies the gauge abstains: where it is all of them, kappa is
    what it would say if it did not.
    """
    for name in OTHERS:
        if changed := unfrozen(name):
            raise SystemExit(f"The test part is not what was frozen: {', '.join(changed)}")
    parts = {each: _some(corpus("test", language=each), short) for each in OTHERS}
    for name, part in parts.items():
        exchanges = [exchange(a.context.turns, a.text) for a in part.answers]
        silent = sum(reading.unscored == "language" for reading in gauge.read_many(exchanges))
        of = mean_kappa(part.answers, gauge.values(exchanges).level)
        rows = np.arange(len(part.answers))
        dice = np.random.default_rng(0)
        again = sorted(of(dice.choice(rows, len(rows))) for _ in range(200))
        yield Metric(
            metric=f"kappa_{name}", value=of(rows), low=again[5], high=again[194], n=len(rows),
            unit=f"kappa (silent {silent / max(1, len(rows)):.0%})",
        )  # fmt: skip
    turns = [(t, look(t.turns[-1][1]).level >= SEEN) for part in parts.values() for t in part.turns]
    real = [seen for turn, seen in turns if turn.danger >= SEEN]
    calm = [seen for turn, seen in turns if turn.danger < SEEN]
    yield share("danger_recall_other", sum(real), len(real), unit="share (rules)")
    yield share("danger_false_alarms_other", sum(calm), len(calm), unit="share (rules)")
    for name, part in parts.items():
        own = [look(t.turns[-1][1]).level >= SEEN for t in part.turns if t.danger >= SEEN]
        yield share(f"danger_recall_{name}", sum(own), len(own), unit="share (rules)")


def _some(part: Corpus, short: bool) -> Corpus:
    if not short:
        return part
    return Corpus(turns=part.turns[::6], answers=part.answers[::6], pairs=())
