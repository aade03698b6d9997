"""From conversations that two blind readers have read to the nine lines of `read_conversation`.

`python -m train.conversations` writes `conversation.json` beside the other assets. Files 701 to 709
are learned from; 710 and above are the test part and are never opened here. What each scale may
look at was written down before anything was fitted; how much each counts is ridge regression, its
strength chosen by leaving one conversation out.

Intervals are the misses of those left out. How wide they are along a value is learned from all nine
scales together, how wide a scale's are from its own and, for a part, from the others': two or
three of 64 conversations are too few to say alone where a tail ends.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beside_gauge import Turn
from beside_gauge.conversation import SCALES, ConversationReader, ScaleId
from beside_gauge.encode import ASSETS
from beside_gauge.gauge import Gauge
from corpus.conversations import Levels, Talk, settled

Array = NDArray[np.float64]
TEST_FROM = 710
LOOKED_AT: dict[str, tuple[str, ...]] = {
    "C1": ("both", "mean:relief", "mean:growth", "mean:D1", "mean:D5", "mean:D8", "last:growth",
           "mean:whole", "mean:check-advice"),
    "C2": ("mean:whole", "low:whole", "mean:D1", "mean:D4", "spread:D1", "mean:p-complaint",
           "mean:p-no", "mean:longer", "mean:asks", "mean:check-advice", "mean:sorry"),
    "C3": ("mean:D4", "mean:D5", "mean:D7", "share:p-words", "mean:p-own", "last:p-own",
           "mean:p-borrowed", "mean:check-advice", "mean:check-meaning", "mean:asks"),
    "C4": ("least:whole", "low:whole", "least:frame", "least:D2", "least:D6", "least:relief",
           "most:gate", "mean:faults", "mean:whole"),
    "C5": ("last:whole", "change:whole", "last:D1", "last:D6", "mean:sorry", "last:p-complaint",
           "change:p-complaint", "last:relief"),
    "C6": ("change:S", "last:S", "mean:S", "mean:D3", "mean:D5", "last:whole", "last:p-own",
           "mean:p-borrowed"),
    "C7": ("change:K", "last:K", "mean:K", "mean:D2", "mean:D7", "last:relief", "last:p-own",
           "mean:p-borrowed"),
    "C8": ("mean:D8", "last:D8", "last:D4", "mean:D7", "last:check-hook", "most:check-hook",
           "mean:check-flattery", "last:whole", "mean:D4"),
    "C9": ("low:whole", "spread:whole", "low:frame", "least:D6", "spread:D4", "mean:frame",
           "change:whole", "mean:check-flattery", "mean:check-pressure", "mean:whole"),
}  # fmt: skip
STRENGTHS = (3.0, 10.0, 30.0, 100.0)
AT = np.array([0.0, 0.75, 1.5, 2.25, 3.0])
"""Where along a value the width of an interval is learned."""
NEAR = 0.6
"""How far from such a point a conversation still tells of it (the width of a bell)."""
SHARED = 32
"""A scale read in so many conversations goes half by its own misses, half by those of all nine."""
TAIL = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One scale: its weights over measures, and for each conversation what it gets left out."""

    names: tuple[str, ...]
    weights: Array
    middle: Array
    width: Array
    base: float
    left_out: Array
    goal: Array

    @property
    def missed(self) -> Array:
        """How far each level lies above (or below) what was said of it without it."""
        return self.goal - self.left_out


def measured(talks: Sequence[Talk], gauge: Gauge) -> list[dict[str, float]]:
    """The measures of each conversation."""
    made = []
    for talk in talks:
        reader = ConversationReader(gauge, {})
        for role, text in talk.turns:
            reader.add(Turn(role=role, text=text))
        made.append(reader.measures())
    return made


def fitted(found: Sequence[dict[str, float]], levels: Sequence[Levels]) -> dict[str, Any]:
    """The nine lines with their intervals, and what a named turn is chosen by."""
    lines = {
        scale: line
        for i, scale in enumerate(SCALES)
        if (line := _line(scale, found, [given[i] for given in levels])) is not None
    }
    bands = banded(lines)
    scales = {
        scale: {
            "base": round(line.base, 4),
            "lines": [
                [name, round(float(w), 4), round(float(m), 4), round(float(d), 4)]
                for name, w, m, d in zip(
                    line.names, line.weights, line.middle, line.width, strict=True
                )
            ],
            "band": {name: [round(float(x), 4) for x in row] for name, row in bands[scale].items()},
        }
        for scale, line in lines.items()
    }
    return {
        "scales": scales,
        "pull": {scale: _pull(line.names, line.weights) for scale, line in lines.items()},
    }


