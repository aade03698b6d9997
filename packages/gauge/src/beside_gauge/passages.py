"""A conversation of any length in flat memory: sums over at most 24 passages of equal length.

When the passages are full, neighbours are joined and each holds twice as many turns: so beginning,
middle and end can be told apart after ten turns as after ten thousand.
"""

import math
from collections import Counter

from beside_gauge.moves import Moves

MOST = 24
STEPS = 30
TOP = 3.0


class Passages:
    """Sums, counts, squares and the lowest values of named measures, over the turns added."""

    def __init__(self) -> None:
        self._sums: list[dict[str, tuple[float, int]]] = []
        self._each = 1
        self._in_last = 0
        self._squares: dict[str, tuple[float, float, int]] = {}
        self._shares: dict[str, Counter[int]] = {}
        self._lowest: dict[str, float] = {}
        self._highest: dict[str, float] = {}

    def add(self, moves: Moves) -> None:
        """One turn's measures; those that it lacks count nowhere."""
        if not self._sums or self._in_last == self._each:
            if len(self._sums) == MOST:
                self._join()
            if not self._sums or self._in_last == self._each:
                self._sums.append({})
                self._in_last = 0
        self._in_last += 1
        last = self._sums[-1]
        for name, value in moves.items():
            total, n = last.get(name, (0.0, 0))
            last[name] = (total + value, n + 1)
            plain, square, count = self._squares.get(name, (0.0, 0.0, 0))
            self._squares[name] = (plain + value, square + value * value, count + 1)
            step = min(STEPS - 1, max(0, int(value / TOP * STEPS)))
            self._shares.setdefault(name, Counter())[step] += 1
            self._lowest[name] = min(value, self._lowest.get(name, math.inf))
            self._highest[name] = max(value, self._highest.get(name, -math.inf))

    def _join(self) -> None:
        joined = []
        for first, second in zip(self._sums[::2], self._sums[1::2], strict=True):
            names = {*first, *second}
            both = {}
            for name in names:
                (a, n), (b, m) = first.get(name, (0.0, 0)), second.get(name, (0.0, 0))
                both[name] = (a + b, n + m)
            joined.append(both)
        self._sums = joined
        self._each *= 2
        self._in_last = self._each

    def count(self, name: str) -> int:
        """In how many turns this was measured."""
        return self._squares.get(name, (0.0, 0.0, 0))[2]

    def mean(self, name: str) -> float | None:
        """The mean over all turns that have it."""
        plain, _, n = self._squares.get(name, (0.0, 0.0, 0))
        return plain / n if n else None

    def spread(self, name: str) -> float | None:
        """The standard deviation over all turns that have it; None below two."""
        plain, square, n = self._squares.get(name, (0.0, 0.0, 0))
        return math.sqrt(max(0.0, square / n - (plain / n) ** 2)) if n > 1 else None

    def low(self, name: str) -> float | None:
        """The tenth percentile, to a tenth of a level."""
        shares = self._shares.get(name)
        if not shares:
            return None
        wanted, seen = 0.1 * sum(shares.values()), 0
        for step in range(STEPS):
            seen += shares[step]
            if seen >= wanted:
                return (step + 0.5) * TOP / STEPS
        return TOP

    def least(self, name: str) -> float | None:
        """The lowest value of any turn."""
        return self._lowest.get(name)

    def most(self, name: str) -> float | None:
        """The highest value of any turn."""
        return self._highest.get(name)

    def third(self, name: str, which: int) -> float | None:
        """The mean over the first (0), middle (1) or last (2) third of the passages."""
        n = len(self._sums)
        size = max(1, round(n / 3))
        parts = {0: self._sums[:size], 1: self._sums[size : n - size], 2: self._sums[n - size :]}
        total, count = 0.0, 0
        for passage in parts[which]:
            value, m = passage.get(name, (0.0, 0))
            total, count = total + value, count + m
        return total / count if count else None
