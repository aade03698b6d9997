"""What rehearsed conversations come to: the gauge, the plain checks, and what can be counted.

The gauge says how a reply meets the person by its own lights, not whether it helped anybody. It
reads English; the checks are English too. Counts are made for every language.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from benchmarks.authored import repeats
from benchmarks.measure.agreement import bootstrapped
from benchmarks.rehearsal import plain
from benchmarks.rehearsal.kept import Rehearsed
from benchmarks.report import Metric
from beside_gauge import DIMENSIONS, Exchange, Reading, check

CHECKS = (
    "advice", "flattery", "hook", "war", "minimising", "pity", "judging", "diagnosis", "meaning",
    "pretended", "pressure", "stock", "questions", "list", "parroting",
)  # fmt: skip
Rows = NDArray[np.int64]


class Reads(Protocol):
    """What is needed of the gauge."""

    def read_many(self, exchanges: Sequence[Exchange]) -> Sequence[Reading]:
        """Readings in the order of the exchanges."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One reply in its place, with what is found in it."""

    conversation: str
    text: str
    said: str
    exchange: Exchange
    checks: tuple[str, ...]
    reading: Reading | None = None


def replies(kept: Sequence[Rehearsed], gauge: Reads | None) -> list[Reply]:
    """Every reply; read by the gauge where one is given and the language is one that it reads."""
    made = []
    for talk in kept:
        for number, each in enumerate(talk.turns):
            context = talk.context(number)
            findings = check(each.reply, context, safety=talk.kind == "crisis")
            exchange = Exchange(context=context, reply=each.reply)
            reading = None
            if gauge is not None and talk.language == "en":
                reading = gauge.read_many([exchange])[0]
            made.append(
                Reply(
                    conversation=talk.id,
                    text=each.reply,
                    said=each.said,
                    exchange=exchange,
                    checks=tuple(dict.fromkeys(finding.check for finding in findings)),
                    reading=reading,
                )
            )
    return made


def figures(kept: Sequence[Rehearsed], gauge: Reads | None, *, name: str) -> list[Metric]:
    """All figures of these conversations, each called `name_...`."""
    every = replies(kept, gauge)
    if not every:
        return []
    return [
        *readings(every, name=name),
        *(_checked(f"{name}_{code}_per_100", code, every) for code in CHECKS),
        *_counts(every, name=name),
        *_across(kept, name=name),
    ]


def readings(every: Sequence[Reply], *, name: str) -> Iterator[Metric]:
    """The whole, its worst tenth, each dimension, and how many the gate stopped."""
    read = [each for each in every if each.reading is not None and each.reading.gate is not None]
    wholes = [(each, each.reading.whole()) for each in read if each.reading is not None]
    offered = [(each, whole) for each, whole in wholes if whole is not None]
    talks = [each.conversation for each, _ in offered]
    values = np.array([whole for _, whole in offered])
    yield of_rows(f"{name}_gauge", talks, lambda rows: float(values[rows].mean()), unit="0 to 3")
    yield of_rows(
        f"{name}_worst_tenth", talks, lambda rows: worst_tenth(values[rows]), unit="0 to 3"
    )
    for i, dimension in enumerate(DIMENSIONS):
        those = [
            (each.conversation, value)
            for each in read
            if each.reading is not None and (value := each.reading.dimensions[i].value) is not None
        ]
        column = np.array([value for _, value in those])

        def mean(rows: Rows, column: NDArray[np.float64] = column) -> float:
            return float(column[rows].mean())

        yield of_rows(f"{name}_{dimension.id}", [talk for talk, _ in those], mean, unit="0 to 3")
    yield hundred(
        f"{name}_gate_stops_per_100",
        read,
        lambda each: (
            each.reading is not None
            and each.reading.gate is not None
            and not each.reading.gate.passed
        ),
    )


def worst_tenth(values: NDArray[np.float64]) -> float:
    """The mean of the lowest tenth of the values, at least one."""
    return float(np.sort(values)[: max(1, len(values) // 10)].mean())


def hundred(name: str, every: Sequence[Reply], is_so: Callable[[Reply], bool]) -> Metric:
    """In how many of 100 replies it is so; where in none, the rule of three gives the upper end."""
    hits = np.array([100.0 * is_so(each) for each in every])
    metric = of_rows(
        name,
        [each.conversation for each in every],
        lambda rows: float(hits[rows].mean()),
        unit="per 100 turns",
    )
    if len(hits) and not hits.any():
        return Metric(metric=name, value=0.0, low=0.0, high=min(100.0, 300 / len(hits)),
                      unit=metric.unit, n=metric.n)  # fmt: skip
    return metric


def _checked(name: str, code: str, every: Sequence[Reply]) -> Metric:
    return hundred(name, every, lambda each: code in each.checks)


def of_rows(name: str, groups: Sequence[str], of: Callable[[Rows], float], *, unit: str) -> Metric:
    """A figure over rows, its interval by whole groups (conversations) drawn again and again."""
    if not groups:
        return Metric(metric=name, value=None, low=None, high=None, unit=unit, n=0)
    low, high = bootstrapped(of, groups)
    value = of(np.arange(len(groups)))
    return Metric(metric=name, value=value, low=low, high=high, unit=unit, n=len(groups))


def _counts(every: Sequence[Reply], *, name: str) -> Iterator[Metric]:
    talks = [each.conversation for each in every]
    questions = np.array([each.text.count("?") for each in every], float)
    lengths = np.array([len(plain.words(each.text)) for each in every], float)
    theirs = np.array([max(1, len(plain.words(each.said))) for each in every], float)
    yield of_rows(f"{name}_questions_a_turn", talks, lambda rows: float(questions[rows].mean()),
                  unit="questions")  # fmt: skip
    yield of_rows(f"{name}_words_a_turn", talks, lambda rows: float(np.median(lengths[rows])),
                  unit="words")  # fmt: skip
    yield of_rows(
        f"{name}_length_against_theirs",
        talks,
        lambda rows: float(lengths[rows].sum() / theirs[rows].sum()),
        unit="times",
    )
    yield hundred(
        f"{name}_advice_unasked_per_100",
        every,
        lambda each: (
            bool({"advice", "list"} & set(each.checks)) and not plain.found(plain.ASKED, each.said)
        ),
    )
    yield hundred(f"{name}_hooks_per_100", every, lambda each: plain.found(plain.HOOKS, each.text))
    yield hundred(
        f"{name}_superlatives_per_100",
        every,
        lambda each: plain.found(plain.SUPERLATIVES, each.text),
    )


def _across(kept: Sequence[Rehearsed], *, name: str) -> Iterator[Metric]:
    """What shows only over a conversation; per 100 replies, by conversation."""
    said = [[each.reply for each in talk.turns] for talk in kept]
    turns = np.array([len(each) for each in said], float)
    for what, count in (("openers", plain.repeated_openers), ("lines", repeats)):
        again = np.array([count(each) for each in said], float)

        def rate(rows: Rows, again: NDArray[np.float64] = again) -> float:
            return float(100 * again[rows].sum() / max(1.0, turns[rows].sum()))

        metric = of_rows(f"{name}_{what}_repeated_per_100", [talk.id for talk in kept], rate,
                         unit="per 100 turns")  # fmt: skip
        high = metric.high if again.any() else min(100.0, 300 / max(1.0, turns.sum()))
        yield Metric(metric=metric.metric, value=metric.value, low=metric.low, high=high,
                     unit=metric.unit, n=int(turns.sum()))  # fmt: skip
