"""Plain checks of a reply (DOMAIN 9): what can be pointed at without a model, each with its words.

They explain a reading; they never change a value. What the person said themselves, and what stands
in quotation marks, is not held against a reply.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from beside_gauge.exchange import Turn

MOST_QUESTIONS = 2
_quoted = re.compile(r"[\"“«][^\"”»]{1,200}[\"”»]|(?<!\w)[‘'][^‘’'\n]{2,80}[’'](?!\w)")
_list = re.compile(r"(?m)^\s*(?:[-*•]|\d+[.)])\s+\S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something seen in a reply: which check, where (characters), and why it is named."""

    check: str
    start: int
    end: int
    why: str


@cache
def _rules() -> dict[str, tuple[str, re.Pattern[str]]]:
    given = tomllib.loads((Path(__file__).parent / "checks.toml").read_text(encoding="utf-8"))
    return {
        name: (rule["why"], re.compile(rf"\b(?:{'|'.join(rule['patterns'])})\b", re.IGNORECASE))
        for name, rule in given.items()
    }


def check(reply: str, turns: Sequence[Turn] = (), *, safety: bool = False) -> tuple[Finding, ...]:
    """What stands in the reply, in the order of its words; empty where nothing does.

    With `safety` (the person may be in danger) plain orders and pressure are not held against it.
    """
    heard = " ".join(turn.text for turn in turns if turn.role == "person")
    said = heard.lower().replace("’", "'")
    plain = reply.replace("’", "'")
    quotes = [found.span() for found in _quoted.finditer(reply)]
    made = []
    for name, (why, pattern) in _rules().items():
        if safety and name in ("advice", "pressure"):
            continue
        for found in pattern.finditer(plain):
            start, end = found.span()
            if any(low <= start and end <= high for low, high in quotes):
                continue
            if name == "war" and re.search(rf"\b{re.escape(found[0].lower())}\b", said):
                continue
            made.append(Finding(check=name, start=start, end=end, why=why))
    marks = [found.start() for found in re.finditer(r"\?+", reply)]
    if len(marks) > MOST_QUESTIONS:
        made.append(Finding(check="questions", start=marks[0], end=marks[-1] + 1,
                            why=f"asks {len(marks)} questions at once"))  # fmt: skip
    if len(items := list(_list.finditer(reply))) > 1:
        made.append(Finding(check="list", start=items[0].start(), end=items[-1].end(),
                            why="answers with a list"))  # fmt: skip
    if turns and (echo := _echo(reply, turns[-1].text)):
        made.append(Finding(check="parroting", start=echo[0], end=echo[1],
                            why="gives back the person's own sentence"))  # fmt: skip
    return tuple(sorted(made, key=lambda each: (each.start, each.end)))


def _echo(reply: str, said: str) -> tuple[int, int] | None:
    """The longest run of the person's words, where it is more than 60% of the reply (N14)."""
    own = [(m[0].lower(), m.span()) for m in re.finditer(r"[^\W_]+(?:['’][^\W_]+)?", reply)][:400]
    other = [m[0].lower() for m in re.finditer(r"[^\W_]+(?:['’][^\W_]+)?", said)][:400]
    if len(own) < 4:
        return None
    best, at = 0, 0
    lengths = [0] * (len(other) + 1)
    for i, (word, _) in enumerate(own):
        row = [0] * (len(other) + 1)
        for j, heard in enumerate(other):
            if word == heard:
                row[j + 1] = lengths[j] + 1
                if row[j + 1] > best:
                    best, at = row[j + 1], i
        lengths = row
    if best <= 0.6 * len(own):
        return None
    return own[at - best + 1][1][0], own[at][1][1]
