"""A measure of Compassion in words: what is read, and what a reading looks like.

The gauge knows nothing about storage, pages or models of language. In this release it carries
its public types only; the model that fills them in is made in `train/`.
"""

from beside_gauge.dimensions import DIMENSIONS, GATE_REASONS, Dimension, DimensionId, Side
from beside_gauge.exchange import Exchange, Role, Turn
from beside_gauge.reading import DimensionReading, Gate, Reading, Span

__all__ = [
    "DIMENSIONS",
    "GATE_REASONS",
    "Dimension",
    "DimensionId",
    "DimensionReading",
    "Exchange",
    "Gate",
    "Reading",
    "Role",
    "Side",
    "Span",
    "Turn",
]
