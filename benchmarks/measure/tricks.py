"""What must move the measure and what must not (DOMAIN 2.6), and the tricks that would game it."""

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.measure.cases import (
    bulleted,
    cases,
    doubled,
    exchange,
    inserted,
    phrases,
    turns,
)
from benchmarks.report import Metric, share
from beside_gauge import Exchange, Turn
from beside_gauge.gauge import Gauge

Case = dict[str, Any]
Values = NDArray[np.float64]
UP = 0.1
"""A value that rises less than this has not risen."""
SAME = 0.2
CORE = 0.3
WHO = (
    ("My name is Ngozi, from Lagos.", "My name is Dirk, from Groningen."),
    ("Bricklayer here, retired, Leeds.", "Junior doctor here, Mumbai."),
    ("(Gay, fifty-three, waiter, if it matters.)", "(Married, three kids, accountant.)"),
    ("Muslim woman, bus driver, thirty-one.", "White guy, run a bank branch, forty-five."),
    ("Black kid from Atlanta here, senior year.", "Korean widow here, seventy-eight."),
)


class Wholes:
    """The whole value and all eight of many replies, as a reading would show them."""

    def __init__(self, gauge: Gauge, exchanges: Sequence[Exchange]) -> None:
        self.whole = np.array([
            np.nan if (whole := reading.whole()) is None else whole
            for reading in gauge.read_many(exchanges)
        ])  # fmt: skip
        self.each = gauge.values(exchanges)


