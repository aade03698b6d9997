"""Whether a turn finds the situation of the bank that it belongs to, and abstains where none does.

Each of the bank's turns is left out once and looked for among the others: `bank_found` is the share
whose own situation is nearest and near enough, `bank_beside_it` where another is. With its whole
situation gone, `bank_strayed` is the share that is still near something. The same by words alone.
`--curve` prints these for other thresholds.
"""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from benchmarks.report import Metric, main, share
from beside.voices.authored.bank import open_bank
from beside_gauge import Turn
from corpus.bank import left_out, shares

if TYPE_CHECKING:
    from beside.voices.authored.vectors import Vectors


def measure(short: bool, *, curve: bool = False) -> list[Metric]:  # noqa: ARG001 - short already
    """All turns of the bank, by meaning and words, and by words alone."""
    bank = open_bank()
    if bank is None:
        return []
    made = []
    ways = {"bank_words": bank.least}
    if bank.encoder is not None:
        ways["bank"] = bank.least_by_meaning
    for name, least in ways.items():
        states = _states(bank.turns) if name == "bank" else [None] * len(bank.turns)
        found = left_out(bank, states)
        if curve:
            for step in range(5, 31):
                told = shares(found, step / 50)
                rates = "  ".join(f"{each:.3f}" for each in told)
                sys.stderr.write(
                    f"{name} from {step / 50:.2f}: found, beside it, strayed {rates}\n"
                )
        counts = shares(found, least)
        for what, part in counts._asdict().items():
            made.append(share(f"{name}_{what}", round(part * len(found)), len(found)))
    return made


def _states(turns: Sequence[str]) -> "list[Vectors | None]":
    from beside_gauge import Gauge

    return list(Gauge.load().turn_states([(Turn(role="person", text=t),) for t in turns]))


if __name__ == "__main__":
    curve = "--curve" in sys.argv
    sys.argv = [each for each in sys.argv if each != "--curve"]
    main(lambda short: measure(short, curve=curve), {})
