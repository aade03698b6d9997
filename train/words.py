"""The plainer opinion: TF-IDF over words and pairs with ridge regression, on replies and changes.

Learned on the same replies as the encoder, changed ones too, so that praise or an order costs here
what it costs there. How much it counts beside the encoder is settled in `calibrate.py`.
"""

import random
from pathlib import Path

import numpy as np

from beside_gauge.words import OUTPUTS, grams
from corpus.settled import Corpus
from train.variants import variant

LEAST_REPLIES = 4
SOFTNESS = 3.0
CHANGES = 2


def write_words(part: Corpus, to: Path, *, seed: int) -> None:
    """Learns and writes `to` (npz)."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import Ridge

    rng = random.Random(seed)
    texts: list[str] = []
    labels: list[list[float]] = []
    weights: list[list[float]] = []
    for answer in part.answers:
        offered = answer.context.offered or frozenset()
        own = [np.nan if level is None else float(level) for level in answer.levels]
        texts.append(answer.text)
        labels.append([*own, float(answer.gate is not None)])
        weights.append([*(1.0 if f"D{i + 1}" in offered else 0.3 for i in range(8)), 1.0])
        for _ in range(CHANGES):
            if change := variant(answer, rng):
                gate = np.nan if change.gate is None else float(change.gate)
                texts.append(change.text)
                labels.append([*(np.nan if x is None else x for x in change.levels), gate])
                weights.append([0.25] * OUTPUTS)
    vectors = TfidfVectorizer(
        analyzer=grams, min_df=LEAST_REPLIES, sublinear_tf=True, dtype=np.float32
    )
    x = vectors.fit_transform(texts)
    y, w = np.array(labels), np.array(weights)
    found = np.zeros((x.shape[1], OUTPUTS), np.float32)
    constant = np.zeros(OUTPUTS, np.float32)
    for i in range(OUTPUTS):
        rows = np.flatnonzero(~np.isnan(y[:, i]))
        model = Ridge(alpha=SOFTNESS).fit(x[rows], y[rows, i], sample_weight=w[rows, i])
        found[:, i], constant[i] = model.coef_, model.intercept_
    known = "\n".join(vectors.get_feature_names_out()).encode("utf-8")
    np.savez_compressed(
        to, known=np.frombuffer(known, np.uint8), rarity=vectors.idf_.astype(np.float16),
        weights=found.astype(np.float16), constant=constant,
    )  # fmt: skip
