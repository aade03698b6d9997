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

from beside.voices.authored.alike import Alike, Rarity

if TYPE_CHECKING:
    from beside.voices.authored.vectors import States, Vectors

log = logging.getLogger("beside.voices")

HERE = Path(__file__).parent

SAME_WORDS = 0.85
"""From here on a turn is one of the bank's own, whatever else is near."""
LEAST_TOLD = 5.0
"""What the words of a turn must tell (see `Alike.telling`): a mere "yes, I did" is near nothing."""
MEANING, KIND, KIND_WORDS, MOMENT = 0.7, 0.3, 0.9, 0.9
"""What counts how much: how near the turns of a situation lie on the whole by meaning, how near the
few words that name it lie by meaning and by words, and how much the moment that was heard is this
situation's own."""
ITS_OWN = 0.5
"""From this share on a moment is one situation's own."""
SHORT, A_LITTLE = 10, 3
"""A situation that is always told in fewer words than ten is not met in a turn of more words than
its longest and a few."""
SAME_MODE, SAME_SETTING = 0.01, 0.005
AS_NEAR = 0.03
"""How much further away than the nearest others may be."""
MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A kind of situation: its name in a few words, ways of saying it, replies that fit each."""

    kind: str
    setting: str
    mode: str
    turns: tuple[str, ...]
    replies: tuple[str, ...]
    moments: tuple[str | None, ...] = ()
    """What the voice itself hears in each of the turns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A situation, and how near a turn is to it: 0 to 1; `sure` where it is this one."""

    situation: Situation
    nearness: float
    sure: bool


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
        told = [" ".join((each.kind, *each.turns, *each.replies)) for each in situations]
        rarity = Rarity(told, same)
        self._alike = Alike(self.turns, rarity)
        self._kinds = Alike([each.kind for each in situations], rarity)
        self._longest = [max(len(turn.split()) for turn in each.turns) for each in situations]
        self.least = least
        self.encoder: str | None = None
        self._states: States | None = None
        self.least_by_meaning = 1.0

    def with_states(self, encoder: str, states: "States", least: float) -> None:
        """Compare by meaning too, with states by this encoder, from `least` on."""
        self.encoder, self._states, self.least_by_meaning = encoder, states, least

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
        sure = {self.of[at] for at, near in enumerate(words) if near >= SAME_WORDS}
        shares = self._heard_in(moment, None)
        sure |= {at for at, share in shares.items() if share >= ITS_OWN}
        tells = self._alike.telling(turn) >= LEAST_TOLD
        if not sure and not tells:
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
                sure=at in sure,
            )
            for at, (each, s) in enumerate(zip(near, self.situations, strict=True))
            if self._has_room_for(turn, at)
        ]
        found.sort(key=lambda each: (not each.sure, -each.nearness))
        least = self.least_by_meaning if state is not None else self.least
        first = found[0].nearness if found else 0.0
        alone = bool(found) and found[0].sure
        return [
            each
            for each in found[:MOST]
            if each.sure or (not alone and each.nearness >= max(least, first - AS_NEAR))
        ]

    def _has_room_for(self, turn: str, situation: int) -> bool:
        longest = self._longest[situation]
        return longest >= SHORT or len(turn.split()) <= longest + A_LITTLE

    def nearness(
        self,
        turn: str,
        state: "Vectors | None",
        *,
        moment: str | None = None,
        without: int | None = None,
    ) -> list[float]:
        """How near a turn is to each situation, 0 to 1; one of the bank's turns may be left out."""
        whole = [KIND_WORDS * each for each in self._kinds.nearness(turn, denied=False)]
        most = KIND_WORDS + MOMENT
        for at, share in self._heard_in(moment, without).items():
            whole[at] += MOMENT * share
        if state is not None and self._states is not None:
            turns, kinds = self._states.nearness(state)
            most += MEANING + KIND
            for at, mean in enumerate(self._means(turns, without)):
                whole[at] += MEANING * mean + KIND * kinds[at]
        return [max(0.0, each / most) for each in whole]

    def _means(self, near: Sequence[float], without: int | None) -> list[float]:
        """How near the turns of each situation are, on the whole."""
        sums, counts = [0.0] * len(self.situations), [0] * len(self.situations)
        for at, (situation, each) in enumerate(zip(self.of, near, strict=True)):
            if at != without:
                sums[situation] += each
                counts[situation] += 1
        return [each / count if count else 0.0 for each, count in zip(sums, counts, strict=True)]

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
                kind=each["kind"],
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

    from beside.voices.authored.vectors import States

    with np.load(HERE / "bank.npz", allow_pickle=False) as kept:
        states = States.of_kept(dict(kept))
        if str(kept["of"]) == of and len(states.turns) == len(bank.of):
            bank.with_states(str(kept["encoder"]), states, float(kept["least"]))
