"""A reading as a picture: eight lines with their regions, no grade. Plain SVG, no script."""

from xml.sax.saxutils import escape

from beside_gauge.dimensions import DIMENSIONS
from beside_gauge.reading import Reading

WIDTH, ROW, LEFT, RIGHT, TOP = 640, 34, 250, 40, 40


def svg(reading: Reading) -> str:
    """The picture as text. Lines have titles for screen readers; what is not offered says so."""
    height = TOP + ROW * len(DIMENSIONS) + 46
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="title" font-family="sans-serif" font-size="13" fill="#222">',
        '<title id="title">How a reply met what a person said</title>',
        '<rect width="100%" height="100%" fill="#fff"/>',
    ]
    for level, word in enumerate(("against", "absent", "there", "opening")):
        x = _x(level)
        parts.append(f'<text x="{x:.0f}" y="24" text-anchor="middle" fill="#555">{word}</text>')
        parts.append(
            f'<line x1="{x:.0f}" x2="{x:.0f}" y1="32" y2="{height - 40}" stroke="#ddd"/>'
        )  # fmt: skip
    for row, (dimension, each) in enumerate(zip(DIMENSIONS, reading.dimensions, strict=True)):
        y = TOP + ROW * row + ROW // 2
        parts.append(f'<text x="10" y="{y + 4}">{dimension.id} {escape(dimension.name)}</text>')
        if each.value is None or each.low is None or each.high is None:
            parts.append(
                f'<text x="{LEFT}" y="{y + 4}" fill="#777">no opportunity here</text>'
                if reading.unscored is None
                else f'<text x="{LEFT}" y="{y + 4}" fill="#777">not scored</text>'
            )
            continue
        said = f"between {each.low:.1f} and {each.high:.1f}"
        parts.append(f"<g><title>{dimension.id}: {said}</title>")
        parts.append(
            f'<line x1="{_x(each.low):.1f}" x2="{_x(each.high):.1f}" y1="{y}" y2="{y}" '
            'stroke="#7a9e9f" stroke-width="9" stroke-linecap="round" opacity="0.55"/>'
        )
        if not each.region:
            parts.append(f'<circle cx="{_x(each.value):.1f}" cy="{y}" r="5" fill="#234e52"/>')
        parts.append("</g>")
    parts.append(f'<text x="10" y="{height - 14}" fill="#555">{escape(_below(reading))}</text>')
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
