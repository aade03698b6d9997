"""A reading in words for a terminal."""

from typing import Any

from beside_gauge.checks import check
from beside_gauge.dimensions import DIMENSIONS
from beside_gauge.exchange import Exchange
from beside_gauge.reading import DimensionReading, Reading

REASONS = {
    "empty": "there are no words to read on one of the two sides",
    "too-long": "one side is longer than the gauge reads (about 300 words of a reply)",
    "language": "this does not look like English, Dutch, French, German or Spanish, which are "
    "what this gauge has learned",
    "not-a-conversation": "this does not look like one person answering another",
}


def as_table(exchange: Exchange, reading: Reading) -> str:
    """Eight lines, the gate, danger in the person's words, and what plain checks point at."""
    lines = []
    if reading.person is not None and reading.person.danger.seen:
        kinds = ", ".join(reading.person.danger.kinds)
        lines.append(f"The person's words may be words of danger ({kinds}): people come first.")
    if reading.unscored is not None:
        return "\n".join([*lines, f"Not scored: {REASONS[reading.unscored]}."]) + "\n"
    for dimension, each in zip(DIMENSIONS, reading.dimensions, strict=True):
        lines.append(f"{dimension.id}  {dimension.name:<34} {_figure(each)}  "
                     f"{_words(exchange.reply, each)}".rstrip())  # fmt: skip
    whole, lowest = reading.whole(), reading.lowest()
    if reading.gate is not None and not reading.gate.passed:
        lines.append(f"Should not be said: {reading.gate.reason}.")
    elif whole is not None and lowest is not None:
        lines.append(f"Whole about {whole:.1f} of 3. What would open more: {lowest.dimension}.")
    safety = reading.person is not None and reading.person.danger.seen
    for found in check(exchange.reply, exchange.context, safety=safety):
        lines.append(f"  {found.why}: {exchange.reply[found.start : found.end][:60]!r}")
    return "\n".join(lines) + "\n"


def _figure(each: DimensionReading) -> str:
    if each.value is None or each.low is None or each.high is None:
        return "no opportunity here"
    return ruler(each.low, each.high, None if each.region else each.value)


def ruler(low: float, high: float, value: float | None) -> str:
    """A line from 0 to 3 with its region, and the figures; a region alone has no value."""
    line = ["·"] * 13
    for at in range(round(low * 4), round(high * 4) + 1):
        line[at] = "─"
    if value is None:
        return f"{''.join(line)}  {low:.1f} to {high:.1f}     "
    line[round(value * 4)] = "●"
    return f"{''.join(line)}  {value:.1f} ({low:.1f} to {high:.1f})"


def _words(reply: str, each: DimensionReading) -> str:
    if not each.evidence:
        return ""
    span = each.evidence[0]
    return f"{'+' if span.weight > 0 else '-'} {reply[span.start : span.end]!r}"


def as_json(reading: Reading) -> dict[str, Any]:
    """Everything in a reading, for machines; a region has its ends and no value."""
    from dataclasses import asdict

    given = asdict(reading)
    for each, dimension in zip(given["dimensions"], reading.dimensions, strict=True):
        each["region"] = dimension.region
        if dimension.region:
            each["value"] = None
    lowest = reading.lowest()
    return {**given, "whole": reading.whole(), "lowest": lowest.dimension if lowest else None}
