"""What one line of each file of a batch must look like (GUIDE.md, section 9).

Reading a file gives frozen dataclasses, or a `Problem` for each line that is not well formed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from annotated_types import Len
from pydantic import ConfigDict, StringConstraints, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from beside_gauge import GATE_REASONS, DimensionId

BATCHES = Path(__file__).parent / "batches"
LANGUAGES = Path(__file__).parent / "languages"
"""English lies in `batches/`, each other language in a folder of its own below this one."""
OTHERS = ("de", "es", "fr", "nl")

Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000, pattern=r"\S")]
ContextId = Annotated[str, StringConstraints(pattern=r"^\d{3}-\d{2,3}$")]
ReplyId = Annotated[str, StringConstraints(pattern=r"^\d{3}-\d{2,3}-[a-z]$")]
Level = Literal[0, 1, 2, 3]
Levels = Annotated[tuple[Level, ...], Len(8, 8)]
Kind = Literal[
    "suicide", "self-harm", "harm-to-others", "violence", "child-at-risk", "overdose",
    "physical", "psychosis-mania", "withdrawal", "eating", "post-partum",
]  # fmt: skip
Setting = Literal[
    "everyday", "counselling", "medicine", "nursing", "teaching", "leadership", "parenting",
    "friendship", "online",
]  # fmt: skip
Register = Literal[
    "blunt", "chatty", "formal", "broken", "teen", "elderly", "sarcastic", "terse", "plain"
]
Replier = Literal[
    "companion", "counsellor", "physician", "nurse", "teacher", "leader", "parent", "friend",
    "peer", "chatbot",
]  # fmt: skip

_strict = ConfigDict(extra="forbid", strict=False)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that must be put right: in which file, which line or item, and what."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@checked(frozen=True, kw_only=True, config=_strict)
class Facts:
    """batch.json: whose batch this is, and in which part of the corpus it stands."""

    theme: Text
    writer: Text
    guide: int
    date: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    part: Literal["train", "calibration", "test"]


@checked(frozen=True, kw_only=True, config=_strict)
class Turn:
    """An earlier turn; `companion` is whoever helps."""

    role: Literal["person", "companion"]
    text: Text


@checked(frozen=True, kw_only=True, config=_strict)
class Context:
    """A person's turn with what came before, and its place in the grid."""

    id: ContextId
    earlier: Annotated[tuple[Turn, ...], Len(0, 6)]
    text: Text
    setting: Setting
    register: Register
    mode: Literal["suffering", "issue", "chat", "crisis", "limit"]
    hurts: Text


@checked(frozen=True, kw_only=True, config=_strict)
class Reply:
    """One answer to a context, and who gives it."""

    id: ReplyId
    context: ContextId
    by: Replier
    text: Text


@checked(frozen=True, kw_only=True, config=_strict)
class Pair:
    """Two replies to one context that differ in one thing, and what that is."""

    better: ReplyId
    worse: ReplyId
    dimension: DimensionId | Literal["gate"]
    change: Text


@checked(frozen=True, kw_only=True, config=_strict)
class ContextLabel:
    """What a reader saw in a context: what it offers, and the person's side."""

    item: ContextId
    offered: tuple[DimensionId, ...]
    S: Literal[0, 1, 2, 3, 4, 5] | None
    K: Literal[0, 1, 2, 3, 4, 5] | None
    owned: bool | None
    danger: Level
    kinds: tuple[Kind, ...]
    oblique: bool | None
    note: str | None = None


@checked(frozen=True, kw_only=True, config=_strict)
class ReplyLabel:
    """What a reader saw in a reply: D1 to D8 in order, the gate, and the words that showed it."""

    item: ReplyId
    D: Levels
    gate: Literal[GATE_REASONS] | None  # type: ignore[valid-type]
    evidence: Annotated[dict[DimensionId | Literal["gate"], Text], Len(1)]
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One folder of the corpus, read. `labels` goes by reader; `writer` is the intention."""

    folder: Path
    facts: Facts | None
    contexts: tuple[Context, ...]
    replies: tuple[Reply, ...]
    pairs: tuple[Pair, ...]
    labels: dict[str, tuple[ContextLabel | ReplyLabel, ...]]
    problems: tuple[Problem, ...]

    def of(self, reader: str) -> dict[str, ContextLabel | ReplyLabel]:
        """One reader's labels by item; empty where they have not read this batch."""
        return {label.item: label for label in self.labels.get(reader, ())}


def home(language: str) -> Path:
    """The folder in which the batches of a language lie."""
    return BATCHES if language == "en" else LANGUAGES / language


def folders(names: Sequence[str] = (), *, language: str | None = "en") -> list[Path]:
    """The folders of the named batches (a number or the beginning of a name is enough), or all.

    `language` None looks through every language.
    """
    homes = [home(each) for each in ("en", *OTHERS)] if language is None else [home(language)]
    every = sorted(path for each in homes for path in each.glob("[0-9]*") if path.is_dir())
    return [p for p in every if not names or any(p.name.startswith(name) for name in names)]


def read(folder: Path) -> Batch:
    """A batch as it stands on disk, with a problem for each line that is not well formed."""
    problems: list[Problem] = []
    facts: list[Facts] = []
    try:
        facts = [_facts.validate_json((folder / "batch.json").read_bytes())]
    except (OSError, ValidationError) as error:
        problems.append(Problem("batch.json", _said(error)))
    labels = {
        path.stem.removeprefix("labels-"): tuple(_lines(path, _label, problems))
        for path in sorted(folder.glob("labels-*.jsonl"))
    }
    return Batch(
        folder=folder,
        facts=facts[0] if facts else None,
        contexts=tuple(_lines(folder / "contexts.jsonl", _context, problems)),
        replies=tuple(_lines(folder / "replies.jsonl", _reply, problems)),
        pairs=tuple(_lines(folder / "pairs.jsonl", _pair, problems)),
        labels=labels,
        problems=tuple(problems),
    )


T = TypeVar("T")
_facts: TypeAdapter[Facts] = TypeAdapter(Facts)
_context: TypeAdapter[Context] = TypeAdapter(Context)
_reply: TypeAdapter[Reply] = TypeAdapter(Reply)
_pair: TypeAdapter[Pair] = TypeAdapter(Pair)
_label: TypeAdapter[ContextLabel | ReplyLabel] = TypeAdapter(ContextLabel | ReplyLabel)


def _lines(path: Path, shape: TypeAdapter[T], problems: list[Problem]) -> list[T]:
    if not path.exists():
        problems.append(Problem(path.name, "is not there (an empty file is fine)"))
        return []
    found = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(shape.validate_json(line))
        except ValidationError as error:
            problems.append(Problem(f"{path.name} line {number}", _said(error)))
    return found


def _said(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return "cannot be read"
    details: list[Any] = error.errors(include_url=False, include_input=False)
    return "; ".join(f"{'.'.join(map(str, d['loc'])) or 'line'}: {d['msg']}" for d in details[:3])
