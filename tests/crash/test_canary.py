"""What was said cannot be read on the disk; see benchmarks/canary.py."""

import pytest

from benchmarks.canary import measure


@pytest.mark.timeout(120)
def test_nothing_that_was_said_can_be_read_in_data_logs_backups_or_temporary_files():
    readable, control = measure(short=True)
    assert control.value == 1.0
    assert readable.value == 0
