"""Two encoders learned side by side: one for replies, one for persons' turns.

They begin with the same weights and go their own ways. Danger asks for many rounds over short
turns, replies for fewer over long ones; each has a process and half of the threads.
"""

from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import torch

from corpus.settled import Corpus
from train.encoder import load
from train.fit import Recipe, fit
from train.model import Gauge

PARTS: Mapping[str, Recipe] = {
    "reply": Recipe(epochs=6, turns=0.2),
    "person": Recipe(epochs=10, turns=1.0, hidden=0.15),
}
"""How each part is learned; the one for replies sees some persons' turns too."""


def learn(
    learned: Corpus, weights: Path, kept: Path, *, rounds: float, seed: int, threads: int
) -> None:
    """Learns both parts at once and keeps their weights as `reply.pt` and `person.pt` in `kept`.

    `rounds` multiplies the rounds of each part: a short trial is 0.2.
    """
    kept.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(len(PARTS), mp_context=get_context("spawn")) as side_by_side:
        running = []
        for part, recipe in PARTS.items():
            own = replace(
                recipe, epochs=max(1, round(recipe.epochs * rounds)), seed=seed,
                threads=max(1, threads // len(PARTS)),
            )  # fmt: skip
            given = learned if part == "reply" else replace(learned, answers=(), pairs=())
            running.append(side_by_side.submit(_learn, part, given, own, weights, kept))
        for each in running:
            each.result()


def _learn(part: str, learned: Corpus, recipe: Recipe, weights: Path, kept: Path) -> None:
    model = fit(learned, Gauge(load(weights)), recipe, name=part)
    torch.save(model.state_dict(), kept / f"{part}.pt")


def learnt(weights: Path, kept: Path, part: str) -> Gauge:
    """One part with the weights that `learn` kept."""
    model = Gauge(load(weights))
    model.load_state_dict(torch.load(kept / f"{part}.pt", weights_only=True))
    return model.eval()
