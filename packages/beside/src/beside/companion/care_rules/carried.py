"""What earlier turns leave: danger that was heard does not end because the subject changes.

A turn that takes it back ("I'm fine now", "forget it") does not let time pass at all. Word that
someone was told, or that help was called, lets it pass sooner; word of safety clears it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from beside.companion.care_rules.asked import Answer, found
from beside.companion.care_rules.reading import Finding, Reading
from beside.companion.care_rules.signs import together

TURNS_READ = 14
"""The person's turns before this one that still count."""

HIGH = 0.80
"""From this chance on, what the gauge alone senses is level 2."""
MIDDLE = 0.60
"""From this chance on, it is asked about inside an ordinary reply."""

HIGH_ELSEWHERE = 0.80
MIDDLE_ELSEWHERE = 0.70
"""The same in the other languages. On ordinary turns that were held out from that model, 0.80 gave
2.3% false alarms (1.7% of turns written to look like danger), 0.70 gave 8.6% (5.1%)."""

SURE = 0.95
"""What the gauge's chance must be where somebody only takes leave, or tells of the body and wants
no doctor: people do so every day, and in what the gauge has read those in danger did so more than
their share."""

DOUBT = 0.10
"""Below this chance the gauge hears no danger. It lowers no level; where the words say nothing of
danger themselves, it is asked about before numbers are named."""

UNHEARD = 0.20
"""In the middle of a talk that held no danger, what is only meant and has less than this chance is
asked about inside an ordinary reply. (Of 270 such turns that were dangerous 7 had less, and 106 of
138 that were not; on turns that the gauge has not learned, none of 8 and all of 6.)"""

UNASKED = 0.05
"""Below this chance nothing is asked there either (none of the 270, 53 of the 138)."""

ACUTE = 2
"""For so many turns after level 3, care itself answers whatever is said."""
CLEARED = 100.0
"""An age at which nothing stays."""

_STAYS: dict[int, tuple[tuple[int, int], ...]] = {
    3: ((ACUTE, 3), (9, 2), (14, 1)),
    2: ((7, 2), (12, 1)),
    1: ((3, 1),),
}
"""From which level, until how many turns later (the present one included), which level stays."""
_AFTER_SAFETY = 6
"""For so many turns after word of safety, level 1 stays."""
_HIDDEN = frozenset({"self-harm", "violence", "child-at-risk"})
"""Kinds in which somebody keeps a wound from being seen."""
_BODILY = frozenset({"physical", "withdrawal", "eating", "overdose"})
"""Kinds whose signs are of the body: they are in what anybody who is unwell says."""
_ANSWERS = ("yes", "no", "no_call", "helped", "minor_secret")
_ANSWERED_WITHIN = 3
"""For so many turns after danger, a yes or a no is taken for an answer to what care asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensed:
    """What the gauge says of a turn: how likely danger is, and of which kinds.

    `elsewhere`: it reads another language than English, whose limits differ and whose rules are
    broader.
    """

    chance: float
    kinds: tuple[str, ...] = ()
    elsewhere: bool = False

    @property
    def high(self) -> float:
        """From which chance on it counts."""
        return HIGH_ELSEWHERE if self.elsewhere else HIGH

    @property
    def middle(self) -> float:
        """From which chance on it is asked about."""
        return MIDDLE_ELSEWHERE if self.elsewhere else MIDDLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A turn in the light of the ones before it.

    `own` is the level of the turn itself. `sensed`: only the gauge saw it. `asks`: the kinds that
    the gauge thinks possible, to be asked about; None where it does not. `calm`: calm came at once
    after despair. `safe`: word of safety. `answers`: this answers what care asked. `affirms`: it
    does not deny danger that was asked about. `in_doubt`: danger is only meant, if at all, none
    was heard before, and the gauge hears none.
    """

    level: int
    kinds: tuple[str, ...]
    findings: tuple[Finding, ...]
    carried: bool
    own: int = 0
    sensed: bool = False
    asks: tuple[str, ...] | None = None
    calm: bool = False
    safe: bool = False
    answers: bool = False
    affirms: bool = False
    acute: bool = False
    in_doubt: bool = False


_NEAR_NOW = Finding(
    rule="en: the one who is the danger is here",
    kinds=("violence",),
    level=3,
    who="any",
    near=True,
    topic="here",
    alone=None,
)


