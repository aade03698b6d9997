"""What the head of the authored voice learns of the turns that press, and how."""

import functools
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from beside.voices.authored import learned
from beside.voices.authored.book import open_book
from beside.voices.authored.language import language_of_talk
from beside.voices.authored.learned import NONE, PRESSES, Layer, Learned, Limits
from beside.voices.authored.thread import heard_by_shapes
from beside.voices.base import Message
from corpus.pressing_turns import QUIET, Item

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from beside.voices.authored.vectors import Vectors

CACHE = Path(__file__).parents[1] / ".cache" / "pressing.npz"
"""States that were computed before: by the hash of encoder and text."""
MEANING = 0.5
"""What the scores by meaning count beside those by words: with more, kinds are told apart worse."""
STRENGTH = 5.0
"""The inverse of how much small weights are wanted."""


def states(every: Sequence[Item]) -> "Vectors":
    """(3n, 384) the states of what is read of each item; those known from before are not made."""
    import numpy as np

    from beside_gauge import Gauge

    gauge = Gauge.load(threads=1)
    encoder = gauge.encoder_of(learned.ENCODER)
    texts = [part for item in every for part in learned.parts(_read(item))]
    names = [
        hashlib.sha256(f"{encoder}{[(t.role, t.text) for t in text]}".encode()).hexdigest()
        for text in texts
    ]
    known: dict[str, Vectors] = {}
    if CACHE.is_file():
        with np.load(CACHE, allow_pickle=False) as kept:
            known = dict(zip(map(str, kept["names"]), kept["states"], strict=True))
    new = {name: text for name, text in zip(names, texts, strict=True) if name not in known}
    if new:
        made = gauge.turn_states(list(new.values()), language=learned.ENCODER)
        known |= dict(zip(new, made, strict=True))
        CACHE.parent.mkdir(parents=True, exist_ok=True)
        wanted = sorted(set(names))
        np.savez(CACHE, names=np.array(wanted), states=np.stack([known[n] for n in wanted]))
    return np.stack([known[name] for name in names])


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """All items as the heads read them: by meaning (n, 1153), by words and shapes (n, d)."""

    items: tuple[Item, ...]
    meant: "Vectors"
    said: "csr_array[np.float32]"
    means: "Vectors"
    kinds: tuple[str, ...]

    def at(self, places: Sequence[int]) -> "Rows":
        """Some of them."""
        return replace(
            self,
            items=tuple(self.items[at] for at in places),
            meant=self.meant[places],
            said=self.said[places],
        )


def rows(every: Sequence[Item]) -> Rows:
    """The items, ready to be learned from or to be read."""
    import numpy as np
    from scipy.sparse import csr_array, vstack

    found = states(every).reshape(len(every), 3, -1)
    means = found.mean(0)
    kinds = tuple(sorted({item.kind for item in every} - set(QUIET)))
    meant, said = [], []
    for item, own in zip(every, found, strict=True):
        one, other = learned.features([_read(item)], own, means, kinds, heard_in)
        meant.append(one[0])
        said.append(csr_array(other))
    return Rows(
        items=tuple(every),
        meant=np.stack(meant),
        said=vstack(said, format="csr"),
        means=means.astype(np.float32),
        kinds=kinds,
    )


def learn(given: Rows, limits: Limits) -> Learned:
    """The heads that these items give.

    What is wanted is told by two heads, by meaning and by words and shapes, whose scores are added.
    """
    import numpy as np
    from scipy.sparse import csr_array, hstack
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
    from sklearn.linear_model import LogisticRegression

    both = hstack([csr_array(given.meant), given.said], format="csr")
    does = np.array([item.kind if item.kind in QUIET else PRESSES for item in given.items])
    after = np.array([item.after for item in given.items])
    first, again = (
        LogisticRegression(C=STRENGTH, max_iter=150, tol=1e-3).fit(both[own], does[own])
        for own in (~after & np.isin(does, (PRESSES, NONE)), after)
    )
    asks = np.array([item.kind not in QUIET for item in given.items])
    kinds = [item.kind for item in given.items if item.kind not in QUIET]
    by_meaning = LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto")
    by_words = LogisticRegression(C=STRENGTH, max_iter=150, tol=1e-3)
    by_meaning.fit(given.meant[asks], kinds)
    by_words.fit(given.said[asks], kinds)
    weights = np.hstack([MEANING * by_meaning.coef_, by_words.coef_])
    bias = MEANING * by_meaning.intercept_ + by_words.intercept_
    return Learned(
        first=_layer(first.classes_, *_both_sides(first.coef_, first.intercept_)),
        again=_layer(again.classes_, again.coef_, again.intercept_),
        wants=_layer(by_words.classes_, weights, bias),
        means=given.means,
        limits=limits,
    )


def _both_sides(weights: "Vectors", bias: "Vectors") -> "tuple[Vectors, Vectors]":
    """A head of two classes has one row, for the second: the first gets its own."""
    import numpy as np

    return np.vstack([-weights / 2, weights / 2]), np.hstack([-bias / 2, bias / 2])


def _layer(names: "NDArray[np.str_]", weights: "Vectors", bias: "Vectors") -> Layer:
    return Layer(tuple(map(str, names)), weights.astype("float32"), bias.astype("float32"))


@functools.cache
def heard_in(text: str) -> frozenset[str]:
    """The kinds that the written shapes of its language find in a text."""
    book = open_book(language_of_talk([text]))
    return frozenset(heard_by_shapes(book)(text)) if book else frozenset()


def _read(item: Item) -> tuple[Message, ...]:
    return item.talk[-1 - learned.BEFORE :]
