"""Several conversations at a time, each given back as soon as it is over."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


async def as_they_end(
    jobs: Sequence[Callable[[], Awaitable[T]]], *, at_once: int
) -> AsyncGenerator[T, None]:
    """What the jobs give, in the order in which they end; closing it stops those that are left."""
    room = asyncio.Semaphore(at_once)

    async def run(job: Callable[[], Awaitable[T]]) -> T:
        async with room:
            return await job()

    tasks = [asyncio.create_task(run(job)) for job in jobs]
    try:
        for done in asyncio.as_completed(tasks):
            yield await done
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
