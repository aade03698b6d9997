"""Pictures as plain SVG, made here and shown as they are: no script, no outside address.

Each stands beside a table that says the same. What is told apart is told apart by its form too,
not by colour alone; colours are classes, and `currentColor` where there is no style sheet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from xml.sax.saxutils import escape, quoteattr

from beside.mirror.figures import Estimate

WIDTH = 640
_ROW, _LEFT, _RIGHT, _TOP = 34, 236, 24, 40
_HIGH, _FOOT = 180, 44
_RADIUS, _INNER, _ROOM = 150, 26, 520


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a picture: its name and where it lies; None where nothing is known."""

    name: str
    estimate: Estimate | None
    said: str
    """What the line says in words, for whoever does not see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One thing over time: a point for each moment, None where nothing was read."""

    name: str
    points: tuple[Estimate | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """One sector of the room map; `reach` is None where the room is not yet known."""

    name: str
    reach: Estimate | None
    before: Estimate | None = None
    said: str = ""


def lines(
    title: str, rows: Sequence[Row], levels: Sequence[str], *, own: float | None = None,
    own_name: str = "",
) -> str:  # fmt: skip
    """Lines with their regions from 0 to 3; `own` is the practitioner's mark, 0 to 1, first."""
    extra = 1 if own is not None else 0
    height = _TOP + _ROW * (len(rows) + extra) + 8
    made = [_begin(title, WIDTH, height)]
    for level, word in enumerate(levels):
        x = _x(level / (len(levels) - 1))
        anchor = "end" if level == len(levels) - 1 and len(levels) > 1 else (
            "start" if level == 0 else "middle"
        )  # fmt: skip
        made.append(f'<text class="faint" x="{x:.0f}" y="22" text-anchor="{anchor}">'
                    f"{escape(word)}</text>")  # fmt: skip
        made.append(f'<line class="grid" x1="{x:.0f}" x2="{x:.0f}" y1="30" y2="{height - 4}"/>')
    y = _TOP + _ROW // 2
    if own is not None:
        made.append(_name(own_name, y))
        x = _x(own)
        made.append(f'<path class="own" d="M{x:.1f} {y - 9}l8 9l-8 9l-8 -9z"/>')
        y += _ROW
    for row in rows:
        made.append(f"<g><title>{escape(row.name)}: {escape(row.said)}</title>")
        made.append(_name(row.name, y))
        if row.estimate is None:
            made.append(f'<text class="faint" x="{_LEFT}" y="{y + 4}">{escape(row.said)}</text>')
        else:
            low, high = _x(row.estimate.low / 3), _x(row.estimate.high / 3)
            made.append(f'<line class="region" x1="{low:.1f}" x2="{max(high, low + 1):.1f}" '
                        f'y1="{y}" y2="{y}"/>')  # fmt: skip
            if not row.estimate.region:
                made.append(f'<circle class="dot" cx="{_x(row.estimate.value / 3):.1f}" '
                            f'cy="{y}" r="5"/>')  # fmt: skip
        made.append("</g>")
        y += _ROW
    return _end(made)


def course(
    title: str, series: Sequence[Series], *, top: float, begin: str, end: str, high: str, low: str,
    own: Sequence[float | None] = (), own_name: str = "",
) -> str:  # fmt: skip
    """Up to three things over time, each a line with its region; `own` are marks from 0 to 1."""
    height = _HIGH + _FOOT + 24 * (len(series) + bool(own)) + 8
    made = [_begin(title, WIDTH, height)]
    made.append(f'<text class="faint" x="8" y="16">{escape(high)}</text>')
    made.append(f'<text class="faint" x="8" y="{_HIGH + 8}">{escape(low)}</text>')
    for part in range(4):
        y = 20 + (_HIGH - 20) * part / 3
        made.append(f'<line class="grid" x1="8" x2="{WIDTH - 8}" y1="{y:.1f}" y2="{y:.1f}"/>')
    made.append(f'<text class="faint" x="8" y="{_HIGH + 30}">{escape(begin)}</text>')
    made.append(f'<text class="faint" x="{WIDTH - 8}" y="{_HIGH + 30}" text-anchor="end">'
                f"{escape(end)}</text>")  # fmt: skip
    for number, each in enumerate(series):
        made += _drawn(each, number, top)
        y = _HIGH + _FOOT + 24 * number + 4
        made.append(f'<line class="series s{number}" x1="8" x2="48" y1="{y}" y2="{y}"/>')
        made.append(f'<text x="58" y="{y + 4}">{escape(each.name)}</text>')
    if own:
        y = _HIGH + _FOOT + 24 * len(series) + 4
        for at, mark in enumerate(own):
            if mark is not None:
                made.append(_diamond(_across(at, len(own)), _up(mark, 1.0)))
        made.append(_diamond(28, y))
        made.append(f'<text x="58" y="{y + 4}">{escape(own_name)}</text>')
    return _end(made)


def room(title: str, slices: Sequence[Slice], *, unknown: str) -> str:
    """Sectors that reach as far as there was room; what is not yet known is left open, dotted."""
    middle = (WIDTH / 2, _ROOM / 2)
    made = [_begin(title, WIDTH, _ROOM)]
    step = 2 * pi / max(1, len(slices))
    for ring in (1, 2, 3):
        made.append(f'<circle class="grid" fill="none" cx="{middle[0]}" cy="{middle[1]}" '
                    f'r="{_reach(ring):.1f}"/>')  # fmt: skip
    for number, each in enumerate(slices):
        begin = number * step - pi / 2 + 0.02
        end = begin + step - 0.04
        said = each.said or unknown
        made.append(f"<g><title>{escape(each.name)}: {escape(said)}</title>")
        if each.reach is None:
            made.append(f'<path class="open" d="{_sector(middle, begin, end, _reach(3))}"/>')
        else:
            made.append(
                f'<path class="maybe" d="{_sector(middle, begin, end, _reach(each.reach.high))}"/>'
            )  # noqa: E501
            made.append(
                f'<path class="sure" d="{_sector(middle, begin, end, _reach(each.reach.low))}"/>'
            )  # noqa: E501
            if not each.reach.region:
                made.append(
                    f'<path class="edge" d="{_arc(middle, begin, end, _reach(each.reach.value))}"/>'
                )  # noqa: E501
        if each.before is not None:
            made.append(
                f'<path class="before" d="{_arc(middle, begin, end, _reach(each.before.value))}"/>'
            )  # noqa: E501
        made.append("</g>")
        made.append(_around(middle, (begin + end) / 2, each.name))
    return _end(made)


def _begin(title: str, width: int, height: int) -> str:
    return (f'<svg xmlns="http://www.w3.org/2000/svg" class="picture" viewBox="0 0 {width} '
            f'{height}" role="img" aria-label={quoteattr(title)} font-size="13" '
            'fill="currentColor">')  # fmt: skip


def _end(made: list[str]) -> str:
    return "\n".join([*made, "</svg>"])


def _name(words: str, y: float) -> str:
    return f'<text x="8" y="{y + 4}">{escape(words)}</text>'


def _x(share: float) -> float:
    return _LEFT + (WIDTH - _LEFT - _RIGHT) * share


def _across(at: int, count: int) -> float:
    return 20 + (WIDTH - 40) * (at + 0.5) / max(1, count)


def _up(value: float, top: float) -> float:
    return _HIGH - (_HIGH - 20) * max(0.0, min(1.0, value / top))


def _diamond(x: float, y: float) -> str:
    return f'<path class="own" d="M{x:.1f} {y - 7:.1f}l6 7l-6 7l-6 -7z"/>'


def _drawn(series: Series, number: int, top: float) -> list[str]:
    """The regions as upright bars, the values as a line with its points; gaps stay gaps."""
    made = []
    run: list[str] = []
    count = len(series.points)
    shift = (number - 0.5) * 6
    for at, point in enumerate((*series.points, None)):
        if point is None:
            if len(run) > 1:
                made.append(f'<polyline class="series s{number}" points="{" ".join(run)}"/>')
            run = []
            continue
        x, y = _across(at, count) + shift, _up(point.value, top)
        low, high = _up(point.low, top), _up(point.high, top)
        made.append(f'<line class="span s{number}" x1="{x:.1f}" x2="{x:.1f}" '
                    f'y1="{low:.1f}" y2="{high:.1f}"/>')  # fmt: skip
        made.append(f'<circle class="point s{number}" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>')
        run.append(f"{x:.1f},{y:.1f}")
    return made


def _reach(value: float) -> float:
    return _INNER + (_RADIUS - _INNER) * value / 3


def _at(middle: tuple[float, float], angle: float, radius: float) -> str:
    return f"{middle[0] + radius * cos(angle):.1f} {middle[1] + radius * sin(angle):.1f}"


def _sector(middle: tuple[float, float], begin: float, end: float, radius: float) -> str:
    return (f"M{_at(middle, begin, _INNER)}L{_at(middle, begin, radius)}"
            f"A{radius:.1f} {radius:.1f} 0 0 1 {_at(middle, end, radius)}"
            f"L{_at(middle, end, _INNER)}"
            f"A{_INNER} {_INNER} 0 0 0 {_at(middle, begin, _INNER)}Z")  # fmt: skip


def _arc(middle: tuple[float, float], begin: float, end: float, radius: float) -> str:
    return (f"M{_at(middle, begin, radius)}"
            f"A{radius:.1f} {radius:.1f} 0 0 1 {_at(middle, end, radius)}")  # fmt: skip


def _around(middle: tuple[float, float], angle: float, words: str) -> str:
    across = cos(angle)
    anchor = "middle" if abs(across) < 0.25 else "start" if across > 0 else "end"
    x, y = middle[0] + (_RADIUS + 14) * across, middle[1] + (_RADIUS + 14) * sin(angle) + 4
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'
