"""Beginning, middle and end of a conversation of any length, in flat memory."""

import random

import pytest

from beside_gauge.passages import MOST, Passages


def added(values, name="D1"):
    made = Passages()
    for value in values:
        made.add({name: value})
    return made


@pytest.mark.parametrize("turns", [6, 23, 24, 25, 100, 5000])
def test_the_end_is_told_from_the_beginning_however_long_it_is(turns):
    rising = added(3 * i / turns for i in range(turns))
    first, last = rising.third("D1", 0), rising.third("D1", 2)
    assert 1.6 < last - first < 2.4
    assert rising.mean("D1") == pytest.approx(1.5, abs=0.3)


def test_five_thousand_turns_take_no_more_room_than_fifty():
    assert len(added(range(5000))._sums) <= MOST
    assert len(added(range(50))._sums) <= MOST


def test_lows_and_spreads_are_those_of_the_turns():
    dice = random.Random(3)
    values = [dice.uniform(0, 3) for _ in range(2000)]
    made = added(values)
    assert made.low("D1") == pytest.approx(0.3, abs=0.1)
    assert made.least("D1") == min(values)
    assert made.most("D1") == max(values)
    assert made.spread("D1") == pytest.approx(0.866, abs=0.03)
    assert made.count("D1") == 2000


def test_what_was_never_measured_is_none_and_not_nothing():
    made = added([1.0, 2.0])
    for of in (made.mean, made.low, made.least, made.most, made.spread):
        assert of("D8") is None
    assert made.third("D8", 2) is None
    assert made.count("D8") == 0
    assert Passages().third("D1", 0) is None
