"""From conversations that two blind readers have read to the nine lines of `read_conversation`.

`python -m train.conversations` writes `conversation.json` beside the other assets. Files 701 to 709
are learned from; 710 and above are the test part and are never opened here. What each scale may
look at was written down before anything was fitted; how much each counts is ridge regression, its
strength chosen by leaving one conversation out.
"""

import json
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beside_gauge import Turn
from beside_gauge.conversation import SCALES, ConversationReader
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
    """The nine lines, with how far nine of ten conversations lie from them when left out."""
    scales: dict[str, Any] = {}
    pull: dict[str, dict[str, float]] = {}
    for i, scale in enumerate(SCALES):
        rows = [j for j, given in enumerate(levels) if given[i] is not None]
        if len(rows) < 15:
            continue
        names = LOOKED_AT[scale]
        goal = np.array([float(levels[j][i] or 0) for j in rows])
        x = np.array([[found[j].get(name, np.nan) for name in names] for j in rows])
        middle = np.nanmean(x, 0)
        x = np.where(np.isnan(x), middle, x)
        width = np.maximum(x.std(0), 1e-3)
        x = (x - middle) / width
        left_out = {strength: _left_out(x, goal, strength) for strength in STRENGTHS}
        best = min(STRENGTHS, key=lambda s, lo=left_out: float(np.square(lo[s] - goal).mean()))  # type: ignore[misc]
        weights = _ridge(x, goal - goal.mean(), best)
        gap = np.sort(goal - left_out[best])
        reach = min(len(gap) - 1, int(np.ceil((len(gap) + 1) * 0.95)) - 1)
        scales[scale] = {
            "base": round(float(goal.mean()), 4),
            "lines": [
                [name, round(float(w), 4), round(float(m), 4), round(float(d), 4)]
                for name, w, m, d in zip(names, weights, middle, width, strict=True)
            ],
            "below": round(max(0.1, float(-gap[len(gap) - 1 - reach])), 4),
            "above": round(max(0.1, float(gap[reach])), 4),
        }
        pull[scale] = _pull(names, weights)
        rho = float(np.corrcoef(np.argsort(np.argsort(left_out[best])),
                                np.argsort(np.argsort(goal)))[0, 1])  # fmt: skip
        sys.stderr.write(f"{scale}: n {len(rows)}, ridge {best:g}, left out rho about {rho:.2f}\n")
    return {"scales": scales, "pull": pull}


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
