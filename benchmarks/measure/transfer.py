"""How much is lost where a whole setting was left out of training.

Three settings, each learned without it in a run of its own (`python -m train --without SETTING`),
then read on the test part's replies of that setting. Full form only. The three runs take hours, so
they are made only where BESIDE_TRANSFER names a folder to keep them in; otherwise no figure is
printed.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.measure.frozen import exchange, mean_kappa
from benchmarks.report import Metric
from beside_gauge.gauge import Gauge
from corpus.settled import corpus

SETTINGS = ("nursing", "leadership", "online")


def transfer(gauge: Gauge) -> Iterator[Metric]:
    """The worst drop in mean kappa of the three; None where it was not asked for."""
    kept = os.environ.get("BESIDE_TRANSFER")
    if not kept:
        yield Metric(metric="transfer_setting_drop", value=None, low=None, high=None,
                     unit="see its page", n=0)  # fmt: skip
        return
    drops = {setting: _drop(gauge, setting, Path(kept) / setting) for setting in SETTINGS}
    worst = max(drops, key=lambda setting: drops[setting][0])
    value, n = drops[worst]
    yield Metric(metric="transfer_setting_drop", value=value,
                 low=min(drop for drop, _ in drops.values()), high=value,
                 unit=f"kappa ({worst}; range)", n=n)  # fmt: skip


def _drop(gauge: Gauge, setting: str, folder: Path) -> tuple[float, int]:
    if not (folder / "reply.onnx").exists():
        subprocess.run(
            [sys.executable, "-m", "train", "--without", setting, "--out", str(folder)], check=True
        )
    answers = [a for a in corpus("test").answers if a.context.setting == setting]
    exchanges = [exchange(a.context.turns, a.text) for a in answers]
    rows = np.arange(len(answers))
    with_it = mean_kappa(answers, gauge.values(exchanges).level)(rows)
    without = mean_kappa(answers, Gauge.load(folder, threads=2).values(exchanges).level)(rows)
    return with_it - without, len(answers)
