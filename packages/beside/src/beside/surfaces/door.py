"""The door: whoever tries passphrases waits longer each time; who mistypes hardly notices.

The page and the API have one door between them.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from beside.errors import WrongPassphrase
from beside.store.people import clean_name

FREE_TRIES = 3
LONGEST_PAUSE_SECONDS = 30.0

Value = TypeVar("Value")


class Door:
    """Counts wrong passphrases by name. One try at a time; a right one begins the count anew."""

    def __init__(self, pause: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._pause = pause
        self._wrong: dict[str, int] = {}
        self._one_at_a_time = asyncio.Lock()

    async def try_opening(self, name: str, opening: Callable[[], Awaitable[Value]]) -> Value:
        """What opening gives. Raises what it raises, and NameUnusable."""
        name = clean_name(name).casefold()  # however it is spelled, the same folder is meant
        async with self._one_at_a_time:
            wrong = self._wrong.get(name, 0)
            if wrong >= FREE_TRIES:
                await self._pause(min(2.0 ** (wrong - FREE_TRIES), LONGEST_PAUSE_SECONDS))
            try:
                opened = await opening()
            except WrongPassphrase:
                self._wrong[name] = wrong + 1
                raise
            self._wrong.pop(name, None)
            return opened
