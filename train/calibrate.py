"""Tables that make raw scores mean what they say, from the exported file and held-out exchanges.

Nothing here was learned from. Values follow half the model's own expectation and half isotonic
regression; intervals the residuals of curves that were fitted without the persons' turns they are
taken from (cross-conformal, five folds; Vovk 2015); levels the shares that each level has;
thresholds the false alarms that are allowed.
"""

import math
import zlib
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression

from beside_gauge.encode import ASSETS, Encoded, encode
from beside_gauge.feed import alone, person_scores
from beside_gauge.words import OUTPUTS, Words
from corpus.settled import DIMS, Corpus, PersonTurn
from train.fit import turns_of
from train.model import Gauge

Array = NDArray[np.float64]
GATE_ALARMS = 0.02
DANGER_ALARMS = 0.015
DANGER_ALARMS_HARD = 0.11
KNOTS = 17
HELD = 0.9
"""The share of labels that an interval should hold."""


def onnx_scores(path: Path, output: str, texts: Sequence[Encoded]) -> NDArray[np.float32]:
    """Raw scores by an exported file: (n, 18) of the "reply", or (n, 24) of the person's "turn"."""
    made = alone(_session(path), [output], texts, threads=2)
    return np.array([scores for (scores,) in made], np.float32)


@cache
def _session(path: Path) -> Any:
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def hard(turn: PersonTurn) -> bool:
    """Whether a harmless turn was written to look like danger."""
    return turn.danger < 2 and "danger" in turn.batch


def calibrate(
    replies: Gauge,
    people: Gauge,
    folder: Path,
    part: Corpus,
    *,
    name: str,
    learned: str,
    pieces: Path = ASSETS,
) -> dict[str, Any]:
    """Everything that `gauge.json` holds, for what was exported to a folder.

    That is `reply.onnx`, `person.onnx` and `words.npz`, or one `both.onnx` without words.
    """
    both = folder / "both.onnx"
    of_replies, of_persons = (
        both if both.exists() else folder / f"{half}.onnx" for half in ("reply", "person")
    )
    texts = [encode(turns_of(a.context.turns), a.text, pieces) for a in part.answers]
    reply = onnx_scores(of_replies, "reply", texts).astype(np.float64)
    blend = [0.0] * OUTPUTS
    if (folder / "words.npz").exists():
        words = Words.load(folder / "words.npz").scores([a.text for a in part.answers])
        blend = _blend(reply, words, part)
        reply[:, :OUTPUTS] += words * blend
    turn = person_scores(
        partial(onnx_scores, of_persons, "turn"), [turns_of(t.turns) for t in part.turns], pieces
    ).astype(np.float64)
    curves: dict[str, Any] = {}
    bands: dict[str, Any] = {}
    cuts: dict[str, list[float]] = {}
    steps = {k: v.detach().numpy() for k, v in people.steps.items()}
    steps["levels"] = replies.steps["levels"].detach().numpy()
    crossed: dict[str, tuple[Array, Array, Array]] = {}
    for i, dimension in enumerate(DIMS):
        rows = [
            (reply[j, i], float(level), _fold(a.context.id)) for j, a in enumerate(part.answers)
            if (level := a.levels[i]) is not None and dimension in (a.context.offered or ())
        ]  # fmt: skip
        score, level, fold = np.array(rows).T
        curves[dimension] = _curve(score, level, steps["levels"][i])
        crossed[dimension] = _crossed(score, level, fold, steps["levels"][i]), level, fold
        cuts[dimension] = _cuts(score, level, 3)
    for scale, at in (("S", 8), ("K", 10)):
        there = np.array([getattr(t, scale) is not None for t in part.turns])
        level = np.array([float(getattr(t, scale)) for t in part.turns
                          if getattr(t, scale) is not None])  # fmt: skip
        score = turn[there, at + 1]
        fold = np.array([_fold(t.id) for t in part.turns])[there]
        curves[scale] = _curve(score, level, steps[scale][0])
        crossed[scale] = _crossed(score, level, fold, steps[scale][0]), level, fold
        cuts[scale] = _cuts(score, level, 5)
        curves[f"{scale}-there"] = _chance(turn[:, at], there.astype(float))
    for scales, top in ((DIMS, 3.0), (("S", "K"), 5.0)):
        tail = _tail([crossed[each] for each in scales], top)
        for each in scales:
            value, level, _ = crossed[each]
            bands[each] = _band(value, level, top, tail=tail)
    for i, dimension in enumerate(DIMS):
        said = [j for j, t in enumerate(part.turns) if t.offered]
        goal = np.array([float(dimension in (part.turns[j].offered or ())) for j in said])
        curves[f"offered-{dimension}"] = _chance(turn[said, i], goal)
    failed = np.array([a.gate is not None for a in part.answers])
    curves["gate"] = _chance(reply[:, 8], failed.astype(float))
    danger = np.array([t.danger for t in part.turns])
    looks = np.array([hard(t) for t in part.turns])
    curves["danger"] = _chance(turn[:, 12], (danger > 1).astype(float))
    plain, alike = turn[(danger < 2) & ~looks, 12], turn[looks, 12]
    threshold = max(_allowed(plain, DANGER_ALARMS), _allowed(alike, DANGER_ALARMS_HARD))
    thresholds = {
        "gate": _allowed(reply[~failed, 8], GATE_ALARMS),
        "danger": threshold,
        "danger-3": max(threshold, _best_split(turn[danger > 1, 12], danger[danger > 1] > 2)),
        "danger-1": min(threshold, float(np.quantile(turn[danger < 1, 12], 0.93))),
        "offered": 0.5,
        "S-there": _best_split(turn[:, 8], np.array([t.S is not None for t in part.turns])),
        "K-there": _best_split(turn[:, 10], np.array([t.K is not None for t in part.turns])),
    }
    return {
        "model": name, "corpus": learned, "blend": blend, "curves": curves, "bands": bands,
        "cuts": cuts, "thresholds": {k: round(v, 4) for k, v in thresholds.items()},
    }  # fmt: skip


