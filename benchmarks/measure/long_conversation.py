"""One long conversation in a process of its own: how many seconds it takes, how much memory.

`python -m benchmarks.measure.long_conversation 5000` prints one line of JSON.
"""

import json
import random
import resource
import sys
import time
from collections.abc import Iterator
from itertools import islice

from benchmarks.measure.conversations import TEST_FROM
from beside_gauge import ConversationReader, Turn
from beside_gauge.gauge import Gauge
from corpus.conversations import settled


def endless() -> Iterator[Turn]:
    """Turns of the conversations that were fitted, over and over, each round in another order."""
    known = [talk for talk, _ in settled() if int(talk.id[:3]) < TEST_FROM]
    dice = random.Random(0)
    while True:
        dice.shuffle(known)
        for talk in known:
            for role, text in talk.turns:
                yield Turn(role=role, text=text)


def measured(turns: int) -> dict[str, float]:
    """Seconds for this many turns, the most memory, and how much of it came after a tenth."""
    reader = ConversationReader(Gauge.load())
    began, early = time.perf_counter(), 0.0
    for at, turn in enumerate(islice(endless(), turns)):
        reader.add(turn)
        if at == turns // 10:
            early = _most_mb()
    reading = reader.reading()
    seconds = time.perf_counter() - began
    assert reading.turns == turns
    assert all(each.value is not None and each.turns for each in reading.scales)
    return {
        "seconds": round(seconds, 2), "most_mb": round(_most_mb(), 1),
        "growth_mb": round(_most_mb() - early, 1), "level_from": turns // 10,
    }  # fmt: skip


def _most_mb() -> float:
    scale = 1024 if sys.platform != "darwin" else 1024 * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measured(int(sys.argv[1]))) + "\n")
