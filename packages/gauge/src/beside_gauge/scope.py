"""Is this something the gauge has learned to read? If not, it says why and gives no number.

A small linear model over runs of characters tells English conversation from other languages and
from what is no conversation (code, tables, noise). It is made in `train/`.
"""

import re
import zlib
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from beside_gauge.encode import LONGEST_REPLY, length
from beside_gauge.exchange import Turn
from beside_gauge.reading import Unscored

FEATURES = 8192
MOST_CHARACTERS = 6000
LEAST_LETTERS = 16
LEAST_ALONE = 60
_letters = re.compile(r"[^\W\d_]")
_spaces = re.compile(r"\s+")


def features(text: str) -> NDArray[np.float32]:
    """(8192,) how often runs of one to four characters stand in it, damped, length 1."""
    clean = f" {_spaces.sub(' ', text.lower()).strip()} "[:4000]
    counts = np.zeros(FEATURES, np.float32)
    for size in (1, 2, 3, 4):
        for at in range(len(clean) - size + 1):
            counts[zlib.crc32(clean[at : at + size].encode()) % FEATURES] += 1.0
    damped = np.log1p(counts)
    norm = float(np.linalg.norm(damped))
    return (damped / norm).astype(np.float32) if norm else damped


def language_score(text: str, weights: NDArray[np.float32]) -> tuple[float, float]:
    """Log-odds for another language, and for no conversation, against English conversation.

    `weights` is (2, 8193): the last number of each row is its constant.
    """
    scores = weights[:, :-1] @ features(text) + weights[:, -1]
    return float(scores[0]), float(scores[1])


def out_of_scope(turns: tuple[Turn, ...], reply: str, folder: Path) -> Unscored | None:
    """The reason why this is not scored, or None."""
    asked = turns[-1].text
    if not _letters.search(asked) or not _letters.search(reply):
        return "empty"
    if max(len(reply), len(asked)) > MOST_CHARACTERS or length(reply) > LONGEST_REPLY:
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
