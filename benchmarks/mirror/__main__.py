"""What the mirror must show: `python -m benchmarks.mirror [--json] [--short] [--part NAME]`."""

import argparse
from importlib import import_module

from benchmarks.report import Metric, show

PARTS = ("importing", "counting", "practising", "seeing")
"""Each a module here with `measure(short) -> list[Metric]` and `REACH`."""


def run() -> None:
    """Measure every part, or the one that is asked for, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--short", action="store_true", help="on less")
    parser.add_argument("--part", choices=PARTS, action="append", help="only this; may come twice")
    asked = parser.parse_args()
    metrics: list[Metric] = []
    reach: dict[str, str] = {}
    for name in asked.part or PARTS:
        part = import_module(f"benchmarks.mirror.{name}")
        metrics += part.measure(asked.short)
        reach |= part.REACH
    show(metrics, reach, as_json=asked.json)


if __name__ == "__main__":
    run()
