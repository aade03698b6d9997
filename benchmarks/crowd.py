"""Twenty people talking at once on one machine, with a scripted voice of 50 tokens a second."""

import asyncio
import tempfile
import time
from pathlib import Path

from benchmarks.house import furnish, standing, visiting
from benchmarks.report import Metric, count, main, percentile_95, plain

REACH = {"errors": "0"}
PEOPLE = 20


async def talk(port: int, name: str, turns: int, delays: list[float]) -> tuple[int, int]:
    """One person's turns; how many were answered whole, how many went wrong."""
    answered = errors = 0
    try:
        async with visiting(port) as visitor:
            await visitor.unlock(name)
            conversation: str | None = None
            for number in range(turns):
                began = time.perf_counter()
                conversation, reply = await visitor.say(f"This is my turn {number}", conversation)
                ended = False
                first = True
                async for event, data in visitor.words(conversation, reply):
                    if first and "word0" in data:
                        delays.append(1000 * (time.perf_counter() - began))
                        first = False
                    ended = event == "end"
                answered += ended
                errors += not ended
    except Exception:  # noqa: BLE001 - whatever went wrong is what is counted
        errors += 1
    return answered, errors


def measure(short: bool) -> list[Metric]:
    """Everyone begins at once; the first words wait for the voice's first sentence too."""
    turns = 2 if short else 10
    names = [f"person{n}" for n in range(PEOPLE)]
    delays: list[float] = []
    with tempfile.TemporaryDirectory() as place:
        furnish(Path(place), *names)
        with standing(Path(place), pieces_per_second=50, words=100) as (_, port):

            async def everyone() -> list[tuple[int, int]]:
                return await asyncio.gather(*(talk(port, n, turns, delays) for n in names))

            began = time.perf_counter()
            results = asyncio.run(everyone())
            seconds = time.perf_counter() - began
    answered = sum(each[0] for each in results)
    return [
        plain("turns_per_second", answered / seconds, unit="turns/s", n=answered),
        percentile_95("first_words_ms_p95", delays),
        count("errors", sum(each[1] for each in results), n=PEOPLE * turns),
    ]


if __name__ == "__main__":
    main(measure, REACH)
