"""The room map: for each kind of difficult expression, how much room the replies had for it.

Relief, growth and frame are kept apart, each with its interval. What was never met is not empty:
it is not yet known.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from beside.mirror.expressions import EXPRESSIONS, Expression
from beside.mirror.figures import Estimate, Single, least, read_figure, together, written

SIDES = ("relief", "growth", "frame")
FEWEST = 2
"""With fewer replies than this to a kind, its room is not known yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """One kind of expression: how often it was met, and the three sides of the replies to it."""

    kind: Expression
    met: int
    relief: Estimate | None = None
    growth: Estimate | None = None
    frame: Estimate | None = None

    @property
    def sides(self) -> tuple[Estimate, ...]:
        """Those of the three that were offered."""
        return tuple(each for each in (self.relief, self.growth, self.frame) if each is not None)

    @property
    def known(self) -> bool:
        """Whether enough replies were read to draw anything."""
        return any(each.count >= FEWEST for each in self.sides)

    @property
    def room(self) -> Estimate | None:
        """How far the sector reaches: the least of its sides. None where it is not yet known."""
        return least([each for each in self.sides if each.count >= FEWEST])


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomMap:
    """All kinds, in a fixed order."""

    sectors: tuple[Sector, ...]

    @property
    def known(self) -> tuple[Sector, ...]:
        """The sectors of which something is known."""
        return tuple(each for each in self.sectors if each.known)

    def narrowest(self) -> Sector | None:
        """The known sector with the least room."""
        return min(self.known, key=lambda each: each.room.value if each.room else 3, default=None)

    def widest(self) -> Sector | None:
        """The known sector with the most room."""
        return max(self.known, key=lambda each: each.room.value if each.room else 0, default=None)


class RoomBuilder:
    """Takes in one reply after the other; holds three numbers for each side of each."""

    def __init__(self) -> None:
        self._met: dict[Expression, int] = dict.fromkeys(EXPRESSIONS, 0)
        self._sides: dict[tuple[Expression, str], list[Single]] = {}

    def add(self, kinds: Iterable[Expression], sides: Mapping[str, Single | None]) -> None:
        """A reply to a turn of these kinds, with what was read of each side."""
        for kind in kinds:
            self._met[kind] += 1
            for side in SIDES:
                if (single := sides.get(side)) is not None:
                    self._sides.setdefault((kind, side), []).append(single)

    def map(self) -> RoomMap:
        """The map of what was added."""
        return RoomMap(sectors=tuple(self._sector(kind) for kind in EXPRESSIONS))

    def _sector(self, kind: Expression) -> Sector:
        return Sector(
            kind=kind,
            met=self._met[kind],
            **{side: together(self._sides.get((kind, side), [])) for side in SIDES},
        )


def as_figures(room: RoomMap) -> tuple[str, ...]:
    """The map as short lines, for keeping: `room:anger:relief 1.9 1.2 2.5 4`."""
    lines = []
    for sector in room.sectors:
        if sector.met:
            lines.append(f"met:{sector.kind} {sector.met}")
        for side in SIDES:
            estimate: Estimate | None = getattr(sector, side)
            if estimate is not None:
                lines.append(written(f"room:{sector.kind}:{side}", estimate))
    return tuple(lines)


def from_figures(many: Iterable[Iterable[str]]) -> RoomMap:
    """One map of several sessions' figures: medians weighed by how many replies each is of."""
    met: dict[str, int] = {}
    singles: dict[tuple[str, str], list[Estimate]] = {}
    for lines in many:
        for line in lines:
            name, _, rest = line.partition(" ")
            if name.startswith("met:") and rest.isdecimal():
                met[name[4:]] = met.get(name[4:], 0) + int(rest)
            elif name.startswith("room:") and (figure := read_figure(line)) is not None:
                _, kind, side = name.split(":")
                singles.setdefault((kind, side), []).append(figure[1])
    return RoomMap(
        sectors=tuple(
            Sector(
                kind=kind,
                met=met.get(kind, 0),
                **{side: joined(singles.get((kind, side), [])) for side in SIDES},
            )
            for kind in EXPRESSIONS
        )
    )


def joined(estimates: list[Estimate]) -> Estimate | None:
    """Estimates of several sessions as one, each weighed by its count; never sharper than one."""
    if not estimates:
        return None
    count = sum(each.count for each in estimates)
    value = sum(each.value * each.count for each in estimates) / count
    low = sum((each.value - each.low) * each.count for each in estimates) / count
    high = sum((each.high - each.value) * each.count for each in estimates) / count
    return Estimate(
        value=value, low=max(0.0, value - low), high=min(3.0, value + high), count=count
    )
