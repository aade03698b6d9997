"""Whole conversations: C1 to C9 against two blind readers, how wide, and how they grow.

The agreement and the intervals are on conversations never used for fitting; the long one is made of
those that were, told one after the other in an order that always changes.
"""

import json
import subprocess
import sys
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from benchmarks.report import Metric, plain, share
from beside_gauge import Turn
from beside_gauge.conversation import SCALES, ConversationReading, read_conversation
from beside_gauge.gauge import Gauge
from corpus.agreement import ordinal_alpha
from corpus.conversations import Levels, both_readers, settled

TEST_FROM = 710
"""Files from this number on are the test part."""
LEAST = 12
"""Fewer conversations that have a scale say nothing of it."""
TURNS = 5000
"""How long a long conversation is."""
Array = NDArray[np.float64]


def conversations(gauge: Gauge, *, short: bool) -> Iterator[Metric]:
    """Rank correlation for each scale with its bootstrap interval; the readers' own agreement.

    Then how many of the readers' levels lie inside the intervals, and the cost of a long one.
    """
    given = [(talk, levels) for talk, levels in settled() if int(talk.id[:3]) >= TEST_FROM]
    given = given[::4] if short else given
    readings = [
        read_conversation((Turn(role=role, text=text) for role, text in talk.turns), gauge=gauge)
        for talk, _ in given
    ]
    found: list[Metric] = []
    for i, scale in enumerate(SCALES):
        one, other = _both(i, readings, [levels for _, levels in given])
        unsaid = sum(levels[i] is not None for _, levels in given) - len(one)
        value, low, high = _spread(one, other)
        found.append(
            Metric(metric=f"conversation_rho_{scale}", value=value, low=low, high=high,
                   unit=f"rho ({unsaid} not read)", n=len(one))
        )  # fmt: skip
    values = [each.value for each in found if each.value is not None]
    mean = float(np.mean(values)) if values else None
    least = min(found, key=lambda each: 9.0 if each.value is None else each.value, default=None)
    yield Metric(metric="conversation_rho_mean", value=mean, low=min(values, default=None),
                 high=max(values, default=None), unit="rho (range)", n=len(given))  # fmt: skip
    if least is not None:
        yield Metric(metric="conversation_rho_min", value=least.value, low=least.low,
                     high=least.high, unit=f"rho ({least.metric[-2:]})", n=least.n)  # fmt: skip
    yield from found
    yield from _readers()
    yield from _coverage(readings, [levels for _, levels in given])
    yield from _long(TURNS // 20 if short else TURNS)


def _both(
    at: int, readings: list[ConversationReading], levels: list[Levels]
) -> tuple[Array, Array]:
    rows = [
        (value, float(level))
        for reading, given in zip(readings, levels, strict=True)
        if (value := reading.scales[at].value) is not None and (level := given[at]) is not None
    ]
    return np.array([a for a, _ in rows]), np.array([b for _, b in rows])


def _spread(one: Array, other: Array) -> tuple[float | None, float | None, float | None]:
    if len(one) < LEAST or np.ptp(one) == 0 or np.ptp(other) == 0:
        return None, None, None
    dice = np.random.default_rng(0)
    again = []
    for _ in range(400):
        rows = dice.integers(0, len(one), len(one))
        if np.ptp(one[rows]) and np.ptp(other[rows]):
            again.append(rank_correlation(one[rows], other[rows]))
    again.sort()
    return rank_correlation(one, other), again[len(again) // 40], again[-len(again) // 40]


def rank_correlation(one: Array, other: Array) -> float:
    """Spearman's rho, with the mean rank where values are equal."""
    return float(np.corrcoef(_ranks(one), _ranks(other))[0, 1])


def _ranks(values: Array) -> Array:
    order = values.argsort(kind="stable")
    ranks = np.empty(len(values))
    ranks[order] = np.arange(len(values))
    _, which = np.unique(values, return_inverse=True)
    means: Array = np.bincount(which, ranks) / np.bincount(which)
    return means[which]


def _readers() -> Iterator[Metric]:
    every = both_readers()
    alphas = []
    for i in range(len(SCALES)):
        one, other = ([pair[at][i] for pair in every] for at in (0, 1))
        if sum(a is not None and b is not None for a, b in zip(one, other, strict=True)) > LEAST:
            alphas.append(ordinal_alpha(one, other, top=3))
    yield Metric(
        metric="conversation_reader_alpha", value=float(np.mean(alphas)) if alphas else None,
        low=min(alphas, default=None), high=max(alphas, default=None), unit="alpha (range)",
        n=len(every),
    )  # fmt: skip


def _coverage(readings: list[ConversationReading], levels: list[Levels]) -> Iterator[Metric]:
    """The share of levels inside their 90% intervals, over all scales and for each; the width."""
    inside: list[list[bool]] = []
    widths: list[float] = []
    for i in range(len(SCALES)):
        own: list[bool] = []
        for reading, given in zip(readings, levels, strict=True):
            scale, level = reading.scales[i], given[i]
            if scale.low is not None and scale.high is not None and level is not None:
                own.append(scale.low <= level <= scale.high)
                widths.append(scale.high - scale.low)
        inside.append(own)
    every = [hit for own in inside for hit in own]
    yield share("conversation_coverage_90", sum(every), len(every))
    for scale_id, own in zip(SCALES, inside, strict=True):
        yield share(f"conversation_coverage_{scale_id}", sum(own), len(own))
    yield plain("conversation_width", float(np.mean(widths)), unit="of 3, mean", n=len(widths))


def _long(turns: int) -> Iterator[Metric]:
    """Seconds and memory of a process that does nothing but read one long conversation."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.measure.long_conversation", str(turns)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout)
    yield plain(f"conversation_{turns}_s", found["seconds"], unit="s", n=turns)
    yield plain(
        f"conversation_{turns}_mb", found["most_mb"], unit="MB, all of the process", n=turns
    )
    yield plain("conversation_growth_mb", found["growth_mb"],
                unit=f"MB after turn {found['level_from']}", n=turns)  # fmt: skip