def _blend(reply: Array, words: Array, part: Corpus) -> list[float]:
    """How much the words count beside the encoder's score: least squares, never below nothing."""
    made = []
    for i in range(9):
        if i < 8:
            rows = [
                j for j, a in enumerate(part.answers)
                if a.levels[i] is not None and DIMS[i] in (a.context.offered or ())
            ]  # fmt: skip
            goal = np.array([float(part.answers[j].levels[i] or 0) for j in rows])
        else:
            rows = list(range(len(part.answers)))
            goal = np.array([float(a.gate is not None) for a in part.answers])
        x = np.column_stack([reply[rows, i], words[rows, i], np.ones(len(rows))])
        encoder, plain, _ = np.linalg.lstsq(x, goal, rcond=None)[0]
        made.append(round(float(np.clip(plain / max(encoder, 1e-3), 0.0, 4.0)), 3))
    return made


def _curve(score: Array, level: Array, steps: Array) -> dict[str, list[float]]:
    """Half the model's own expectation, half isotonic regression: few cases make steps."""
    fitted = IsotonicRegression(out_of_bounds="clip").fit(score, level)
    knots = np.unique(np.quantile(score, np.linspace(0.005, 0.995, KNOTS)))
    own = (1 / (1 + np.exp(-(knots[:, None] - steps[None, :])))).sum(1)
    seen = (1 / (1 + np.exp(-(score[:, None] - steps[None, :])))).sum(1)
    slope, offset = np.polyfit(seen, level, 1)
    values = np.clip((fitted.predict(knots) + slope * own + offset) / 2, 0, len(steps))
    return _points(knots, np.maximum.accumulate(values))


def _fold(name: str) -> int:
    """Which of five folds a person's turn belongs to."""
    return zlib.crc32(name.encode()) % 5


def _crossed(score: Array, level: Array, fold: Array, steps: Array) -> Array:
    """Each value by a curve that was fitted without its fold."""
    made = np.zeros(len(score))
    for each in range(5):
        inside = fold == each
        if inside.any() and (~inside).sum() > KNOTS:
            made[inside] = _at(_curve(score[~inside], level[~inside], steps), score[inside])
        else:
            made[inside] = _at(_curve(score, level, steps), score[inside])
    return made


