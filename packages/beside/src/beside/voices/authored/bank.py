"""The bank: replies written by hand for kinds of situations, and which of these a turn is near to.

By meaning where the gauge's encoder made the vectors that are kept here, and by words; by words
alone, and more strictly, where it did not or is missing. Made by `python -m corpus.bank --build`.
"""

import functools
import json
import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from beside.voices.authored.alike import Alike

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from beside.voices.authored.vectors import Vectors

log = logging.getLogger("beside.voices")

HERE = Path(__file__).parent

BY_MEANING = 0.6
"""How much meaning counts beside words, where there are vectors."""
NEAR = 0.45
NEAR_BY_WORDS = 0.4
"""From here on a situation is near: set where wordings that were left out still find their own
(`python -m benchmarks.bank`)."""
LEAST_TOLD = 5.0
"""What the words of a turn must tell (see `Alike.telling`): a mere "yes, I did" is near nothing."""
SAME_MODE, SAME_SETTING = 0.03, 0.02
AS_NEAR = 0.08
"""How much further away than the nearest others may be."""
MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A kind of situation: in which setting and mode, ways of saying it, replies that fit each."""

    setting: str
    mode: str
    turns: tuple[str, ...]
    replies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A situation, and how near a turn is to it: 0 to about 1."""

    situation: Situation
    nearness: float


class Means(Protocol):
    """What knows what a turn means: the gauge's encoder, where it is open."""

    @property
    def encoder(self) -> str | None:
        """The hash of the encoder; None where there is none now."""
        ...

    def turn_state(self, turn: str) -> "Vectors | None":
        """(384,) the state of a person's turn; None where it cannot be had."""
        ...


class Bank:
    """All situations, ready to be compared with a turn."""

    def __init__(self, situations: Sequence[Situation], same: Mapping[str, str]) -> None:
        self.situations = tuple(situations)
        self.of = [at for at, each in enumerate(situations) for _ in each.turns]
        self._alike = Alike([turn for each in situations for turn in each.turns], self.of, same)
        self.encoder: str | None = None
        self._mean: NDArray[np.float16] | None = None
        self._turns: Vectors | None = None

    def with_vectors(self, encoder: str, mean: "NDArray[np.float16]", kept: "Vectors") -> None:
        """Compare by meaning too, with turns of this encoder."""
        self.encoder, self._mean, self._turns = encoder, mean, kept

    def nearest(
        self, turn: str, means: Means | None = None, *, mode: str = "issue", told: str = ""
    ) -> list[Near]:
        """The situations that a turn is near to, nearest first; none in doubt.

        `told` is what the person said before: a setting that it is near to is preferred a little.
        """
        if self._alike.telling(turn) < LEAST_TOLD:
            return []
        state = self._state(turn, means)
        nearness = self.nearness(turn, state)
        settings = self._settings(told)
        found = [
            (each + SAME_MODE * (s.mode == mode) + SAME_SETTING * (s.setting in settings), s)
            for each, s in zip(nearness, self.situations, strict=True)
        ]
        found.sort(key=lambda each: -each[0])
        least = NEAR if state is not None else NEAR_BY_WORDS
        most = found[0][0] if found else 0.0
        return [
            Near(situation=s, nearness=each)
            for each, s in found[:MOST]
            if each >= max(least, most - AS_NEAR)
        ]

    def nearness(
        self, turn: str, state: "Vectors | None", *, without: Collection[int] = ()
    ) -> list[float]:
        """How near a turn is to each situation: to the nearest of its turns, without some."""
        by_turn = self._alike.nearness(turn)
        if state is not None and self._turns is not None and self._mean is not None:
            from beside.voices.authored.vectors import nearness

            meant = nearness(state, self._mean, self._turns)
            by_turn = [
                BY_MEANING * float(one) + (1 - BY_MEANING) * other
                for one, other in zip(meant, by_turn, strict=True)
            ]
        best = [0.0] * len(self.situations)
        for at, (situation, near) in enumerate(zip(self.of, by_turn, strict=True)):
            if at not in without:
                best[situation] = max(best[situation], near)
        return best

    def _state(self, turn: str, means: Means | None) -> "Vectors | None":
        if means is None or self.encoder is None or means.encoder != self.encoder:
            return None
        return means.turn_state(turn)

    def _settings(self, told: str) -> frozenset[str]:
        """The settings of what a person told before, as far as its words say."""
        if self._alike.telling(told) < LEAST_TOLD:
            return frozenset()
        near = self.nearness(told, None)
        first = sorted(range(len(near)), key=lambda at: -near[at])[:MOST]
        return frozenset(self.situations[at].setting for at in first if near[at] > 0)


@functools.cache
def open_bank() -> Bank | None:
    """The bank of the package, read once; None where it is not there or cannot be read."""
    from beside.voices.authored.book import open_book

    book = open_book("en")
    try:
        written = json.loads((HERE / "bank.json").read_text("utf-8"))
        situations = [
            Situation(
                setting=each["setting"],
                mode=each["mode"],
                turns=tuple(each["turns"]),
                replies=tuple(each["replies"]),
            )
            for each in written["situations"]
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.error("the bank could not be read: %s", type(error).__name__)
        return None
    bank = Bank(situations, book.same if book is not None else {})
    try:
        _add_vectors(bank, written["of"])
    except Exception as error:  # words alone are enough to go on
        log.error("the bank's vectors could not be read: %s", type(error).__name__)
    return bank


def _add_vectors(bank: Bank, of: str) -> None:
    import numpy as np

    from beside.voices.authored.vectors import directions

    with np.load(HERE / "bank.npz", allow_pickle=False) as kept:
        if str(kept["of"]) == of and len(kept["vectors"]) == len(bank.of):
            bank.with_vectors(str(kept["encoder"]), kept["mean"], directions(kept["vectors"]))
