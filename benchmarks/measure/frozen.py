"""The frozen test part: two blind readers, neither of whom wrote it; both language models."""

import hashlib
import random
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.measure.agreement import bootstrapped, quadratic_kappa
from benchmarks.report import Metric, share
from beside_gauge import Exchange, PersonReading, Turn
from beside_gauge.gauge import Gauge, Values
from corpus.agreement import ordinal_alpha
from corpus.settled import DIMS, Answer, Corpus, PersonTurn, corpus
from corpus.shapes import BATCHES, Batch, ContextLabel, ReplyLabel, folders, home, read

HASHES = BATCHES.parent / "test.sha256"


def hashes(language: str) -> Path:
    """Where the hashes of a language's test part stand."""
    return HASHES if language == "en" else home(language) / "test.sha256"


def exchange(turns: Sequence[tuple[str, str]], reply: str) -> Exchange:
    """As the gauge takes it."""
    return Exchange(context=as_turns(turns), reply=reply)


def as_turns(turns: Sequence[tuple[str, str]]) -> tuple[Turn, ...]:
    """(role, text) pairs as turns."""
    return tuple(Turn(role=role, text=text) for role, text in turns)  # type: ignore[arg-type]


def unfrozen(language: str = "en") -> list[str]:
    """Files of the test part that differ from what was frozen (words and blind labels)."""
    changed = []
    batches = map(read, folders(language=language))
    there = {b.folder.name for b in batches if b.facts and b.facts.part == "test"}
    lines = hashes(language).read_text("utf-8").splitlines()
    known = {line.split("  ")[1].split("/")[0] for line in lines}
    changed += sorted(there ^ known)
    for line in lines:
        digest, name = line.split("  ")
        path = home(language) / name
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            changed.append(name)
    return changed


