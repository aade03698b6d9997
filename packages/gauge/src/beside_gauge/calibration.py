"""From raw scores to values that mean what they say: tables made in `train/`, used here.

A curve is a list of points (score, value), joined by straight lines: isotonic regression on
exchanges that were never learned from (Zadrozny and Elkan 2002). Intervals are the residuals seen
there, by region of the value (split conformal prediction; Vovk et al. 2005).
"""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Points of a rising line; beyond its ends it stays level."""

    scores: Array
    values: Array

    def __call__(self, score: Array) -> Array:
        """The values at these scores."""
        return np.interp(score, self.scores, self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """How far below and above a value the truth was in nine cases of ten, along the value."""

    at: Array
    below: Array
    above: Array
    top: float

    def __call__(self, value: Array) -> tuple[Array, Array]:
        """Low and high for these values, inside 0 and `top`."""
        low = np.clip(value - np.interp(value, self.at, self.below), 0, value)
        high = np.clip(value + np.interp(value, self.at, self.above), value, self.top)
        return low, high


class Calibration:
    """Everything in `assets/gauge.json`: curves, bands, thresholds, and whose they are."""

    def __init__(self, given: dict[str, Any]) -> None:
        self._given = given
        self.model: str = given["model"]
        self.corpus: str = given["corpus"]
        self.thresholds: dict[str, float] = given["thresholds"]

    @classmethod
    def load(cls, path: Path) -> "Calibration":
        """The tables from a file; OSError or ValueError where it cannot be read."""
        return cls(json.loads(path.read_text(encoding="utf-8")))

    @cached_property
    def curves(self) -> dict[str, Curve]:
        """By name: D1 to D8, S, K, gate, danger, S-there, K-there, and offered-D1 to -D8."""
        return {
            name: Curve(scores=np.asarray(points["scores"]), values=np.asarray(points["values"]))
            for name, points in self._given["curves"].items()
        }

    @cached_property
    def bands(self) -> dict[str, Band]:
        """By name: D1 to D8, S, K."""
        return {
            name: Band(
                at=np.asarray(band["at"]), below=np.asarray(band["below"]),
                above=np.asarray(band["above"]), top=float(band["top"]),
            )
            for name, band in self._given["bands"].items()
        }  # fmt: skip

    @cached_property
    def blend(self) -> NDArray[np.float32]:
        """(9,) how much the words alone count beside the encoder: D1 to D8 and the gate."""
        return np.asarray(self._given["blend"], np.float32)

    @cached_property
    def cuts(self) -> dict[str, Array]:
        """Scores at which one level ends and the next begins: D1 to D8 (3 each), S, K (5 each)."""
        return {name: np.asarray(cuts) for name, cuts in self._given["cuts"].items()}
