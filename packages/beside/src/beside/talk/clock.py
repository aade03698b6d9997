"""Time is passed in: whoever needs the moment is given a clock."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The moment, in UTC and aware of it."""
    return datetime.now(UTC)
