"""Practising with a simulated person: a turn, what moved, and any turn taken anew.

Everything that decides stands in `hearing`, `inner` and `answers`; here are the turns, kept as a
tree, so that two ways of going on from the same moment can be laid beside each other. The same
person, seed and words give the same conversation.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from beside.errors import NoSuchTurn, NothingSaid, TooLong
from beside.mirror.answers import Kind, answered, chosen, heard_as
from beside.mirror.hearing import Heard, Opening, Reads, hear
from beside.mirror.inner import State, beginning, closing, dice, moved, way
from beside.mirror.person import Person, Way
from beside.mirror.session import PRACTISE
from beside.mirror.transcript import Speaker, Spoken, Transcript
from beside_gauge import Turn

LONGEST_TURN = 20_000
FIRST_OPENINGS: tuple[Opening, ...] = (
    "owns", "plain", "holds", "takes-up", "free", "asks", "warm",
)  # fmt: skip
"""Which of several openings is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What moved in the other: which way, what could be seen, and what in the words it was.

    `because` is a closing or an opening of `hearing`, `asked-on` where a no was asked past or
    questions came in a row, None where nothing stands out. `quote` are words of the practitioner.
    """

    way: Way
    seen: str
    because: str | None
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the person said, and what moved. `turn` counts from 1 on its line.

    `outside`: the practitioner spoke to the machine; `ended`: the person said goodbye.
    """

    turn: int
    text: str
    kind: Kind
    moved: Moved
    told: str | None = None
    outside: bool = False
    ended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One turn of the tree: the practitioner's words and the answer. `state` is for the rules."""

    id: int
    parent: int | None
    words: str
    answer: Answer
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two ways: what they share, where each goes on, and what was told in one of them alone."""

    shared: tuple[Step, ...]
    first: tuple[Step, ...]
    second: tuple[Step, ...]


class Simulated:
    """Somebody to practise with, today. Nothing of it is kept anywhere."""

    def __init__(self, person: Person, seed: int = 0, gauge: Reads | None = None) -> None:
        self.person = person
        self.seed = seed
        self._gauge = gauge
        self._steps: list[Step] = []
        self._leaf: int | None = None
        self._state = beginning(person, seed)
        self.begins = chosen(person.begins, (), dice(person.id, seed, 0))
        """What the person says first."""

    def answer(self, words: str) -> Answer:
        """What they answer. Raises NothingSaid and TooLong."""
        if not words.strip():
            raise NothingSaid("There are no words here yet. A silence can be written as ... .")
        if len(words) > LONGEST_TURN:
            raise TooLong("This is longer than one turn can hold (20,000 characters).")
        line = self.line()
        before = self.state
        heard = hear(words, self._heard_so_far(line), self._gauge)
        chance = dice(self.person.id, self.seed, before.turns + 1)
        now = (
            replace(before, turns=before.turns + 1)
            if heard.outside or heard.ends
            else moved(before, heard, self.person, self.seed)
        )
        said = answered(self.person, before, now, heard, words, chance)
        turned = way(before, now)
        answer = Answer(
            turn=len(line) + 1,
            text=said.text,
            kind=said.kind,
            moved=Moved(
                way=turned,
                seen=self._seen(turned, line, now),
                because=_because(before, heard, turned),
                quote=heard.quote,
            ),
            told=said.told,
            outside=heard.outside,
            ended=heard.ends,
        )
        step = Step(
            id=len(self._steps),
            parent=self._leaf,
            words=words,
            answer=answer,
            state=heard_as(now, said),
        )
        self._steps.append(step)
        self._leaf = step.id
        return answer

    def retell(self, text: str) -> None:
        """Let the newest answer be these words, said by a voice, in the place of its own."""
        if self._leaf is None:
            raise NoSuchTurn("Nothing was said here yet.")
        step = self._steps[self._leaf]
        self._steps[self._leaf] = replace(step, answer=replace(step.answer, text=text))

    @property
    def state(self) -> State:
        """How they stand. For the rules, the tests and the benchmark; nobody is shown it."""
        return self._state if self._leaf is None else self._steps[self._leaf].state

    def line(self) -> tuple[Step, ...]:
        """The turns of the way that is being gone."""
        return self._line(self._leaf)

    def rewind(self, turn: int) -> None:
        """Go back to just before this turn (from 1), to try it anew. Raises NoSuchTurn."""
        line = self.line()
        if not 1 <= turn <= len(line):
            raise NoSuchTurn("There is no such turn here to go back to.")
        self._leaf = line[turn - 1].parent

    def ways(self) -> tuple[tuple[Step, ...], ...]:
        """Every way that was gone to its end, in the order in which they ended there."""
        parents = {each.parent for each in self._steps}
        return tuple(self._line(each.id) for each in self._steps if each.id not in parents)

    def go_to(self, number: int) -> None:
        """Go on from the end of one of the `ways`, from 1. Raises NoSuchTurn."""
        self._leaf = self._way(number)[-1].id

    def compare(self, a: int, b: int) -> Compared:
        """Two of the `ways` beside each other, each from 1. Raises NoSuchTurn."""
        first, second = self._way(a), self._way(b)
        same = [x for x, _ in takewhile(lambda p: p[0] is p[1], zip(first, second, strict=False))]
        return Compared(shared=tuple(same), first=first[len(same) :], second=second[len(same) :])

    def transcript(self, name: str, title: str | None = None) -> Transcript:
        """The way that is being gone as a transcript; `name` is the practitioner's."""
        turns = [Spoken(speaker="A", text=self.begins)]
        for step in self.line():
            turns.append(Spoken(speaker="B", text=step.words))
            turns.append(Spoken(speaker="A", text=step.answer.text))
        return Transcript(
            title=title,
            source=PRACTISE,
            speakers=(
                Speaker(id="A", name=self.person.name, role="person"),
                Speaker(id="B", name=name, role="practitioner"),
            ),
            turns=tuple(turns),
        )

    def _line(self, leaf: int | None) -> tuple[Step, ...]:
        made: list[Step] = []
        while leaf is not None:
            made.append(self._steps[leaf])
            leaf = self._steps[leaf].parent
        return tuple(reversed(made))

    def _way(self, number: int) -> tuple[Step, ...]:
        ways = self.ways()
        if not 1 <= number <= len(ways):
            raise NoSuchTurn("There is no such way here to look at.")
        return ways[number - 1]

    def _heard_so_far(self, line: Sequence[Step]) -> tuple[Turn, ...]:
        turns = [Turn(role="person", text=self.begins)]
        for step in line:
            turns.append(Turn(role="companion", text=step.words))
            turns.append(Turn(role="person", text=step.answer.text))
        return tuple(turns)

    def _seen(self, turned: Way, line: Sequence[Step], now: State) -> str:
        seen = [each.answer.moved.seen for each in line]
        return chosen(self.person.body[turned], seen, dice(self.person.id, self.seed, now.turns))


def _because(before: State, heard: Heard, turned: Way) -> str | None:
    if heard.outside or heard.ends:
        return None
    closes = closing(before, heard)
    if closes is not None:
        return closes if heard.closes is not None or heard.leans else "asked-on"
    if turned != "nearer":
        return None
    return next((each for each in FIRST_OPENINGS if each in heard.opens), None)
