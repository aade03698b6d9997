"""The learning curve: what a quarter, a half and all of the corpus give, in a shortened recipe.

Replies learn two rounds without changed forms, persons' turns two rounds; everything is read on
what is held out from learning (never the test part). The shipped recipe is longer, so only the
slope says something. `--settings` leaves three settings out in turn and reads the held-out replies
of each, beside the run that had learned from all. `python -m train.curve reply`, or `person`:
25 to 45 minutes each on one core.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.stats import spearmanr
from sklearn.metrics import roc_auc_score

from corpus.settled import Answer, Corpus, PersonTurn, corpus, parted, split
from train.__main__ import HELD_OUT, SEED
from train.encoder import load
from train.fit import Recipe, encode, fit, padded, turns_of
from train.model import Gauge
from train.telling import telling
from train.weights import first_weights

SHARES = (0.25, 0.5, 1.0)
SETTINGS = ("nursing", "leadership", "online")
SHORT = {"reply": Recipe(epochs=2, turns=0.0, changed=0.0, elsewhere=0.0),
         "person": Recipe(epochs=2, turns=1.0, hidden=0.15)}  # fmt: skip
ALARMS = 0.02


def scores(model: Gauge, texts: Sequence[tuple[tuple[tuple[str, str], ...], str]]) -> tuple[
    NDArray[np.float64], NDArray[np.float64]
]:  # fmt: skip
    """Raw scores of the reply (n, 18) and of the person's turns (n, 24)."""
    encoded = [encode(turns_of(turns), reply) for turns, reply in texts]
    order = sorted(range(len(encoded)), key=lambda i: len(encoded[i].ids))
    replies, turns = np.zeros((len(texts), 18)), np.zeros((len(texts), 24))
    with torch.no_grad():
        for start in range(0, len(order), 16):
            which = order[start : start + 16]
            out = model(*padded([encoded[i] for i in which]))
            replies[which], turns[which] = out.reply.float(), out.turn.float()
    return replies, turns


def of_replies(model: Gauge, answers: Sequence[Answer]) -> dict[str, float]:
    """Rank correlation with the labels over D1 to D8, mean and least, and the gate's area."""
    found, _ = scores(model, [(a.context.turns, a.text) for a in answers])
    rhos = []
    for d in range(8):
        there = [i for i, a in enumerate(answers) if a.levels[d] is not None]
        rho = spearmanr(found[there, d], [answers[i].levels[d] for i in there]).statistic
        rhos.append(float(rho))
    stops = [a.gate is not None for a in answers]
    gate = float(roc_auc_score(stops, found[:, 8])) if 0 < sum(stops) < len(stops) else float("nan")
    return {"rho_mean": float(np.mean(rhos)), "rho_min": min(rhos), "gate_area": gate}


def of_turns(model: Gauge, turns: Sequence[PersonTurn]) -> dict[str, float]:
    """Danger: the area under the curve, and what is seen at two false alarms in a hundred."""
    _, found = scores(model, [(turn.turns, "") for turn in turns])
    danger = np.array([turn.danger > 1 for turn in turns])
    score = found[:, 12]
    limit = np.quantile(score[~danger], 1 - ALARMS)
    return {"danger_area": float(roc_auc_score(danger, score)),
            "danger_recall_at_2": float((score[danger] > limit).mean())}  # fmt: skip


def main() -> None:
    """Learns each share (and without each setting), and prints one line of JSON for each."""
    parser = argparse.ArgumentParser(prog="python -m train.curve", description=__doc__)
    parser.add_argument("part", choices=("reply", "person"))
    parser.add_argument("--settings", action="store_true", help="leave three settings out as well")
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    say = telling()
    weights = first_weights()
    held, learned = parted(corpus("train"), set(HELD_OUT.read_text("utf-8").split()))
    held = held.with_(corpus("calibration"))
    runs = [(f"share {share}", split(learned, share, seed=SEED)[0] if share < 1 else learned)
            for share in SHARES]  # fmt: skip
    if given.settings:
        runs += [(f"without {setting}", _without(learned, setting)) for setting in SETTINGS]
    for name, part in runs:
        if given.part == "person":
            part = Corpus(turns=part.turns, answers=(), pairs=())
        torch.manual_seed(SEED)
        recipe = replace(SHORT[given.part], seed=SEED, threads=given.threads)
        model = fit(part, Gauge(load(weights)), recipe, name=name)
        line: dict[str, object] = {"run": name, "turns": len(part.turns),
                                   "replies": len(part.answers)}  # fmt: skip
        if given.part == "person":
            line |= of_turns(model, held.turns)
        else:
            line |= of_replies(model, held.answers)
            for setting in SETTINGS if given.settings else ():
                there = [a for a in held.answers if a.context.setting == setting]
                line[f"rho_{setting}"] = of_replies(model, there)["rho_mean"]
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
        say(name)


def _without(part: Corpus, setting: str) -> Corpus:
    left = {a.context.id for a in part.answers if a.context.setting == setting}
    return parted(part, {turn.id for turn in part.turns} - left)[0]


if __name__ == "__main__":
    main()
