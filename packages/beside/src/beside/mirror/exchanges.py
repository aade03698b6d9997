"""A transcript as exchanges: what the person said, and how the practitioner answered it.

Turns that follow one another in one role are read as one; the places of the turns are kept, so
that every word that is pointed at can be found again.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from beside.mirror.transcript import Transcript

BEFORE = 2
"""How many parts before the person's are given to the gauge as context."""
SEPARATOR = "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Consecutive turns of one role as one text; `turns` are (place, first character) of each."""

    practitioner: bool
    text: str
    turns: tuple[tuple[int, int], ...]

    @property
    def place(self) -> int:
        """The place of its first turn."""
        return self.turns[0][0]

    def find(self, start: int, end: int) -> tuple[int, int, int]:
        """Characters of this text as (place, start, end) in the turn in which they begin."""
        place, first = next(
            (each for each in reversed(self.turns) if each[1] <= start), self.turns[0]
        )
        after = next((begin for _, begin in self.turns if begin > start), None)
        last = end if after is None else min(end, after - len(SEPARATOR))
        return place, start - first, max(start, last) - first


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A person's part, the practitioner's answer to it, and the parts before, oldest first."""

    person: Part
    reply: Part
    before: tuple[Part, ...]


def parts(transcript: Transcript) -> Iterator[Part]:
    """The parts in order; turns of anyone else stand outside and part nothing."""
    roles = {speaker.id: speaker.role for speaker in transcript.speakers}
    texts: list[str] = []
    turns: list[tuple[int, int]] = []
    practitioner = False
    length = 0
    for place, turn in enumerate(transcript.turns):
        role = roles[turn.speaker]
        if role == "other":
            continue
        mine = role == "practitioner"
        if turns and mine != practitioner:
            yield Part(practitioner=practitioner, text=SEPARATOR.join(texts), turns=tuple(turns))
            texts, turns, length = [], [], 0
        practitioner = mine
        turns.append((place, length))
        texts.append(turn.text)
        length += len(turn.text) + len(SEPARATOR)
    if turns:
        yield Part(practitioner=practitioner, text=SEPARATOR.join(texts), turns=tuple(turns))


def answered(transcript: Transcript) -> Iterator[Answered]:
    """Every answer of the practitioner to a person, in order."""
    before: deque[Part] = deque(maxlen=BEFORE + 1)
    for part in parts(transcript):
        if part.practitioner and before:
            *earlier, person = before
            yield Answered(person=person, reply=part, before=tuple(earlier))
        before.append(part)
