"""EPITOME (Sharma et al. 2020), where it is at hand: evaluation only, never learned from.

Non-commercial research data of Reddit replies; not part of this repository. Its rows are read from
`../shared/data/epitome` or from the folder in BESIDE_EPITOME.
"""

import csv
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.report import Metric
from beside_gauge import Exchange, Turn
from beside_gauge.gauge import Gauge

HERE = Path(__file__).parent.parent.parent
NAMES = ("epitome_d1_rho", "epitome_d5_rho", "epitome_head_f1_mean")


def rows() -> list[dict[str, str]]:
    """The rows, or none where the data is not at hand."""
    folder = Path(os.environ.get("BESIDE_EPITOME", HERE.parent / "shared/data/epitome"))
    path = folder / "epitome_train.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [
            row for row in csv.DictReader(file) if row["seeker"].strip() and row["resp"].strip()
        ]


def epitome(gauge: Gauge, *, short: bool) -> Iterator[Metric]:
    """Rank correlations with what was annotated, length and question marks partialled out.

    The head: logistic regression on the encoder's mean token and TF-IDF together, five folds by
    seeker, macro-F1 pooled over the folds (the published figures average over batches).
    """
    every = rows()[:: 12 if short else 1]
    if not every:
        for name in NAMES:
            yield Metric(metric=name, value=None, low=None, high=None, unit="no data here", n=0)
        return
    exchanges = [
        Exchange(context=(Turn(role="person", text=row["seeker"][:4000]),),
                 reply=row["resp"][:4000])
        for row in every
    ]  # fmt: skip
    values = gauge.values(exchanges).value
    surface = np.array([[np.log1p(len(r["resp"].split())), "?" in r["resp"]] for r in every], float)
    for name, at, column in (("epitome_d1_rho", 0, "ER"), ("epitome_d5_rho", 4, "EX")):
        truth = np.array([float(row[column]) for row in every])
        rng = np.random.default_rng(0)
        drawn = [
            _partial(values[i, at], truth[i], surface[i])
            for i in (rng.integers(0, len(every), len(every)) for _ in range(100))
        ]
        low, high = np.quantile(drawn, [0.025, 0.975])
        yield Metric(metric=name, value=_partial(values[:, at], truth, surface), low=float(low),
                     high=float(high), unit="partial rho", n=len(every))  # fmt: skip
    yield from _heads(gauge, exchanges, every)


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    from scipy.stats import rankdata

    ranks: NDArray[np.float64] = rankdata(values)
    return ranks


def _partial(
    one: NDArray[np.float64], other: NDArray[np.float64], surface: NDArray[np.float64]
) -> float:
    """Spearman's correlation of what is left when the surface is taken out of both."""
    known = np.column_stack([np.ones(len(one)), *(_ranks(column) for column in surface.T)])
    left = []
    for values in (one, other):
        ranks = _ranks(values)
        left.append(ranks - known @ np.linalg.lstsq(known, ranks, rcond=None)[0])
    return float(np.corrcoef(*left)[0, 1])


def _heads(
    gauge: Gauge, exchanges: list[Exchange], every: list[dict[str, str]]
) -> Iterator[Metric]:
    from scipy.sparse import csr_matrix, hstack
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import f1_score
    from sklearn.model_selection import GroupKFold

    states = gauge.states(exchanges)
    states = (states - states.mean(0)) / (states.std(0) + 1e-6)
    texts = [row["resp"] for row in every]
    groups = [row["sp_id"] for row in every]
    scores: list[float] = []
    plain: list[float] = []
    for column in ("ER", "IP", "EX"):
        truth = np.array([int(row[column]) for row in every])
        said, words_only = np.zeros(len(every), int), np.zeros(len(every), int)
        for learn, test in GroupKFold(5).split(texts, truth, groups):
            vectors = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
            a, b = (vectors.fit_transform([texts[i] for i in learn]),
                    vectors.transform([texts[i] for i in test]))  # fmt: skip
            both: Any = hstack([a, csr_matrix(states[learn] * 0.05)])
            for x, y, into in ((both, hstack([b, csr_matrix(states[test] * 0.05)]), said),
                               (a, b, words_only)):  # fmt: skip
                model = LogisticRegression(C=5.0, max_iter=2000, class_weight="balanced")
                into[test] = model.fit(x, truth[learn]).predict(y)
        scores.append(f1_score(truth, said, average="macro"))
        plain.append(f1_score(truth, words_only, average="macro"))
    yield Metric(metric="epitome_head_f1_mean", value=float(np.mean(scores)), low=min(scores),
                 high=max(scores), unit="macro-F1 (range)", n=len(every))  # fmt: skip
    yield Metric(metric="epitome_tfidf_f1_mean", value=float(np.mean(plain)), low=min(plain),
                 high=max(plain), unit="macro-F1 (range)", n=len(every))  # fmt: skip
