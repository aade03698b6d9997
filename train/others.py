"""The run for other languages: one encoder for Dutch, French, German and Spanish.

It begins from multilingual-e5-small (`e5.py`) and learns from the English corpus and from what was
written in the four languages, replies and persons' turns together: two rounds of everything, then
two with fewer replies. Persons' turns of the four languages come oftener throughout. Its word
pieces are never learned, so weights of a run with fewer words still fit. `make gauge-languages`, or
`python -m train.others`; about an hour on two cores.
"""

import argparse
import json
from dataclasses import replace
from datetime import UTC, datetime
from functools import reduce
from pathlib import Path

import torch

from beside_gauge.encode import ASSETS
from beside_gauge.languages import OTHERS as FOLDER
from corpus.settled import Corpus, corpus, corpus_hash, parted
from corpus.shapes import OTHERS
from train.telling import KEPT, telling

SEED = 1
HELD_OUT_OTHERS = Path(__file__).parent / "held_out_others.txt"
"""The turns of the four languages that are for calibration: a fifth of each batch, or nearly."""
FOREIGN = 4
"""How often a person's turn in one of the four languages counts beside an English one."""


def parts() -> tuple[dict[str, Corpus], Corpus]:
    """What is learned from by language (English too), and what is held out in the other four."""
    from train.__main__ import HELD_OUT

    _, english = parted(corpus("train"), set(HELD_OUT.read_text("utf-8").split()))
    names = set(HELD_OUT_OTHERS.read_text("utf-8").split())
    learned, held = {"en": english}, Corpus(turns=(), answers=(), pairs=())
    for language in OTHERS:
        rest, learned[language] = parted(corpus("train", language=language), names)
        held = held.with_(rest)
    return learned, held


def texts(part: Corpus) -> list[str]:
    """Everything that is said in a part of the corpus."""
    said = [words for turn in part.turns for _, words in turn.turns]
    return said + [answer.text for answer in part.answers]


def main() -> None:
    """Runs all steps: weights, learning, export, calibration."""
    from train.calibrate import calibrate
    from train.e5 import chosen, encoder, first_weights, write_tokenizer
    from train.export import export_both, weights_hash
    from train.fit import Recipe, fit
    from train.model import Gauge
    from train.scope import write_languages

    parser = argparse.ArgumentParser(prog="python -m train.others", description=__doc__)
    parser.add_argument("--out", type=Path, default=ASSETS / FOLDER, help="where the model goes")
    parser.add_argument("--learned", type=Path, help="weights of an earlier run: skips learning")
    parser.add_argument(
        "--begun", type=Path, help="weights after the first rounds: learns the rest"
    )
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    say = telling()
    by_language, held = parts()
    learned = reduce(Corpus.with_, by_language.values())
    foreign = tuple(t for each in OTHERS for t in by_language[each].turns)
    say(f"{len(learned.turns)} persons' turns, {len(learned.answers)} replies to learn from; "
        f"{len(held.turns)} and {len(held.answers)} held out")  # fmt: skip
    e5 = first_weights()
    stay = chosen(e5, texts(learned.with_(held)))
    given.out.mkdir(parents=True, exist_ok=True)
    write_tokenizer(e5, stay, given.out / "tokenizer.json")
    model = Gauge(encoder(e5, stay))
    if weights := given.learned or given.begun:
        state = torch.load(weights, weights_only=True)
        state["encoder.words.weight"] = model.encoder.words.weight
        model.load_state_dict(state)
    if not given.learned:
        kept = KEPT / given.out.name
        kept.mkdir(parents=True, exist_ok=True)
        often = replace(learned, turns=learned.turns + foreign * (FOREIGN - 1))
        first = Recipe(epochs=2, rate=1e-4, turns=0.6, changed=0.0, elsewhere=0.1, seed=SEED,
                       threads=given.threads, pieces=given.out)  # fmt: skip
        second = replace(first, rate=5e-5, replies=0.3, turns=0.5, seed=SEED + 1)
        for name, recipe in (("first", first), ("second", second))[bool(given.begun) :]:
            model = fit(often, model, recipe, name=name)
            torch.save(model.state_dict(), kept / f"{name}.pt")
    say("export")
    export_both(model, given.out)
    say("calibrate")
    digest = corpus_hash(learned)
    name = f"beside-gauge-others-{datetime.now(UTC):%Y%m%d}-{weights_hash(given.out)}-{digest}"
    tables = calibrate(
        model, model, given.out, held, name=name, learned=digest, pieces=given.out
    )  # fmt: skip
    (given.out / "gauge.json").write_text(json.dumps(tables) + "\n", encoding="utf-8")
    say("scope")
    write_languages(by_language, given.out)
    say(f"done: {name}, seed {SEED}")


if __name__ == "__main__":
    main()
