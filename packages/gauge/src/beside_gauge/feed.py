"""What the two encoders are fed: arrays of one text or many, and long turns part by part.

The same here and where thresholds are set.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from beside_gauge.encode import ASSETS, Encoded, encode, windows
from beside_gauge.exchange import Turn

if TYPE_CHECKING:
    import onnxruntime as ort

Scores = NDArray[np.float32]


def person_scores(
    run: Callable[[Sequence[Encoded]], Scores],
    many: Sequence[Sequence[Turn]],
    folder: Path = ASSETS,
) -> Scores:
    """Raw scores (n, 24) of persons' turns; danger is the most that any part of a long turn gives.

    `run` gives the scores of texts, each read by itself.
    """
    scores = run([encode(turns, folder=folder) for turns in many])
    for row, turns in enumerate(many):
        if parts := windows(turns, folder):
            each = run(parts)
            worst = int(each[:, 12].argmax())
            if each[worst, 12] > scores[row, 12]:
                scores[row, 12:] = each[worst, 12:]
    return scores


def alone(
    session: "ort.InferenceSession", outputs: list[str], texts: Sequence[Encoded], threads: int
) -> list[list[Scores]]:
    """What a session gives for each text, read by itself; `threads` texts are read at once."""

    def run(text: Encoded) -> list[Scores]:
        return [out[0] for out in session.run(outputs, padded([text]))]

    if threads < 2 or len(texts) < 2:
        return [run(text) for text in texts]
    with ThreadPoolExecutor(threads) as several:
        return list(several.map(run, texts))


def padded(texts: Sequence[Encoded]) -> dict[str, NDArray[np.int64]]:
    """What the model takes: ids, parts and mask, each (batch, tokens)."""
    longest = max(len(text.ids) for text in texts)
    feed = {name: np.zeros((len(texts), longest), np.int64) for name in ("ids", "parts", "mask")}
    for row, text in enumerate(texts):
        feed["ids"][row, : len(text.ids)] = text.ids
        feed["parts"][row, : len(text.ids)] = text.parts
        feed["mask"][row, : len(text.ids)] = 1
    return feed
