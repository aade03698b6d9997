"""Rehearsed conversations as they are kept: JSONL, a head with the hashes, then one a line."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.rehearsal.marks import Marks, of
from beside_gauge import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanged:
    """One turn of the person and its reply; `ended` is a code where it did not end by itself."""

    said: str
    reply: str
    ended: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """One conversation; `broke` is a code where whoever answers could not go on."""

    id: str
    kind: str
    language: str
    turns: tuple[Exchanged, ...]
    broke: str | None = None

    def context(self, turn: int) -> tuple[Turn, ...]:
        """What was said up to the person's turn of this number (from 0), that turn last."""
        line: list[Turn] = []
        for each in self.turns[:turn]:
            line += [Turn(role="person", text=each.said), Turn(role="companion", text=each.reply)]
        return (*line, Turn(role="person", text=self.turns[turn].said))


class KeptElsewhere(ValueError):
    """The file holds conversations that were made with something else."""


def open_file(path: Path, head: Marks) -> list[Rehearsed]:
    """What the file holds already; made where it is not there. Raises KeptElsewhere."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"made_with": head}) + "\n", "utf-8")
        return []
    was, kept = read(path)
    if was != head:
        differs = sorted(name for name in {*was, *head} if was.get(name) != head.get(name))
        raise KeptElsewhere(
            f"{path.name} was made with another {', '.join(differs)}: choose another file."
        )
    return kept


def read(path: Path) -> tuple[Marks, list[Rehearsed]]:
    """The head and the conversations; the last of an id counts, a half-written line does not."""
    first, *lines = path.read_text("utf-8").split("\n")
    found: dict[str, Rehearsed] = {}
    for line in lines:
        try:
            given: dict[str, Any] = json.loads(line)
        except ValueError:
            continue
        turns = tuple(Exchanged(**each) for each in given.pop("turns"))
        found[given["id"]] = Rehearsed(turns=turns, **given)
    head: Marks = json.loads(first)["made_with"]
    return head, list(found.values())


def keep(path: Path, rehearsed: Rehearsed) -> None:
    """Write one conversation behind the others."""
    with path.open("a", encoding="utf-8") as file:
        file.write("\n" * _is_cut_off(path))
        file.write(json.dumps(asdict(rehearsed), ensure_ascii=False) + "\n")


def hash_of(kept: Sequence[Rehearsed]) -> str:
    """The hash of what was said on both sides."""
    return of(sorted((each.id, [[t.said, t.reply] for t in each.turns]) for each in kept))


def _is_cut_off(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(0, 2)
        if not file.tell():
            return False
        file.seek(-1, 2)
        return file.read(1) != b"\n"
