"""One run of learning: from the corpus to the encoder's and the heads' weights.

Replies go in with their changed forms beside them, contrast pairs together, persons' turns alone.
"""

import math
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from beside_gauge import GATE_REASONS, Turn
from beside_gauge.encode import ASSETS, Encoded, encode, marks
from corpus.settled import DIMS, KINDS, Answer, Corpus, PersonTurn
from train import variants
from train.model import Gauge, ordinal_loss

NOTHING = -1.0
POOL = 2500
PORTIONS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """The few numbers of a run."""

    epochs: int = 4
    tokens: int = 3000
    rate: float = 1.5e-4
    head_rate: float = 1.5e-3
    replies: float = 1.0
    """Share of the turns whose replies go in, in one round."""
    changed: float = 0.7
    """Share of the replies that also go in changed in one known way."""
    elsewhere: float = 0.15
    """Share of the replies that also go in under somebody else's words."""
    turns: float = 0.2
    """How often a person's turn goes in by itself, in one round; 0.2: every fifth one."""
    hidden: float = 0.12
    """Share of the words that are hidden, so that no single one is learned by heart."""
    seed: int = 1
    keep: float = 0.99
    threads: int = 2
    pieces: Path = ASSETS
    """The folder of the tokenizer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One text with all its labels as numbers; -1 where nothing is said."""

    text: Encoded
    levels: tuple[float, ...] = (NOTHING,) * 8
    weights: tuple[float, ...] = (0.0,) * 8
    gate: float = NOTHING
    reason: int = -1
    offered: tuple[float, ...] = (NOTHING,) * 8
    S: float = NOTHING
    K: float = NOTHING
    turn: bool = False
    danger: float = NOTHING
    kinds: tuple[float, ...] = (NOTHING,) * 11


@dataclass(frozen=True, slots=True)
class Order:
    """Item `more` has at least `margin` more than item `less` on a score of the reply."""

    more: int
    less: int
    score: int
    margin: float
    weight: float = 0.5


@dataclass(slots=True)
class Group:
    """Items that are learned together, and what must be in which order among them."""

    items: list[Item]
    orders: list[Order]


def turns_of(turns: Sequence[tuple[str, str]]) -> tuple[Turn, ...]:
    """Turns as the gauge takes them."""
    return tuple(Turn(role=role, text=text) for role, text in turns)  # type: ignore[arg-type]


def answer_item(answer: Answer, pieces: Path) -> Item:
    """A reply as it was labelled; what its context does not offer counts less."""
    offered = answer.context.offered or frozenset()
    return Item(
        text=encode(turns_of(answer.context.turns), answer.text, pieces),
        levels=tuple(NOTHING if x is None else float(x) for x in answer.levels),
        weights=tuple(1.0 if d in offered else 0.3 for d in DIMS),
        gate=float(answer.gate is not None),
        reason=GATE_REASONS.index(answer.gate) if answer.gate else -1,
    )


def variant_item(change: variants.Variant, pieces: Path, weight: float = 0.6) -> Item:
    """A changed reply; it teaches a little less than one that somebody wrote."""
    return Item(
        text=encode(turns_of(change.turns), change.text, pieces),
        levels=tuple(NOTHING if x is None else float(x) for x in change.levels),
        weights=(weight,) * 8,
        gate=NOTHING if change.gate is None else float(change.gate),
    )


def turn_item(turn: PersonTurn, pieces: Path) -> Item:
    """A person's turn alone: what it offers, S, K, danger."""
    offered = turn.offered
    return Item(
        text=encode(turns_of(turn.turns), folder=pieces),
        offered=(NOTHING,) * 8 if not offered else tuple(float(d in offered) for d in DIMS),
        S=NOTHING if turn.S is None else float(turn.S),
        K=NOTHING if turn.K is None else float(turn.K),
        turn=True,
        danger=float(turn.danger),
        kinds=tuple(float(k in turn.kinds) for k in KINDS) if turn.danger > 1
        else (NOTHING,) * 11,
    )  # fmt: skip


