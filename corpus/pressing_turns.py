"""The turns that press and those that do not, as they are written and drawn."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from beside.voices.authored.learned import EASED, NONE, RIGHT
from beside.voices.base import Message, Role
from corpus.pressing_none import HAND, everyday

SOURCE = Path(__file__).parent / "pressing"

NAMES = {"right": RIGHT, "justified": "right"}
"""Names of the files and of the lines: "right" there is who puts something right; the kind that
wants to hear that what was done was right is "justified"."""
QUIET = (NONE, RIGHT, EASED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One turn with what was said before it, and what it does."""

    name: str
    hand: str
    kind: str
    talk: tuple[Message, ...]

    @property
    def after(self) -> bool:
        """Whether something was said before."""
        return len(self.talk) > 1

    @property
    def everyday(self) -> bool:
        """Whether it comes from the corpus, and was not written for this."""
        return self.hand.endswith(HAND)


class NotAnItem(ValueError):
    """A line that cannot be read; says which, and what it should look like."""


def items(text: str, hand: str) -> list[Item]:
    """The items of one file. Raises NotAnItem with the line's number."""
    made: list[Item] = []
    kind, talk = "", list[Message]()
    roles: Mapping[str, Role] = {"p:": "person", "c:": "companion", "> ": "person"}
    for at, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("%"):
            continue
        begins = line[:2]
        if begins == "= ":
            kind, talk = line[2:].strip(), []
        elif kind and begins in roles and line[2:].strip():
            talk.append(Message(role=roles[begins], text=line[2:].strip()))
        else:
            raise NotAnItem(
                f"{hand}:{at} is none of '= kind', 'p:', 'c:', '> words': {line[:40]!r}"
            )
        if begins == "> ":
            own = NAMES.get(kind, kind)
            made.append(Item(name=f"{hand}:{at}", hand=hand, kind=own, talk=tuple(talk)))
            kind = ""
    return made


def whole() -> list[Item]:
    """Every item of the folder, and everyday turns of the corpus."""
    paths = sorted(SOURCE.glob("*.txt"))
    written = [item for path in paths for item in items(path.read_text("utf-8"), path.stem)]
    drawn = (Item(name=name, hand=hand, kind=NONE, talk=talk) for hand, name, talk in everyday())
    return [*written, *drawn]


def hash_of(every: Sequence[Item]) -> str:
    """The SHA-256 of all that is learned from, whatever its layout."""
    told = [[i.hand, i.kind, [[m.role, m.text] for m in i.talk]] for i in every]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