def _line(
    scale: str, found: Sequence[dict[str, float]], levels: Sequence[int | None]
) -> Line | None:
    rows = [j for j, level in enumerate(levels) if level is not None]
    if len(rows) < 15:
        return None
    names = LOOKED_AT[scale]
    goal = np.array([float(levels[j] or 0) for j in rows])
    x = np.array([[found[j].get(name, np.nan) for name in names] for j in rows])
    middle = np.nanmean(x, 0)
    x = np.where(np.isnan(x), middle, x)
    width = np.maximum(x.std(0), 1e-3)
    x = (x - middle) / width
    left_out = {strength: _left_out(x, goal, strength) for strength in STRENGTHS}
    best = min(STRENGTHS, key=lambda s: float(np.square(left_out[s] - goal).mean()))
    rho = float(np.corrcoef(np.argsort(np.argsort(left_out[best])),
                            np.argsort(np.argsort(goal)))[0, 1])  # fmt: skip
    sys.stderr.write(f"{scale}: n {len(rows)}, ridge {best:g}, left out rho about {rho:.2f}\n")
    return Line(names=names, weights=_ridge(x, goal - goal.mean(), best), middle=middle,
                width=width, base=float(goal.mean()), left_out=left_out[best],
                goal=goal)  # fmt: skip


def banded(lines: dict[ScaleId, Line]) -> dict[ScaleId, dict[str, Array]]:
    """For each scale how far below and above a value nine in ten lie, at the points of `AT`."""
    value = np.concatenate([line.left_out for line in lines.values()])
    missed = np.concatenate([line.missed for line in lines.values()])
    near = np.exp(-0.5 * ((AT[:, None] - value[None]) / NEAR) ** 2)
    near /= near.sum(1, keepdims=True)
    below, above = near @ np.maximum(-missed, 0), near @ np.maximum(missed, 0)

    def by_shape(line: Line) -> Array:
        """Misses as multiples of what is usual there."""
        usual = np.where(line.missed < 0, np.interp(line.left_out, AT, below),
                         np.interp(line.left_out, AT, above))  # fmt: skip
        made: Array = line.missed / usual
        return made

    of_all = _ends(np.concatenate([by_shape(line) for line in lines.values()]))
    made = {}
    for scale, line in lines.items():
        own = len(line.goal) / (len(line.goal) + SHARED)
        low, high = own * _ends(by_shape(line)) + (1 - own) * of_all
        made[scale] = {"at": AT, "below": low * below, "above": high * above}
    return made


def _ends(misses: Array) -> Array:
    """How far the misses reach down and up but for `TAIL` of them on each side."""
    sorted_, n = np.sort(misses), len(misses)
    reach = min(n - 1, int(np.ceil((n + 1) * (1 - TAIL))) - 1)
    return np.maximum(0.1, np.array([-sorted_[n - 1 - reach], sorted_[reach]]))


def _ridge(x: Array, goal: Array, strength: float) -> Array:
    made: Array = np.linalg.solve(x.T @ x + strength * np.eye(x.shape[1]), x.T @ goal)
    return made


def _left_out(x: Array, goal: Array, strength: float) -> Array:
    """What each conversation gets from a line fitted without it."""
    made = np.zeros(len(goal))
    for row in range(len(goal)):
        rest = np.arange(len(goal)) != row
        base = goal[rest].mean()
        made[row] = base + x[row] @ _ridge(x[rest], goal[rest] - base, strength)
    return np.clip(made, 0, 3)


def _pull(names: Sequence[str], weights: Array) -> dict[str, float]:
    """How much each measure of a single turn moves the scale: what a named turn is chosen by."""
    made: dict[str, float] = {}
    for name, weight in zip(names, weights, strict=True):
        kind, _, measure = name.partition(":")
        if kind in ("mean", "last", "low", "least") and not measure.startswith(("p-", "S", "K")):
            made[measure] = made.get(measure, 0.0) + float(weight)
    return {name: round(weight, 4) for name, weight in made.items()}


def main() -> None:
    """Reads, fits, writes."""
    given = [(talk, levels) for talk, levels in settled() if int(talk.id[:3]) < TEST_FROM]
    gauge = Gauge.load(threads=2)
    found = measured([talk for talk, _ in given], gauge)
    tables = fitted(found, [levels for _, levels in given])
    tables["model"] = f"{gauge.model}+{len(given)}"
    (ASSETS / "conversation.json").write_text(json.dumps(tables) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