def groups(part: Corpus, recipe: Recipe, rng: random.Random) -> list[Group]:
    """One round: replies (pairs together), their changed forms, persons' turns."""
    partners: dict[str, list[tuple[str, str, str]]] = {}
    for pair in part.pairs:
        partners.setdefault(pair[0].rsplit("-", 1)[0], []).append(pair)
    by_turn: dict[str, list[Answer]] = {}
    for answer in part.answers:
        by_turn.setdefault(answer.context.id, []).append(answer)
    made = []
    for name, answers in by_turn.items():
        if recipe.replies < 1 and rng.random() >= recipe.replies:
            continue
        group = Group([], [])
        where = {}
        for answer in answers:
            where[answer.id] = len(group.items)
            group.items.append(answer_item(answer, recipe.pieces))
            if rng.random() < recipe.changed and (change := variants.variant(answer, rng)):
                _changed(group, where[answer.id], change, recipe.pieces)
            if rng.random() < recipe.elsewhere:
                other = rng.choice(part.turns)
                if other.batch != answer.context.batch:
                    change = variants.mismatched(answer, other)
                    _changed(group, where[answer.id], change, recipe.pieces)
        for better, worse, dimension in partners.get(name, ()):
            if dimension == "gate":
                group.orders.append(Order(where[worse], where[better], 8, 2.0, 1.0))
            else:
                score = DIMS.index(dimension)
                group.orders.append(Order(where[better], where[worse], score, 1.0, 1.0))
        made.append(group)
    for turn in part.turns:
        often = int(recipe.turns) + (rng.random() < recipe.turns % 1)
        made += [Group([turn_item(turn, recipe.pieces)], [])] * often
    return made


def _changed(group: Group, original: int, change: variants.Variant, pieces: Path) -> None:
    group.items.append(variant_item(change, pieces))
    last = len(group.items) - 1
    before, after = group.items[original].levels, group.items[last].levels
    if change.same:
        for score in range(8):
            group.orders.append(Order(original, last, score, 0.0))
            group.orders.append(Order(last, original, score, 0.0))
        return
    for score in change.not_up:
        margin = 0.4 if after[score] < before[score] - 0.15 else 0.0
        group.orders.append(Order(original, last, score, margin))


def batches(made: list[Group], tokens: int, rng: random.Random) -> Iterator[list[Group]]:
    """Groups of like length together, in random order, at most about `tokens` a batch."""
    rng.shuffle(made)
    pools = [made[i : i + POOL] for i in range(0, len(made), POOL)]
    ready = []
    for pool in pools:
        pool.sort(key=lambda g: max(len(i.text.ids) for i in g.items))
        batch: list[Group] = []
        for group in pool:
            longest = max(len(i.text.ids) for g in [*batch, group] for i in g.items)
            count = sum(len(g.items) for g in [*batch, group])
            if batch and longest * count > tokens:
                ready.append(batch)
                batch = []
            batch.append(group)
        if batch:
            ready.append(batch)
    rng.shuffle(ready)
    yield from ready


