"""A reading as a picture: lines with their regions, no grade. Plain SVG, no script."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from beside_gauge.dimensions import DIMENSIONS
from beside_gauge.reading import Reading

if TYPE_CHECKING:
    from beside_gauge.conversation import ConversationReading

WIDTH, ROW, LEFT, RIGHT, TOP = 640, 34, 250, 40, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the picture: where on it the region lies and the point, or words instead."""

    id: str
    name: str
    low: float | None
    high: float | None
    value: float | None
    instead: str


def svg(reading: Reading) -> str:
    """The picture as text. Lines have titles for screen readers; what is not offered says so."""
    nothing = "no opportunity here" if reading.unscored is None else "not scored"
    rows = [
        Row(id=dimension.id, name=dimension.name, low=each.low, high=each.high,
            value=None if each.region else each.value, instead=nothing)
        for dimension, each in zip(DIMENSIONS, reading.dimensions, strict=True)
    ]  # fmt: skip
    return _drawn("How a reply met what a person said", rows, _below(reading))


def svg_of_conversation(reading: "ConversationReading") -> str:
    """As `svg`, the nine scales of a whole conversation."""
    from beside_gauge.conversation import NAMES
    from beside_gauge.conversation_table import REASONS

    rows = [
        Row(id=each.scale, name=NAMES[each.scale], low=each.low, high=each.high,
            value=None if each.region else each.value,
            instead=REASONS[each.reason] if each.reason else "")
        for each in reading.scales
    ]  # fmt: skip
    below = f"An estimate by a model; nine of ten readers' labels lie inside. {reading.model}"
    return _drawn(f"How {reading.turns} turns met each other", rows, below)


def _drawn(title: str, rows: Sequence[Row], below: str) -> str:
    height = TOP + ROW * len(rows) + 46
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="title" font-family="sans-serif" font-size="13" fill="#222">',
        f'<title id="title">{escape(title)}</title>',
        '<rect width="100%" height="100%" fill="#fff"/>',
    ]
    for level, word in enumerate(("against", "absent", "there", "opening")):
        x = _x(level)
        parts.append(f'<text x="{x:.0f}" y="24" text-anchor="middle" fill="#555">{word}</text>')
        parts.append(
            f'<line x1="{x:.0f}" x2="{x:.0f}" y1="32" y2="{height - 40}" stroke="#ddd"/>'
        )  # fmt: skip
    for at, row in enumerate(rows):
        y = TOP + ROW * at + ROW // 2
        parts.append(f'<text x="10" y="{y + 4}">{row.id} {escape(row.name)}</text>')
        if row.low is None or row.high is None:
            parts.append(
                f'<text x="{LEFT}" y="{y + 4}" fill="#777">{escape(row.instead)}</text>'
            )  # fmt: skip
            continue
        said = f"between {row.low:.1f} and {row.high:.1f}"
        parts.append(f"<g><title>{row.id}: {said}</title>")
        parts.append(
            f'<line x1="{_x(row.low):.1f}" x2="{_x(row.high):.1f}" y1="{y}" y2="{y}" '
            'stroke="#7a9e9f" stroke-width="9" stroke-linecap="round" opacity="0.55"/>'
        )
        if row.value is not None:
            parts.append(f'<circle cx="{_x(row.value):.1f}" cy="{y}" r="5" fill="#234e52"/>')
        parts.append("</g>")
    parts.append(f'<text x="10" y="{height - 14}" fill="#555">{escape(below)}</text>')
    parts.append("</svg>")
    return "\n".join(parts) + "\n"


def _x(value: float) -> float:
    return LEFT + 20 + value / 3 * (WIDTH - LEFT - RIGHT - 20)


def _below(reading: Reading) -> str:
    if reading.unscored is not None:
        return f"Not scored: {reading.unscored}. {reading.model}"
    gate = reading.gate
    if gate is not None and not gate.passed:
        return f"Should not be said: {gate.reason}. {reading.model}"
    return f"An estimate by a model; nine of ten readers' labels lie inside. {reading.model}"
