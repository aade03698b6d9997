"""Whole conversations: read from plain text, checked, and printed for blind readers.

`python -m corpus.conversations`                       all of them: well formed?
`python -m corpus.conversations --sheet 701 reader-a`  what a reader gets, without what was meant
`python -m corpus.conversations --agreement`           how far two readers agree, C1 to C9
"""

import argparse
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median_low
from typing import Literal, get_args

from corpus.agreement import ordinal_alpha
from corpus.shapes import Problem, Register, Setting

FOLDER = Path(__file__).parent / "conversations"
SCALES = tuple(f"C{i}" for i in range(1, 10))
TURNINGS = ("rupture", "pressure", "drift", "opening", "none")
MODES = ("suffering", "issue", "chat", "crisis", "limit")
SHORTEST, LONGEST = 8, 24

_head = re.compile(r"# (\d{3}-\d{2}) (\S+) (\S+) (\S+) \| (\S+) \| (.+)")
_label = re.compile(r"(\d{3}-\d{2}) ([0-3-]{9})((?: ; C[1-9](?: \d+)+)*)")

Levels = tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A conversation: turns as (role, words), and what the writer says turns in it."""

    id: str
    setting: str
    register: str
    mode: str
    turning: str
    about: str
    turns: tuple[tuple[Literal["person", "companion"], str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkLabel:
    """One reader's nine levels (None: no place for it), and the turns that carry them, from 1."""

    id: str
    levels: Levels
    carried: dict[str, tuple[int, ...]]


def talks(path: Path) -> tuple[list[Talk], list[Problem]]:
    """The conversations of one file, and what must be put right in it."""
    found: list[Talk] = []
    wrong: list[Problem] = []
    for block in re.split(r"\n(?=# )", path.read_text(encoding="utf-8").strip()):
        head, *lines = block.split("\n")
        said = _head.fullmatch(head.strip())
        if said is None:
            wrong.append(Problem(path.name, f"not a heading: {head[:60]}"))
            continue
        name, setting, register, mode, turning, about = said.groups()
        turns: list[tuple[Literal["person", "companion"], str]] = []
        for line in lines:
            if line.startswith(("p: ", "c: ")):
                turns.append(("person" if line[0] == "p" else "companion", line[3:].strip()))
            elif line.strip() and turns:
                turns[-1] = (turns[-1][0], f"{turns[-1][1]}\n{line.strip()}")
            elif line.strip():
                wrong.append(Problem(name, "words before the first `p:`"))
        talk = Talk(id=name, setting=setting, register=register, mode=mode, turning=turning,
                    about=about, turns=tuple(turns))  # fmt: skip
        wrong += [Problem(name, what) for what in _faults(talk)]
        found.append(talk)
    return found, wrong


def _faults(talk: Talk) -> Iterator[str]:
    for value, known in (
        (talk.setting, get_args(Setting)), (talk.register, get_args(Register)),
        (talk.mode, MODES), (talk.turning, TURNINGS),
    ):  # fmt: skip
        if value not in known:
            yield f"{value!r} is none of {', '.join(known)}"
    if not SHORTEST <= len(talk.turns) <= LONGEST:
        yield f"{len(talk.turns)} turns; {SHORTEST} to {LONGEST} are asked for"
    if talk.turns and talk.turns[0][0] != "person":
        yield "the person speaks first"
    for before, after in zip(talk.turns, talk.turns[1:], strict=False):
        if before[0] == after[0]:
            yield f"two turns of one side in a row: {after[1][:40]!r}"


def labels(path: Path) -> tuple[list[TalkLabel], list[Problem]]:
    """One reader's labels of a file."""
    found: list[TalkLabel] = []
    wrong: list[Problem] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip():
            continue
        said = _label.fullmatch(line.strip())
        if said is None:
            wrong.append(Problem(path.name, f"not a label: {line[:60]}"))
            continue
        name, signs, carried = said.groups()
        parts = [piece.split() for piece in carried.split(" ; ") if piece.strip()]
        found.append(
            TalkLabel(
                id=name,
                levels=tuple(None if sign == "-" else int(sign) for sign in signs),
                carried={scale: tuple(map(int, turns)) for scale, *turns in parts},
            )
        )
    return found, wrong