def padded(texts: Sequence[Encoded]) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, parts and mask, each (batch, tokens)."""
    longest = max(len(text.ids) for text in texts)
    ids = torch.zeros((len(texts), longest), dtype=torch.long)
    parts, mask = torch.zeros_like(ids), torch.zeros_like(ids)
    for i, text in enumerate(texts):
        n = len(text.ids)
        ids[i, :n] = torch.tensor(text.ids)
        parts[i, :n] = torch.tensor(text.parts)
        mask[i, :n] = 1
    return ids, parts, mask


def some_hidden(ids: Tensor, recipe: Recipe) -> Tensor:
    """The same words with a share of them put out of sight, marks never."""
    mark = marks(recipe.pieces)
    said = ~torch.isin(ids, torch.tensor([mark.begins, mark.ends, mark.person, mark.helper]))
    chosen = (torch.rand(ids.shape) < recipe.hidden) & said
    return torch.where(chosen, torch.full_like(ids, mark.hidden), ids)


def scores(model: Gauge, texts: Sequence[Encoded], recipe: Recipe) -> tuple[Tensor, Tensor]:
    """Scores of reply (n, 18) and turns (n, 24), read in portions of like length: less padding."""
    order = sorted(range(len(texts)), key=lambda i: len(texts[i].ids))
    size = math.ceil(len(texts) / min(PORTIONS, len(texts)))
    replies, turns = [], []
    for start in range(0, len(order), size):
        ids, parts, mask = padded([texts[i] for i in order[start : start + size]])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            out = model(some_hidden(ids, recipe), parts, mask)
        replies.append(out.reply)
        turns.append(out.turn)
    back = torch.tensor(order).argsort()
    return torch.cat(replies)[back], torch.cat(turns)[back]


def loss_of(model: Gauge, batch: list[Group], recipe: Recipe) -> Tensor:
    """Everything that is learned from one batch, added up."""
    items = [item for group in batch for item in group.items]
    reply, turn = scores(model, [item.text for item in items], recipe)
    levels = torch.tensor([item.levels for item in items])
    weights = torch.tensor([item.weights for item in items]) * (levels >= 0)
    each = ordinal_loss(reply[:, :8], model.steps["levels"], levels.clamp(min=0))
    total = 3.0 * (each * weights).sum() / weights.sum().clamp(min=1)
    gate = torch.tensor([item.gate for item in items])
    total = total + 1.0 * _yes(reply[:, 8], gate, positive=2.0)
    reason = torch.tensor([item.reason for item in items])
    if (reason >= 0).any():
        chosen = reason >= 0
        total = total + 0.3 * functional.cross_entropy(reply[chosen, 9:], reason[chosen])
    total = total + _orders(reply, batch)
    return total + _turn_loss(model, turn, items)


def _turn_loss(model: Gauge, turn: Tensor, items: list[Item]) -> Tensor:
    offered = torch.tensor([item.offered for item in items])
    total = _yes(turn[:, :8], offered)
    own = torch.tensor([item.turn for item in items])
    for at, scale in ((8, "S"), (10, "K")):
        level = torch.tensor([getattr(item, scale) for item in items])
        there = torch.where(own, (level >= 0).float(), torch.full_like(level, NOTHING))
        total = total + 0.5 * _yes(turn[:, at], there)
        if (level >= 0).any():
            said = level >= 0
            total = (
                total
                + 1.5 * ordinal_loss(turn[said, at + 1], model.steps[scale][0], level[said]).mean()
            )
    danger = torch.tensor([item.danger for item in items])
    if (danger >= 0).any():
        said = danger >= 0
        each = ordinal_loss(turn[said, 12], model.steps["danger"][0], danger[said])
        weight = torch.where(danger[said] > 1, 2.0, 1.0)
        harmless = turn[(danger >= 0) & (danger < 2), 12]
        total = total + 3.0 * (each * weight).mean() + 0.5 * _above(turn[danger > 1, 12], harmless)
    kinds = torch.tensor([item.kinds for item in items])
    return total + 0.5 * _yes(turn[:, 13:], kinds)


def _above(real: Tensor, harmless: Tensor) -> Tensor:
    """Each score that should alarm stands above the harmless ones that come nearest to it.

    What counts is how much is seen while few are alarmed for nothing, so the highest of the
    harmless scores weigh most (a soft maximum), as in losses for the partial area under the curve.
    """
    if not len(real) or not len(harmless):
        return (real.sum() + harmless.sum()) * 0
    highest = torch.logsumexp(2 * harmless, 0) / 2
    return functional.softplus(highest - real).mean()


def _yes(score: Tensor, goal: Tensor, positive: float = 1.0) -> Tensor:
    said = goal >= 0
    if not said.any():
        return score.sum() * 0
    return functional.binary_cross_entropy_with_logits(
        score[said], goal[said], pos_weight=torch.tensor(positive)
    )


def _orders(score: Tensor, batch: list[Group]) -> Tensor:
    """What stands in the wrong order, and what moved where nothing may move, in one mean.

    Holding more firmly what must stay where it is cost more than it gave, three times (LOG.md).
    """
    starts = accumulate((len(group.items) for group in batch), initial=0)
    orders = [(s, order) for s, group in zip(starts, batch, strict=False) for order in group.orders]
    if not orders:
        return score.sum() * 0
    which = [order.score for _, order in orders]
    gap = score[[s + o.more for s, o in orders], which]
    gap = gap - score[[s + o.less for s, o in orders], which]
    wanted = torch.tensor([order.margin for _, order in orders])
    each = torch.where(wanted >= 1.0, functional.softplus(2 * (wanted - gap)) / 2,
                       functional.relu(wanted - gap))  # fmt: skip
    weight = torch.tensor([order.weight for _, order in orders])
    return (each * weight).sum() / max(8.0, len(orders) / 2)


def fit(part: Corpus, start: Gauge, recipe: Recipe, *, name: str = "") -> Gauge:
    """The learned gauge, its weights averaged over the last steps; says how it goes on stderr."""
    torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    model = start
    model.encoder.words.weight.requires_grad_(False)
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder")]
    body = [p for n, p in model.named_parameters() if n.startswith("encoder") and p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": recipe.rate}, {"params": heads, "lr": recipe.head_rate}],
        weight_decay=0.01,
    )
    average = torch.optim.swa_utils.AveragedModel(
        model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(recipe.keep)
    )
    per_epoch = sum(1 for _ in batches(groups(part, recipe, rng), recipe.tokens, rng))
    steps = per_epoch * recipe.epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda s: min(1.0, s / (steps * 0.06 + 1)) * (0.03 + 0.97 * (1 + math.cos(
            math.pi * min(1.0, s / steps))) / 2),
    )  # fmt: skip
    began = time.monotonic()
    for epoch in range(recipe.epochs):
        model.train()
        sum_, count = 0.0, 0
        for batch in batches(groups(part, recipe, rng), recipe.tokens, rng):
            loss = loss_of(model, batch, recipe)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
            average.update_parameters(model)
            sum_ += float(loss.detach())
            count += 1
        sys.stderr.write(
            f"{name} round {epoch + 1}: loss {sum_ / count:.3f}, {count} steps, "
            f"{time.monotonic() - began:.0f} s\n"
        )
        sys.stderr.flush()
    best: Gauge = average.module
    return best.eval()
