"""Two encoders learned side by side: one for replies, one for persons' turns.

They begin with the same weights and go their own ways. Danger asks for many rounds over short
turns, replies for fewer over long ones; each has a process and half of the threads.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import torch
from torch import nn

from corpus.settled import Corpus
from train.encoder import load
from train.fit import Recipe, fit
from train.model import Gauge

PARTS: Mapping[str, tuple[Recipe, ...]] = {
    "reply": (
        Recipe(epochs=4, turns=0.5),
        Recipe(epochs=1, turns=0.3, rate=8e-5, head_rate=8e-4),
    ),
    "person": (Recipe(epochs=8, turns=1.0, hidden=0.15),),
}
"""How each part is learned, one stage after the other, each with its own warm-up and cooling; the
one for replies sees half of the persons' turns in each round."""
RUNS: Mapping[str, int] = {"reply": 1, "person": 2}
"""So many runs of each part, in other orders; what they learned is averaged weight by weight
(Wortsman et al. 2022, model soups). All begin alike, so that they stay near each other."""
STUDENT = (0, 2, 5)
"""The layers that a student keeps."""


def learn(
    learned: Corpus, weights: Path, kept: Path, *, rounds: float, seed: int, threads: int
) -> None:
    """Learns both parts at once and keeps their weights as `reply.pt` and `person.pt` in `kept`.

    `rounds` multiplies the rounds of each part: a short trial is 0.2.
    """
    recipes = {part: tuple(map(_rounds(rounds), stages)) for part, stages in PARTS.items()}
    _side_by_side(_whole, recipes, learned, weights, kept, seed=seed, threads=threads)


def shrink(
    learned: Corpus, weights: Path, kept: Path, *, rounds: float, seed: int, threads: int
) -> None:
    """Students with three layers of what `kept` holds, learned further; in `kept / "student"`.

    Layers are left out as in Sajjad et al. 2023; the first, third and last stay.
    """
    (kept / "student").mkdir(parents=True, exist_ok=True)
    three = {part: replace(first, epochs=3) for part, (first, *_) in PARTS.items()}
    recipes = {part: (_rounds(rounds)(recipe),) for part, recipe in three.items()}
    _side_by_side(_student, recipes, learned, weights, kept, seed=seed, threads=threads)


Stages = tuple[Recipe, ...]
Learning = Callable[[str, Corpus, Stages, Path, Path], None]


def _rounds(times: float) -> Callable[[Recipe], Recipe]:
    return lambda recipe: replace(recipe, epochs=max(1, round(recipe.epochs * times)))


def _side_by_side(
    how: Learning, recipes: Mapping[str, Stages], learned: Corpus, weights: Path, kept: Path,
    *, seed: int, threads: int,
) -> None:  # fmt: skip
    kept.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(len(recipes), mp_context=get_context("spawn")) as both:
        running = []
        for part, stages in recipes.items():
            each = max(1, threads // len(recipes))
            own = tuple(replace(r, seed=seed + at, threads=each) for at, r in enumerate(stages))
            given = learned if part == "reply" else replace(learned, answers=(), pairs=())
            running.append(both.submit(how, part, given, own, weights, kept))
        for done in running:
            done.result()


def _whole(part: str, learned: Corpus, stages: Stages, weights: Path, kept: Path) -> None:
    runs = []
    for run in range(RUNS[part]):
        own = tuple(replace(stage, seed=stage.seed + run * len(stages)) for stage in stages)
        name = part if not run else f"{part}, run {run + 1}"
        runs.append(in_stages(learned, Gauge(load(weights)), own, name=name).state_dict())
    torch.save(averaged(runs), kept / f"{part}.pt")


def averaged(runs: Sequence[Mapping[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """The mean of each weight over runs that began with the same ones."""
    return {
        name: torch.stack([run[name] for run in runs]).mean(0)
        if first.is_floating_point() else first
        for name, first in runs[0].items()
    }  # fmt: skip


def in_stages(learned: Corpus, model: Gauge, stages: Stages, *, name: str) -> Gauge:
    """What `model` becomes by these stages."""
    for number, recipe in enumerate(stages, start=1):
        model = fit(learned, model, recipe, name=name if number == 1 else f"{name}, stage {number}")
    return model


def _student(part: str, learned: Corpus, stages: Stages, weights: Path, kept: Path) -> None:
    model = learnt(weights, kept, part)
    model.encoder.layers = nn.ModuleList(model.encoder.layers[i] for i in STUDENT)
    model = in_stages(learned, model, stages, name=f"student of {part}")
    torch.save(model.state_dict(), kept / "student" / f"{part}.pt")


def learnt(weights: Path, kept: Path, part: str) -> Gauge:
    """One part with the weights that `learn` kept."""
    model = Gauge(load(weights))
    state = torch.load(kept / f"{part}.pt", weights_only=True)
    if "encoder.layers.3.up.weight" not in state:
        model.encoder.layers = nn.ModuleList(model.encoder.layers[: len(STUDENT)])
    model.load_state_dict(state)
    return model.eval()
