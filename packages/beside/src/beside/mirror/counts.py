"""What can be counted in a session without any model: questions, reflections, advice, talk share.

Each count is one that anybody can make by hand (`benchmarks/cases/mirror/README.md` says how).
The words are data, in `count_words/`, for five languages; elsewhere only questions and words are
counted. It counts moves, and says nothing of whether a move was good where it stood.
"""

from array import array
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Literal

from beside.mirror.count_rules import Rules, is_marked, language_in, rules_for, sentences
from beside.mirror.exchanges import Part, parts
from beside.mirror.transcript import Transcript

What = Literal["question", "leading", "reflection", "advice", "box", "refusal", "pressed"]

MOST_NAMED = 40
"""Of one kind so many places are named at most; all are counted."""
LONGEST_LOOK = 4_000
"""Characters of one answer that are looked at; its words are all counted."""
_HEARD = 2
"""How many parts of the person's an answer may give something back of."""
_NOT_GIVEN_BACK = frozenset(
    {"flattery", "judging", "pity", "minimising", "diagnosis", "meaning", "pressure", "hook"}
)
_SAMPLE = 60
"""Turns by which the language is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointed:
    """Characters `start` to `end` of the turn at this place, and what they were counted as."""

    what: What
    place: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What was counted. What cannot be counted in the language spoken is None."""

    language: str | None
    """One of the five that are known, else None."""
    answers: int
    """How often the practitioner spoke; turns in a row are one."""
    questions: int
    leading: int | None
    """Questions that hold their own answer."""
    reflections: int | None
    """Answers in which something that the person said or felt is given back."""
    advice: int | None
    """Sentences that tell what to do, or name a course to take."""
    boxes: int | None
    """Sentences with a label or a word of theory that the person had not used."""
    own_words: int
    their_words: int
    reflexes: tuple[int, ...]
    """For each stretch that begins with heavy words: the answers up to the first advice."""
    heavy: int | None
    """How often the person said heavy words."""
    refusals: int | None
    pressed: int | None
    """After how many of those the next answer went on pressing."""
    usual_length: float | None
    """Words in the middle one of the answers."""
    length_after_heavy: float | None
    """Words in the middle one of the answers to heavy words."""
    cut_off: int
    """How often the practitioner began where the person broke off in the middle (a dash)."""
    pointed: tuple[Pointed, ...]
    """Where: in the order of the turns, at most `MOST_NAMED` of one kind."""

    @property
    def talk_share(self) -> float | None:
        """The practitioner's words among all words, 0 to 1; None where nothing was said."""
        words = self.own_words + self.their_words
        return self.own_words / words if words else None

    @property
    def question_load(self) -> float | None:
        """Questions to one answer; None where there is no answer."""
        return self.questions / self.answers if self.answers else None

    @property
    def fix_reflex(self) -> int | None:
        """How many answers from the first heavy words to the first advice, that one included."""
        return self.reflexes[0] if self.reflexes else None


def count(transcript: Transcript) -> Counts:
    """What can be counted in this session, walked through once."""
    known = {each.id for each in transcript.speakers if each.role != "other"}
    sample = (turn.text for turn in transcript.turns[:_SAMPLE] if turn.speaker in known)
    language = language_in(sample)
    counting = _Counting(rules_for(language) if language is not None else None)
    for part in parts(transcript):
        counting.add(part)
    return counting.counts(language)


