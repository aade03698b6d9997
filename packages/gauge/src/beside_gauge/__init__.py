"""A measure of Compassion in words: how a reply meets what a person said.

The gauge knows nothing about storage, pages or models of language. Nothing heavy is imported until
something is read.
"""

from typing import TYPE_CHECKING, Any

from beside_gauge.checks import Finding, check
from beside_gauge.dimensions import DIMENSIONS, GATE_REASONS, Dimension, DimensionId, Side
from beside_gauge.errors import AssetsMissing, GaugeError, NotReadable
from beside_gauge.exchange import Exchange, Role, Turn
from beside_gauge.reading import (
    Danger,
    DimensionReading,
    Gate,
    PersonReading,
    Reading,
    Span,
    Stage,
)

if TYPE_CHECKING:
    from beside_gauge.conversation import (
        ConversationReader,
        ConversationReading,
        ScaleReading,
        read_conversation,
    )
    from beside_gauge.gauge import Gauge, explain, read, read_many, read_person

__all__ = [
    "DIMENSIONS",
    "GATE_REASONS",
    "AssetsMissing",
    "ConversationReader",
    "ConversationReading",
    "Danger",
    "Dimension",
    "DimensionId",
    "DimensionReading",
    "Exchange",
    "Finding",
    "Gate",
    "Gauge",
    "GaugeError",
    "NotReadable",
    "PersonReading",
    "Reading",
    "Role",
    "ScaleReading",
    "Side",
    "Span",
    "Stage",
    "Turn",
    "check",
    "explain",
    "read",
    "read_conversation",
    "read_many",
    "read_person",
]


def __getattr__(name: str) -> Any:
    """What reads brings the model's runtime with it, and only when it is asked for."""
    if name in ("Gauge", "explain", "read", "read_many", "read_person"):
        from beside_gauge import gauge

        return getattr(gauge, name)
    if name in ("ConversationReader", "ConversationReading", "ScaleReading", "read_conversation"):
        from beside_gauge import conversation

        return getattr(conversation, name)
    raise AttributeError(name)
