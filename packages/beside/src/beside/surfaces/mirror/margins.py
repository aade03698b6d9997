"""What opened and what may have narrowed, turn by turn, to stand beside the words it is tied to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from beside.surfaces.mirror.report import Said
from beside.surfaces.mirror.view import Quote, View

Side = Literal["opened", "closed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some words of a turn, and what they are tied to, if anything."""

    text: str
    side: Side | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """The pieces of a turn in order, and what stands on each side of it."""

    pieces: tuple[Piece, ...]
    opened: tuple[Quote, ...]
    closed: tuple[Quote, ...]


def margins(turns: Sequence[Said], seen: View) -> dict[int, Margin]:
    """By the number of the turn; only turns that something is tied to."""
    left = _by_turn(seen.opened)
    right = _by_turn((*seen.closed, *seen.needs, *seen.pointed))
    return {
        turn.number: Margin(
            pieces=_pieces(turn.text, left.get(turn.number, ()), right.get(turn.number, ())),
            opened=left.get(turn.number, ()),
            closed=_once(right.get(turn.number, ())),
        )
        for turn in turns
        if turn.number in left or turn.number in right
    }


def all_beside(turns: Sequence[Said], seen: View) -> bool:
    """Whether everything that is quoted stands beside one of these turns."""
    here = {turn.number for turn in turns}
    quoted = (*seen.opened, *seen.closed, *seen.needs, *seen.pointed)
    return all(each.place in here for each in quoted)


def _by_turn(quotes: Sequence[Quote]) -> dict[int, tuple[Quote, ...]]:
    found: dict[int, tuple[Quote, ...]] = {}
    for each in quotes:
        found[each.place] = (*found.get(each.place, ()), each)
    return found


def _once(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """The same sentence is said once, however many words it is tied to."""
    return tuple({each.why: each for each in reversed(quotes)}.values())[::-1]


def _pieces(text: str, opened: Sequence[Quote], closed: Sequence[Quote]) -> tuple[Piece, ...]:
    """The turn's text cut where something is tied to it; where two meet, what opened is first."""
    sides: list[Side | None] = [None] * len(text)
    for quotes, side in ((closed, "closed"), (opened, "opened")):
        for each in quotes:
            for at in range(max(0, each.start), min(each.end, len(text))):
                sides[at] = "opened" if side == "opened" else "closed"
    pieces: list[Piece] = []
    begin = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or sides[at] != sides[begin]:
            pieces.append(Piece(text=text[begin:at], side=sides[begin]))
            begin = at
    return tuple(pieces)
