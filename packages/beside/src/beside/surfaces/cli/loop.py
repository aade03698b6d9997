"""An event loop beside the terminal.

The terminal's own thread reads keys and prints, in plain blocking calls; the conversation runs
in a loop on a thread of its own. So Ctrl-C always reaches the one who typed it.
"""

import asyncio
import queue
import threading
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import Future
from types import TracebackType
from typing import Any, Self, TypeVar

T = TypeVar("T")


class Loop:
    """A running event loop; use it in a `with` statement."""

    def __enter__(self) -> Self:
        """Start the loop."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._turn, name="conversation", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End what still runs, then the loop."""
        self.run(_end_others())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Do this in the loop and wait for what it gives.

        At Ctrl-C it is done to its end first (it is short), so that nothing is left half done.
        """
        value, pressed = self.finish(work)
        if pressed:
            raise KeyboardInterrupt
        return value

    def finish(self, work: Coroutine[Any, Any, T]) -> tuple[T, bool]:
        """The same, and whether Ctrl-C was pressed meanwhile; pressed twice, it is given up."""
        future = self.start(work)
        try:
            return future.result(), False
        except KeyboardInterrupt:
            return future.result(), True

    def start(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Begin this in the loop and do not wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def each(self, source: AsyncIterator[T]) -> Iterator[T]:
        """What the source gives, one after another, as it comes.

        A KeyboardInterrupt while waiting leaves the iterator usable: going on gives the rest.
        """
        return _Each(self, source)

    def _turn(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.run_until_complete(self._loop.shutdown_default_executor())


class _Each(Iterator[T]):
    """A plain iterator over an asynchronous one. It survives an interruption of `next`."""

    def __init__(self, loop: Loop, source: AsyncIterator[T]) -> None:
        self._waiting: queue.SimpleQueue[tuple[bool, Any]] = queue.SimpleQueue()
        loop.start(self._fill(source))

    def __next__(self) -> T:
        more, value = self._waiting.get()
        if more:
            return value  # type: ignore[no-any-return]  # put there by _fill from the source
        self._waiting.put((False, None))
        if value is not None:
            raise value
        raise StopIteration

    async def _fill(self, source: AsyncIterator[T]) -> None:
        try:
            async for value in source:
                self._waiting.put((True, value))
        except Exception as error:
            self._waiting.put((False, error))
        else:
            self._waiting.put((False, None))


async def _end_others() -> None:
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
