"""How well two series of ordered labels agree, and how sure that is."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray


def quadratic_kappa(one: Sequence[int], other: Sequence[int], *, top: int) -> float:
    """Cohen's kappa with quadratic weights over levels 0 to `top` (Cohen 1968)."""
    side = top + 1
    flat = np.asarray(one, np.int64) * side + np.asarray(other, np.int64)
    seen = np.bincount(flat, minlength=side * side).reshape(side, side).astype(float)
    weights = np.subtract.outer(np.arange(top + 1), np.arange(top + 1)).astype(float) ** 2
    expected = np.outer(seen.sum(1), seen.sum(0)) / seen.sum()
    return float(1 - (weights * seen).sum() / (weights * expected).sum())


def bootstrapped(
    of: Callable[[NDArray[np.int64]], float], groups: Sequence[str], *, rounds: int = 300
) -> tuple[float, float]:
    """95% interval of `of(rows)`, drawing whole groups (persons' turns) again and again."""
    rng = np.random.default_rng(0)
    rows: dict[str, list[int]] = {}
    for row, group in enumerate(groups):
        rows.setdefault(group, []).append(row)
    each = [np.array(found) for found in rows.values()]
    drawn = [
        of(np.concatenate([each[i] for i in rng.integers(0, len(each), len(each))]))
        for _ in range(rounds)
    ]
    low, high = np.nanquantile(drawn, [0.025, 0.975])
    return float(low), float(high)