class Frozen:
    """The test part, read once by the gauge. `short` takes every fourth person's turn."""

    def __init__(self, gauge: Gauge, *, short: bool) -> None:
        self.gauge = gauge
        self.short = short
        self.batches = [b for b in map(read, folders()) if b.facts and b.facts.part == "test"]

    @cached_property
    def part(self) -> Corpus:
        """Replies and persons' turns with their readers' labels."""
        whole = corpus("test")
        if not self.short:
            return whole
        chosen = {a.context.id for a in whole.answers}
        names = set(random.Random(0).sample(sorted(chosen), len(chosen) // 4))
        turns = tuple(t for i, t in enumerate(whole.turns) if t.id in names or i % 4 == 0)
        answers = tuple(a for a in whole.answers if a.context.id in names)
        pairs = tuple(p for p in whole.pairs if p[0].rsplit("-", 1)[0] in names)
        return Corpus(turns=turns, answers=answers, pairs=pairs)

    @cached_property
    def values(self) -> Values:
        """The gauge's numbers for all replies."""
        return self.gauge.values(exchange(a.context.turns, a.text) for a in self.part.answers)

    @cached_property
    def people(self) -> list[PersonReading]:
        """The gauge's reading of all persons' turns."""
        return self.gauge.read_people(as_turns(t.turns) for t in self.part.turns)


def offered_rows(answers: Sequence[Answer], dimension: str) -> NDArray[np.int64]:
    """The rows of the replies whose context offers this dimension, by the readers."""
    return np.array(
        [i for i, a in enumerate(answers) if dimension in (a.context.offered or ())], np.int64
    )


def kappas(
    answers: Sequence[Answer], levels: NDArray[np.int64], truth: NDArray[np.int64] | None = None
) -> list[tuple[float, tuple[float, float], int]]:
    """Quadratic kappa of each dimension on what is offered, with its interval and count."""
    found = []
    for i, dimension in enumerate(DIMS):
        rows = offered_rows(answers, dimension)
        labels = (
            truth[:, i] if truth is not None else np.array([a.levels[i] for a in answers])
        ).astype(int)

        def of(
            chosen: NDArray[np.int64],
            i: int = i,
            rows: NDArray[np.int64] = rows,
            labels: NDArray[np.int64] = labels,
        ) -> float:
            at = rows[chosen]
            return quadratic_kappa(list(labels[at]), list(levels[at, i]), top=3)

        groups = [answers[r].context.id for r in rows]
        found.append((of(np.arange(len(rows))), bootstrapped(of, groups), len(rows)))
    return found


def mean_kappa(
    answers: Sequence[Answer], levels: NDArray[np.int64], truth: NDArray[np.int64] | None = None
) -> Callable[[NDArray[np.int64]], float]:
    """The mean kappa over D1 to D8 as a function of rows of replies."""
    labels = truth if truth is not None else np.array([a.levels for a in answers], float)
    masks = [np.zeros(len(answers), bool) for _ in DIMS]
    for i, dimension in enumerate(DIMS):
        masks[i][offered_rows(answers, dimension)] = True

    def of(rows: NDArray[np.int64]) -> float:
        each = []
        for i in range(8):
            at = rows[masks[i][rows]]
            if len(at) > 4:
                each.append(
                    quadratic_kappa(list(labels[at, i].astype(int)), list(levels[at, i]), top=3)
                )
        return float(np.mean(each))

    return of


def kappa_metrics(frozen: Frozen) -> Iterator[Metric]:
    """Kappa with the readers' labels; the readers' own agreement; the writer's intention."""
    answers, levels = frozen.part.answers, frozen.values.level
    groups = [a.context.id for a in answers]
    of = mean_kappa(answers, levels)
    low, high = bootstrapped(of, groups)
    yield Metric(metric="kappa_mean", value=of(np.arange(len(answers))), low=low, high=high,
                 unit="kappa", n=len(answers))  # fmt: skip
    each = kappas(answers, levels)
    least = min(range(8), key=lambda i: each[i][0])
    value, (low, high), n = each[least]
    yield Metric(metric="kappa_min", value=value, low=low, high=high,
                 unit=f"kappa ({DIMS[least]})", n=n)  # fmt: skip
    for dimension, (value, (low, high), n) in zip(DIMS, each, strict=True):
        yield Metric(metric=f"kappa_{dimension}", value=value, low=low, high=high,
                     unit="kappa", n=n)  # fmt: skip
    yield from reader_metrics(frozen)
    intended = _writers(frozen.batches)
    truth = np.array([intended[a.id] for a in answers], float)
    written = mean_kappa(answers, levels, truth)
    low, high = bootstrapped(written, groups)
    yield Metric(metric="kappa_writers_mean", value=written(np.arange(len(answers))), low=low,
                 high=high, unit="kappa", n=len(answers))  # fmt: skip


def reader_metrics(frozen: Frozen) -> Iterator[Metric]:
    """Ordinal alpha of the two readers on what is offered: the mean, and each dimension."""
    both = {}
    for batch in frozen.batches:
        for item, labels in _blind(batch).items():
            levels = [x.D for x in labels if isinstance(x, ReplyLabel)]
            if len(levels) >= 2:
                both[item] = levels[:2]
    answers = [a for a in frozen.part.answers if a.id in both]
    alphas = []
    for i, dimension in enumerate(DIMS):
        rows = offered_rows(answers, dimension)

        def of(chosen: NDArray[np.int64], i: int = i, rows: NDArray[np.int64] = rows) -> float:
            names = [answers[r].id for r in rows[chosen]]
            return ordinal_alpha(
                [both[n][0][i] for n in names], [both[n][1][i] for n in names], top=3
            )

        low, high = bootstrapped(of, [answers[r].context.id for r in rows], rounds=100)
        alphas.append(
            Metric(metric=f"reader_alpha_{dimension}", value=of(np.arange(len(rows))), low=low,
                   high=high, unit="alpha", n=len(rows))
        )  # fmt: skip
    values = [a.value for a in alphas if a.value is not None]
    yield Metric(metric="reader_alpha", value=float(np.mean(values)), low=min(values),
                 high=max(values), unit="alpha (range)", n=len(answers))  # fmt: skip
    yield from alphas


def gate_metrics(frozen: Frozen) -> Iterator[Metric]:
    """How many failing replies are stopped, and how many sound ones by mistake."""
    failing = [a.gate is not None for a in frozen.part.answers]
    stopped = [not passed for passed in frozen.values.passed]
    hits = sum(bad and stop for bad, stop in zip(failing, stopped, strict=True))
    alarms = sum(not bad and stop for bad, stop in zip(failing, stopped, strict=True))
    yield share("gate_recall", hits, sum(failing))
    yield share("gate_false_alarms", alarms, len(failing) - sum(failing))


def pair_metrics(frozen: Frozen) -> Iterator[Metric]:
    """Contrast pairs ordered as they were written."""
    rows = {a.id: i for i, a in enumerate(frozen.part.answers)}
    values = frozen.values
    right = 0
    for better, worse, dimension in frozen.part.pairs:
        one, other = rows[better], rows[worse]
        if dimension == "gate":
            right += bool(values.gate[one] < values.gate[other])
        else:
            i = DIMS.index(dimension)
            right += bool(values.value[one, i] > values.value[other, i])
    yield share("pairs_right", right, len(frozen.part.pairs))


def person_metrics(frozen: Frozen) -> Iterator[Metric]:
    """S and K where the readers saw one; danger by its kinds of turns."""
    turns = frozen.part.turns
    stages = frozen.gauge.stages(as_turns(t.turns) for t in turns)
    for at, (scale, name) in enumerate((("S", "s_kappa"), ("K", "k_kappa"))):
        rows = [i for i, t in enumerate(turns) if getattr(t, scale) is not None]
        truth = [getattr(turns[i], scale) for i in rows]
        said = [int(stages[i, at]) for i in rows]

        def of(
            chosen: NDArray[np.int64], truth: list[int] = truth, said: list[int] = said
        ) -> float:
            return quadratic_kappa([truth[i] for i in chosen], [said[i] for i in chosen], top=5)

        low, high = bootstrapped(of, [turns[i].id for i in rows])
        yield Metric(metric=name, value=of(np.arange(len(rows))), low=low, high=high,
                     unit="kappa", n=len(rows))  # fmt: skip
    yield from danger_metrics(turns, frozen.people)


def danger_metrics(
    turns: Sequence[PersonTurn], people: Sequence[PersonReading]
) -> Iterator[Metric]:
    """Recall (all, oblique) and false alarms (ordinary turns, those that look like danger)."""
    seen = [person.danger.seen for person in people]

    def counted(name: str, wanted: Callable[[PersonTurn], bool]) -> Metric:
        rows = [i for i, turn in enumerate(turns) if wanted(turn)]
        return share(name, sum(seen[i] for i in rows), len(rows))

    yield counted("danger_recall", lambda t: t.danger > 1)
    yield counted("danger_recall_oblique", lambda t: t.danger > 1 and bool(t.oblique))
    yield counted("danger_false_alarms", lambda t: t.danger < 2 and "danger" not in t.batch)
    yield counted("danger_false_alarms_hard", lambda t: t.danger < 2 and "danger" in t.batch)


def calibration_metrics(frozen: Frozen) -> Iterator[Metric]:
    """Expected calibration error of the values (as a share of 3), and coverage of the intervals."""
    answers, values = frozen.part.answers, frozen.values
    errors, inside, total = [], 0, 0
    for i, dimension in enumerate(DIMS):
        rows = offered_rows(answers, dimension)
        truth = np.array([answers[r].levels[i] for r in rows], float)
        value = values.value[rows, i]
        errors.append(calibration_error(value, truth))
        within = (truth >= values.low[rows, i] - 1e-9) & (truth <= values.high[rows, i] + 1e-9)
        inside += int(within.sum())
        total += len(rows)
    yield Metric(metric="calibration_error", value=float(np.mean(errors)), low=min(errors),
                 high=max(errors), unit="of 3 (range)", n=total)  # fmt: skip
    yield share("coverage_90", inside, total)


def calibration_error(value: NDArray[np.float64], truth: NDArray[np.float64]) -> float:
    """Mean gap of value and label over ten groups of like value, as a share of the range 3."""
    order = np.argsort(value)
    groups = np.array_split(order, 10)
    gaps = [abs(value[g].mean() - truth[g].mean()) * len(g) for g in groups if len(g)]
    return float(sum(gaps) / len(value) / 3)


def _blind(batch: Batch) -> dict[str, list[ContextLabel | ReplyLabel]]:
    found: dict[str, list[ContextLabel | ReplyLabel]] = {}
    for reader, labels in batch.labels.items():
        if reader != "writer":
            for label in labels:
                found.setdefault(label.item, []).append(label)
    return found


def _writers(batches: Sequence[Batch]) -> dict[str, tuple[int, ...]]:
    return {
        label.item: label.D
        for batch in batches
        for label in batch.labels["writer"]
        if isinstance(label, ReplyLabel)
    }


def freeze(language: str = "en") -> None:
    """Write down the hashes of the test part; done once, on the day its labels are complete."""
    lines = []
    for folder in folders(language=language):
        batch = read(folder)
        if batch.facts and batch.facts.part == "test":
            for path in sorted(folder.glob("*.json*")):
                digest = hashlib.sha256(path.read_bytes()).hexdigest()
                lines.append(f"{digest}  {folder.name}/{path.name}")
    hashes(language).write_text("\n".join(lines) + "\n", encoding="utf-8")
