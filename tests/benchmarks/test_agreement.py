"""The agreement figures are what their authors defined."""

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from benchmarks.measure.agreement import bootstrapped, quadratic_kappa
from corpus.agreement import ordinal_alpha


def test_quadratic_kappa_is_cohens():
    rng = np.random.default_rng(1)
    one, other = rng.integers(0, 4, 200), rng.integers(0, 4, 200)
    theirs = cohen_kappa_score(one, other, weights="quadratic")
    assert quadratic_kappa(list(one), list(other), top=3) == pytest.approx(theirs)


def test_alpha_is_one_for_equal_readers_and_near_nothing_for_chance():
    rng = np.random.default_rng(2)
    one = list(rng.integers(0, 4, 2000))
    assert ordinal_alpha(one, one, top=3) == pytest.approx(1.0)
    assert abs(ordinal_alpha(one, list(rng.integers(0, 4, 2000)), top=3)) < 0.08


def test_alpha_of_a_worked_case():
    # two readers, levels 0 to 2: coincidences by hand, counts (3, 4, 1)
    one, other = [0, 0, 1, 1], [0, 1, 1, 2]
    near, far, other_near = 3.5**2, 6.0**2, 2.5**2
    expected = 1 - ((near + other_near) / 4) / (
        2 * (3 * 4 * near + 3 * 1 * far + 4 * 1 * other_near) / (8 * 7)
    )
    assert ordinal_alpha(one, other, top=2) == pytest.approx(expected)


def test_the_interval_draws_whole_groups():
    values = np.array([0.0] * 10 + [1.0] * 10)
    low, high = bootstrapped(lambda rows: float(values[rows].mean()), ["a"] * 10 + ["b"] * 10)
    assert (low, high) == (0.0, 1.0)
