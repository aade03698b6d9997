"""The gauge: exchanges in, readings out. It knows nothing about storage, pages or language models.

Small encoders read the person's turns alone (what they offer, where the person stands, danger) and
a reply with them. What the turns say is the same for all their replies. English has a model of its
own; where the files of `others` are there, one more reads the other languages.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from beside_gauge.encode import ASSETS
from beside_gauge.evidence import runs, strongest
from beside_gauge.exchange import Exchange, Turn
from beside_gauge.given import checked, checked_turns
from beside_gauge.languages import ELSEWHERE, ENGLISH, OTHERS, language_of
from beside_gauge.reader import Reader
from beside_gauge.reading import PersonReading, Reading
from beside_gauge.saying import IDS, people, reading, unscored

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """Plain numbers for n replies: `value`, `low`, `high` and `level` are (n, 8), `gate` (n,).

    `level` is the whole level, 0 to 3, that fits best; `gate` the chance that it should not count,
    `passed` whether it may.
    """

    value: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    level: NDArray[np.int64]
    gate: NDArray[np.float64]
    passed: NDArray[np.bool_]


class Gauge:
    """A loaded model. `Gauge.load()` gives the one in the package; loading takes about 0.2 s."""

    def __init__(self, english: Reader, folder: Path, threads: int = 1) -> None:
        self._english = english
        self._folder = folder
        self._threads = threads

    @classmethod
    def load(cls, folder: Path = ASSETS, *, threads: int = 1) -> "Gauge":
        """The gauge with the files of `folder`; AssetsMissing where they are not there.

        `threads`: how many texts are read at once where there are many; readings are the same.
        """
        return cls(Reader.load(folder, threads=threads), folder, threads)

    @property
    def model(self) -> str:
        """The id of the model that gives the values in English; each reading names its own."""
        return self._english.calibration.model

    @property
    def corpus(self) -> str:
        """The hash of the corpus that it learned from."""
        return self._english.calibration.corpus

    @property
    def encoder(self) -> str:
        """The SHA-256 of what turns words into numbers: `states` and `turn_states` go by it."""
        return self._english.hash

    @cached_property
    def _others(self) -> Reader:
        """What reads the other languages; opened when one of them is met."""
        return Reader.load(self._folder / OTHERS, threads=self._threads)

    def read(self, exchange: Exchange) -> Reading:
        """How the reply meets what the person said. Raises NotReadable where it is no exchange."""
        return self.read_many([exchange])[0]

    def explain(self, exchange: Exchange) -> Reading:
        """As `read`, and the words named are those whose absence moves each value most.

        Every short run of words is taken away once and the rest is read again: for a reply of 40
        words about ten times the work of `read`, whose evidence is a quick estimate.
        """
        reading = self.read(exchange)
        if reading.unscored is not None:
            return reading
        parts = runs(exchange.reply)
        without = [
            Exchange(context=exchange.context, reply=exchange.reply[:a] + exchange.reply[b:])
            for a, b in parts
        ]
        moved = self.values([exchange]).value - self.values(without).value if parts else None
        return replace(
            reading,
            dimensions=tuple(
                one
                if moved is None or not one.offered
                else replace(one, evidence=strongest(parts, moved[:, i]))
                for i, one in enumerate(reading.dimensions)
            ),
        )

    def read_many(self, exchanges: Iterable[Exchange]) -> list[Reading]:
        """Readings in the order of the exchanges; what many answer is read once.

        A reading is the same alone and among others: the eight-bit model runs on one text at a
        time, since it would otherwise scale what it sees by its neighbours.
        """
        given = [checked(one) for one in exchanges]
        found: dict[int, Reading] = {}
        spoken = self._spoken((one.context, one.reply) for one in given)
        for reader, own in self._by_reader(spoken):
            known = [spoken[i] != ELSEWHERE for i in own]
            found |= zip(own, self._read([given[i] for i in own], known, reader), strict=True)
        return [found[i] for i in range(len(given))]

    def _read(
        self, given: Sequence[Exchange], known: Sequence[bool], reader: Reader
    ) -> list[Reading]:
        """Readings by one model; `known`: whether each is in a language that the gauge reads."""
        by = reader.calibration
        reasons = [
            reader.refuses(one.context, one.reply) or (None if own else "language")
            for one, own in zip(given, known, strict=True)
        ]
        inside = [i for i, reason in enumerate(reasons) if reason is None]
        contexts = list(dict.fromkeys(one.context for one in given))
        said = dict(zip(contexts, people(reader.turns(contexts), by), strict=True))
        read = reader.replies([given[i] for i in inside])
        readings = {
            i: reading(read.scores[at], read.words[at], read.texts[at], given[i].reply,
                       said[given[i].context], by)
            for at, i in enumerate(inside)
        }  # fmt: skip
        return [
            readings[i] if reason is None else unscored(reason, said[given[i].context], by)
            for i, reason in enumerate(reasons)
        ]

    def values(self, exchanges: Iterable[Exchange]) -> Values:
        """All eight values of each reply, offered or not, without any abstention.

        For evaluation and for learning machines; a reading shows only what the context offers.
        """
        given = [checked(one) for one in exchanges]
        value, low, high = (np.zeros((len(given), len(IDS))) for _ in range(3))
        levels = np.zeros((len(given), len(IDS)), np.int64)
        gate, passed = np.zeros(len(given)), np.zeros(len(given), bool)
        for reader, own in self._by_reader(self._spoken((one.context, one.reply) for one in given)):
            by = reader.calibration
            exact = reader.replies([given[i] for i in own]).scores.astype(np.float64)
            for at, d in enumerate(IDS):
                value[own, at] = by.curves[d](exact[:, at])
                low[own, at], high[own, at] = by.bands[d](value[own, at])
                levels[own, at] = np.searchsorted(by.cuts[d], exact[:, at])
            gate[own] = by.curves["gate"](exact[:, 8])
            passed[own] = exact[:, 8] <= by.thresholds["gate"]
        return Values(value=value, low=low, high=high, level=levels, gate=gate, passed=passed)

    def states(self, exchanges: Iterable[Exchange]) -> Scores:
        """(n, 384) the English encoder's mean token for each exchange, for heads of one's own."""
        return self._english.reply_states([checked(one) for one in exchanges])

    def turn_states(self, many: Iterable[Sequence[Turn]], *, language: str = ENGLISH) -> Scores:
        """(n, 384) an encoder's mean token for persons' turns without any reply.

        Turns that are alike in what they say lie near each other. All are read by the encoder of
        this language. Raises NotReadable without a person's turn at the end, and AssetsMissing
        where there is no model for other languages.
        """
        return self._reader(language).turn_states([checked_turns(turns) for turns in many])

    def encoder_of(self, language: str) -> str:
        """As `encoder`, for the encoder that reads this language; AssetsMissing without it."""
        return self._reader(language).hash

    def _reader(self, language: str) -> Reader:
        return self._english if language == ENGLISH else self._others

    def stages(self, many: Iterable[Sequence[Turn]]) -> NDArray[np.int64]:
        """(n, 2) the stage of S and of K that fits each turn best, shown there or not.

        For evaluation; `read_person` gives a stage only where the turn shows one.
        """
        given = [checked_turns(turns) for turns in many]
        made = np.zeros((len(given), 2), np.int64)
        for reader, own in self._by_reader(self._spoken((turns, "") for turns in given)):
            scores, cuts = reader.turns_whole([given[i] for i in own]), reader.calibration.cuts
            made[own, 0] = np.searchsorted(cuts["S"], scores[:, 9])
            made[own, 1] = np.searchsorted(cuts["K"], scores[:, 11])
        return made

    def read_person(self, turns: Sequence[Turn]) -> PersonReading:
        """What the last turn of a person offers, where they stand, and whether there is danger.

        Never abstains: danger is looked for in any text. Raises NotReadable without a person's
        turn at the end.
        """
        return self.read_people([turns])[0]

    def read_people(self, many: Iterable[Sequence[Turn]]) -> list[PersonReading]:
        """As `read_person`, for many at once, in their order."""
        given = [checked_turns(turns) for turns in many]
        found: dict[int, PersonReading] = {}
        for reader, own in self._by_reader(self._spoken((turns, "") for turns in given)):
            scores = reader.turns([given[i] for i in own])
            found |= zip(own, people(scores, reader.calibration), strict=True)
        return [found[i] for i in range(len(given))]

    def _spoken(self, texts: Iterable[tuple[Sequence[Turn], str]]) -> list[str]:
        """The language of each text: turns, with the reply to them or an empty one."""
        return [language_of(turns, reply, self._folder) for turns, reply in texts]

    def _by_reader(self, spoken: Sequence[str]) -> list[tuple[Reader, list[int]]]:
        """Which model reads which of the texts, by their places, given their languages."""
        english = [i for i, language in enumerate(spoken) if language == ENGLISH]
        others = [i for i, language in enumerate(spoken) if language != ENGLISH]
        made = [(self._english, english)]
        return made + ([(self._others, others)] if others else [])


@cache
def default() -> Gauge:
    """The gauge of the package, loaded once."""
    return Gauge.load()


def read(exchange: Exchange) -> Reading:
    """How the reply meets what the person said, read by the package's own gauge."""
    return default().read(exchange)


def explain(exchange: Exchange) -> Reading:
    """A reading whose named words were tried by taking them away, by the package's own gauge."""
    return default().explain(exchange)


def read_many(exchanges: Iterable[Exchange]) -> list[Reading]:
    """Readings in the order of the exchanges, by the package's own gauge."""
    return default().read_many(exchanges)


def read_person(turns: Sequence[Turn]) -> PersonReading:
    """What a person's last turn offers and shows, by the package's own gauge."""
    return default().read_person(turns)