@dataclass(slots=True)
class _Heard:
    """Danger that was heard, and how many turns ago."""

    level: int
    kinds: tuple[str, ...]
    age: float = 0.0
    turns: int = 0


@dataclass(slots=True)
class _Memory:
    heard: list[_Heard] = field(default_factory=list)
    near: bool = False
    safe_for: int = 0
    safe_from: tuple[str, ...] = ()

    def passes(self, reading: Reading) -> None:
        step = _passing(reading, near=self.near)
        for each in self.heard:
            each.age += step
            each.turns += 1
        self.safe_for = max(0, self.safe_for - 1)

    def left(self) -> list[tuple[int, tuple[str, ...]]]:
        return [(_stays(each.level, each.age), each.kinds) for each in self.heard]

    def present(self, *, within: int) -> bool:
        """Whether words of danger were heard so few turns ago and still stay."""
        return any(
            e.level >= 2 and e.turns <= within and _stays(e.level, e.age) >= 2 for e in self.heard
        )

    def threatened(self) -> bool:
        """Whether someone near is a danger, and that still stays."""
        return self.near and any(
            stays >= 2 and not {"violence", "child-at-risk"}.isdisjoint(kinds)
            for stays, kinds in self.left()
        )

    def clear(self) -> None:
        self.safe_from = tuple(kind for stays, kinds in self.left() if stays for kind in kinds)
        for each in self.heard:
            each.age += CLEARED
        self.safe_for = _AFTER_SAFETY


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    """What is known of a turn by itself; `begun`: others went before it."""

    reading: Reading
    signs: Sequence[Finding]
    opinion: Sensed | None
    answer: Answer
    begun: bool


def weigh(
    readings: Sequence[Reading],
    sensed: Sequence[Sensed | None] = (),
    answers: Sequence[Answer] = (),
) -> Weighed:
    """The last of the readings, in the light of the others; oldest first.

    `sensed` is what the gauge says of the last turns, as far as it was asked; `answers` what the
    last turns say to questions about danger.
    """
    turns = readings[-TURNS_READ - 1 :]
    opinions = [None] * (len(turns) - len(sensed)) + list(sensed)[-len(turns) :]
    told = [Answer()] * (len(turns) - len(answers)) + list(answers)[-len(turns) :]
    memory = _Memory()
    weighed = Weighed(level=0, kinds=(), findings=(), carried=False)
    for at, reading in enumerate(turns):
        memory.passes(reading)
        turn = _Turn(
            reading=reading, signs=together(turns[: at + 1]), opinion=opinions[at],
            answer=told[at], begun=at > 0,
        )  # fmt: skip
        weighed = _one(turn, memory)
        memory.heard.append(_Heard(weighed.own, weighed.kinds if weighed.own else ()))
    return weighed


