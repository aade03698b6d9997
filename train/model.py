"""The gauge as it is trained: one encoder, and a small head for everything that is read.

Each head looks over the tokens of one part (the reply, or the person's turns) with its own
attention, so that a value is a sum over words; the words' shares are its evidence. Levels are
ordinal (CORAL: one score, ordered thresholds; Cao, Mirjalili and Raschka 2020).
"""

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from train.encoder import WIDTH, Encoder

REPLY_HEADS = 9 + 9  # D1 to D8 and the gate; then the gate's nine reasons
TURN_HEADS = 8 + 2 + 2 + 1 + 11  # offered; S and K: there?, which; danger; its kinds
SCALES = {"levels": (8, 3), "S": (1, 5), "K": (1, 5), "danger": (1, 3)}


class Out(NamedTuple):
    """Scores for each text of a batch, and what each token gave to them."""

    reply: Tensor
    """(batch, 18) scores of the reply: D1 to D8, gate, its reasons."""
    turn: Tensor
    """(batch, 24) scores of the person's turns: offered, S there, S, K there, K, danger, kinds."""
    words: Tensor
    """(batch, 9, tokens): each token's share of the first nine scores of the reply."""
    whole: Tensor
    """(batch, 384): the mean of the tokens, to tell what is far from all that was learned."""


class Looking(nn.Module):
    """Heads that each look over the tokens with an attention of their own."""

    def __init__(self, heads: int) -> None:
        super().__init__()
        self.where = nn.Linear(WIDTH, heads)
        self.what = nn.Linear(WIDTH, heads)
        nn.init.zeros_(self.where.weight)
        nn.init.zeros_(self.where.bias)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """(batch, tokens, 384) and where to look, to each token's share: (batch, tokens, heads)."""
        where = self.where(x) - (1.0 - mask[..., None]) * 1e4
        return where.softmax(1) * self.what(x)


class Gauge(nn.Module):
    """Encoder and heads; the thresholds of the ordinal scales are learned beside them."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.drop = nn.Dropout(0.1)
        self.reply = Looking(REPLY_HEADS)
        self.turn = Looking(TURN_HEADS)
        self.steps = nn.ParameterDict(
            {
                name: nn.Parameter(torch.linspace(-1.5, 1.5, steps).repeat(heads, 1))
                for name, (heads, steps) in SCALES.items()
            }
        )

    def forward(self, ids: Tensor, parts: Tensor, mask: Tensor) -> Out:
        """`parts` is 0 on the reply (and [CLS]), 1 on the turns; all (batch, tokens)."""
        x = self.drop(self.encoder(ids, parts, mask).float())
        there = mask.to(x.dtype)
        second = parts.to(x.dtype) * there
        first = there - second
        replies = self.reply(x, first)
        turns = self.turn(x, second)
        whole = (x * there[..., None]).sum(1) / there.sum(1, keepdim=True)
        return Out(replies.sum(1), turns.sum(1), replies[..., :9].transpose(1, 2), whole)

    def chances(self, score: Tensor, scale: str) -> Tensor:
        """P(level > k) for each threshold k: (..., steps); `score` is (...,) or (..., heads)."""
        steps = self.steps[scale]
        if scale != "levels":
            steps = steps[0]
        return torch.sigmoid(score[..., None] - steps)


def ordinal_loss(score: Tensor, steps: Tensor, level: Tensor) -> Tensor:
    """Cross-entropy over the thresholds; `level` may lie between two (a median of readers)."""
    logits = score[..., None] - steps
    ranks = torch.arange(steps.shape[-1], device=score.device)
    goal = (level[..., None] - ranks).clamp(0, 1)
    return functional.binary_cross_entropy_with_logits(logits, goal, reduction="none").mean(-1)