class _Counting:
    """Takes in one part after the other; what it holds does not grow with their words."""

    def __init__(self, rules: Rules | None) -> None:
        self._rules = rules
        self._sums = dict.fromkeys(
            ("question", "leading", "reflection", "advice", "box", "refusal", "pressed"), 0
        )
        self._named: list[Pointed] = []
        self._kinds = dict.fromkeys(self._sums, 0)
        self._lengths = array("l")
        self._after_heavy = array("l")
        self._own = self._theirs = self._answers = self._heavy = self._cut_off = 0
        self._heard: deque[Part] = deque(maxlen=_HEARD)
        self._said: set[str] = set()
        self._waiting: int | None = None
        self._reflexes = array("l")
        self._just_heavy = self._just_refused = False

    def add(self, part: Part) -> None:
        """The next part."""
        if part.practitioner:
            self._answer(part)
        else:
            self._person(part)

    def _person(self, part: Part) -> None:
        self._theirs += len(part.text.split())
        self._heard.append(part)
        if self._rules is None:
            return
        look = part.text[:LONGEST_LOOK]
        self._said |= self._rules.boxes_named(look)
        self._just_heavy = self._rules.is_heavy(look)
        self._heavy += self._just_heavy
        if self._just_heavy and self._waiting is None:
            self._waiting = 0
        self._just_refused = self._rules.refuses(look)
        if self._just_refused:
            self._point("refusal", part, [(0, len(part.text))])

    def _answer(self, part: Part) -> None:
        self._answers += 1
        length = len(part.text.split())
        self._own += length
        self._lengths.append(length)
        if self._heard and self._heard[-1].text.rstrip().endswith(("-", "–", "—")):
            self._cut_off += 1
        places = sentences(part.text[:LONGEST_LOOK])
        if self._rules is None:
            marked = [(start, end) for start, end in places if is_marked(part.text[start:end])]
            self._point("question", part, marked)
            return
        if self._just_heavy:
            self._after_heavy.append(length)
        self._look(part, places, self._rules)
        self._just_heavy = self._just_refused = False

    def _look(self, part: Part, places: list[tuple[int, int]], rules: Rules) -> None:
        heard = [each.text[:LONGEST_LOOK] for each in self._heard]
        found: dict[What, list[tuple[int, int]]] = {
            "question": [], "leading": [], "reflection": [], "advice": [], "box": [],
        }  # fmt: skip
        boxed = rules.boxes_named(part.text[:LONGEST_LOOK]) - self._said
        for start, end in places:
            sentence = part.text[start:end]
            asks = rules.asks(sentence)
            advises = rules.advises(sentence, asks=asks)
            boxes = boxed and rules.boxes_named(sentence) & boxed
            if asks:
                found["question"].append((start, end))
                if rules.leads(sentence):
                    found["leading"].append((start, end))
            if advises:
                found["advice"].append((start, end))
            if boxes:
                found["box"].append((start, end))
            moved = asks or advises or boxes or found["reflection"]
            if not moved and rules.reflects(sentence, heard) and not _spoilt(sentence):
                found["reflection"].append((start, end))
        for what, spans in found.items():
            self._point(what, part, spans)
        if self._just_refused and (
            found["advice"] or found["leading"] or rules.presses(part.text[:LONGEST_LOOK])
        ):
            self._point("pressed", part, [(0, len(part.text))])
        if self._waiting is not None:
            self._waiting += 1
            if found["advice"]:
                self._reflexes.append(self._waiting)
                self._waiting = None

    def _point(self, what: What, part: Part, spans: Iterable[tuple[int, int]]) -> None:
        for start, end in spans:
            self._sums[what] += 1
            if self._kinds[what] < MOST_NAMED:
                self._kinds[what] += 1
                place, first, last = part.find(start, end)
                self._named.append(Pointed(what=what, place=place, start=first, end=last))

    def counts(self, language: str | None) -> Counts:
        """All of it."""
        known = self._rules is not None
        of = self._sums
        return Counts(
            language=language,
            answers=self._answers,
            questions=of["question"],
            leading=of["leading"] if known else None,
            reflections=of["reflection"] if known else None,
            advice=of["advice"] if known else None,
            boxes=of["box"] if known else None,
            own_words=self._own,
            their_words=self._theirs,
            reflexes=tuple(self._reflexes),
            heavy=self._heavy if known else None,
            refusals=of["refusal"] if known else None,
            pressed=of["pressed"] if known else None,
            usual_length=median(self._lengths) if self._lengths else None,
            length_after_heavy=median(self._after_heavy) if self._after_heavy else None,
            cut_off=self._cut_off,
            pointed=tuple(sorted(self._named, key=lambda each: (each.place, each.start))),
        )


def _spoilt(sentence: str) -> bool:
    """Whether a plain check of the gauge points at it: praise or pity is no giving back."""
    from beside_gauge import check

    return any(each.check in _NOT_GIVEN_BACK for each in check(sentence))
