"""The gauge: exchanges in, readings out. It knows nothing about storage, pages or language models.

Two small encoders: one reads the person's turns alone (what they offer, where the person stands,
danger), one the reply with them. What the turns say is the same for all their replies.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from beside_gauge.calibration import Calibration
from beside_gauge.dimensions import DIMENSIONS, GATE_REASONS, DimensionId
from beside_gauge.encode import ASSETS, Encoded, encode
from beside_gauge.errors import AssetsMissing
from beside_gauge.evidence import runs, spans, strongest
from beside_gauge.exchange import Exchange, Turn
from beside_gauge.feed import each, person_scores
from beside_gauge.given import checked, checked_turns
from beside_gauge.reading import (
    Danger,
    DimensionReading,
    Gate,
    Kind,
    PersonReading,
    Reading,
    Stage,
    Unscored,
)
from beside_gauge.scope import limits, out_of_scope
from beside_gauge.words import OUTPUTS, Words

if TYPE_CHECKING:
    import onnxruntime as ort

Scores = NDArray[np.float32]
REPLY, PERSON = "reply.onnx", "person.onnx"
"""The two encoders; their vocabulary lies beside them, in `vocabulary.bin`."""
KINDS: tuple[Kind, ...] = (
    "suicide", "self-harm", "harm-to-others", "violence", "child-at-risk", "overdose",
    "physical", "psychosis-mania", "withdrawal", "eating", "post-partum",
)  # fmt: skip
_IDS: tuple[DimensionId, ...] = tuple(one.id for one in DIMENSIONS)
_DANGER_OFFERS = frozenset({"D1", "D2", "D4", "D6", "D7"})


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

    def __init__(
        self,
        replies: "ort.InferenceSession",
        persons: "ort.InferenceSession",
        calibration: Calibration,
        words: Words,
        folder: Path,
        threads: int = 1,
    ) -> None:
        self._replies = replies
        self._persons = persons
        self._words = words
        self._calibration = calibration
        self._folder = folder
        self._threads = threads

    @classmethod
    def load(cls, folder: Path = ASSETS, *, threads: int = 1) -> "Gauge":
        """The gauge with the files of `folder`; AssetsMissing where they are not there.

        `threads`: how many texts are read at once where there are many; readings are the same.
        """
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            calibration = Calibration.load(folder / "gauge.json")
            words = Words.load(folder / "words.npz")
            limits(folder)
            replies, persons = (
                ort.InferenceSession(str(folder / name), options, ["CPUExecutionProvider"])
                for name in (REPLY, PERSON)
            )
        except (OSError, ValueError, KeyError) as error:
            raise AssetsMissing(f"the gauge's model in {folder} cannot be read; install "
                                "beside-gauge again") from error  # fmt: skip
        except Exception as error:  # onnxruntime's own errors have no common class
            raise AssetsMissing(f"the gauge's model in {folder} cannot be opened; install "
                                "beside-gauge again") from error  # fmt: skip
        return cls(replies, persons, calibration, words, folder, threads)

    @property
    def model(self) -> str:
        """The id of the model that gives the values."""
        return self._calibration.model

    @property
    def corpus(self) -> str:
        """The hash of the corpus that it learned from."""
        return self._calibration.corpus

    @cached_property
    def encoder(self) -> str:
        """The SHA-256 of what turns words into numbers: `states` and `turn_states` go by it."""
        digest = hashlib.sha256((ASSETS / "tokenizer.json").read_bytes())
        for name in (REPLY, PERSON, "vocabulary.bin"):
            digest.update((self._folder / name).read_bytes())
        return digest.hexdigest()

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
        reasons = [out_of_scope(one.context, one.reply, self._folder) for one in given]
        inside = [i for i, reason in enumerate(reasons) if reason is None]
        contexts = list(dict.fromkeys(one.context for one in given))
        texts = [encode(given[i].context, given[i].reply) for i in inside]
        turns = self._turn_scores(contexts)
        replies, words = self._run(texts)
        replies = self._both(replies, [given[i].reply for i in inside])
        people = dict(zip(contexts, self._people(turns), strict=True)) if contexts else {}
        readings: list[Reading] = [
            _EMPTY if reason is None else self._unscored(reason, people[one.context])
            for one, reason in zip(given, reasons, strict=True)
        ]
        for at, i in enumerate(inside):
            person = people[given[i].context]
            readings[i] = self._reading(replies[at], words[at], texts[at], given[i].reply, person)
        return readings

    def values(self, exchanges: Iterable[Exchange]) -> Values:
        """All eight values of each reply, offered or not, without any abstention.

        For evaluation and for learning machines; a reading shows only what the context offers.
        """
        given = [checked(one) for one in exchanges]
        scores, _ = self._run([encode(one.context, one.reply) for one in given])
        scores = self._both(scores, [one.reply for one in given])
        exact = scores.astype(np.float64)
        curves, bands, cuts = (
            self._calibration.curves, self._calibration.bands, self._calibration.cuts,
        )  # fmt: skip
        value = np.stack([curves[d](exact[:, i]) for i, d in enumerate(_IDS)], 1)
        low, high = (np.zeros_like(value), np.zeros_like(value))
        for i, d in enumerate(_IDS):
            low[:, i], high[:, i] = bands[d](value[:, i])
        levels = np.stack(
            [np.searchsorted(cuts[d], exact[:, i]) for i, d in enumerate(_IDS)], 1
        )  # fmt: skip
        return Values(
            value=value, low=low, high=high, level=levels, gate=curves["gate"](exact[:, 8]),
            passed=exact[:, 8] <= self._calibration.thresholds["gate"],
        )  # fmt: skip

    def states(self, exchanges: Iterable[Exchange]) -> Scores:
        """(n, 384) the encoder's mean token for each exchange, for heads of one's own."""
        given = [checked(one) for one in exchanges]
        texts = [encode(one.context, one.reply) for one in given]
        return self._states(self._replies, texts)

    def turn_states(self, many: Iterable[Sequence[Turn]]) -> Scores:
        """(n, 384) the encoder's mean token for persons' turns without any reply.

        Turns that are alike in what they say lie near each other. Raises NotReadable without a
        person's turn at the end.
        """
        return self._states(self._persons, [encode(checked_turns(turns)) for turns in many])

    def stages(self, many: Iterable[Sequence[Turn]]) -> NDArray[np.int64]:
        """(n, 2) the stage of S and of K that fits each turn best, shown there or not.

        For evaluation; `read_person` gives a stage only where the turn shows one.
        """
        scores = self._run_turns([encode(checked_turns(turns)) for turns in many])
        cuts = self._calibration.cuts
        return np.stack(
            [np.searchsorted(cuts["S"], scores[:, 9]), np.searchsorted(cuts["K"], scores[:, 11])], 1
        )

    def read_person(self, turns: Sequence[Turn]) -> PersonReading:
        """What the last turn of a person offers, where they stand, and whether there is danger.

        Never abstains: danger is looked for in any text. Raises NotReadable without a person's
        turn at the end.
        """
        return self.read_people([turns])[0]

    def read_people(self, many: Iterable[Sequence[Turn]]) -> list[PersonReading]:
        """As `read_person`, for many at once, in their order."""
        given = [checked_turns(turns) for turns in many]
        return self._people(self._turn_scores(given))

    def _run(self, texts: Sequence[Encoded]) -> tuple[Scores, list[NDArray[np.float32]]]:
        """Raw scores of replies (n, 18), and each word's share."""
        made = each(self._replies, ["reply", "words"], texts, self._threads)
        scores = np.array([reply for reply, _ in made], np.float32).reshape(-1, 18)
        return scores, [words for _, words in made]

    def _run_turns(self, texts: Sequence[Encoded]) -> Scores:
        """Raw scores of persons' turns (n, 24)."""
        made = each(self._persons, ["turn"], texts, self._threads)
        return np.array([turn for (turn,) in made], np.float32).reshape(-1, 24)

    def _states(self, session: "ort.InferenceSession", texts: Sequence[Encoded]) -> Scores:
        made = each(session, ["whole"], texts, self._threads)
        return np.array([whole for (whole,) in made], np.float32).reshape(-1, 384)

    def _turn_scores(self, many: Sequence[Sequence[Turn]]) -> Scores:
        return person_scores(self._run_turns, many)

    def _both(self, scores: Scores, replies: Sequence[str]) -> Scores:
        """The encoder's scores with the words' opinion added."""
        if not len(scores):
            return scores
        made = scores.copy()
        made[:, :OUTPUTS] += self._words.scores(replies) * self._calibration.blend
        return made

    def _people(self, scores: Scores) -> list[PersonReading]:
        if not len(scores):
            return []
        curves, limits = self._calibration.curves, self._calibration.thresholds
        exact = scores.astype(np.float64)
        offered = np.stack([curves[f"offered-{d}"](exact[:, i]) for i, d in enumerate(_IDS)], 1)
        danger = curves["danger"](exact[:, 12])
        made = []
        for row in range(len(scores)):
            seen = bool(scores[row, 12] > limits["danger"])
            level = 3 if scores[row, 12] > limits["danger-3"] else 2
            kinds = tuple(k for i, k in enumerate(KINDS) if scores[row, 13 + i] > 0)
            best = KINDS[int(scores[row, 13:].argmax())]
            ids = tuple(d for i, d in enumerate(_IDS) if offered[row, i] >= limits["offered"])
            made.append(
                PersonReading(
                    offered=tuple(d for d in ids if d in _DANGER_OFFERS) if seen else ids,
                    symptom=self._stage("S", scores[row, 8:10]),
                    self_relation=self._stage("K", scores[row, 10:12]),
                    danger=Danger(
                        level=level if seen else int(scores[row, 12] > limits["danger-1"]),
                        chance=round(float(danger[row]), 4),
                        seen=seen,
                        kinds=(kinds or (best,)) if seen else (),
                    ),
                )
            )
        return made

    def _stage(self, scale: Literal["S", "K"], scores: Scores) -> Stage | None:
        """Where the person stands; None where the turn does not show it."""
        if scores[0] < self._calibration.thresholds[f"{scale}-there"]:
            return None
        value = self._calibration.curves[scale](scores[1:2].astype(np.float64))
        low, high = self._calibration.bands[scale](value)
        level = int(np.searchsorted(self._calibration.cuts[scale], float(scores[1])))
        return Stage(value=float(value[0]), low=float(low[0]), high=float(high[0]), level=level)

    def _reading(
        self, scores: Scores, words: Scores, text: Encoded, reply: str, person: PersonReading
    ) -> Reading:
        dimensions = []
        for i, dimension in enumerate(_IDS):
            if dimension not in person.offered:
                dimensions.append(_none(dimension))
                continue
            value = self._calibration.curves[dimension](scores[i : i + 1].astype(np.float64))
            low, high = self._calibration.bands[dimension](value)
            dimensions.append(
                DimensionReading(
                    dimension=dimension,
                    value=float(value[0]),
                    low=float(low[0]),
                    high=float(high[0]),
                    level=int(np.searchsorted(self._calibration.cuts[dimension], scores[i])),
                    evidence=spans(words[i], text, reply),
                )
            )
        return Reading(
            model=self.model,
            corpus=self.corpus,
            dimensions=tuple(dimensions),
            gate=self._gate(scores),
            person=person,
        )

    def _gate(self, scores: Scores) -> Gate:
        chance = float(self._calibration.curves["gate"](scores[8:9].astype(np.float64))[0])
        if scores[8] <= self._calibration.thresholds["gate"]:
            return Gate(passed=True, chance=round(chance, 4))
        reason = GATE_REASONS[int(scores[9:18].argmax())]
        return Gate(passed=False, reason=reason, chance=round(chance, 4))

    def _unscored(self, reason: Unscored, person: PersonReading) -> Reading:
        return Reading(
            person=person,
            model=self.model,
            corpus=self.corpus,
            dimensions=tuple(_none(d) for d in _IDS),
            gate=None,
            unscored=reason,
        )


def _none(dimension: DimensionId) -> DimensionReading:
    return DimensionReading(dimension=dimension, value=None, low=None, high=None)


_EMPTY = Reading(
    model="", dimensions=tuple(_none(d) for d in _IDS), gate=None, unscored="empty"
)  # fmt: skip


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
