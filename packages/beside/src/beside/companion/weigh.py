"""Which words are said: the candidates are read together, some are put aside, the rest ordered.

Pure: the gauge is passed in, nothing is kept or shown here. The policy is `judge` and `choose`.
"""

import hashlib
import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal, Protocol

from beside.companion import plain_rules as plain
from beside.companion.care import Look, look_at_reply
from beside.talk.events import Mode
from beside.voices.base import Message
from beside_gauge import DIMENSIONS, Exchange, Reading, Turn

log = logging.getLogger("beside.weigh")

CAUTION = 0.5
"""How far from a value toward the low end of its interval it is taken."""
AS_GOOD = 0.1
"""Below this difference two candidates are as good as each other."""
CLEARLY_WORSE = 0.5
"""A sentence whose reply so far is worse than the authored line by more is not said."""

THIRD_QUESTION = 1.0
QUESTION_AFTER_NO = 1.0
SAME_OPENING = 0.4
STOCK = 0.3
WORD_TOO_MANY, MOST_FOR_LENGTH = 0.01, 0.6
TAKES_UP = 0.2
LEANING = 0.25
"""What each point of the side that was lived less, or that the moment asks for, counts more."""

LEAST_WORDS, MOST_WORDS = 30, 90
WORDS_FOR_WAYS = 120
"""The pace: up to one and a half times the person's own words, within these."""
BRIEF = 12
TURNS_READ = 6
OPENERS_REMEMBERED = 4
LIVED_ENOUGH = 1.5
REPLIES_BEFORE_LEANING = 3

READ = re.compile(r"^(D[1-8]) ([0-3]\.\d\d) ([0-3]\.\d\d) ([0-3]\.\d\d)$", re.MULTILINE)
"""A dimension as it is kept: its value, and the low and high end of its interval."""

