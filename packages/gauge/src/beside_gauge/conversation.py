"""A whole conversation as nine scales, C1 to C9, from its turns and what happens between them.

Every helper's turn and every person's turn is read once, in order; what is kept of them are sums
(`passages.py`), so a conversation of 5,000 turns takes no more memory than one of fifty. The nine
values are straight lines over a few such measures each, fitted to the medians of two readers
(language models; `train/conversations.py`), with the interval that held nine of ten conversations
that were left out of the fit. Only conversations in English are valued: nothing else was fitted.
"""

import heapq
import json
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import Any, Literal

import numpy as np

from beside_gauge.calibration import Band
from beside_gauge.encode import ASSETS, TURNS
from beside_gauge.errors import AssetsMissing, NotReadable
from beside_gauge.exchange import Exchange, Turn
from beside_gauge.gauge import Gauge, default
from beside_gauge.moves import NAMED, Moves, helper_moves, person_moves
from beside_gauge.passages import Passages
from beside_gauge.reading import REGION, PersonReading, Reading

ScaleId = Literal["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9"]
SCALES: tuple[ScaleId, ...] = ("C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9")
NAMES: dict[ScaleId, str] = {
    "C1": "Two-sidedness", "C2": "Attunement", "C3": "Ownership", "C4": "Floor",
    "C5": "Rupture and repair", "C6": "Symptom relation", "C7": "Self relation",
    "C8": "Independence", "C9": "One character",
}  # fmt: skip
Reason = Literal["too-short", "language", "nothing-went-wrong", "not-spoken-of"]
"""`too-short`: fewer than three replies, or fewer than half of them, could be read one by one."""
FEWEST = 3
"""Replies that a reading needs."""
SHOWN = 3
"""How many turns are named for each scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleReading:
    """One scale from 0 to 3 with its 90% interval, and the turns (from 0) that carry it.

    Without a value, `reason` says why: there was no place for this scale.
    """

    scale: ScaleId
    value: float | None
    low: float | None
    high: float | None
    turns: tuple[int, ...] = ()
    reason: Reason | None = None

    @property
    def region(self) -> bool:
        """Whether the interval is so wide that only the region should be shown, no number."""
        return self.low is not None and self.high is not None and self.high - self.low > REGION


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationReading:
    """Nine scales of a conversation of `turns` turns, by one named model.

    `danger` names up to three of the person's turns that may hold words of danger: those come
    first, whatever the scales say.
    """

    model: str
    scales: tuple[ScaleReading, ...]
    turns: int
    danger: tuple[int, ...] = ()

    def whole(self) -> float | None:
        """Half the lower of C1 and C4, half the mean of the others; None where those are missing.

        A floor that gave way is not bought off by warmth elsewhere (DOMAIN 2.4).
        """
        by_id = {each.scale: each.value for each in self.scales}
        others = [v for scale, v in by_id.items() if v is not None and scale not in ("C1", "C4")]
        sides, floor = by_id["C1"], by_id["C4"]
        if sides is None or floor is None or not others:
            return None
        return 0.5 * min(sides, floor) + 0.5 * fmean(others)


class ConversationReader:
    """Reads turn by turn; `reading()` says how it stands so far."""

    def __init__(
        self,
        gauge: Gauge | None = None,
        tables: dict[str, Any] | None = None,
        *,
        model: str | None = None,
    ) -> None:
        """With the `model` that readings for `take` come from, no gauge is opened here."""
        self._gauge = gauge if gauge is not None or model is not None else default()
        self._model = self._gauge.model if self._gauge is not None else model or ""
        self._tables = tables if tables is not None else _tables(ASSETS)
        if not self._tables.get("model", self._model).startswith(self._model):
            raise AssetsMissing(
                "the lines for whole conversations were made for another model than the gauge that "
                "is open: install beside-gauge again, or run `python -m train.conversations`"
            )
        self._before: deque[Turn] = deque(maxlen=TURNS)
        self._passages = Passages()
        self._carry: dict[ScaleId, list[tuple[float, int]]] = {scale: [] for scale in SCALES}
        self._count = 0
        self._foreign = 0
        self._scored = 0
        self._danger: list[tuple[float, int]] = []
        self._heard = ""

    def add(self, turn: Turn) -> None:
        """The next turn; turns of one side in a row are read as they come. NotReadable if none."""
        if not isinstance(turn, Turn):
            raise NotReadable(f"a conversation is Turn objects, not {type(turn).__name__}")
        gauge = self._gauge or default()
        at, self._count = self._count, self._count + 1
        if turn.role == "person":
            self._person(turn, gauge.read_person((*self._before, turn)))
        elif self._before and self._before[-1].role == "person" and turn.text.strip():
            exchange = Exchange(context=tuple(self._before), reply=turn.text)
            self._helper(turn, at, gauge.read(exchange))
        self._before.append(turn)

    def take(self, turn: Turn, reading: Reading | PersonReading | None) -> None:
        """The next turn, read already: a person's with its PersonReading, an answer with its own.

        For whoever has readings at hand and wants none made twice; None where a turn has none.
        """
        at, self._count = self._count, self._count + 1
        if turn.role == "person" and isinstance(reading, PersonReading):
            self._person(turn, reading)
        elif self._before and self._before[-1].role == "person" and isinstance(reading, Reading):
            self._helper(turn, at, reading)
        self._before.append(turn)

    def measures(self) -> Moves:
        """What the nine lines are drawn over: means, changes, lows, by name."""
        return measures(self._passages)

    def _person(self, turn: Turn, reading: PersonReading) -> None:
        self._passages.add(person_moves(reading, turn.text, self._heard))
        if reading.danger.seen:
            _keep(self._danger, reading.danger.chance, self._count - 1)

    def _helper(self, turn: Turn, at: int, reading: Reading) -> None:
        context = tuple(self._before)
        if reading.unscored == "language" or reading.model != self._model:
            self._foreign += 1  # the lines were fitted to English
        elif reading.unscored is None:
            self._scored += 1
        moves = helper_moves(reading, context, turn.text)
        self._passages.add(moves)
        self._heard = turn.text
        for scale in SCALES:
            pull = sum(
                weight * (moves[name] - 1.5)
                for name, weight in self._tables.get("pull", {}).get(scale, {}).items()
                if name in moves
            )
            _keep(self._carry[scale], abs(pull), at)

    def reading(self) -> ConversationReading:
        """The nine scales of what was added so far."""
        replies = self._passages.count("words")
        made = []
        found = self.measures()
        for scale in SCALES:
            reason = self._reason(scale, replies)
            table = self._tables.get("scales", {}).get(scale)
            if reason is not None or table is None:
                made.append(_none(scale, reason or "too-short"))
                continue
            value = table["base"] + sum(
                weight * (found.get(name, middle) - middle) / width
                for name, weight, middle, width in table["lines"]
            )
            value = min(3.0, max(0.0, value))
            low, high = _band(table)(np.array(value))
            turns = sorted(at for pull, at in self._carry[scale] if pull > 0)
            made.append(
                ScaleReading(
                    scale=scale, value=value, low=float(low), high=float(high),
                    turns=tuple(turns),
                )
            )  # fmt: skip
        return ConversationReading(
            model=self._tables.get("model", ""), scales=tuple(made), turns=self._count,
            danger=tuple(sorted(at for _, at in self._danger)),
        )  # fmt: skip

    def _reason(self, scale: ScaleId, replies: int) -> Reason | None:
        if replies < FEWEST:
            return "too-short"
        if 2 * self._foreign > replies:
            return "language"
        if self._scored < FEWEST or 2 * self._scored < replies:
            return "too-short"
        if scale == "C5" and not any(map(self._passages.most, ("p-complaint", "sorry"))):
            return "nothing-went-wrong"
        if scale in ("C6", "C7") and self._passages.count("S" if scale == "C6" else "K") < 2:
            return "not-spoken-of"
        return None


def measures(passages: Passages) -> Moves:
    """Every measure in each of its forms, where it can be had: `mean:D1`, `change:S`, `low:whole`.

    `change` is the last third less the first; `ratio:p-words` the person's share of the words.
    """
    made: dict[str, float | None] = {}
    names = {
        *(f"D{i}" for i in range(1, 9)), "relief", "growth", "frame", "whole", "gate", "faults",
        "asks", "longer", "sorry", "S", "K", "p-own", "p-borrowed", "p-no", "p-complaint",
        *(f"check-{name}" for name in NAMED),
    }  # fmt: skip
    for name in names:
        made[f"mean:{name}"] = passages.mean(name)
        made[f"last:{name}"] = passages.third(name, 2)
        first, last = passages.third(name, 0), passages.third(name, 2)
        made[f"change:{name}"] = None if first is None or last is None else last - first
    for name in ("whole", "relief", "growth", "frame", "D1", "D2", "D4", "D6", "D7", "D8"):
        made[f"low:{name}"] = passages.low(name)
        made[f"least:{name}"] = passages.least(name)
        made[f"spread:{name}"] = passages.spread(name)
    for name in ("gate", "check-hook", "check-flattery", "p-complaint"):
        made[f"most:{name}"] = passages.most(name)
    relief, growth = passages.mean("relief"), passages.mean("growth")
    made["both"] = None if relief is None or growth is None else min(relief, growth)
    person, helper = passages.mean("p-words"), passages.mean("words")
    if person is not None and helper is not None and person + helper > 0:
        made["share:p-words"] = person / (person + helper)
    return {name: value for name, value in made.items() if value is not None}


def read_conversation(turns: Iterable[Turn], *, gauge: Gauge | None = None) -> ConversationReading:
    """C1 to C9 of a conversation; its turns are read one after the other, however many there are.

    Fewer than three replies, or another language, give scales without a value and the reason.
    Raises NotReadable where a turn is none, AssetsMissing where the package is not whole.
    """
    reader = ConversationReader(gauge)
    for turn in turns:
        reader.add(turn)
    return reader.reading()


@cache
def _tables(folder: Path) -> dict[str, Any]:
    path = folder / "conversation.json"
    try:
        tables: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise AssetsMissing(f"the lines for whole conversations in {folder} cannot be read; "
                            "install beside-gauge again") from error  # fmt: skip
    return tables


def _band(table: dict[str, Any]) -> Band:
    given = {name: np.asarray(table["band"][name]) for name in ("at", "below", "above")}
    return Band(at=given["at"], below=given["below"], above=given["above"], top=3.0)


def _keep(heap: list[tuple[float, int]], weight: float, at: int) -> None:
    """The heaviest few stay."""
    heapq.heappush(heap, (weight, at))
    if len(heap) > SHOWN:
        heapq.heappop(heap)


def _none(scale: ScaleId, reason: Reason) -> ScaleReading:
    return ScaleReading(scale=scale, value=None, low=None, high=None, reason=reason)