def _one(turn: _Turn, memory: _Memory) -> Weighed:
    reading, opinion = turn.reading, turn.opinion
    heard_before = any(stays >= 2 for stays, _ in memory.left())
    despair = _despairs(reading.findings) or any(
        stays and _is_despair(kinds) for stays, kinds in memory.left()
    )
    findings = [f for f in (*reading.findings, *turn.signs) if _level(f, despair=despair)]
    if "near_now" in reading.marks and memory.threatened():
        findings.append(_NEAR_NOW)
    affirmed = found(turn.answer, heard_before=heard_before)
    findings += [affirmed] if affirmed else []
    if turn.answer.denies and not heard_before:  # the gauge hears what was asked, too
        opinion = None
    own = max((_level(f, despair=despair) for f in findings), default=0)
    if (_only_leaves(reading) or _only_ails(reading)) and not heard_before:
        opinion = opinion if opinion and opinion.chance >= SURE else None
    memory.near = memory.near or any(f.near for f in findings)
    in_safety = "safe" in reading.marks or ("company" in reading.marks and not memory.near)
    in_safety = in_safety and "unsafe_yet" not in reading.marks
    in_safety = in_safety and own < 2 and memory.present(within=TURNS_READ)
    if in_safety:  # the gauge still hears what was said before it
        opinion = None
    sensed = own < 2 and opinion is not None and opinion.chance >= opinion.high
    if opinion is not None and sensed:
        findings.append(_finding(opinion))
        own = 2
    grave = [f for f in findings if _level(f, despair=despair) >= 2]
    meant = all(f.oblique or f.alone is not None for f in grave)
    only_meant = bool(grave) and meant and not heard_before
    unheard = turn.begun and only_meant and opinion is not None and opinion.chance < UNHEARD
    if opinion is not None and opinion.elsewhere and not heard_before:
        plain = affirmed is not None
        plain |= any(not f.oblique and _level(f, despair=despair) == 3 for f in grave)
        unheard |= bool(grave) and not plain and opinion.chance < DOUBT
    kinds = _kinds(findings, own, despair=despair)
    if unheard:
        own = 1
    answers = memory.present(within=TURNS_READ) and "denial" in reading.marks
    answers |= memory.present(within=_ANSWERED_WITHIN) and not reading.marks.isdisjoint(_ANSWERS)
    calm = "calm" in reading.marks and any(
        stays >= 2 and _is_despair(kinds_) for stays, kinds_ in memory.left()
    )
    acute = any(e.level == 3 and e.age <= ACUTE for e in memory.heard)
    if in_safety:
        memory.clear()
    left = memory.left()
    if memory.safe_for:
        left.append((1, memory.safe_from))
    level = max([own, *(stays for stays, _ in left)])
    others = (kind for stays, kinds_ in left if stays >= max(1, level - 1) for kind in kinds_)
    maybe = opinion is not None and opinion.middle <= opinion.chance < opinion.high
    asks = opinion.kinds if opinion and level < 2 and maybe else None
    if unheard and opinion and level < 2 and (not meant or opinion.chance >= UNASKED):
        asks = kinds
    return Weighed(
        level=level,
        kinds=tuple(dict.fromkeys([*kinds, *others])),
        findings=tuple(findings),
        carried=level > own,
        own=own,
        sensed=sensed,
        asks=asks,
        calm=calm,
        safe=in_safety,
        answers=answers,
        affirms=affirmed is not None,
        acute=acute and not in_safety,
        in_doubt=only_meant and not unheard and opinion is not None and opinion.chance < DOUBT,
    )


def _finding(opinion: Sensed) -> Finding:
    near = not {"violence", "child-at-risk"}.isdisjoint(opinion.kinds)
    return Finding(
        rule="sensed by the gauge",
        kinds=opinion.kinds,
        level=2,
        who="any",
        near=near,
        topic=None,
        alone=None,
    )


def _only_leaves(reading: Reading) -> bool:
    """Whether the turn takes leave as people do, with nothing final or dangerous in it."""
    plain = "leave" in reading.marks and "final" not in reading.marks
    return plain and not reading.findings and not reading.signs and not reading.long


def _only_ails(reading: Reading) -> bool:
    """Whether the turn tells of the body and of keeping away from doctors, and of no danger."""
    plain = {"ails", "unseen"} <= reading.marks and not reading.findings and not reading.long
    grave = [kind for kind, _ in reading.signs if kind not in _BODILY]
    return plain and len(grave) < 2 and _HIDDEN.isdisjoint(grave)


def _passing(reading: Reading, *, near: bool) -> float:
    if "denial" in reading.marks:
        return 0
    return 2 if "helped" in reading.marks and not near else 1


def _stays(level: int, age: float) -> int:
    return next((stays for until, stays in _STAYS.get(level, ()) if age <= until), 0)


def _level(finding: Finding, *, despair: bool) -> int:
    return finding.level if despair or finding.alone is None else finding.alone


def _despairs(findings: Sequence[Finding]) -> bool:
    return any(f.alone is None and f.level and _is_despair(f.kinds) for f in findings)


def _is_despair(kinds: Sequence[str]) -> bool:
    return not {"suicide", "self-harm", "despair"}.isdisjoint(kinds)


def _kinds(findings: Sequence[Finding], own: int, *, despair: bool) -> tuple[str, ...]:
    """The kinds of danger, the most pressing first; quiet ones only where nothing is louder."""
    ranked = sorted(findings, key=lambda f: -_level(f, despair=despair))
    enough = 2 if own >= 2 else 1
    return tuple(
        dict.fromkeys(k for f in ranked if _level(f, despair=despair) >= enough for k in f.kinds)
    )