Side = Literal["relief", "growth"]
_SIDES: dict[str, str] = {each.id: each.side for each in DIMENSIONS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Words that could be said, and whose they are: the name of a voice."""

    text: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """How much of either side an earlier reply held, 0 to 3; None where it was not read."""

    relief: float | None
    growth: float | None


class Reads(Protocol):
    """What is needed of the gauge."""

    def read_many(self, exchanges: Iterable[Exchange]) -> list[Reading]:
        """Readings in the order of the exchanges."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One candidate with what is for and against it. `score` is for comparing only."""

    candidate: Candidate
    reading: Reading | None
    vetoes: tuple[str, ...]
    reasons: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is said and why. `chosen` is None only where there was no candidate at all.

    `aside` are the candidates that were vetoed, each as `source:code`; `reading` is that of the
    chosen one (see `small`), empty where it was not read.
    """

    chosen: Candidate | None
    reasons: tuple[str, ...]
    sources: tuple[str, ...]
    aside: tuple[str, ...]
    gauge: str | None
    reading: tuple[str, ...]


def choose(
    candidates: Sequence[Candidate],
    line: Sequence[Message],
    *,
    mode: Mode,
    look: Look,
    gauge: Reads | None,
    floor: str,
    seed: int = 0,
    lived: Sequence[Lived] = (),
) -> Choice:
    """The best of the candidates; where none may be said, one of `floor`, the authored voice."""
    judged = judge(candidates, line, mode=mode, look=look, gauge=gauge, lived=lived)
    return pick(judged, floor=floor, seed=seed)


def pick(judged: Sequence[Judged], *, floor: str, seed: int = 0) -> Choice:
    """The best of those that nothing vetoes, or what stands when none is left.

    A voice that was sampled several times counts for what all its words come to: the gauge errs too
    much on one reply for the best of three to speak for a voice that mostly says worse.
    """
    passed = [each for each in judged if not each.vetoes]
    if passed:
        worth = {each: _worth(each, judged, floor) for each in passed}
        most = max(worth.values())
        near = [each for each in passed if worth[each] >= most - AS_GOOD]
        first = {source: max(each.score for each in near if each.candidate.source == source)
                 for source in {each.candidate.source for each in near}}  # fmt: skip
        good = [each for each in near if each.score >= first[each.candidate.source] - AS_GOOD]
        best = min(good, key=lambda each: (each.candidate.source == floor, _lot(each, seed)))
        how = "only" if len(passed) == 1 else "as-good" if len(good) > 1 else "best"
    else:
        own = [each for each in judged if each.candidate.source == floor]
        stand = [each for each in own if each.candidate.text.strip()]
        if not stand:
            return choice_of(None, judged)
        best = min(stand, key=lambda each: (len(each.vetoes), -each.score, _lot(each, seed)))
        how = "floor"
    return choice_of(best, judged, how)


def _worth(one: Judged, judged: Sequence[Judged], floor: str) -> float:
    """What a candidate counts for beside those of other sources; nothing vetoed is worth any."""
    source = one.candidate.source
    own = [each for each in judged if each.candidate.source == source]
    unread = one.reading is None or one.reading.unscored is not None
    if source == floor or unread:
        return one.score
    return fmean(0.0 if each.vetoes else each.score for each in own)


def choice_of(best: Judged | None, judged: Sequence[Judged], *how: str) -> Choice:
    """The choice of this one among these."""
    reading = best.reading if best is not None else None
    return Choice(
        chosen=best.candidate if best is not None else None,
        reasons=(*how, *(best.reasons if best is not None else ())),
        sources=tuple(each.candidate.source for each in judged),
        aside=tuple(
            f"{each.candidate.source}:{code}"
            for each in judged
            if each is not best
            for code in each.vetoes[:1]
        ),
        gauge=reading.model if reading is not None and reading.unscored is None else None,
        reading=small(reading),
    )


def judge(
    candidates: Sequence[Candidate],
    line: Sequence[Message],
    *,
    mode: Mode,
    look: Look,
    gauge: Reads | None,
    lived: Sequence[Lived] = (),
) -> tuple[Judged, ...]:
    """Each candidate with its reading, its vetoes and its score; one reading for all."""
    talk = Talk(line, mode=mode, look=look, lived=lived)
    readings = _read(gauge, candidates, talk.heard)
    scored = any(each is not None and each.unscored is None for each in readings)
    made = []
    for candidate, reading in zip(candidates, readings, strict=True):
        vetoes = talk.vetoes(candidate.text)
        if reading is not None and reading.gate is not None and not reading.gate.passed:
            vetoes += (f"gate-{(reading.gate.reason or 'closed').replace(' ', '-')}",)
        score, reasons = talk.attention(candidate.text)
        if reading is not None and (read := pessimistic(reading)) is not None:
            score += read
            if talk.leaning is not None and (side := _side(reading, talk.leaning)) is not None:
                score += LEANING * (side - LIVED_ENOUGH)
                reasons += (f"leans-{talk.leaning}",)
        if gauge is None or reading is None:
            reasons += ("not-read",)
        elif not scored:
            reasons += ("not-scored",)
        made.append(
            Judged(
                candidate=candidate, reading=reading, vetoes=vetoes, reasons=reasons, score=score
            )
        )
    return tuple(made)


def stands(judged: Judged, authored: Judged) -> bool:
    """Whether a reply so far may be shown: no veto, not clearly worse than the authored line."""
    return not judged.vetoes and judged.score >= authored.score - CLEARLY_WORSE


def pessimistic(reading: Reading) -> float | None:
    """The whole, each value moved toward the low end of its interval; None where there is none."""
    if reading.gate is None or not reading.gate.passed:
        return None
    sides = [side for name in ("relief", "growth", "frame")
             if (side := _side(reading, name)) is not None]  # fmt: skip
    if not sides:
        return None
    whole = 1.0
    for side in sides:
        whole *= side
    return float(whole ** (1 / len(sides))) * (1 - (reading.gate.chance or 0.0))


def small(reading: Reading | None) -> tuple[str, ...]:
    """A reading as it is kept: `D1 2.13 0.84 3.00` (value, low, high) for each that was offered."""
    if reading is None:
        return ()
    return tuple(
        f"{each.dimension} {each.value:.2f} {each.low:.2f} {each.high:.2f}"
        for each in reading.dimensions
        if each.value is not None
    )


def lived(reading: Sequence[str]) -> Lived:
    """The sides that a kept reading (see `small`) shows."""
    values: dict[str, list[float]] = {"relief": [], "growth": [], "frame": []}
    for each in READ.finditer("\n".join(reading)):
        values[_SIDES[each[1]]].append(float(each[2]))
    relief, growth = values["relief"], values["growth"]
    return Lived(relief=fmean(relief) if relief else None, growth=fmean(growth) if growth else None)


class Talk:
    """The conversation so far, as far as it matters to what is said next."""

    def __init__(
        self, line: Sequence[Message], *, mode: Mode, look: Look, lived: Sequence[Lived]
    ) -> None:
        spoken = [each for each in line if each.role != "stance"]
        self.look = look
        self.said = spoken[-1].text if spoken else ""
        self.own = [each.text for each in spoken if each.role == "companion"]
        self.told = [each.text for each in spoken if each.role == "person"]
        self.ways = plain.asks_for_ways(self.said)
        self.leaving = look.level == 0 and plain.says_goodbye(self.said)
        self.no = plain.refuses(self.said)
        self.shut = _refused(spoken)
        self.leaning = _leaning(mode, look, lived)
        self.heard = tuple(
            Turn(role="person" if each.role == "person" else "companion", text=each.text)
            for each in spoken[-TURNS_READ:]
        )
        self._before = {_plainly(s) for own in self.own for s in plain.sentences(own)}
        self._questions = 0
        for each in reversed(self.own):
            if "?" not in each:
                break
            self._questions += 1
        self._openings = {plain.opening(each) for each in self.own[-OPENERS_REMEMBERED:]}
        self._most_words = (
            WORDS_FOR_WAYS
            if self.ways
            else min(MOST_WORDS, max(LEAST_WORDS, round(1.5 * len(plain.words(self.said)))))
        )

    def vetoes(self, text: str) -> tuple[str, ...]:
        """Why this may not be said, most serious first."""
        if not plain.words(text):
            return ("no-words",)
        found: list[str] = []
        for sentence in plain.sentences(text):
            if (seen := look_at_reply(sentence, self.look)).reason is not None:
                found.append(f"care-{seen.reason}")
                break
        found += plain.hooks(text, leaving=self.leaving)
        found += plain.must_nots(text, self.heard, ways_asked=self.ways)
        if plain.in_role(text, self.told):
            found.append("in-role")
        if self.shut & plain.roots(plain.asked(text)):
            found.append("refused")
        if any(_plainly(s) in self._before for s in plain.sentences(text) if _is_own(s)):
            found.append("said-before")
        return tuple(found)

    def attention(self, text: str) -> tuple[float, tuple[str, ...]]:
        """What the conversation adds to or takes from a candidate, and what can be said for it."""
        points, reasons = 0.0, []
        length, asks = len(plain.words(text)), text.count("?")
        if plain.roots(text) & plain.roots(self.said):
            points += TAKES_UP
            reasons.append("takes-up")
        reasons.append("asks-nothing" if not asks else "asks-one" if asks == 1 else "asks-two")
        if length <= BRIEF:
            reasons.append("brief")
        if asks and self._questions >= 2:
            points -= THIRD_QUESTION
        if asks and self.no:
            points -= QUESTION_AFTER_NO
        if self.no and not asks:
            reasons.append("leaves-no")
        if self.leaving:
            reasons.append("lets-go")
        if plain.opening(text) in self._openings:
            points -= SAME_OPENING
        if plain.is_stock(text):
            points -= STOCK
        points -= min(MOST_FOR_LENGTH, WORD_TOO_MANY * max(0, length - self._most_words))
        return points, tuple(reasons)


def _leaning(mode: Mode, look: Look, lived: Sequence[Lived]) -> Side | None:
    """The side that asks for more now."""
    if look.suspend_entrance or look.level > 0 or mode == "suffering":
        return "relief"
    relief = [each.relief for each in lived if each.relief is not None]
    growth = [each.growth for each in lived if each.growth is not None]
    if mode == "chat" or min(len(relief), len(growth)) < REPLIES_BEFORE_LEANING:
        return None
    least = min(("relief", fmean(relief)), ("growth", fmean(growth)), key=lambda each: each[1])
    if least[1] >= LIVED_ENOUGH:
        return None
    return "relief" if least[0] == "relief" else "growth"


def _refused(spoken: Sequence[Message]) -> frozenset[str]:
    """What was asked and met with a no, by its words, until the person takes it up themselves."""
    shut: frozenset[str] = frozenset()
    asked = ""
    for each in spoken:
        if each.role == "companion":
            asked = plain.asked(each.text)
        elif plain.refuses(each.text):
            shut |= plain.roots(asked) | plain.roots(each.text)
        else:
            shut -= plain.roots(each.text)
    return shut


def _read(
    gauge: Reads | None, candidates: Sequence[Candidate], heard: tuple[Turn, ...]
) -> list[Reading | None]:
    if gauge is None or not candidates or not heard or heard[-1].role != "person":
        return [None] * len(candidates)
    try:
        return list(
            gauge.read_many([Exchange(context=heard, reply=each.text) for each in candidates])
        )
    except Exception as error:  # a gauge that fails must not leave anyone without an answer
        log.error("the gauge could not read: %s", type(error).__name__)
        return [None] * len(candidates)


def _side(reading: Reading, side: str) -> float | None:
    values = [
        each.value - CAUTION * (each.value - each.low)
        for each in reading.dimensions
        if each.value is not None and each.low is not None and _SIDES[each.dimension] == side
    ]
    return fmean(values) if values else None


def _lot(judged: Judged, seed: int) -> bytes:
    told = f"{seed}\x1f{judged.candidate.source}\x1e{judged.candidate.text}"
    return hashlib.blake2b(told.encode(errors="replace"), digest_size=8).digest()


def _plainly(sentence: str) -> str:
    return " ".join(plain.words(sentence))


def _is_own(sentence: str) -> bool:
    """Long enough that saying it twice is noticed."""
    return len(plain.words(sentence)) >= 4