def files() -> list[Path]:
    """The files of conversations, without those of readers."""
    return sorted(path for path in FOLDER.glob("[0-9]*.txt") if path.name.count(".") == 1)


def readers(path: Path) -> dict[str, Path]:
    """Whose labels lie beside a file of conversations."""
    beside = sorted(FOLDER.glob(f"{path.stem}.*.txt"))
    return {each.name.split(".")[1]: each for each in beside}


def settled() -> list[tuple[Talk, Levels]]:
    """Every conversation that two blind readers have read, with the lower median of each scale."""
    made = []
    for path in files():
        blind = [labels(p)[0] for name, p in readers(path).items() if name != "writer"]
        if len(blind) < 2:
            continue
        by_id = [{label.id: label for label in each} for each in blind]
        for talk in talks(path)[0]:
            given = [each[talk.id].levels for each in by_id if talk.id in each]
            if len(given) > 1:
                made.append((talk, tuple(_median(column) for column in zip(*given, strict=True))))
    return made


def _median(levels: Sequence[int | None]) -> int | None:
    there = [level for level in levels if level is not None]
    return median_low(there) if 2 * len(there) > len(levels) else None


def problems() -> list[Problem]:
    """All that must be put right in conversations and labels."""
    wrong: list[Problem] = []
    for path in files():
        found, faults = talks(path)
        wrong += faults
        there = {talk.id: len(talk.turns) for talk in found}
        if len(there) < len(found):
            wrong.append(Problem(path.name, "a number stands twice"))
        for beside in readers(path).values():
            said, faults = labels(beside)
            wrong += faults
            wrong += [
                Problem(beside.name, f"{label.id} names no conversation here, or no such turn")
                for label in said
                if label.id not in there
                or any(not 0 < t <= there[label.id] for each in label.carried.values()
                       for t in each)
            ]  # fmt: skip
            missing = set(there) - {label.id for label in said}
            wrong += [Problem(beside.name, f"{name} is missing") for name in sorted(missing)]
    return wrong


def sheet(number: str, reader: str) -> Iterator[str]:
    """What a reader gets: each conversation with its turns numbered, in an order of their own."""
    (path,) = [each for each in files() if each.name.startswith(number)]
    every, _ = talks(path)
    random.Random(f"{path.stem} {reader}").shuffle(every)
    for talk in every:
        yield f"=== {talk.id} ({talk.setting})"
        for i, (role, words) in enumerate(talk.turns, 1):
            yield f"{i} {'PERSON' if role == 'person' else 'HELPER'}: {words}"
        yield ""


def both_readers() -> list[tuple[Levels, Levels]]:
    """What the first two blind readers said of each conversation that two have read."""
    rows: dict[str, list[Levels]] = {}
    for path in files():
        for name, beside in readers(path).items():
            if name != "writer":
                for label in labels(beside)[0]:
                    rows.setdefault(label.id, []).append(label.levels)
    return [(given[0], given[1]) for given in rows.values() if len(given) > 1]


def agreement() -> Iterator[str]:
    """Ordinal Krippendorff alpha of the blind readers, for each scale."""
    both = both_readers()
    for i, scale in enumerate(SCALES):
        one, other = ([pair[at][i] for pair in both] for at in (0, 1))
        n = sum(a is not None and b is not None for a, b in zip(one, other, strict=True))
        shown = f"{ordinal_alpha(one, other, top=3):.2f}" if n > 4 else "-"
        yield f"{scale}  alpha {shown}  n {n}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints what was asked for; 1 where something must be put right."""
    parser = argparse.ArgumentParser(prog="python -m corpus.conversations", description=__doc__)
    parser.add_argument("--sheet", nargs=2, metavar=("NUMBER", "READER"))
    parser.add_argument("--agreement", action="store_true")
    given = parser.parse_args(arguments)
    if given.sheet:
        sys.stdout.write("\n".join(sheet(*given.sheet)) + "\n")
        return 0
    if given.agreement:
        sys.stdout.write("\n".join(agreement()) + "\n")
        return 0
    wrong = problems()
    every = [talk for path in files() for talk in talks(path)[0]]
    turning = sum(talk.turning != "none" for talk in every)
    sys.stdout.write(f"{len(every)} conversations, {turning} with a turning point\n")
    sys.stdout.writelines(f"PROBLEM {problem}\n" for problem in wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
