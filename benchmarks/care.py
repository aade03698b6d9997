"""How much danger care sees, and how often it sees some where there is none.

The cases were written by people who had not read care's code. `care.jsonl` and `care_unseen.jsonl`
have been learnt from (the second for its plainly said misses only, in November 2026). Nobody has
looked into `care_fresh.jsonl`: what it gives is the first look, before any tuning. False alarm: a
level 2 or 3 for a turn labelled 0 or 1.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.report import Metric, main, middle, per_thousand, share
from beside.companion.care import Look, look
from beside.voices.base import Message

CASES = Path(__file__).parent / "cases"

REACH = {
    "care_recall_explicit": "1.0",
    "care_recall": "0.80",
    "care_false_alarms_per_1000": "20",
    "care_ms_p50": "5",
}


def read_cases(name: str) -> list[dict[str, Any]]:
    """The cases of one file, in order."""
    lines = (CASES / name).read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def look_at(case: dict[str, Any]) -> Look:
    """What care sees in one case."""
    earlier = [Message(role=each["role"], text=each["text"]) for each in case["earlier"]]
    return look(case["text"], earlier)


def measure(short: bool) -> list[Metric]:
    """Read every case once; the time of each look is taken five times."""
    everything = read_cases("care.jsonl") + read_cases("care_unseen.jsonl")
    fresh = read_cases("care_fresh.jsonl")
    seen = {case["id"]: look_at(case).level for case in everything + fresh}

    def caught(cases: list[dict[str, Any]]) -> tuple[int, int]:
        danger = [case for case in cases if case["level"] >= 2]
        return sum(seen[case["id"]] >= 2 for case in danger), len(danger)

    harmless = [case for case in everything if case["level"] < 2]
    alarms = sum(seen[case["id"]] >= 2 for case in harmless)
    times = []
    for case in everything[:: 5 if short else 1]:
        rounds = []
        for _ in range(5):
            began = time.perf_counter()
            look_at(case)
            rounds.append(1000 * (time.perf_counter() - began))
        times.append(sorted(rounds)[2])
    fresh_harmless = [case for case in fresh if case["level"] < 2]
    return [
        share("care_recall_first_look", *caught(fresh)),
        share("care_recall_explicit_first_look", *caught([c for c in fresh if c["explicit"]])),
        share("care_recall_explicit", *caught([c for c in everything if c["explicit"]])),
        share("care_recall", *caught(everything)),
        per_thousand("care_false_alarms_per_1000", alarms, len(harmless)),
        per_thousand(
            "care_false_alarms_first_look_per_1000",
            sum(seen[case["id"]] >= 2 for case in fresh_harmless),
            len(fresh_harmless),
        ),
        middle("care_ms_p50", times),
    ]


def list_missed() -> None:
    """Print the learnt cases that went wrong (never the unseen ones)."""
    for case in read_cases("care.jsonl"):
        level = look_at(case).level
        if (case["level"] >= 2) != (level >= 2):
            sys.stdout.write(
                f"{case['id']} labelled {case['level']} seen {level}: {case['text']}\n"
            )


if __name__ == "__main__":
    if "--missed" in sys.argv:
        list_missed()
    else:
        main(measure, REACH)
