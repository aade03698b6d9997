"""Are the named words the ones that moved the value?"""

import random
import re
from collections.abc import Iterator

from benchmarks.measure.frozen import Frozen, as_turns
from benchmarks.report import Metric, share
from beside_gauge import Exchange, Reading

LEAST_WORDS = 10
_word = re.compile(r"\S+")


def faithful(frozen: Frozen) -> Iterator[Metric]:
    """Named words taken away, against as many random words in a row: which moves the value more.

    Once for the words that `explain` names, once for the quick estimate of `read`.
    """
    answers = [a for a in frozen.part.answers if len(a.text.split()) >= LEAST_WORDS]
    answers = answers[:: 8 if not frozen.short else 16]
    exchanges = [Exchange(context=as_turns(a.context.turns), reply=a.text) for a in answers]
    explained = [frozen.gauge.explain(each) for each in exchanges]
    yield _share("evidence_faithful", frozen, exchanges, explained)
    yield _share("evidence_faithful_quick", frozen, exchanges, frozen.gauge.read_many(exchanges))


def _share(name: str, frozen: Frozen, exchanges: list[Exchange], readings: list[Reading]) -> Metric:
    rng = random.Random(6)
    tried: list[tuple[int, int]] = []
    changed: list[Exchange] = []
    for row, (exchange, reading) in enumerate(zip(exchanges, readings, strict=True)):
        for at, dimension in enumerate(reading.dimensions):
            if not dimension.evidence:
                continue
            named = dimension.evidence[0]
            reply = exchange.reply
            size = len(reply[named.start : named.end].split())
            places = [m.span() for m in _word.finditer(reply)]
            starts = [
                i for i in range(len(places) - size + 1)
                if places[i + size - 1][1] <= named.start or places[i][0] >= named.end
            ]  # fmt: skip
            if not starts or size >= len(places):
                continue
            i = rng.choice(starts)
            other = reply[: places[i][0]] + reply[places[i + size - 1][1] :]
            without = reply[: named.start] + reply[named.end :]
            tried.append((row, at))
            changed += [Exchange(context=exchange.context, reply=text) for text in (without, other)]
    before = frozen.gauge.values(exchanges).value
    after = frozen.gauge.values(changed).value
    right = 0
    for i, (row, at) in enumerate(tried):
        by_named = abs(after[2 * i, at] - before[row, at])
        by_other = abs(after[2 * i + 1, at] - before[row, at])
        right += bool(by_named > by_other)
    return share(name, right, len(tried), unit="share of values")
