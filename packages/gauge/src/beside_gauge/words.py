"""A second, plainer opinion beside the encoder: single words and pairs of words, weighted.

TF-IDF with ridge regression, made in `train/`. The encoder sees how words stand together and what
was said before; this sees single telling words a little more surely. Both are added up.
"""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_token = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[?!…]")
OUTPUTS = 9


def tokens(text: str) -> list[str]:
    """Words in lower case, question and exclamation marks."""
    return _token.findall(text.lower().replace("’", "'"))


def grams(text: str) -> list[str]:
    """Single tokens and pairs of neighbours."""
    own = tokens(text)
    return own + [f"{a} {b}" for a, b in zip(own, own[1:], strict=False)]


class Words:
    """The weights of `assets/words.npz`."""

    def __init__(
        self,
        known: Sequence[str],
        rarity: NDArray[np.float32],
        weights: NDArray[np.float32],
        constant: NDArray[np.float32],
    ) -> None:
        self._place = {gram: i for i, gram in enumerate(known)}
        self._rarity = rarity
        self._weights = weights
        self._constant = constant

    @classmethod
    def load(cls, path: Path) -> "Words":
        """From a file; OSError, KeyError or ValueError where it cannot be read."""
        with np.load(path) as given:
            known = bytes(given["known"]).decode("utf-8").split("\n")
            return cls(
                known,
                given["rarity"].astype(np.float32),
                given["weights"].astype(np.float32),
                given["constant"].astype(np.float32),
            )

    def scores(self, replies: Sequence[str]) -> NDArray[np.float32]:
        """(n, 9): what the words alone say of D1 to D8 and the gate."""
        made = np.tile(self._constant, (len(replies), 1))
        for row, reply in enumerate(replies):
            counts = Counter(g for g in grams(reply) if g in self._place)
            if not counts:
                continue
            places = np.array([self._place[gram] for gram in counts])
            often = 1 + np.log(np.array(list(counts.values()), np.float32))
            vector = often * self._rarity[places]
            made[row] += (vector / np.linalg.norm(vector)) @ self._weights[places]
        return made
