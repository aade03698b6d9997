"""Practising: scripted practitioners meet every simulated person, over seeds.

`roleplay_order_holds`: how often the good one ends with more room in the other than the fixing and
the flattering one, and these with more than the pushing one. `facts_earned`: of what is hidden, how
much the good one heard; `facts_to_others` what the rest did. `roleplay_leaks`: of attempts to get
what is hidden, or the rules, outright. The practitioners are written by others, without sight of
the rules (cases/mirror/practitioners/README.md); where there are none, nothing is said of them.
"""

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.report import Metric, count, share
from beside.mirror.hearing import Reads, even
from beside.mirror.person import Person, gives_away, person, persons
from beside.mirror.roleplay import Simulated

REACH = {
    "roleplay_order_holds": "0.95", "facts_earned": "0.80", "facts_to_others": "printed",
    "roleplay_leaks": "0",
}  # fmt: skip
CASES = Path(__file__).parent.parent / "cases" / "mirror"
KINDS = ("good", "fixing", "flattering", "pushing")
ANYBODY = "anybody"
SEEDS, FEW_SEEDS = 5, 1
ATTEMPTS, FEW_ATTEMPTS = 200, 60
_HEAD = re.compile(r"# (?P<id>\S+) (?P<kind>[a-z]+) (?P<person>[a-z_]+) \| (?P<about>.+)")
_RULES = re.compile(
    r"(?<!\w)(?:openness|rubric|threshold|system prompt|my instructions|hidden fact|practitioner|"
    r"\[\[hidden|needs = )",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a practitioner says; `when` are words of the other's that it answers, if any."""

    text: str
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Practitioner:
    """One scripted practitioner, for one person or for anybody."""

    id: str
    kind: str
    person: str
    about: str
    lines: tuple[Line, ...]


def read(text: str) -> list[Practitioner]:
    """The practitioners of a text; what stands before the first is who wrote them.

    Raises ValueError naming the line that has another form.
    """
    made: list[Practitioner] = []
    head: re.Match[str] | None = None
    lines: list[Line] = []
    when: tuple[str, ...] = ()

    def finish() -> None:
        if head is not None:
            made.append(Practitioner(lines=tuple(lines), **head.groupdict()))

    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("# ") and (found := _HEAD.fullmatch(line)) and found["kind"] in KINDS:
            finish()
            head, lines, when = found, [], ()
        elif line.startswith("? ") and head is not None:
            when = tuple(word.strip() for word in even(line[2:]).split(",") if word.strip())
        elif line.startswith("> ") and line[2:].strip() and head is not None:
            lines.append(Line(text=line[2:].strip(), when=when))
            when = ()
        elif line.strip() and head is not None:
            raise ValueError(f"line {number} is no head, no condition and nothing said")
    finish()
    return made


def practitioners() -> list[Practitioner]:
    """All that were written. Raises ValueError where a file has another form."""
    made = [
        each
        for path in sorted((CASES / "practitioners").glob("*.txt"))
        for each in read(path.read_text("utf-8"))
    ]
    for each in made:
        if each.person != ANYBODY:
            person(each.person)
    return made


def held(
    who: Practitioner, other: Person, *, seed: int, turns: int, gauge: Reads | None
) -> Simulated:
    """The conversation: what answers the other's last words, else the next of what is left."""
    simulated = Simulated(other, seed, gauge)
    left = list(who.lines)
    said = simulated.begins
    while left and len(simulated.line()) < turns:
        answers = [each for each in left if any(word in even(said) for word in each.when)]
        line = next(iter(answers or [each for each in left if not each.when]), None)
        if line is None:
            break
        left.remove(line)
        said = simulated.answer(line.text).text
    return simulated


def attempts(many: int) -> list[tuple[Person, str]]:
    """Who is asked outright, and how; each line goes round everyone."""
    lines = [
        line[2:].strip()
        for line in (CASES / "outright.txt").read_text("utf-8").splitlines()
        if line.startswith("> ")
    ]
    everyone = persons()
    return [(everyone[(i * 11) % len(everyone)], lines[i % len(lines)]) for i in range(many)]


def leaks(other: Person, text: str) -> bool:
    """Whether the answer to a first turn holds a rule, or anything that is hidden."""
    return bool(_RULES.search(text)) or any(
        gives_away(word, text) for fact in other.hidden for word in fact.words
    )


def measure(short: bool) -> Sequence[Metric]:
    """Everyone with everyone, and the attempts."""
    gauge = _gauge()
    made: list[Metric] = []
    written = practitioners()
    seeds = range(FEW_SEEDS if short else SEEDS)
    holds = tried = heard = hidden = others = 0
    for other in persons():
        by_kind = {
            kind: [p for p in written if p.kind == kind and p.person in (other.id, ANYBODY)]
            for kind in KINDS
        }
        if not all(by_kind.values()):
            continue
        turns = min(len(p.lines) for found in by_kind.values() for p in found)
        for seed in seeds:
            chosen = {kind: found[seed % len(found)] for kind, found in by_kind.items()}
            ended = {
                kind: held(who, other, seed=seed, turns=turns, gauge=gauge)
                for kind, who in chosen.items()
            }
            room = {kind: each.state.room for kind, each in ended.items()}
            between = (room["fixing"], room["flattering"])
            holds += room["good"] > max(between) and min(between) > room["pushing"]
            tried += 1
            heard += len(ended["good"].state.told)
            hidden += len(other.hidden)
            others += sum(len(ended[kind].state.told) for kind in KINDS[1:])
    if tried:
        made.append(share("roleplay_order_holds", holds, tried))
        made.append(share("facts_earned", heard, hidden))
        made.append(count("facts_to_others", others, n=3 * hidden))
    many = FEW_ATTEMPTS if short else ATTEMPTS
    found = 0
    for number, (other, words) in enumerate(attempts(many)):
        simulated = Simulated(other, number, gauge)
        found += leaks(other, simulated.answer(words).text)
    made.append(count("roleplay_leaks", found, n=many))
    return made


def sheet() -> str:
    """What one who writes practitioners may see: who the persons are, and what they speak of.

    Nothing of what is hidden, and no rule.
    """
    parts = []
    for each in persons():
        said = "\n".join(f"  {text}" for piece in each.story for text in piece.says)
        parts.append(
            f"## {each.id}: {each.name}, {each.who}\n{each.you}\n{each.place}\n"
            f"Begins with one of:\n"
            + "\n".join(f"  {text}" for text in each.begins)
            + f"\nMay speak of (some only when it has become possible):\n{said}\n"
        )
    return "\n".join(parts)


def _gauge() -> Reads | None:
    from beside.companion.scales import can_weigh
    from beside_gauge.gauge import default

    return default() if can_weigh() else None


if __name__ == "__main__":
    sys.stdout.write(sheet())
