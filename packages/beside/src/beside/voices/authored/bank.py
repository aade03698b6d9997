"""The bank: replies written by hand for kinds of situations, and which of these a turn is near to.

By meaning where the gauge's encoder made the vectors that are kept here, and by words; by words
alone, and more strictly, where it did not or is missing. Made by `python -m corpus.bank --build`.
"""

import functools
import json
import logging
from collections import Counter
from collections.abc import Mapping, Sequence
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

SAME_WORDS = 0.85
"""From here on a turn is one of the bank's own, whatever else is near."""
LEAST_TOLD = 5.0
"""What the words of a turn must tell (see `Alike.telling`): a mere "yes, I did" is near nothing."""
NEAREST, ON_THE_WHOLE, WORDS, MOMENT = 1.0, 2.0, 0.5, 1.0
"""What counts how much: the nearest of a situation's turns and all of them together by meaning,
the same by words, and how much the moment that was heard is this situation's own."""
SAME_MODE, SAME_SETTING = 0.01, 0.005
AS_NEAR = 0.03
"""How much further away than the nearest others may be."""
MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A kind of situation: in which setting and mode, ways of saying it, replies that fit each."""

    setting: str
    mode: str
    turns: tuple[str, ...]
    replies: tuple[str, ...]
    moments: tuple[str | None, ...] = ()
    """What the voice itself hears in each of the turns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A situation, and how near a turn is to it: 0 to 1; `same` where it is one of its turns."""

    situation: Situation
    nearness: float
    same: bool


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
    """All situations, ready to be compared with a turn.

    `least` is how near a situation must be where only words can be compared.
    """

    def __init__(
        self, situations: Sequence[Situation], same: Mapping[str, str], *, least: float = 1.0
    ) -> None:
        self.situations = tuple(situations)
        self.turns = tuple(turn for each in situations for turn in each.turns)
        self.of = tuple(at for at, each in enumerate(situations) for _ in each.turns)
        self.moments = tuple(
            name for each in situations for name in (each.moments or (None,) * len(each.turns))
        )
        self._alike = Alike(self.turns, self.of, same)
        self.least = least
        self.encoder: str | None = None
        self._mean: NDArray[np.float16] | None = None
        self._states: Vectors | None = None
        self.least_by_meaning = 1.0

    def with_vectors(
        self, encoder: str, mean: "NDArray[np.float16]", states: "Vectors", least: float
    ) -> None:
        """Compare by meaning too, with the turns' states by this encoder, from `least` on."""
        self.encoder, self._mean, self._states = encoder, mean, states
        self.least_by_meaning = least

    def nearest(
        self,
        turn: str,
        means: Means | None = None,
        *,
        moment: str | None = None,
        mode: str = "issue",
        told: str = "",
    ) -> list[Near]:
        """The situations that a turn is near to, nearest first; none in doubt.

        `moment` is what the voice heard in it; `told` what the person said before: a setting that
        it is near to is preferred a little.
        """
        words = self._alike.nearness(turn)
        same = {self.of[at] for at, near in enumerate(words) if near >= SAME_WORDS}
        tells = self._alike.telling(turn) >= LEAST_TOLD
        if not same and not tells and moment is None:
            return []
        state = self._state(turn, means) if tells else None
        near = self.nearness(turn, state, moment=moment)
        settings = self._settings(told)
        found = [
            Near(
                situation=s,
                nearness=each
                + SAME_MODE * (s.mode == mode)
                + SAME_SETTING * (s.setting in settings),
                same=at in same,
            )
            for at, (each, s) in enumerate(zip(near, self.situations, strict=True))
        ]
        found.sort(key=lambda each: (not each.same, -each.nearness))
        least = self.least_by_meaning if state is not None else self.least
        first = found[0].nearness if found else 0.0
        return [
            each
            for each in found[:MOST]
            if each.same or (not same and each.nearness >= max(least, first - AS_NEAR))
        ]

    def nearness(
        self,
        turn: str,
        state: "Vectors | None",
        *,
        moment: str | None = None,
        without: int | None = None,
    ) -> list[float]:
        """How near a turn is to each situation, 0 to 1; one of the bank's turns may be left out."""
        words = self._by_situation(self._alike.nearness(turn), without)
        whole = [WORDS * (first + mean) for first, mean in words]
        most = 2 * WORDS + MOMENT
        for at, share in self._heard_in(moment, without).items():
            whole[at] += MOMENT * share
        if state is not None and self._states is not None and self._mean is not None:
            from beside.voices.authored.vectors import nearness

            meant = nearness(state, self._mean, self._states).tolist()
            most += NEAREST + ON_THE_WHOLE
            for at, (first, mean) in enumerate(self._by_situation(meant, without)):
                whole[at] += NEAREST * first + ON_THE_WHOLE * mean
        return [each / most for each in whole]

    def _by_situation(
        self, near: Sequence[float], without: int | None
    ) -> list[tuple[float, float]]:
        """The nearest of each situation's turns, and their mean."""
        gathered: list[list[float]] = [[] for _ in self.situations]
        for at, (situation, each) in enumerate(zip(self.of, near, strict=True)):
            if at != without:
                gathered[situation].append(each)
        return [(max(each), sum(each) / len(each)) if each else (0.0, 0.0) for each in gathered]

    def _heard_in(self, moment: str | None, without: int | None) -> dict[int, float]:
        """In which situations this moment is heard, and how much it is theirs alone."""
        if moment is None:
            return {}
        counted = Counter(
            self.of[at] for at, name in enumerate(self.moments) if name == moment and at != without
        )
        every = counted.total() + 1
        return {situation: count / every for situation, count in counted.items()}

    def _state(self, turn: str, means: Means | None) -> "Vectors | None":
        if means is None or self.encoder is None or means.encoder != self.encoder:
            return None
        return means.turn_state(turn)

    def _settings(self, told: str) -> frozenset[str]:
        """The settings of what a person told before, as far as its words say."""
        if self._alike.telling(told) < LEAST_TOLD:
            return frozenset()
        near = self._alike.nearness(told)
        first = sorted(range(len(near)), key=lambda at: -near[at])[:MOST]
        return frozenset(self.situations[self.of[at]].setting for at in first if near[at] > 0)


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
                moments=tuple(each["moments"]),
            )
            for each in written["situations"]
        ]
        least, of = float(written["least"]), str(written["of"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.error("the bank could not be read: %s", type(error).__name__)
        return None
    bank = Bank(situations, book.same if book is not None else {}, least=least)
    try:
        _add_vectors(bank, of)
    except Exception as error:  # words alone are enough to go on
        log.error("the bank's vectors could not be read: %s", type(error).__name__)
    return bank


def _add_vectors(bank: Bank, of: str) -> None:
    import numpy as np

    from beside.voices.authored.vectors import directions

    with np.load(HERE / "bank.npz", allow_pickle=False) as kept:
        if str(kept["of"]) == of and len(kept["vectors"]) == len(bank.of):
            states = directions(kept["vectors"])
            bank.with_vectors(str(kept["encoder"]), kept["mean"], states, float(kept["least"]))
