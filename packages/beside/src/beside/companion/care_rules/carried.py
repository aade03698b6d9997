"""What earlier turns leave: danger that was heard does not end because the subject changes.

A turn that takes it back ("I'm fine now", "forget it") does not let time pass at all. Word that
someone is there, or that help was called, lets it pass sooner.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from beside.companion.care_rules.reading import Finding, Reading
from beside.companion.care_rules.signs import together

TURNS_READ = 12
"""The person's turns before this one that still count."""

_STAYS: dict[int, tuple[tuple[int, int], ...]] = {
    3: ((2, 3), (5, 2), (12, 1)),
    2: ((3, 2), (10, 1)),
    1: ((3, 1),),
}
"""From which level, until how many turns later (the present one included), which level stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A turn in the light of the ones before it."""

    level: int
    kinds: tuple[str, ...]
    findings: tuple[Finding, ...]
    carried: bool


def weigh(readings: Sequence[Reading]) -> Weighed:
    """The last of the readings, in the light of the others; oldest first."""
    heard: list[tuple[int, tuple[str, ...]]] = []
    ages: list[float] = []
    weighed = Weighed(level=0, kinds=(), findings=(), carried=False)
    turns = readings[-TURNS_READ - 1 :]
    for number, reading in enumerate(turns, start=1):
        step = _passing(reading)
        ages = [age + step for age in ages]
        despair = _despairs(reading.findings) or any(
            _stays(level, age) and _is_despair(kinds)
            for (level, kinds), age in zip(heard, ages, strict=True)
        )
        all_findings = (*reading.findings, *together(turns[:number]))
        findings = tuple(f for f in all_findings if _level(f, despair=despair))
        own = max((_level(f, despair=despair) for f in findings), default=0)
        kinds = _kinds(findings, own, despair=despair)
        left = [
            (_stays(level, age), kinds_) for (level, kinds_), age in zip(heard, ages, strict=True)
        ]
        level = max([own, *(stays for stays, _ in left)])
        all_kinds = dict.fromkeys(
            [
                *kinds,
                *(kind for stays, kinds_ in left if stays >= max(1, level - 1) for kind in kinds_),
            ]
        )
        weighed = Weighed(
            level=level, kinds=tuple(all_kinds), findings=findings, carried=level > own
        )
        heard.append((own, kinds))
        ages.append(0)
    return weighed


def _passing(reading: Reading) -> float:
    if "denial" in reading.marks:
        return 0
    return 2 if "helped" in reading.marks else 1


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