def _chance(score: Array, goal: Array) -> dict[str, list[float]]:
    """Platt scaling: a straight line in log-odds, tabulated."""
    from sklearn.linear_model import LogisticRegression

    knots = np.linspace(float(score.min()), float(score.max()), KNOTS)
    if len(set(goal)) < 2:
        return _points(knots, np.full(KNOTS, float(goal.mean())))
    line = LogisticRegression(C=10.0).fit(score[:, None], goal)
    return _points(knots, line.predict_proba(knots[:, None])[:, 1])


def _points(scores: Array, values: Array) -> dict[str, list[float]]:
    return {"scores": [round(float(x), 4) for x in scores],
            "values": [round(float(x), 4) for x in values]}  # fmt: skip


def _at(curve: dict[str, list[float]], score: Array) -> Array:
    return np.interp(score, curve["scores"], curve["values"])


def _band(
    value: Array, level: Array, top: float, regions: int = 4, *, tail: float = 0.05
) -> dict[str, Any]:
    """How far labels lie below and above a value, but for `tail` of them on each side.

    By quarters of the value, with the conformal correction for few cases.
    """
    edges = np.quantile(value, np.linspace(0, 1, regions + 1))
    at, below, above = [], [], []
    for low, high in zip(edges[:-1], edges[1:], strict=True):
        chosen = (value >= low) & (value <= high)
        gap = np.sort(level[chosen] - value[chosen])
        if len(gap) < 12:
            gap = np.sort(level - value)
        n = len(gap)
        reach = min(n - 1, math.ceil((n + 1) * (1 - tail)) - 1)
        at.append(round(float(value[chosen].mean()), 4))
        above.append(round(max(0.05, float(gap[reach])), 4))
        below.append(round(max(0.05, float(-gap[n - 1 - reach])), 4))
    order = np.argsort(at)
    return {"at": [at[i] for i in order], "below": [below[i] for i in order],
            "above": [above[i] for i in order], "top": top}  # fmt: skip


def _tail(scales: Sequence[tuple[Array, Array, Array]], top: float) -> float:
    """The tail on each side with which intervals hold nine in ten labels of folds left out.

    Labels are whole levels and lie in heaps: two tails of 5% hold more than nine in ten.
    """
    best, nearest = 0.05, 1.0
    for tail in np.linspace(0.02, 0.12, 41):
        inside, n = 0, 0
        for value, level, fold in scales:
            for each in set(fold):
                own = fold == each
                if own.all():
                    continue
                band = _band(value[~own], level[~own], top, tail=float(tail))
                low = value[own] - np.interp(value[own], band["at"], band["below"])
                high = value[own] + np.interp(value[own], band["at"], band["above"])
                inside += int(((low <= level[own]) & (level[own] <= high)).sum())
                n += int(own.sum())
        if n and abs(inside / n - HELD) < nearest:
            best, nearest = float(tail), abs(inside / n - HELD)
    return best


def _cuts(score: Array, level: Array, top: int) -> list[float]:
    """Where one level ends and the next begins, so that each has the share it had in the labels."""
    return [
        round(float(np.quantile(score, float(np.mean(level < step)))), 4)
        for step in range(1, top + 1)
    ]


def _allowed(score: Array, alarms: float) -> float:
    """The threshold above which no more than this share of harmless scores lies."""
    return float(np.quantile(score, 1 - alarms)) if len(score) else 0.0


def _best_split(score: Array, goal: NDArray[np.bool_]) -> float:
    """The threshold with the best F1."""
    best, at = -1.0, 0.0
    for threshold in np.quantile(score, np.linspace(0.02, 0.98, 97)):
        said = score > threshold
        hits = float((said & goal).sum())
        f1 = 2 * hits / max(1.0, float(said.sum() + goal.sum()))
        if f1 > best:
            best, at = f1, float(threshold)
    return at
