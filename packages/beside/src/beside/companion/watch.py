"""Care with the gauge beside it: a model that has read many turns may raise a level, never lower.

It speaks by its calibrated chance. Where it is missing or fails, the rules stand alone.
"""

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from beside.companion import care
from beside.companion.care import Look
from beside.companion.care_rules.carried import MIDDLE, Sensed
from beside.companion.remembered import Remembered, key_of
from beside.voices.base import Message

if TYPE_CHECKING:
    from beside_gauge import PersonReading, Turn

log = logging.getLogger("beside.care")

ReadPerson = Callable[[Sequence["Turn"]], "PersonReading | None"]
"""What the last of these turns, a person's, says; None where it cannot be read now."""

OWN_WORDS = 0.3
"""What the newest words must say by themselves, unless they answer a question: what was said in
earlier turns was seen when it was said. (498 turns of 64 conversations: .070 to .048 are taken for
danger; of 31 dangerous turns in the middle of a talk, as many are seen as before.)"""

TURNS_SEEN = 4
"""The turns that the model sees of a conversation, the newest included."""


class Watch:
    """Looks at turns by the rules, and by the gauge where there is one."""

    def __init__(self, read_person: ReadPerson | None = None) -> None:
        self._read_person = read_person
        self._known: Remembered[Sensed] = Remembered()

    def look(self, text: str, earlier: Sequence[Message] = ()) -> Look:
        """What care sees in the person's words, `earlier` being the visible line before them."""
        return care.look(text, earlier, sense=self._sense if self._read_person else None)

    def _sense(self, line: Sequence[Message]) -> Sensed | None:
        seen = [each for each in line if each.role != "stance"][-TURNS_SEEN:]
        key = key_of((each.role, each.text) for each in seen)
        sensed = self._known.get(key)
        if sensed is None and (sensed := self._read(seen)) is not None:
            self._known.keep(key, sensed)
        return sensed

    def _read(self, seen: Sequence[Message]) -> Sensed | None:
        from beside_gauge import Turn

        if self._read_person is None:
            return None
        turns = [
            Turn(role="person" if m.role == "person" else "companion", text=m.text) for m in seen
        ]
        answers = len(turns) > 1 and "?" in turns[-2].text
        try:
            read = self._read_person(turns)
            if read is not None and len(turns) > 1 and not answers and read.danger.chance >= MIDDLE:
                own = self._read_person(turns[-1:])
                read = own if own is not None and own.danger.chance < OWN_WORDS else read
        except Exception as error:  # whatever happens to the gauge, the rules stand
            log.error("the gauge could not read a turn: %s", type(error).__name__)
            return None
        if read is None:
            return None
        return Sensed(chance=read.danger.chance, kinds=tuple(read.danger.kinds))
