"""What a blind reader gets: `python -m corpus.sheet BATCH READER --part contexts|replies`.

The items of a batch in an order of the reader's own, without any label, pair or intention. With
`--left` only what this reader has not labelled yet.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from corpus.shapes import Batch, Context, folders, read


def sheet(batch: Batch, reader: str, part: str) -> Iterator[dict[str, Any]]:
    """The contexts, or the replies each with its context, shuffled for this reader.

    No two replies to one turn stand side by side where that can be helped.
    """
    order = random.Random(f"{batch.folder.name} {reader} {part}")
    if part == "contexts":
        contexts = list(batch.contexts)
        order.shuffle(contexts)
        for context in contexts:
            yield {"item": context.id, **_words(context)}
        return
    by_id = {context.id: context for context in batch.contexts}
    rounds: dict[int, list[Any]] = {}
    replies = list(batch.replies)
    order.shuffle(replies)
    seen: dict[str, int] = {}
    for reply in replies:
        turn = seen[reply.context] = seen.get(reply.context, -1) + 1
        rounds.setdefault(turn, []).append(reply)
    for turn in sorted(rounds):
        for reply in rounds[turn]:
            context = by_id[reply.context]
            yield {"item": reply.id, **_words(context), "by": reply.by, "reply": reply.text}


def _words(context: Context) -> dict[str, Any]:
    earlier = [{"role": turn.role, "text": turn.text} for turn in context.earlier]
    return {"setting": context.setting, "earlier": earlier, "person": context.text}


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the sheet, one object a line."""
    parser = argparse.ArgumentParser(prog="python -m corpus.sheet", description=__doc__)
    parser.add_argument("batch")
    parser.add_argument("reader")
    parser.add_argument("--part", choices=("contexts", "replies"), required=True)
    parser.add_argument("--left", action="store_true", help="only what is not labelled yet")
    given = parser.parse_args(arguments)
    chosen = folders([given.batch], language=None)
    if len(chosen) != 1:
        sys.stdout.write(f"{given.batch!r} names {len(chosen)} batches; it must be one.\n")
        return 1
    batch = read(chosen[0])
    done = batch.of(given.reader) if given.left else {}
    for line in sheet(batch, given.reader, given.part):
        if line["item"] not in done:
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
