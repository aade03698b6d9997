"""The reference run: from `corpus/` to the gauge that ships. `make gauge`, or `python -m train`.

1 weights   the encoder's first weights, out of a package         weights.py
2 corpus    replies, persons' turns and pairs, labels settled     settled.py in corpus/; variants.py
3 learn     one encoder for replies and one for persons' turns,   learn.py fit.py model.py
            side by side, each with its heads                     encoder.py
4 export    two ONNX files in eight-bit numbers that share their  export.py words.py
            vocabulary; words alone
5 calibrate values, intervals, thresholds, on what is held out    calibrate.py
6 scope     what is English conversation, and what is not         scope.py
"""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path

from beside_gauge.encode import ASSETS
from corpus.settled import corpus, corpus_hash, parted, split
from train.telling import KEPT, telling

SEED = 1
HELD_OUT = Path(__file__).parent / "held_out.txt"


def main() -> None:
    """Runs all six steps and says what came of them."""
    from train.calibrate import calibrate
    from train.export import export, weights_hash
    from train.learn import PARTS, learn, learnt, shrink
    from train.scope import write_scope
    from train.weights import first_weights
    from train.words import write_words

    parser = argparse.ArgumentParser(prog="python -m train", description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=Path, default=ASSETS, help="where the model goes")
    parser.add_argument("--epochs", type=float, default=1.0, help="times the rounds of each part")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--share", type=float, default=1.0, help="learn from this share only")
    parser.add_argument("--without", action="append", default=[], help="leave a setting out")
    parser.add_argument("--learned", type=Path, help="folder of an earlier run: skips step 3")
    parser.add_argument("--student", action="store_true", help="three layers; needs --learned")
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    say = telling()
    say("1 weights")
    weights = first_weights()
    say("2 corpus")
    everything = corpus("train", without=given.without)
    held, learned = parted(everything, set(HELD_OUT.read_text("utf-8").split()))
    if given.share < 1:
        learned, _ = split(learned, given.share, seed=SEED)
    held = held.with_(corpus("calibration", without=given.without))
    say(f"  {len(learned.turns)} persons' turns, {len(learned.answers)} replies to learn from; "
        f"{len(held.turns)} and {len(held.answers)} held out")  # fmt: skip
    say("3 learn")
    kept = given.learned or KEPT / given.out.name
    if not given.learned:
        learn(learned, weights, kept, rounds=given.epochs, seed=given.seed, threads=given.threads)
    if given.student:
        shrink(learned, weights, kept, rounds=given.epochs, seed=given.seed, threads=given.threads)
        kept = kept / "student"
    models = {part: learnt(weights, kept, part) for part in PARTS}
    say("4 export")
    given.out.mkdir(parents=True, exist_ok=True)
    export(models["reply"], models["person"], given.out)
    write_words(learned, given.out / "words.npz", seed=given.seed)
    say("5 calibrate")
    digest = corpus_hash(learned)
    name = f"beside-gauge-en-{datetime.now(UTC):%Y%m%d}-{weights_hash(given.out)}-{digest}"
    tables = calibrate(
        models["reply"], models["person"], given.out, held, name=name, learned=digest
    )
    (given.out / "gauge.json").write_text(json.dumps(tables) + "\n", encoding="utf-8")
    say("6 scope")
    write_scope(learned, given.out / "scope.npz")
    say(f"done: {name}, seed {given.seed}")


if __name__ == "__main__":
    main()
