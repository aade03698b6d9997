r"""The persons' side of conversations, as it was written: read, and checked for its form.

# r001 counselling suffering en | what it is about
> The first turn.
> The second; a line break inside a turn is written as \n.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from beside.talk.events import Mode

FOLDER = Path(__file__).parent / "scripts"
SETTINGS = frozenset(
    {
        "counselling", "medicine", "nursing", "teaching", "leadership", "parenting", "friendship",
        "online", "everyday",
    }
)  # fmt: skip
KINDS = frozenset({"suffering", "issue", "chat", "limit", "crisis"})
LANGUAGES = frozenset({"en", "nl", "fr", "de", "es"})
TURNS = 10
_HEAD = re.compile(r"# (?P<id>[a-z]\d+) (?P<words>[a-z ]+) (?P<language>[a-z]{2}) \| (?P<about>.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What one person says, turn by turn; `words` are those of the head between id and language."""

    id: str
    words: tuple[str, ...]
    language: str
    about: str
    turns: tuple[str, ...]

    @property
    def kind(self) -> str:
        """The last of the head's words: what sort of conversation this is."""
        return self.words[-1]

    @property
    def mode(self) -> Mode:
        """The mode that such a person would be in."""
        modes: dict[str, Mode] = {"suffering": "suffering", "chat": "chat", "crisis": "suffering"}
        return modes.get(self.kind, "issue")


def read(text: str) -> list[Script]:
    """The scripts of a text, in order. Raises ValueError naming the line that has another form."""
    scripts: list[Script] = []
    head: re.Match[str] | None = None
    turns: list[str] = []

    def finish() -> None:
        if head is not None:
            words = tuple(head["words"].split())
            scripts.append(Script(
                id=head["id"], words=words, language=head["language"], about=head["about"],
                turns=tuple(turns),
            ))  # fmt: skip

    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("# ") and (found := _HEAD.fullmatch(line)):
            finish()
            head, turns = found, []
        elif line.startswith("> ") and line[2:].strip() and head is not None:
            turns.append(line[2:].strip().replace("\\n", "\n"))
        elif line.strip():
            raise ValueError(f"line {number} is neither the head of a script nor a turn")
    finish()
    return scripts


def problems(scripts: Sequence[Script], *, turns: int) -> list[str]:
    """What is wrong with their form; empty where nothing is."""
    found = []
    seen: set[str] = set()
    for each in scripts:
        if each.id in seen:
            found.append(f"{each.id} stands there twice")
        seen.add(each.id)
        if len(each.turns) != turns:
            found.append(f"{each.id} has {len(each.turns)} turns, not {turns}")
        if each.language not in LANGUAGES:
            found.append(f"{each.id} is in a language nobody wrote for: {each.language}")
    return found


def persons() -> list[Script]:
    """All persons of the rehearsal room. Raises ValueError where their form is not right."""
    scripts = [
        each for path in sorted(FOLDER.glob("*.txt")) for each in read(path.read_text("utf-8"))
    ]
    wrong = problems(scripts, turns=TURNS)
    for each in scripts:
        if len(each.words) != 2 or each.words[0] not in SETTINGS or each.kind not in KINDS:
            wrong.append(f"{each.id} needs a setting and a kind that are known")
    if wrong:
        raise ValueError("; ".join(wrong))
    return scripts


def drawn(scripts: Sequence[Script], *, many: int | None, seed: int) -> list[Script]:
    """So many of the scripts, drawn by the seed, in the order of their ids; all where None."""

    def lot(script: Script) -> bytes:
        return hashlib.sha256(f"{seed} {script.id}".encode()).digest()

    return sorted(sorted(scripts, key=lot)[:many], key=lambda each: each.id)
