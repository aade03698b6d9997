"""Care with the gauge beside it: a model that has read many turns may raise a level, never lower.

It speaks by its calibrated chance. Where it is missing or fails, the rules stand alone.
"""

import logging
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from beside.companion import care
from beside.companion.care import Look
from beside.companion.care_rules.carried import MIDDLE, Sensed
from beside.companion.care_rules.tongue import language_of
from beside.companion.remembered import Remembered, key_of
from beside.voices.base import Message

if TYPE_CHECKING:
    from beside_gauge import PersonReading, Turn

log = logging.getLogger("beside.care")

ReadPerson = Callable[[Sequence["Turn"]], "PersonReading | None"]
"""What the last of these turns, a person's, says; None where it cannot be read now."""

OWN_WORDS = 0.3
"""What the newest words must say by themselves, unless they answer a question about danger: what
was said in earlier turns was seen when it was said. (Of 452 turns of 56 written conversations
without a crisis, 20 were taken for danger where any question let them through, now 14; of 602
dangerous turns in the middle of a talk, most of them learned, 401 and 396 are seen.)"""

_ABOUT_DANGER = re.compile(
    r"\b(safe|worried|kill\w*|die|dying|dead|suicid\w*|life|alive|living|hurt\w*|harm\w*|danger\w*"
    r"|emergency|999|911|112|ambulance|cut|jump\w*|hit|pills?|tablets?|breath\w*|bleed\w*|voices?"
    r"|weapon|gun|knife)\b",
    re.IGNORECASE,
)
"""What an English question about danger speaks of; in other languages every question lets the turns
before it count."""

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
        whole = len(turns) == 1 or _asked_about_danger(turns[-2].text)
        try:
            read = self._read_person(turns)
            if read is not None and not whole and read.danger.chance >= MIDDLE:
                own = self._read_person(turns[-1:])
                read = own if own is not None and own.danger.chance < OWN_WORDS else read
        except Exception as error:  # whatever happens to the gauge, the rules stand
            log.error("the gauge could not read a turn: %s", type(error).__name__)
            return None
        if read is None:
            return None
        return Sensed(chance=read.danger.chance, kinds=tuple(read.danger.kinds))


def _asked_about_danger(said: str) -> bool:
    if "?" not in said:
        return False
    return language_of(said) != "en" or _ABOUT_DANGER.search(said) is not None
