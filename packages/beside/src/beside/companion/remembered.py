"""What was read of words, so that they are not read again: hashes and numbers, never words."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterable
from typing import Generic, TypeVar

T = TypeVar("T")

MOST = 2_000
"""So many readings are remembered; the one that was longest not asked for goes first."""


class Remembered(Generic[T]):
    """Readings by the hash of what was read. Safe to ask from several threads."""

    def __init__(self) -> None:
        self._known: OrderedDict[bytes, T] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: bytes) -> T | None:
        """What was read there; None where that is not known."""
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
            return self._known.get(key)

    def keep(self, key: bytes, reading: T) -> None:
        """Have `get` give it from now on."""
        with self._lock:
            self._known[key] = reading
            self._known.move_to_end(key)
            while len(self._known) > MOST:
                self._known.popitem(last=False)


def key_of(turns: Iterable[tuple[str, str]]) -> bytes:
    """The hash of turns, each a role and what was said."""
    told = "\0".join(f"{role}\1{text}" for role, text in turns)
    return hashlib.blake2b(told.encode("utf-8", "replace"), digest_size=16).digest()
