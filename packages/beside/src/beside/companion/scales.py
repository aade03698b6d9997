"""The gauge of this process: opened once, in a thread, when somebody begins to talk.

Nothing is imported or loaded before. Where it is missing or fails, `gauge` is None and the plain
checks stand alone.
"""

import asyncio
import logging
import os
import threading
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from beside.companion.remembered import Remembered, key_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from beside_gauge import Exchange, PersonReading, Reading, Turn
    from beside_gauge.gauge import Gauge

log = logging.getLogger("beside.weigh")

_AT_ONCE = 4
"""So many texts are read at once, where the machine has as many cores."""


class Scales:
    """Holds the gauge open. `load` gives it; by default the one that is installed."""

    def __init__(self, load: "Callable[[], Gauge] | None" = None) -> None:
        self._load = load or _installed
        self._gauge: Gauge | None = None
        self._lock = threading.Lock()
        self._states: Remembered[NDArray[np.float32]] = Remembered()
        self.failed = False
        """Whether it could not be opened, or could not read what it was last given."""

    @property
    def gauge(self) -> "Scales | None":
        """What reads, where it is open; else None."""
        return self if self._gauge is not None else None

    @property
    def model(self) -> str | None:
        """The id of the open gauge."""
        return self._gauge.model if self._gauge is not None else None

    async def open(self) -> None:
        """Have it open, or know that it cannot be; the event loop goes on meanwhile."""
        if self._gauge is None and not self.failed:
            await asyncio.to_thread(self._open)

    def read_many(self, exchanges: "Iterable[Exchange]") -> "list[Reading]":
        """Readings in the order of the exchanges. Call it in a thread, after `open`."""
        if self._gauge is None:
            raise RuntimeError("the gauge is not open")
        try:
            readings = self._gauge.read_many(exchanges)
        except Exception:
            self.failed = True
            raise
        self.failed = False
        return readings

    def read_person(self, turns: "Sequence[Turn]") -> "PersonReading | None":
        """What the last turn says, a person's; None without a gauge. Call it in a thread."""
        if self._gauge is None and not self.failed:
            self._open()
        return self._gauge.read_person(turns) if self._gauge is not None else None

    @property
    def encoder(self) -> str | None:
        """The hash of what turns words into numbers, where the gauge is open."""
        return self._gauge.encoder if self._gauge is not None else None

    def turn_state(self, turn: str) -> "NDArray[np.float32] | None":
        """(384,) where a person's turn lies by its meaning; None without an open gauge."""
        from beside_gauge import Turn

        if self._gauge is None or not turn.strip():
            return None
        try:
            states = self._gauge.turn_states([(Turn(role="person", text=turn),)])
        except Exception as error:  # the turn is compared by its words, then
            log.error("a turn could not be compared: %s", type(error).__name__)
            return None
        state: NDArray[np.float32] = states[0]
        return state

    def encoder_of(self, language: str) -> str | None:
        """The hash of what reads this language, where it is there and open."""
        if self._gauge is None:
            return None
        try:
            return self._gauge.encoder_of(language)
        except Exception as error:  # then it is heard by its words alone
            log.error("no encoder for this language: %s", type(error).__name__)
            return None

    def talk_states(
        self, talks: "Sequence[Sequence[Turn]]", language: str
    ) -> "NDArray[np.float32] | None":
        """(n, 384) where talks that end with a person's turn lie; None without an open gauge.

        What was read before is remembered.
        """
        import numpy as np

        if self._gauge is None or not all(talk and talk[-1].text.strip() for talk in talks):
            return None
        keys = [key_of([(language, ""), *((t.role, t.text) for t in talk)]) for talk in talks]
        found = {key: state for key in keys if (state := self._states.get(key)) is not None}
        new = {key: talk for key, talk in zip(keys, talks, strict=True) if key not in found}
        try:
            if new:
                made = self._gauge.turn_states(list(new.values()), language=language)
                for key, state in zip(new, made, strict=True):
                    self._states.keep(key, state)
                    found[key] = state
            return np.stack([found[key] for key in keys])
        except Exception as error:  # then they are heard by their words alone
            log.error("talks could not be compared: %s", type(error).__name__)
            return None

    def _open(self) -> None:
        with self._lock:
            if self._gauge is None and not self.failed:
                try:
                    self._gauge = self._load()
                except Exception as error:  # whatever is wrong with it, the person is answered
                    self.failed = True
                    log.error("the gauge could not be opened: %s", type(error).__name__)


def can_weigh() -> bool:
    """Whether the gauge and what it runs on are installed; nothing is loaded for the answer."""
    from beside_gauge.encode import ASSETS

    return (
        all(find_spec(name) is not None for name in ("onnxruntime", "tokenizers", "numpy"))
        and (ASSETS / "reply.onnx").is_file()
    )


def _installed() -> "Gauge":
    from beside_gauge.gauge import Gauge

    return Gauge.load(threads=min(_AT_ONCE, os.cpu_count() or 1))
