"""Care with the gauge beside it: a model that has read many turns may raise a level, never lower.

It speaks by its calibrated chance. Where it is missing or fails, the rules stand alone.
"""

import hashlib
import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from beside.companion import care
from beside.companion.care import Look
from beside.companion.care_rules.carried import Sensed
from beside.voices.base import Message

if TYPE_CHECKING:
    from beside_gauge import PersonReading, Turn

log = logging.getLogger("beside.care")

ReadPerson = Callable[[Sequence["Turn"]], "PersonReading | None"]
"""What the last of these turns, a person's, says; None where it cannot be read now."""

TURNS_SEEN = 4
"""The turns that the model sees of a conversation, the newest included."""
MOST_REMEMBERED = 2_000
"""Readings that are remembered: hashes and numbers, never words."""


class Watch:
    """Looks at turns by the rules, and by the gauge where there is one."""

    def __init__(self, read_person: ReadPerson | None = None) -> None:
        self._read_person = read_person
        self._known: OrderedDict[bytes, Sensed] = OrderedDict()

    def look(self, text: str, earlier: Sequence[Message] = ()) -> Look:
        """What care sees in the person's words, `earlier` being the visible line before them."""
        return care.look(text, earlier, sense=self._sense if self._read_person else None)

    def _sense(self, line: Sequence[Message]) -> Sensed | None:
        seen = [each for each in line if each.role != "stance"][-TURNS_SEEN:]
        key = hashlib.blake2b(
            "\0".join(f"{each.role}\1{each.text}" for each in seen).encode("utf-8", "replace"),
            digest_size=16,
        ).digest()
        if key in self._known:
            self._known.move_to_end(key)
            return self._known[key]
        sensed = self._read(seen)
        if sensed is not None:
            self._known[key] = sensed
            while len(self._known) > MOST_REMEMBERED:
                self._known.popitem(last=False)
        return sensed

    def _read(self, seen: Sequence[Message]) -> Sensed | None:
        from beside_gauge import Turn

        if self._read_person is None:
            return None
        try:
            turns = [
                Turn(role="person" if m.role == "person" else "companion", text=m.text)
                for m in seen
            ]
            read = self._read_person(turns)
        except Exception as error:  # whatever happens to the gauge, the rules stand
            log.error("the gauge could not read a turn: %s", type(error).__name__)
            return None
        if read is None:
            return None
        return Sensed(chance=read.danger.chance, kinds=tuple(read.danger.kinds))
