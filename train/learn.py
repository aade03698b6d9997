"""Two encoders learned one after the other: one for persons' turns, then one for replies.

Danger asks for many rounds over short turns, replies for fewer over long ones. The encoder for
replies begins where the one for persons ended: a reply is read with what was said to it, and one
that had learned replies alone followed that less (LOG.md).
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import torch
from torch import nn

from corpus.settled import Corpus
from train.encoder import load
from train.fit import Recipe, fit
from train.model import Gauge

PARTS: Mapping[str, Recipe] = {
    "person": Recipe(epochs=8, turns=1.0, hidden=0.15),
    "reply": Recipe(epochs=4, turns=0.2),
}
"""How each part is learned, in this order; the one for replies sees some persons' turns too."""
STUDENT = (0, 2, 5)
"""The layers that a student keeps."""
_STUDENT_ROUNDS = 3


def learn(
    learned: Corpus, weights: Path, kept: Path, *, rounds: float, seed: int, threads: int
) -> None:
    """Learns both parts and keeps their weights as `person.pt` and `reply.pt` in `kept`.

    `rounds` multiplies the rounds of each part: a short trial is 0.2.
    """
    kept.mkdir(parents=True, exist_ok=True)
    model = Gauge(load(weights))
    for part, recipe in PARTS.items():
        own = replace(recipe, epochs=_times(recipe.epochs, rounds), seed=seed, threads=threads)
        model = fit(_for(part, learned), model, own, name=part)
        torch.save(model.state_dict(), kept / f"{part}.pt")


def shrink(
    learned: Corpus, weights: Path, kept: Path, *, rounds: float, seed: int, threads: int
) -> None:
    """Students with three layers of what `kept` holds, learned further; in `kept / "student"`.

    Layers are left out as in Sajjad et al. 2023; the first, third and last stay.
    """
    (kept / "student").mkdir(parents=True, exist_ok=True)
    for part, recipe in PARTS.items():
        own = replace(recipe, epochs=_times(_STUDENT_ROUNDS, rounds), seed=seed, threads=threads)
        model = learnt(weights, kept, part)
        model.encoder.layers = nn.ModuleList(model.encoder.layers[i] for i in STUDENT)
        model = fit(_for(part, learned), model, own, name=f"student of {part}")
        torch.save(model.state_dict(), kept / "student" / f"{part}.pt")


def _times(epochs: int, rounds: float) -> int:
    return max(1, round(epochs * rounds))


def _for(part: str, learned: Corpus) -> Corpus:
    return learned if part == "reply" else replace(learned, answers=(), pairs=())


def learnt(weights: Path, kept: Path, part: str) -> Gauge:
    """One part with the weights that `learn` kept."""
    model = Gauge(load(weights))
    state = torch.load(kept / f"{part}.pt", weights_only=True)
    if "encoder.layers.3.up.weight" not in state:
        model.encoder.layers = nn.ModuleList(model.encoder.layers[: len(STUDENT)])
    model.load_state_dict(state)
    return model.eval()
