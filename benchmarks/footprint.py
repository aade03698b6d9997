"""How much Beside takes: disk, packages, memory when idle, the time of `beside --help`."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import distribution
from pathlib import Path

import psutil
from packaging.requirements import Requirement

from benchmarks.house import furnish, standing
from benchmarks.report import Metric, main, middle, plain

REACH = {"help_ms_over_bare_python": "under 250"}


def needed(name: str, extras: frozenset[str] = frozenset()) -> set[str]:
    """The distributions that `name` brings with it, itself included."""
    found: set[tuple[str, frozenset[str]]] = set()
    queue = [(name, extras)]
    while queue:
        one, wanted = queue.pop()
        if (one, wanted) in found:
            continue
        found.add((one, wanted))
        for line in distribution(one).requires or ():
            requirement = Requirement(line)
            marks = [{"extra": extra} for extra in wanted] or [{"extra": ""}]
            if requirement.marker is None or any(requirement.marker.evaluate(m) for m in marks):
                queue.append(
                    (requirement.name.lower().replace("_", "-"), frozenset(requirement.extras))
                )
    return {one for one, _ in found}


def bytes_of(name: str) -> int:
    """What a distribution's files take on the disk."""
    total = 0
    for each in distribution(name).files or ():
        path = Path(str(each.locate()))
        if path.is_file() and path.suffix != ".pyc":
            total += path.stat().st_size
    return total


def own_bytes() -> int:
    """Our own packages: they are installed as links to the source, which is counted here."""
    source = Path(__file__).parent.parent / "packages"
    return sum(
        path.stat().st_size
        for path in source.glob("*/src/**/*")
        if path.is_file() and path.suffix != ".pyc"
    )


def milliseconds(command: list[str], times: int) -> list[float]:
    """How long a command takes, as a whole process."""
    seconds = []
    for _ in range(times):
        began = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        seconds.append(1000 * (time.perf_counter() - began))
    return seconds


def idle_megabytes() -> float:
    """The memory of a served house that nobody visits (unique set size)."""
    with tempfile.TemporaryDirectory() as place:
        furnish(Path(place), "me")
        with standing(Path(place)) as (process, _):
            time.sleep(2)
            used: Callable[[], float] = lambda: psutil.Process(process.pid).memory_full_info().uss  # noqa: E731
            return used() / 1e6


def measure(short: bool) -> list[Metric]:
    """Sizes of the app with the embedded runtime; times of 30 starts (short: 8)."""
    times = 8 if short else 30
    beside = str(Path(sys.executable).parent / "beside")
    names = needed("beside", frozenset({"embedded"}))
    size = sum(bytes_of(name) for name in names) + own_bytes()
    bare = milliseconds([sys.executable, "-c", "pass"], times)
    helps = milliseconds([beside, "--help"], times)
    over = [each - sorted(bare)[len(bare) // 2] for each in helps]
    return [
        plain("installed_mb", size / 1e6, unit="MB", n=len(names)),
        plain("packages", len(names), unit="packages"),
        plain("idle_mb", idle_megabytes(), unit="MB"),
        middle("help_ms_over_bare_python", over),
    ]


if __name__ == "__main__":
    os.environ.setdefault("PYTHONPATH", str(Path.cwd()))
    main(measure, REACH)
