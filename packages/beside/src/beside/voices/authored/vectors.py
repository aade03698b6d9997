"""Where turns lie by their meaning: how that is kept in one byte a number, and what is near.

The direction that all turns have in common is taken out first: it says nothing about any of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class States:
    """The directions of the turns (n, d) and of the situations' names (m, d), each of length one.

    `mean` (d,) is what all turns have in common.
    """

    mean: "Vectors"
    turns: "Vectors"
    kinds: "Vectors"

    @classmethod
    def of_kept(cls, kept: "Mapping[str, NDArray[np.int8]]") -> "States":
        """From what `kept` gave."""
        return cls(
            mean=kept["mean"].astype("float32"),
            turns=_unit(kept["turns"].astype("float32")),
            kinds=_unit(kept["kinds"].astype("float32")),
        )

    def nearness(self, state: "Vectors") -> tuple[list[float], list[float]]:
        """How near a turn's state (d,) lies to each turn and to each name: -1 to 1."""
        own = _unit((state.astype("float32") - self.mean)[None])[0]
        turns: list[float] = (self.turns @ own).tolist()
        kinds: list[float] = (self.kinds @ own).tolist()
        return turns, kinds


def kept(turns: "Vectors", kinds: "Vectors") -> "dict[str, NDArray[np.int8]]":
    """What is kept of the states of turns (n, d) and of names (m, d): whole numbers."""
    mean = turns.mean(0)
    return {
        "mean": mean.astype("float16"),
        "turns": _in_bytes(turns - mean),
        "kinds": _in_bytes(kinds - kinds.mean(0)),
    }


def _in_bytes(states: "Vectors") -> "NDArray[np.int8]":
    import numpy as np

    most = np.abs(states).max(1, keepdims=True) + 1e-9
    found: NDArray[np.int8] = np.round(states / most * 127).astype(np.int8)
    return found


def _unit(states: "Vectors") -> "Vectors":
    import numpy as np

    found: Vectors = states / (np.linalg.norm(states, axis=1, keepdims=True) + 1e-9)
    return found
