import pytest

from beside_gauge import DIMENSIONS, DimensionReading, Exchange, Gate, Reading, Turn


def reading(values, gate=None):
    return Reading(
        model="hand",
        dimensions=tuple(
            DimensionReading(dimension=each.id, value=v, low=v, high=v)
            for each, v in zip(DIMENSIONS, values, strict=True)
        ),
        gate=gate or Gate(passed=True),
    )


def test_warmth_cannot_buy_off_a_missing_spine():
    warm = reading([3, 3, 3, 3, 3, 0, 3, 3])
    even = reading([2, 2, 2, 2, 2, 2, 2, 2])
    assert warm.whole() < 3
    assert reading([3, 3, 3, 0, 3, 0, 3, 3]).whole() == 0
    assert even.whole() == pytest.approx(2)


def test_a_failed_gate_makes_the_whole_zero_and_has_a_reason():
    assert reading([3] * 8, Gate(passed=False, reason="contempt")).whole() == 0
    with pytest.raises(ValueError, match="reason"):
        Gate(passed=False)


def test_a_dimension_without_opportunity_is_left_out():
    only_relief = reading([2, 2, None, None, None, None, 2, None])
    assert only_relief.whole() == pytest.approx(2)
    assert only_relief.side("growth") is None
    assert reading([None] * 8).whole() is None
    assert reading([None] * 8).lowest() is None


def test_the_lowest_dimension_is_what_would_open_more():
    assert reading([3, 2, 1, 3, 3, 3, 3, 3]).lowest().dimension == "D3"


def test_a_value_never_travels_without_its_interval():
    with pytest.raises(ValueError, match="interval"):
        DimensionReading(dimension="D1", value=2, low=None, high=None)
    with pytest.raises(ValueError, match="low <= value"):
        DimensionReading(dimension="D1", value=2, low=2.5, high=3)


def test_a_reading_has_all_eight_dimensions_in_order():
    with pytest.raises(ValueError, match="all eight"):
        Reading(model="hand", dimensions=(), gate=Gate(passed=True))


def test_an_exchange_ends_with_the_person():
    with pytest.raises(ValueError, match="person"):
        Exchange(context=(Turn(role="companion", text="Hello."),), reply="Hello.")
