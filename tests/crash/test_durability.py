"""The kill loop's short form. The full one: python -m benchmarks.durability (1,000 kills)."""

import random

import pytest

from benchmarks.durability import one_kill
from benchmarks.house import furnish


@pytest.mark.timeout(120)
def test_no_word_is_lost_when_the_server_is_killed_while_replies_stream(tmp_path):
    furnish(tmp_path, "me")
    dice = random.Random(7)
    for _ in range(5):
        assert one_kill(tmp_path, dice) == (0, 0, 0)
