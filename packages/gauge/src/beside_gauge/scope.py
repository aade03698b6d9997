"""Is this something a model has learned to read? If not, it says why and gives no number.

A small linear model over runs of characters tells conversation in the model's own languages from
other languages and from what is no conversation (code, tables, noise). It is made in `train/`.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from beside_gauge.encode import ASSETS, LONGEST_REPLY, length
from beside_gauge.exchange import Turn
from beside_gauge.reading import Unscored

FEATURES = 8192
MOST_CHARACTERS = 6000
LEAST_LETTERS = 16
LEAST_ALONE = 60
_PRIME = np.uint32(16777619)
_MIX = np.uint32(2654435761)
_letters = re.compile(r"[^\W\d_]")
_spaces = re.compile(r"\s+")


def features(text: str) -> NDArray[np.float32]:
    """(8192,) how often runs of one to four bytes stand in it, damped, length 1."""
    clean = f" {_spaces.sub(' ', text.lower()).strip()} "[:4000]
    given = np.frombuffer(clean.encode("utf-8"), np.uint8).astype(np.uint32)
    counts = np.zeros(FEATURES, np.int64)
    for size in (1, 2, 3, 4):
        if len(given) < size:
            break
        runs = np.full(len(given) - size + 1, size, np.uint32)
        for k in range(size):
            runs = (runs * _PRIME) ^ given[k : len(given) - size + 1 + k]
        counts += np.bincount((runs * _MIX) >> np.uint32(19), minlength=FEATURES)
    damped = np.log1p(counts)
    norm = float(np.linalg.norm(damped))
    return (damped / norm if norm else damped).astype(np.float32)


def language_score(text: str, weights: NDArray[np.float32]) -> tuple[float, float]:
    """Log-odds for another language, and for no conversation, against what was learned.

    `weights` is (2, 8193): the last number of each row is its constant.
    """
    scores = weights[:, :-1] @ features(text) + weights[:, -1]
    return float(scores[0]), float(scores[1])


def out_of_scope(
    turns: Sequence[Turn], reply: str, folder: Path, pieces: Path = ASSETS
) -> Unscored | None:
    """The reason why this is not scored, or None; `pieces` is the folder of the tokenizer."""
    asked = turns[-1].text
    if not _letters.search(asked) or not _letters.search(reply):
        return "empty"
    if max(len(reply), len(asked)) > MOST_CHARACTERS or length(reply, pieces) > LONGEST_REPLY:
        return "too-long"
    weights, most = limits(folder)
    for text, least in (
        (f"{asked} {reply}", LEAST_LETTERS), (reply, LEAST_ALONE), (asked, LEAST_ALONE)
    ):  # fmt: skip
        if len(_letters.findall(text[:4000])) < least:
            continue
        foreign, strange = language_score(text, weights)
        if foreign > most[0]:
            return "language"
        if strange > most[1]:
            return "not-a-conversation"
    return None


@cache
def limits(folder: Path) -> tuple[NDArray[np.float32], tuple[float, float]]:
    """The weights of `scope.npz`, and the two limits above which something is out of scope."""
    with np.load(folder / "scope.npz") as given:
        weights = given["weights"].astype(np.float32)
        most = given["limits"]
    return weights, (float(most[0]), float(most[1]))
