"""What plainer models make of the same labels: TF-IDF with logistic regression, and style alone."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.measure.agreement import bootstrapped
from benchmarks.measure.frozen import Frozen, mean_kappa, offered_rows
from benchmarks.report import Metric
from corpus.settled import DIMS, Answer, corpus

_WORDS = (
    "a about after again all also an and any are as at be because been before being but by can "
    "could did do does don't down even every few for from had has have he her here him his how i "
    "if i'd i'll i'm i've in into is isn't it it's its just like may maybe me might more most must "
    "my need never no nor not now of off on once one only or other our out over own perhaps "
    "really s she should so some still such t than that that's the their them then there these "
    "they this those though to too try under until up us very was we were what when where which "
    "while who whole why will with without won't would yes yet you you'd you'll you're you've your"
)
FUNCTION_WORDS = _WORDS.split()
_token = re.compile(r"[a-z']+")


def style(text: str) -> list[float]:
    """Length, punctuation and function words of a reply; nothing of what it says."""
    words = _token.findall(text.lower())
    n = max(1, len(words))
    counts = [words.count(word) / n for word in FUNCTION_WORDS]
    marks = [text.count(mark) / n for mark in "?!,.;:-*\n\"'()…"]
    return [np.log1p(n), len(text) / n, *marks, *counts]


def baselines(frozen: Frozen) -> Iterator[Metric]:
    """Margin in mean kappa over TF-IDF, with its interval; the kappa of style alone.

    Both learn from the same training part and get what the gauge gets: expected levels, cut so
    that each level has the share it had in training.
    """
    learned, test = corpus("train").answers, frozen.part.answers
    rows = np.arange(len(test))
    groups = [a.context.id for a in test]
    ours = mean_kappa(test, frozen.values.level)
    words = _levels(_tfidf, learned, test)
    theirs = mean_kappa(test, words)
    low, high = bootstrapped(lambda r: ours(r) - theirs(r), groups)
    yield Metric(metric="margin_over_tfidf", value=ours(rows) - theirs(rows), low=low, high=high,
                 unit="kappa", n=len(test))  # fmt: skip
    low, high = bootstrapped(theirs, groups, rounds=100)
    yield Metric(metric="kappa_tfidf", value=theirs(rows), low=low, high=high, unit="kappa",
                 n=len(test))  # fmt: skip
    only = mean_kappa(test, _levels(_style, learned, test))
    low, high = bootstrapped(only, groups, rounds=100)
    yield Metric(metric="style_only_kappa", value=only(rows), low=low, high=high, unit="kappa",
                 n=len(test))  # fmt: skip


def _tfidf(learned: Sequence[Answer], test: Sequence[Answer]) -> tuple[Any, Any]:
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import TfidfVectorizer

    made = []
    for texts, runs in (
        (lambda a: a.text, (1, 2)), (lambda a: a.context.turns[-1][1], (1, 1))
    ):  # fmt: skip
        vectors = TfidfVectorizer(ngram_range=runs, min_df=2, sublinear_tf=True)
        made.append(
            (vectors.fit_transform(map(texts, learned)), vectors.transform(map(texts, test)))
        )
    return hstack([m[0] for m in made]).tocsr(), hstack([m[1] for m in made]).tocsr()


def _style(learned: Sequence[Answer], test: Sequence[Answer]) -> tuple[Any, Any]:
    from sklearn.preprocessing import StandardScaler

    scale = StandardScaler()
    return (scale.fit_transform([style(a.text) for a in learned]),
            scale.transform([style(a.text) for a in test]))  # fmt: skip


def _levels(features: Any, learned: Sequence[Answer], test: Sequence[Answer]) -> NDArray[np.int64]:
    from sklearn.linear_model import LogisticRegression

    x, y = features(learned, test)
    levels = np.zeros((len(test), 8), np.int64)
    for i, dimension in enumerate(DIMS):
        rows = offered_rows(learned, dimension)
        truth = np.array([learned[r].levels[i] for r in rows], int)
        model = LogisticRegression(C=2.0 if features is _tfidf else 0.1, max_iter=2000)
        model.fit(x[rows], truth)
        expected = model.predict_proba(y) @ model.classes_
        offered = expected[offered_rows(test, dimension)]
        cuts = [np.quantile(offered, np.mean(truth < step)) for step in (1, 2, 3)]
        levels[:, i] = np.searchsorted(cuts, expected)
    return levels
