"""Turns as directions: how they are kept in one byte a number, and how near one lies to another.

The direction that all turns have in common is taken out first: it says nothing about any of them.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]


def kept(states: "Vectors") -> "tuple[NDArray[np.float16], NDArray[np.int8]]":
    """What is kept of (n, d) states: the common direction, and each turn's own in whole numbers."""
    import numpy as np

    mean = states.mean(0).astype(np.float16)
    own = states - mean.astype(np.float32)
    most = np.abs(own).max(1, keepdims=True) + 1e-9
    return mean, np.round(own / most * 127).astype(np.int8)


def directions(vectors: "NDArray[np.int8]") -> "Vectors":
    """The kept turns, each of length one."""
    return _unit(vectors.astype("float32"))


def nearness(state: "Vectors", mean: "NDArray[np.float16]", kept_turns: "Vectors") -> "Vectors":
    """(n,) how near one turn's state (d,) lies to each of the kept ones: -1 to 1."""
    own = state.astype("float32") - mean.astype("float32")
    near: Vectors = kept_turns @ _unit(own[None])[0]
    return near


def _unit(states: "Vectors") -> "Vectors":
    import numpy as np

    found: Vectors = states / (np.linalg.norm(states, axis=1, keepdims=True) + 1e-9)
    return found
