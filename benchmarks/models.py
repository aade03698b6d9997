"""Models made differently, side by side on the test part, in one run.

`python -m benchmarks.models FOLDER [FOLDER ...]` reads the frozen test part with the gauge that
ships and with each folder that `python -m train --out FOLDER` wrote: a quarter or half of the
corpus (the learning curve), three layers (the student), a setting left out.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.measure.frozen import (
    Frozen,
    exchange,
    gate_metrics,
    kappa_metrics,
    person_metrics,
    unfrozen,
)
from benchmarks.report import Metric, middle, show
from beside_gauge.encode import ASSETS
from beside_gauge.gauge import Gauge

ASKED = (
    "kappa_mean", "kappa_min", "gate_recall", "gate_false_alarms", "s_kappa", "k_kappa",
    "danger_recall", "danger_recall_oblique", "danger_false_alarms", "danger_false_alarms_hard",
)  # fmt: skip


def measure(folder: Path, *, short: bool) -> Iterator[Metric]:
    """Agreement, gate and danger of one model, and the milliseconds of a reading."""
    gauge = Gauge.load(folder)
    frozen = Frozen(gauge, short=short)
    for metrics in (kappa_metrics, gate_metrics, person_metrics):
        yield from (each for each in metrics(frozen) if each.metric in ASKED)
    answers = frozen.part.answers[:: max(1, len(frozen.part.answers) // 60)]
    milliseconds = []
    for answer in answers:
        given = exchange(answer.context.turns, answer.text)
        each = []
        for _ in range(3):
            began = time.perf_counter()
            gauge.read(given)
            each.append((time.perf_counter() - began) * 1000)
        milliseconds.append(median(each))
    yield middle("single_ms_p50", milliseconds)


def main() -> None:
    """Prints a table for each model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--short", action="store_true", help="every fourth person's turn")
    asked = parser.parse_args()
    if changed := unfrozen():
        raise SystemExit(f"The test part is not what was frozen: {', '.join(changed)}")
    for folder in (ASSETS, *asked.folders):
        name = "what ships" if folder == ASSETS else folder.name
        sys.stdout.write(f"== {name}\n")
        show(list(measure(folder, short=asked.short)), {}, as_json=asked.json)


if __name__ == "__main__":
    main()
