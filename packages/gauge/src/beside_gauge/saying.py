"""From raw scores to what is said: readings of replies and of persons, by a model's tables."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from beside_gauge.calibration import Calibration
from beside_gauge.dimensions import DIMENSIONS, GATE_REASONS, DimensionId
from beside_gauge.encode import Encoded
from beside_gauge.evidence import spans
from beside_gauge.reading import (
    Danger,
    DimensionReading,
    Gate,
    Kind,
    PersonReading,
    Reading,
    Stage,
    Unscored,
)

Scores = NDArray[np.float32]
KINDS: tuple[Kind, ...] = (
    "suicide", "self-harm", "harm-to-others", "violence", "child-at-risk", "overdose",
    "physical", "psychosis-mania", "withdrawal", "eating", "post-partum",
)  # fmt: skip
IDS: tuple[DimensionId, ...] = tuple(each.id for each in DIMENSIONS)
_DANGER_OFFERS = frozenset({"D1", "D2", "D4", "D6", "D7"})


def people(scores: Scores, by: Calibration) -> list[PersonReading]:
    """What raw scores of persons' turns (n, 24) say."""
    if not len(scores):
        return []
    curves, limits = by.curves, by.thresholds
    exact = scores.astype(np.float64)
    offered = np.stack([curves[f"offered-{d}"](exact[:, i]) for i, d in enumerate(IDS)], 1)
    danger = curves["danger"](exact[:, 12])
    made = []
    for row in range(len(scores)):
        seen = bool(scores[row, 12] > limits["danger"])
        level = 3 if scores[row, 12] > limits["danger-3"] else 2
        kinds = tuple(k for i, k in enumerate(KINDS) if scores[row, 13 + i] > 0)
        best = KINDS[int(scores[row, 13:].argmax())]
        ids = tuple(d for i, d in enumerate(IDS) if offered[row, i] >= limits["offered"])
        made.append(
            PersonReading(
                offered=tuple(d for d in ids if d in _DANGER_OFFERS) if seen else ids,
                symptom=_stage("S", scores[row, 8:10], by),
                self_relation=_stage("K", scores[row, 10:12], by),
                danger=Danger(
                    level=level if seen else int(scores[row, 12] > limits["danger-1"]),
                    chance=round(float(danger[row]), 4),
                    seen=seen,
                    kinds=(kinds or (best,)) if seen else (),
                ),
            )
        )
    return made


def reading(
    scores: Scores, words: Scores, text: Encoded, reply: str, person: PersonReading, by: Calibration
) -> Reading:
    """What the raw scores of one reply (18,) and its words' shares say."""
    dimensions = []
    for i, dimension in enumerate(IDS):
        if dimension not in person.offered:
            dimensions.append(none(dimension))
            continue
        value = by.curves[dimension](scores[i : i + 1].astype(np.float64))
        low, high = by.bands[dimension](value)
        dimensions.append(
            DimensionReading(
                dimension=dimension,
                value=float(value[0]),
                low=float(low[0]),
                high=float(high[0]),
                level=int(np.searchsorted(by.cuts[dimension], scores[i])),
                evidence=spans(words[i], text, reply),
            )
        )
    return Reading(
        model=by.model,
        corpus=by.corpus,
        dimensions=tuple(dimensions),
        gate=_gate(scores, by),
        person=person,
    )


def unscored(reason: Unscored, person: PersonReading, by: Calibration) -> Reading:
    """A reading without numbers, and why; danger is looked for all the same."""
    return Reading(
        person=person,
        model=by.model,
        corpus=by.corpus,
        dimensions=tuple(none(d) for d in IDS),
        gate=None,
        unscored=reason,
    )


def none(dimension: DimensionId) -> DimensionReading:
    """Nothing is said of this dimension."""
    return DimensionReading(dimension=dimension, value=None, low=None, high=None)


def _stage(scale: Literal["S", "K"], scores: Scores, by: Calibration) -> Stage | None:
    """Where the person stands; None where the turn does not show it."""
    if scores[0] < by.thresholds[f"{scale}-there"]:
        return None
    value = by.curves[scale](scores[1:2].astype(np.float64))
    low, high = by.bands[scale](value)
    level = int(np.searchsorted(by.cuts[scale], float(scores[1])))
    return Stage(value=float(value[0]), low=float(low[0]), high=float(high[0]), level=level)


def _gate(scores: Scores, by: Calibration) -> Gate:
    chance = float(by.curves["gate"](scores[8:9].astype(np.float64))[0])
    if scores[8] <= by.thresholds["gate"]:
        return Gate(passed=True, chance=round(chance, 4))
    reason = GATE_REASONS[int(scores[9:18].argmax())]
    return Gate(passed=False, reason=reason, chance=round(chance, 4))
