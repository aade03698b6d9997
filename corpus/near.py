"""Near-duplicates by meaning: `python -m corpus.near [--at-least 0.92]`.

Two persons' turns, or two replies to different turns, whose sentences mean nearly the same by the
gauge's own encoder (mean token, cosine after the common direction is taken out).
"""

import argparse
import sys
from collections.abc import Sequence

import numpy as np

from beside_gauge import Exchange, Turn
from beside_gauge.gauge import Gauge
from corpus.shapes import folders, read

CHUNK = 512


def near(
    texts: Sequence[str], names: Sequence[str], at_least: float
) -> list[tuple[float, str, str]]:
    """Pairs of names whose texts lie at least so near (cosine, -1 to 1), nearest first."""
    gauge = Gauge.load(threads=2)
    one = Turn(role="person", text="Well?")
    states = gauge.states(Exchange(context=(one,), reply=text) for text in texts)
    states = states - states.mean(0)
    states /= np.linalg.norm(states, axis=1, keepdims=True) + 1e-9
    found = []
    for start in range(0, len(states), CHUNK):
        alike = states[start : start + CHUNK] @ states.T
        for row, column in zip(*np.where(alike >= at_least), strict=True):
            if start + row < column and names[start + row][:6] != names[column][:6]:
                found.append((float(alike[row, column]), names[start + row], names[column]))
    return sorted(found, reverse=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the pairs, nearest first, with how near they are."""
    parser = argparse.ArgumentParser(prog="python -m corpus.near", description=__doc__)
    parser.add_argument("--at-least", type=float, default=0.92)
    parser.add_argument("--most", type=int, default=40)
    given = parser.parse_args(arguments)
    batches = [read(folder) for folder in folders()]
    for what, items in (
        ("persons' turns", [(c.id, c.text) for b in batches for c in b.contexts]),
        ("replies", [(r.id, r.text) for b in batches for r in b.replies]),
    ):
        items = [(name, text) for name, text in items if len(text.split()) > 5]
        found = near([text for _, text in items], [name for name, _ in items], given.at_least)
        sys.stdout.write(f"{what}: {len(found)} pairs at {given.at_least} or nearer\n")
        for alike, name, other in found[: given.most]:
            sys.stdout.write(f"  {alike:.3f}  {name}  {other}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
