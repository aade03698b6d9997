"""Two replies in random order, read by people who do not know whose they are.

A sheet holds the items for readers; the key, kept apart, says which reply is whose. Whoever commits
the key's hash before anybody reads can show afterwards that it was not changed.
"""

import hashlib
import json
import random
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from benchmarks.measure.agreement import bootstrapped
from benchmarks.report import Metric

Place = Literal["A", "B"]
VERDICTS = frozenset({"A", "B", "tie"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two replies to the same words: `ours` and that of the `arm` it is compared with."""

    situation: str
    arm: str
    turns: tuple[tuple[str, str], ...]
    """Role and words of what was said up to here, the person last."""
    ours: str
    theirs: str

    @property
    def same(self) -> bool:
        """Whether there is nothing to choose between."""
        return " ".join(self.ours.split()) == " ".join(self.theirs.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What readers get (`items`), and the key, each as the text of a file."""

    items: str
    key: str


def sheet(pairs: Sequence[Pair], *, seed: str | None = None) -> Sheet:
    """The pairs in an order that only the key knows; two alike are not read but counted as a tie.

    Without a `seed` nobody can guess the order.
    """
    seed = seed or secrets.token_hex(16)
    dice = random.Random(seed)
    read = [each for each in pairs if not each.same]
    dice.shuffle(read)
    items, key = [], {}
    for number, pair in enumerate(read, 1):
        name = f"i{number:03}"
        ours: Place = dice.choice(("A", "B"))
        both = (pair.ours, pair.theirs) if ours == "A" else (pair.theirs, pair.ours)
        turns = [{"role": role, "text": text} for role, text in pair.turns]
        items.append({"item": name, "turns": turns, "A": both[0], "B": both[1]})
        key[name] = {"situation": pair.situation, "arm": pair.arm, "ours": ours}
    same = [{"situation": each.situation, "arm": each.arm} for each in pairs if each.same]
    return Sheet(
        items="".join(json.dumps(each, ensure_ascii=False) + "\n" for each in items),
        key=json.dumps({"seed": seed, "items": key, "same": same}, indent=1) + "\n",
    )


def sha256(text: str) -> str:
    """The SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """One reader's answers: for each item A, B or tie, and what either reply must not do."""

    reader: str
    better: Mapping[str, str]
    marks: Mapping[str, Mapping[str, Sequence[str]]]


def read_verdicts(path: Path, items: Sequence[str]) -> Verdicts:
    """A reader's file. Raises ValueError, naming the reader, where an item has no answer."""
    given: dict[str, Any] = json.loads(path.read_text("utf-8"))
    answers: dict[str, dict[str, Any]] = given["answers"]
    left = [item for item in items if answers.get(item, {}).get("better") not in VERDICTS]
    if left:
        raise ValueError(f"{given['reader']}: {len(left)} items have no answer, first {left[0]}")
    return Verdicts(
        reader=given["reader"],
        better={item: answers[item]["better"] for item in items},
        marks={item: {place: answers[item].get(place, []) for place in "AB"} for item in items},
    )


def wins(key: Mapping[str, Any], verdicts: Sequence[Verdicts], arm: str) -> Metric:
    """How often ours was preferred to this arm's: ties half, the interval by situation."""
    found: dict[str, float] = {each["situation"]: 0.5 for each in key["same"] if each["arm"] == arm}
    for item, of in key["items"].items():
        if of["arm"] == arm:
            points = [
                0.5 if each.better[item] == "tie" else float(each.better[item] == of["ours"])
                for each in verdicts
            ]
            found[of["situation"]] = float(np.mean(points))
    values = np.array(list(found.values()))
    name = f"blind_win_over_{arm}"
    if not len(values):
        return Metric(metric=name, value=None, low=None, high=None, unit="share", n=0)
    low, high = bootstrapped(lambda rows: float(values[rows].mean()), list(found), rounds=2000)
    return Metric(metric=name, value=float(values.mean()), low=low, high=high, unit="share",
                  n=len(values))  # fmt: skip


def marks_cut(key: Mapping[str, Any], verdicts: Sequence[Verdicts], arm: str) -> Metric:
    """By which share readers marked fewer of our replies than of this arm's."""
    rows: list[tuple[str, float, float]] = []
    for item, of in key["items"].items():
        if of["arm"] == arm:
            other = "B" if of["ours"] == "A" else "A"
            rows.append(
                (
                    of["situation"],
                    float(np.mean([bool(each.marks[item][of["ours"]]) for each in verdicts])),
                    float(np.mean([bool(each.marks[item][other]) for each in verdicts])),
                )
            )
    return cut(
        "violations_cut_blind",
        [row[0] for row in rows],
        np.array([row[1] for row in rows]),
        np.array([row[2] for row in rows]),
    )


def cut(
    name: str, groups: Sequence[str], ours: NDArray[np.float64], theirs: NDArray[np.float64]
) -> Metric:
    """1 minus ours over theirs; None where theirs has none."""

    def of(rows: NDArray[np.int64]) -> float:
        whole = theirs[rows].sum()
        return float(1 - ours[rows].sum() / whole) if whole else float("nan")

    if not len(groups) or not theirs.sum():
        return Metric(metric=name, value=None, low=None, high=None, unit="share", n=len(groups))
    low, high = bootstrapped(of, groups, rounds=2000)
    return Metric(metric=name, value=of(np.arange(len(groups))), low=low, high=high, unit="share",
                  n=len(groups))  # fmt: skip
