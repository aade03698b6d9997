"""The kernel counts who is called outside; see benchmarks/offline.py."""

import shutil
import subprocess
import sys

import pytest

from benchmarks.offline import measure

usable = (
    sys.platform == "linux"
    and shutil.which("unshare") is not None
    and subprocess.run(["unshare", "-rn", "true"], check=False, capture_output=True).returncode == 0
)


@pytest.mark.timeout(120)
@pytest.mark.skipif(not usable, reason="needs Linux with `unshare -rn`")
def test_a_first_start_and_a_conversation_call_nobody_outside():
    outside, control = measure(short=True)
    assert outside.value == 0
    assert control.value >= 1
