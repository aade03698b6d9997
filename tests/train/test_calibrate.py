"""Thresholds, intervals and chances come out as their names promise."""

import numpy as np
import pytest

pytest.importorskip("torch", reason="the gauge is made with torch, which is not installed here")

from train.calibrate import (
    _allowed,
    _at,
    _band,
    _best_split,
    _chance,
    _crossed,
    _cuts,
    _fold,
    _tail,
)


@pytest.fixture
def rng():
    return np.random.default_rng(4)


def test_no_more_false_alarms_than_were_allowed(rng):
    harmless = rng.normal(size=500)
    threshold = _allowed(harmless, 0.02)
    assert 0 < np.mean(harmless > threshold) <= 0.02


def test_a_split_lies_between_two_groups():
    score = np.array([*np.linspace(0, 1, 40), *np.linspace(2, 3, 40)])
    assert 0.95 <= _best_split(score, score > 1.5) <= 2.05


def test_levels_get_the_shares_that_they_had(rng):
    level = rng.choice([0.0, 1.0, 2.0, 3.0], 800, p=[0.1, 0.4, 0.3, 0.2])
    score = level + rng.normal(scale=0.3, size=800)
    given = np.digitize(score, _cuts(score, level, 3))
    assert np.allclose(np.bincount(given), np.bincount(level.astype(int)), atol=2)


def test_intervals_hold_nine_of_ten_on_new_values(rng):
    def drawn():
        value = rng.uniform(0, 3, 2000)
        return value, np.clip(np.round(value + rng.normal(scale=0.5, size=2000)), 0, 3)

    value, level = drawn()
    band = _band(value, level, 3.0)
    value, level = drawn()
    low = value - np.interp(value, band["at"], band["below"])
    high = value + np.interp(value, band["at"], band["above"])
    assert 0.87 <= np.mean((low <= level) & (level <= high)) <= 0.95


def test_a_chance_is_about_as_often_right_as_it_says(rng):
    score = rng.normal(size=4000)
    goal = (rng.random(4000) < 1 / (1 + np.exp(-2 * score))).astype(float)
    chance = _at(_chance(score, goal), score)
    surest = chance > 0.8
    assert abs(chance[surest].mean() - goal[surest].mean()) < 0.05
    assert _chance(score, np.zeros(4000))["values"] == [0.0] * 17


def test_a_value_is_fitted_without_its_own_fold(rng):
    score = rng.normal(size=300)
    level = np.clip(np.round(score + 1.5), 0, 3)
    fold = np.array([_fold(f"101-{i}") for i in range(300)])
    assert set(fold) == {0, 1, 2, 3, 4}
    changed = level.copy()
    changed[fold == 2] = 0
    steps = np.array([-1.0, 0.0, 1.0])
    one, other = _crossed(score, level, fold, steps), _crossed(score, changed, fold, steps)
    assert np.array_equal(one[fold == 2], other[fold == 2])
    assert not np.array_equal(one[fold == 1], other[fold == 1])


def test_the_tail_is_chosen_so_that_nine_in_ten_whole_levels_lie_inside(rng):
    value = rng.uniform(0, 3, 3000)
    level = np.clip(np.round(value + rng.normal(scale=0.5, size=3000)), 0, 3)
    fold = rng.integers(0, 5, 3000)
    tail = _tail([(value, level, fold)], 3.0)
    band = _band(value[:1500], level[:1500], 3.0, tail=tail)
    low = value[1500:] - np.interp(value[1500:], band["at"], band["below"])
    high = value[1500:] + np.interp(value[1500:], band["at"], band["above"])
    assert 0.88 <= np.mean((low <= level[1500:]) & (level[1500:] <= high)) <= 0.92
