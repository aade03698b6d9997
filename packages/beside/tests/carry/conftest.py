"""Ground for the tests of carrying: exports written by hand, and how they are brought in."""

import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from beside.carry.importers import Imported, read_any

FIXTURES = Path(__file__).parent / "fixtures"
NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def export() -> Callable[[str], bytes]:
    """The bytes of one of the exports written by hand."""
    return lambda name: (FIXTURES / name).read_bytes()


@pytest.fixture(scope="session")
def bring_in() -> Callable[..., Imported]:
    """`read_any` at a fixed moment, each call with names of its own."""
    source = random.Random(7)

    def bring(data: bytes, filename: str | None = None) -> Imported:
        return read_any(data, filename, at=NOW, random_bytes=source.randbytes)

    return bring
