"""Whether a turn finds the situation of the bank that it belongs to, and abstains where none does.

Each of the bank's turns is left out once and looked for among the others: `bank_found` is the share
whose own situation is nearest and near enough, `bank_beside_it` where another is. With its whole
situation gone, `bank_strayed` is the share that is still near something. The same by words alone.
`--curve` prints these for other thresholds.
"""

import sys
from collections.abc import Sequence

from benchmarks.report import Metric, main, share
from beside.voices.authored import bank as banks
from beside.voices.authored.bank import Bank, open_bank
from beside_gauge import Turn

Found = tuple[float, bool, float]
"""How near the nearest is, whether it is the turn's own, how near where its own is gone."""


def look_for(bank: Bank, *, by_meaning: bool) -> list[Found]:
    """Each turn left out once."""
    turns = [turn for each in bank.situations for turn in each.turns]
    states: Sequence[object] = [None] * len(turns)
    if by_meaning:
        from beside_gauge import Gauge

        states = list(Gauge.load().turn_states([(Turn(role="person", text=t),) for t in turns]))
    found = []
    for at, (turn, own, state) in enumerate(zip(turns, bank.of, states, strict=True)):
        near = bank.nearness(turn, state, without={at})  # type: ignore[arg-type]
        first = max(range(len(near)), key=near.__getitem__)
        gone = max(each for situation, each in enumerate(near) if situation != own)
        found.append((near[first], first == own, gone))
    return found


def shares(found: Sequence[Found], least: float) -> tuple[int, int, int]:
    """How many are found, found beside it, and strayed, from this nearness on."""
    return (
        sum(near >= least and own for near, own, _ in found),
        sum(near >= least and not own for near, own, _ in found),
        sum(gone >= least for _, _, gone in found),
    )


def measure(short: bool, *, curve: bool = False) -> list[Metric]:  # noqa: ARG001 - short already
    """All turns of the bank, by meaning and words, and by words alone."""
    bank = open_bank()
    if bank is None:
        return []
    made = []
    for name, by_meaning, least in (
        ("bank", bank.encoder is not None, banks.NEAR),
        ("bank_words", False, banks.NEAR_BY_WORDS),
    ):
        found = look_for(bank, by_meaning=by_meaning)
        if curve:
            for step in range(4, 19):
                told = shares(found, step / 20)
                rates = "  ".join(f"{each / len(found):.3f}" for each in told)
                sys.stderr.write(
                    f"{name} from {step / 20:.2f}: found, beside it, strayed {rates}\n"
                )
        counts = shares(found, least)
        for what, hits in zip(("found", "beside_it", "strayed"), counts, strict=True):
            made.append(share(f"{name}_{what}", hits, len(found)))
    return made


if __name__ == "__main__":
    curve = "--curve" in sys.argv
    sys.argv = [each for each in sys.argv if each != "--curve"]
    main(lambda short: measure(short, curve=curve), {})
