"""From `corpus/` to what is learned from: replies in their contexts, persons' turns, ordered pairs.

Labels are the readers' median where readers have read, the writer's intention elsewhere. The test
part is never read here unless it is asked for by name.
"""

import hashlib
import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median_low
from typing import Literal

from corpus.shapes import Batch, Context, ContextLabel, Reply, ReplyLabel, folders, read

Part = Literal["train", "calibration", "test"]
DIMS = tuple(f"D{i}" for i in range(1, 9))
KINDS = (
    "suicide", "self-harm", "harm-to-others", "violence", "child-at-risk", "overdose",
    "physical", "psychosis-mania", "withdrawal", "eating", "post-partum",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonTurn:
    """A person's turn with its labels; None where nothing is to be labelled."""

    id: str
    batch: str
    setting: str
    turns: tuple[tuple[str, str], ...]
    offered: frozenset[str] | None
    S: int | None
    K: int | None
    danger: int
    kinds: frozenset[str]
    oblique: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A reply with its labels: eight levels (None: not labelled) and the gate's reason or None."""

    id: str
    context: PersonTurn
    by: str
    text: str
    levels: tuple[int | None, ...]
    gate: str | None
    evidence: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """One part of the corpus: persons' turns, replies, and pairs (better, worse, dimension)."""

    turns: tuple[PersonTurn, ...]
    answers: tuple[Answer, ...]
    pairs: tuple[tuple[str, str, str], ...]

    def with_(self, other: "Corpus") -> "Corpus":
        """Both together."""
        return Corpus(turns=self.turns + other.turns, answers=self.answers + other.answers,
                      pairs=self.pairs + other.pairs)  # fmt: skip


def corpus(
    part: Part,
    *,
    names: Sequence[str] = (),
    without: Sequence[str] = (),
    language: str = "en",
) -> Corpus:
    """All batches of a part (or only the named ones) in one language, every label settled.

    `without` leaves out settings: their persons' turns, replies and pairs.
    """
    turns: list[PersonTurn] = []
    answers: list[Answer] = []
    pairs: list[tuple[str, str, str]] = []
    for folder in folders(names, language=language):
        batch = read(folder)
        if batch.facts is None or batch.facts.part != part:
            continue
        known = _labels(batch)
        settled = {c.id: _turn(batch, c, known[c.id]) for c in batch.contexts}
        turns += settled.values()
        answers += [_answer(r, settled[r.context], known[r.id]) for r in batch.replies]
        pairs += [(pair.better, pair.worse, pair.dimension) for pair in batch.pairs]
    whole = Corpus(turns=tuple(turns), answers=tuple(answers), pairs=tuple(pairs))
    if not without:
        return whole
    return _only(whole, {turn.id for turn in turns if turn.setting not in without})


def _labels(batch: Batch) -> dict[str, list[ContextLabel | ReplyLabel]]:
    """The blind readers' labels by item; the writer's where nobody has read it."""
    blind: dict[str, list[ContextLabel | ReplyLabel]] = {}
    for reader in sorted(batch.labels):
        if reader != "writer":
            for label in batch.labels[reader]:
                blind.setdefault(label.item, []).append(label)
    return {item: blind.get(item) or [label] for item, label in batch.of("writer").items()}


def _turn(batch: Batch, context: Context, given: Sequence[ContextLabel | ReplyLabel]) -> PersonTurn:
    labels = [x for x in given if isinstance(x, ContextLabel)]
    danger = median_low([label.danger for label in labels])
    half = len(labels) / 2
    return PersonTurn(
        id=context.id,
        batch=batch.folder.name,
        setting=context.setting,
        turns=(*((t.role, t.text) for t in context.earlier), ("person", context.text)),
        offered=frozenset(d for d in DIMS if sum(d in x.offered for x in labels) > half - 0.25),
        S=_middle(label.S for label in labels),
        K=_middle(label.K for label in labels),
        danger=danger,
        kinds=frozenset(k for x in labels for k in x.kinds) if danger > 1 else frozenset(),
        oblique=any(x.oblique for x in labels) if danger > 1 else None,
    )


def _answer(
    reply: Reply, context: PersonTurn, given: Sequence[ContextLabel | ReplyLabel]
) -> Answer:
    labels = [x for x in given if isinstance(x, ReplyLabel)]
    gates = [label.gate for label in labels if label.gate is not None]
    failed = len(gates) * 2 > len(labels) or (len(gates) * 2 == len(labels) and len(labels) > 1)
    return Answer(
        id=reply.id,
        context=context,
        by=reply.by,
        text=reply.text,
        levels=tuple(median_low([label.D[i] for label in labels]) for i in range(8)),
        gate=gates[0] if failed else None,
        evidence={k: v for label in labels for k, v in label.evidence.items()},
    )


def _middle(values: Iterable[int | None]) -> int | None:
    every = list(values)
    said = [value for value in every if value is not None]
    return median_low(said) if said and len(said) * 2 >= len(every) else None


def split(part: Corpus, share: float, *, seed: int) -> tuple[Corpus, Corpus]:
    """Two parts of a corpus by person's turn: all replies to one turn stay together."""
    names = sorted(turn.id for turn in part.turns)
    random.Random(seed).shuffle(names)
    return parted(part, set(names[: round(len(names) * share)]))


def parted(part: Corpus, names: set[str]) -> tuple[Corpus, Corpus]:
    """The persons' turns with these ids and what belongs to them, and all the others."""
    return _only(part, names), _only(part, {turn.id for turn in part.turns} - names)


def _only(part: Corpus, names: set[str]) -> Corpus:
    answers = tuple(answer for answer in part.answers if answer.context.id in names)
    there = {answer.id for answer in answers}
    return Corpus(
        turns=tuple(turn for turn in part.turns if turn.id in names),
        answers=answers,
        pairs=tuple(pair for pair in part.pairs if pair[0] in there and pair[1] in there),
    )


def corpus_hash(*parts: Corpus) -> str:
    """The first twelve hex digits of SHA-256 over every word, label and pair of these parts."""
    digest = hashlib.sha256()
    for part in parts:
        for turn in part.turns:
            offered = None if turn.offered is None else sorted(turn.offered)
            digest.update(
                json.dumps([turn.id, turn.turns, offered, turn.S, turn.K, turn.danger]).encode()
            )
            digest.update(json.dumps(sorted(turn.kinds)).encode())
        for answer in part.answers:
            digest.update(json.dumps([answer.id, answer.text, answer.levels, answer.gate]).encode())
        digest.update(json.dumps(part.pairs).encode())
    return digest.hexdigest()[:12]