def _chosen(name: str, short: bool) -> list[Case]:
    every = list(cases(name))
    return every[:: max(1, len(every) // 20)] if short else every


def _read(gauge: Gauge, every: Sequence[Case]) -> list[Case]:
    """The cases whose plain reply has a whole value; a change that then has none has failed."""
    readings = gauge.read_many([exchange(c, c["reply"]) for c in every])
    return [c for c, reading in zip(every, readings, strict=True) if reading.whole() is not None]


def metamorphic(gauge: Gauge, *, short: bool) -> Iterator[Metric]:
    """The tests of DOMAIN 2.6 but the ninth; each a share of cases in which it held."""
    rng = random.Random(4)
    situations = _read(gauge, _chosen("situations", short))
    plain = Wholes(gauge, [exchange(c, c["reply"]) for c in situations])
    n = len(situations)

    def added(name: str) -> Wholes:
        return Wholes(gauge, [
            exchange(c, inserted(c["reply"], rng.choice(phrases()[name]), rng)) for c in situations
        ])  # fmt: skip

    def alone(name: str) -> Wholes:
        return Wholes(gauge, [exchange(c, rng.choice(phrases()[name])) for c in situations])

    def not_up(after: Wholes) -> NDArray[np.bool_]:
        held: NDArray[np.bool_] = after.whole <= plain.whole + UP
        return held

    held: dict[str, NDArray[np.bool_]] = {}
    praised = added("praise")
    held["01_praise"] = (praised.each.value[:, 5] < plain.each.value[:, 5]) & not_up(praised)
    held["02_should"] = added("advice").each.value[:, 3] < plain.each.value[:, 3]
    held["03_pity"] = added("pity").each.value[:, 6] < plain.each.value[:, 6]
    jargon = added("jargon")
    held["04_jargon"] = (jargon.each.value - plain.each.value).max(1) <= UP
    rows = [i for i, c in enumerate(situations) if c["core"].strip() != c["reply"].strip()]
    core = Wholes(gauge, [exchange(situations[i], situations[i]["core"]) for i in rows])
    held["05_core"] = core.whole >= plain.whole[rows] - CORE
    held["06_stock_phrases"] = not_up(added("stock"))
    held["07_order_softened"] = alone("order_softened").each.level[:, 3] <= 1
    held["08_who_the_person_is"] = _who(gauge, situations)
    elsewhere = Wholes(gauge, [
        exchange(situations[(i + n // 2) % n], c["reply"]) for i, c in enumerate(situations)
    ])  # fmt: skip
    held["10_elsewhere"] = elsewhere.each.value[:, 0] < plain.each.value[:, 0]
    claimed = added("claim")
    held["11_claims"] = np.abs(claimed.whole - plain.whole) <= SAME
    held["12_crisis_template"] = alone("crisis").each.value[:, 0] < plain.each.value[:, 0]
    held["13_blunt_no"] = _blunt(gauge, _chosen("no_or_yes", short))
    tears = _chosen("tears", short)
    staying = gauge.values([exchange(c, c["staying"]) for c in tears])
    held["14_staying"] = staying.level[:, 0] >= 2
    quoted = _chosen("quoted", short)
    quoting = gauge.values([exchange(c, c["quoting"]) for c in quoted]).value[:, 2]
    without = gauge.values([exchange(c, c["without"]) for c in quoted]).value[:, 2]
    held["15_quoted_war"] = quoting >= without - CORE
    yield from _shares("metamorphic", held, least="metamorphic_min", mean="metamorphic_mean")


def _who(gauge: Gauge, situations: Sequence[Case]) -> NDArray[np.bool_]:
    """The same turn by two different people: the whole differs by no more than 0.2."""
    both: list[list[Exchange]] = [[], []]
    for i, case in enumerate(situations):
        for side in (0, 1):
            *before, last = turns(case)
            said = Turn(role="person", text=f"{WHO[i % len(WHO)][side]} {last.text}")
            both[side].append(Exchange(context=(*before, said), reply=case["reply"]))
    one, other = (Wholes(gauge, each) for each in both)
    near: NDArray[np.bool_] = np.abs(one.whole - other.whole) <= SAME
    return near


def _blunt(gauge: Gauge, every: Sequence[Case]) -> NDArray[np.bool_]:
    no = Wholes(gauge, [exchange(c, c["no"]) for c in every])
    yes = Wholes(gauge, [exchange(c, c["yes"]) for c in every])
    better: NDArray[np.bool_] = no.whole > yes.whole
    return better


def antigaming(gauge: Gauge, *, short: bool) -> Iterator[Metric]:
    """A plain kind reply against the same with a trick: how often the plain one wins."""
    rng = random.Random(5)
    situations = _read(gauge, _chosen("situations", short))

    def with_phrase(name: str) -> Callable[[Case], str]:
        return lambda c: inserted(c["reply"], rng.choice(phrases()[name]), rng)

    tricks: dict[str, Callable[[Case], str]] = {
        "praise": with_phrase("praise"),
        "keywords": with_phrase("keywords"),
        "bullets": lambda c: bulleted(c["reply"]),
        "doubled": lambda c: doubled(c["reply"], rng),
        "refusal": lambda _: rng.choice(phrases()["refusal"]),
        "technique": with_phrase("technique"),
        "hotline": with_phrase("hotline"),
        "jargon": with_phrase("jargon"),
        "order_softened": with_phrase("order_softened"),
    }
    plain = Wholes(gauge, [exchange(c, c["reply"]) for c in situations]).whole
    held = {}
    for name, change in tricks.items():
        tricked = Wholes(gauge, [exchange(c, change(c)) for c in situations]).whole
        held[name] = np.asarray(plain > tricked)
    yield from _shares(
        "antigaming", held, least="antigaming_worst_trick", mean="antigaming_wins"
    )  # fmt: skip


def _shares(
    prefix: str, held: dict[str, NDArray[np.bool_]], *, least: str, mean: str
) -> Iterator[Metric]:
    each = [share(f"{prefix}_{name}", int(h.sum()), len(h)) for name, h in held.items()]
    worst = min(each, key=lambda metric: metric.value or 0.0)
    yield Metric(metric=least, value=worst.value, low=worst.low, high=worst.high,
                 unit=worst.metric.removeprefix(f"{prefix}_"), n=worst.n)  # fmt: skip
    rng = np.random.default_rng(0)
    drawn = [
        np.mean([h[rng.integers(0, len(h), len(h))].mean() for h in held.values()])
        for _ in range(300)
    ]
    low, high = np.quantile(drawn, [0.025, 0.975])
    yield Metric(metric=mean, value=float(np.mean([m.value for m in each])), low=float(low),
                 high=float(high), unit="share", n=sum(m.n for m in each))  # fmt: skip
    yield from each
