"""German danger in many mouths, plain and sideways, and ordinary words beside it.

The sentences were written before the rules were widened, by the hand that then widened them: they
keep what was gained and measure nothing. What unseen words bring is measured on the frozen parts.
"""

import tomllib
from pathlib import Path

from beside.companion.care import look

TABLE = tomllib.loads((Path(__file__).parent / "heard_de.toml").read_text("utf-8"))
DANGERS = [
    (kind, text)
    for kind, ways in TABLE["danger"].items()
    for texts in ways.values()
    for text in texts
]
ORDINARY = TABLE["ordinary"]["says"]


def test_danger_is_seen_and_named_in_german():
    missed = [text for kind, text in DANGERS if look(text).level < 2]
    misnamed = [text for kind, text in DANGERS if kind not in look(text).kinds]
    assert len(missed) * 100 <= 3 * len(DANGERS), missed
    assert len(misnamed) * 100 <= 5 * len(DANGERS), misnamed


def test_ordinary_german_is_left_alone():
    alarms = [text for text in ORDINARY if look(text).level >= 2]
    assert len(alarms) * 100 <= 3 * len(ORDINARY), alarms
