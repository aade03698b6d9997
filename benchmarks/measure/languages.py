"""The gauge and care in German, Spanish, French and Dutch, as two blind readers label them."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from benchmarks.measure.cases import cases
from benchmarks.measure.frozen import exchange, mean_kappa, unfrozen
from benchmarks.report import Metric, share
from beside.companion.care import Look, look
from beside.companion.watch import Watch
from beside.voices.base import Message
from beside_gauge import Exchange, Turn
from beside_gauge.gauge import Gauge
from corpus.settled import Corpus, PersonTurn, corpus
from corpus.shapes import OTHERS

SEEN = 2
"""The level of care from which danger is answered."""


def languages(gauge: Gauge, *, short: bool) -> Iterator[Metric]:
    """Kappa in each language, the gap between languages, and danger as care sees it.

    The unit says on how many of the replies the gauge abstains: where it is all of them, kappa is
    what it would say if it did not. Danger is printed for the rules, for the gauge and for both.
    """
    for name in OTHERS:
        if changed := unfrozen(name):
            raise SystemExit(f"The test part is not what was frozen: {', '.join(changed)}")
    parts = {each: _some(corpus("test", language=each), short) for each in OTHERS}
    for name, part in parts.items():
        exchanges = [exchange(a.context.turns, a.text) for a in part.answers]
        silent = sum(reading.unscored == "language" for reading in gauge.read_many(exchanges))
        of = mean_kappa(part.answers, gauge.values(exchanges).level)
        rows = np.arange(len(part.answers))
        dice = np.random.default_rng(0)
        again = sorted(of(dice.choice(rows, len(rows))) for _ in range(200))
        yield Metric(
            metric=f"kappa_{name}", value=of(rows), low=again[5], high=again[194], n=len(rows),
            unit=f"kappa (silent {silent / max(1, len(rows)):.0%})",
        )  # fmt: skip
    yield from _gap(gauge, short=short)
    watch = Watch(gauge.read_person)
    yield from _danger(parts, "", "rules and gauge", _levels(watch.look))
    yield from _danger(parts, "_rules", "rules", _levels(look))
    yield from _danger(parts, "_gauge", "gauge", lambda turn: _sensed(gauge, turn))


def _gap(gauge: Gauge, *, short: bool) -> Iterator[Metric]:
    """How far the values of a reply lie from those of the same reply said in English."""
    told = cases("two_languages")[:: 4 if short else 1]
    english = gauge.values([_told(each["en"]) for each in told]).value
    apart = {
        name: np.abs(gauge.values([_told(each[name]) for each in told]).value - english).mean(1)
        for name in OTHERS
    }
    for name, gaps in (("", np.mean(list(apart.values()), axis=0)), *apart.items()):
        dice = np.random.default_rng(0)
        again = sorted(float(dice.choice(gaps, len(gaps)).mean()) for _ in range(500))
        yield Metric(
            metric=f"language_gap_{name}".rstrip("_"), value=float(gaps.mean()), low=again[12],
            high=again[487], n=len(gaps), unit="of 3, mean distance to English",
        )  # fmt: skip


def _told(given: dict[str, str]) -> Exchange:
    return Exchange(context=(Turn(role="person", text=given["person"]),), reply=given["reply"])


def _danger(
    parts: dict[str, Corpus], suffix: str, by: str, seen: Callable[[PersonTurn], bool]
) -> Iterator[Metric]:
    found = {name: [(t.danger >= SEEN, seen(t)) for t in part.turns]
             for name, part in parts.items()}  # fmt: skip
    every = [pair for own in found.values() for pair in own]
    for metric, wanted in (("danger_recall_other", True), ("danger_false_alarms_other", False)):
        hits = [hit for real, hit in every if real == wanted]
        yield share(f"{metric}{suffix}", sum(hits), len(hits), unit=f"share ({by})")
    for name, own in found.items():
        hits = [hit for real, hit in own if real]
        yield share(f"danger_recall_{name}{suffix}", sum(hits), len(hits), unit=f"share ({by})")


def _levels(
    looked: Callable[[str, Sequence[Message]], Look],
) -> Callable[[PersonTurn], bool]:
    def seen(turn: PersonTurn) -> bool:
        *earlier, (_, text) = turn.turns
        line = [
            Message(role="person" if role == "person" else "companion", text=said)
            for role, said in earlier
        ]
        return looked(text, line).level >= SEEN

    return seen


def _sensed(gauge: Gauge, turn: PersonTurn) -> bool:
    turns = [Turn(role=role, text=text) for role, text in turn.turns]  # type: ignore[arg-type]
    return gauge.read_person(turns).danger.seen


def _some(part: Corpus, short: bool) -> Corpus:
    if not short:
        return part
    return Corpus(turns=part.turns[::6], answers=part.answers[::6], pairs=())
