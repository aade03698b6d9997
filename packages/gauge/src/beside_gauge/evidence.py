"""Which words of a reply moved a value.

Quick: each token's share, gathered into short spans. Surer: every short run of words is taken away
once, and what is left is read again.
"""

import re

import numpy as np
from numpy.typing import NDArray

from beside_gauge.encode import Encoded
from beside_gauge.reading import Span

MOST_WORDS = 8
MOST_SPANS = 2
MOST_RUNS = 48


def spans(shares: NDArray[np.float32], text: Encoded, reply: str) -> tuple[Span, ...]:
    """Up to two spans of at most eight words that moved the value most, strongest first.

    `shares` is (tokens,): what each token of the encoded text gave to the score. A span's weight
    is what it gave more than an even share; its sign says up or down.
    """
    words = _words(shares, text, reply)
    if not words:
        return ()
    weights = np.array([weight for _, _, weight in words])
    above = weights - weights.mean()
    if len(words) <= 2:
        return (Span(start=words[0][0], end=words[-1][1], weight=float(weights.sum())),)
    sizes = range(1, min(MOST_WORDS, max(2, len(words) // 2)) + 1)
    sums = [np.convolve(above, np.ones(size), "valid") for size in sizes]
    starts = np.concatenate([np.arange(len(each)) for each in sums])
    lengths = np.repeat(sizes, [len(each) for each in sums])
    moved = np.concatenate(sums)
    order = np.argsort(-np.abs(moved) / np.sqrt(lengths), kind="stable")
    chosen: list[tuple[int, int, float]] = []
    while len(order) and len(chosen) < MOST_SPANS:
        first = order[0]
        start, end = int(starts[first]), int(starts[first] + lengths[first])
        chosen.append((start, end, float(moved[first])))
        order = order[(starts[order] + lengths[order] <= start) | (starts[order] >= end)]
    return tuple(
        Span(start=words[start][0], end=words[end - 1][1], weight=round(weight, 4))
        for start, end, weight in chosen
    )


def runs(reply: str) -> list[tuple[int, int]]:
    """Runs of three to six words inside a sentence, as characters; at most 48, evenly spread."""
    made = []
    for sentence in re.finditer(r"[^.!?…\n]+[.!?…]*", reply):
        places = [(sentence.start() + w.start(), sentence.start() + w.end())
                  for w in re.finditer(r"\S+", sentence[0])]  # fmt: skip
        for size in (3, 6):
            if len(places) <= size:
                if places and size == 3:
                    made.append((places[0][0], places[-1][1]))
                continue
            for start in range(0, len(places) - size + 1, 2):
                made.append((places[start][0], places[start + size - 1][1]))
    whole = (len(reply) - len(reply.lstrip()), len(reply.rstrip()))
    made = [run for run in dict.fromkeys(made) if run != whole]
    step = max(1, -(-len(made) // MOST_RUNS))
    return made[::step]


def strongest(parts: list[tuple[int, int]], moved: NDArray[np.float64]) -> tuple[Span, ...]:
    """Up to two runs that do not touch, whose absence moved the value most; up is positive."""
    chosen: list[int] = []
    for i in np.argsort(-np.abs(moved)):
        start, end = parts[i]
        if len(chosen) == MOST_SPANS:
            break
        if all(end <= parts[j][0] or start >= parts[j][1] for j in chosen):
            chosen.append(int(i))
    return tuple(
        Span(start=parts[i][0], end=parts[i][1], weight=round(float(moved[i]), 4)) for i in chosen
    )


def _words(shares: NDArray[np.float32], text: Encoded, reply: str) -> list[tuple[int, int, float]]:
    """Whole words with what their pieces gave: (first character, behind the last, share)."""
    made: list[tuple[int, int, float]] = []
    for i, (start, end) in enumerate(text.places):
        share = float(shares[i + 1])
        if made and made[-1][1] == start and not reply[start - 1 : start].isspace():
            made[-1] = (made[-1][0], end, made[-1][2] + share)
        else:
            made.append((start, end, share))
    return made
