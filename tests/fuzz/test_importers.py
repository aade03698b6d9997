"""The fuzz of every importer: short in the normal run, as long as is wished through `python -m`."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fuzz import importers

EXAMPLES = int(os.environ.get("BESIDE_FUZZ_EXAMPLES", "60"))
"""How many files each test throws; `python -m tests.fuzz` sets it."""

thrown = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@thrown
@given(data=st.binary(max_size=400), filename=st.none() | st.text(max_size=10))
def test_any_bytes_are_brought_in_or_refused_with_a_sentence(data, filename):
    importers.check(data, filename)


@thrown
@given(value=importers.odd)
def test_any_json_is_brought_in_or_refused_with_a_sentence(value):
    importers.check(importers._json(value))


@pytest.mark.parametrize("kind", importers.SHAPES)
@thrown
@given(data=st.data())
def test_json_of_a_plausible_shape_is_brought_in_or_refused(kind, data):
    importers.check(data.draw(importers.SHAPES[kind]))


@pytest.mark.parametrize("name", importers.EXPORTS)
@thrown
@given(data=st.data())
def test_a_mutated_export_is_brought_in_or_refused(name, data):
    importers.check(data.draw(importers.mutated(name)))


@pytest.mark.parametrize("name", [each for each in importers.EXPORTS if each.endswith(".json")])
@thrown
@given(data=st.data())
def test_an_export_with_other_values_in_it_is_brought_in_or_refused(name, data):
    importers.check(data.draw(importers.regrown(name)))


@pytest.mark.parametrize("name", importers.EXPORTS)
def test_every_export_is_brought_in_before_it_is_mutated(name):
    assert importers.check(importers.EXPORTS[name])
