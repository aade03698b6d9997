"""What both runs share: where weights are kept, and what is said of each step."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

KEPT = Path(".cache/gauge")


def telling() -> Callable[[str], None]:
    """A function that says a step on stderr, with the seconds since this was called."""
    began = time.monotonic()

    def say(step: str) -> None:
        sys.stderr.write(f"[{time.monotonic() - began:5.0f} s] {step}\n")
        sys.stderr.flush()

    return say
