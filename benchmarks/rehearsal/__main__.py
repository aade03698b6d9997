"""Written persons speak to a voice, and what it answers is read by the gauge and counted.

    python -m benchmarks.rehearsal --here authored
    python -m benchmarks.rehearsal --base-url localhost:11434 --model qwen2.5:1.5b --many 20
    python -m benchmarks.rehearsal --score FILE

The conversations are kept as JSONL (outside git unless `--file` says otherwise) with the hashes of
what they were made with. Asked again, it goes on where it broke off.
"""

import argparse
import asyncio
import sys
from pathlib import Path

from benchmarks.rehearsal import marks
from benchmarks.rehearsal.kept import KeptElsewhere, Rehearsed, open_file, read
from benchmarks.rehearsal.score import figures
from benchmarks.rehearsal.scripts import drawn, persons
from benchmarks.rehearsal.speak import all_of
from benchmarks.rehearsal.who import NOWHERE, Address, CannotAnswer, Here, Who
from benchmarks.report import plain, show
from beside_gauge.gauge import default

KEPT = Path(__file__).parent.parent.parent / ".cache" / "rehearsal"


def arguments() -> argparse.ArgumentParser:
    """What can be said on the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.rehearsal",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_who(parser)
    parser.add_argument("--many", type=int, help="so many persons, drawn by the seed; else all")
    parser.add_argument("--only", nargs="+", metavar="ID", help="only these persons")
    parser.add_argument("--turns", type=int, help="only the first turns of each")
    parser.add_argument("--file", type=Path, help="where the conversations are kept")
    parser.add_argument(
        "--score", type=Path, metavar="FILE", help="score what is kept; say nothing"
    )
    parser.add_argument("--no-gauge", action="store_true", help="checks and counts only")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    return parser


def add_who(parser: argparse.ArgumentParser) -> None:
    """Who is spoken to, for every benchmark that speaks to someone."""
    parser.add_argument("--here", metavar="VOICE", help="a voice of Beside, in this process")
    parser.add_argument("--data-folder", type=Path, default=NOWHERE, help="where its weights are")
    parser.add_argument("--base-url", help="any OpenAI-compatible address, Beside or other")
    parser.add_argument("--model", help="the model's name there")
    parser.add_argument("--key", help="the address's key, if it wants one")
    parser.add_argument("--seed", type=int, default=0, help="for drawing, and for the model")
    parser.add_argument("--at-once", type=int, default=1, help="conversations at the same time")


def who_of(asked: argparse.Namespace) -> Who:
    """Whoever the command line names."""
    if asked.here is not None:
        return Here(asked.here, data_folder=asked.data_folder)
    if asked.base_url is not None and asked.model is not None:
        return Address(asked.base_url, asked.model, key=asked.key)
    raise SystemExit("Say whom to speak to: --here VOICE, or --base-url ADDRESS --model NAME.")


def tell(line: str) -> None:
    """How far it is, beside the figures."""
    sys.stderr.write(f"{line}\n")


async def speak(asked: argparse.Namespace) -> list[Rehearsed]:
    """The conversations that were asked for, kept as they are made."""
    everyone = persons()
    chosen = [each for each in everyone if not asked.only or each.id in asked.only]
    scripts = drawn(chosen, many=asked.many, seed=asked.seed)
    who = who_of(asked)
    head = {
        "name": who.name, **who.marks, "scripts": marks.of_scripts(everyone),
        "seed": str(asked.seed), "turns": str(asked.turns or "all"),
    }  # fmt: skip
    name = "".join(c if c.isalnum() else "-" for c in who.name)
    path = asked.file or KEPT / f"{name}-{marks.of(head)[:8]}.jsonl"
    try:
        done = open_file(path, head)
        tell(f"The conversations are kept in {path}")
        return await all_of(
            scripts, who, path, done, turns=asked.turns, seed=asked.seed, at_once=asked.at_once,
            tell=tell,
        )  # fmt: skip
    except KeptElsewhere as error:
        raise SystemExit(str(error)) from None
    except CannotAnswer as why:
        raise SystemExit(f"Nobody answers ({why}). Asked again, it goes on from here.") from None
    finally:
        await who.close()


def run() -> None:
    """Speak, or take what was said, and print the figures."""
    asked = arguments().parse_args()
    kept = read(asked.score)[1] if asked.score else asyncio.run(speak(asked))
    broke = sum(each.broke is not None for each in kept)
    if broke:
        tell(f"{broke} conversations broke off; their turns up to there are counted.")
    gauge = None if asked.no_gauge else default()
    metrics = [
        plain("rehearsal_persons", len(kept), unit="persons", n=len(kept)),
        *figures(kept, gauge, name="rehearsal"),
    ]
    show(metrics, {}, as_json=asked.json)


if __name__ == "__main__":
    run()
