"""Replies that real small models give: `python -m corpus.collect MODEL.gguf --many 60`.

Persons' turns of the training part that nobody has answered, and that calibration does not need,
are answered by the model, with the stance that Beside gives it. The draft is printed for
`corpus.draft`; its labels are all 1 and have to be replaced by a blind reading before the batch is
committed.
"""

import argparse
import asyncio
import random
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from corpus.shapes import Context, ContextLabel, folders, read

HELD_OUT = Path(__file__).parents[1] / "train" / "held_out.txt"


async def answers(path: Path, chosen: Sequence[Context]) -> list[str]:
    """What the model says to each, as it comes."""
    from beside.companion.care import look
    from beside.companion.stance import compose
    from beside.errors import BesideError
    from beside.voices.base import Message
    from beside.voices.embedded import EmbeddedVoice

    voice = EmbeddedVoice(name="collected", path=path, timeout_seconds=240)
    said = []
    try:
        for context in chosen:
            line = [Message(role=t.role, text=t.text) for t in context.earlier]
            line.append(Message(role="person", text=context.text))
            messages = compose(line, mode="issue", look=look(context.text, line[:-1]))
            pieces: list[str] = []
            with suppress(BesideError):  # it spoke too long: what came is kept
                async for piece in voice.stream(messages):
                    pieces.append(piece)
            said.append("".join(pieces)[:1200].strip())
            sys.stderr.write(".")
            sys.stderr.flush()
    finally:
        await voice.close()
    return said


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the draft."""
    parser = argparse.ArgumentParser(prog="python -m corpus.collect", description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--many", type=int, default=60)
    parser.add_argument("--skip", type=int, default=0)
    given = parser.parse_args(arguments)
    kept_apart = set(HELD_OUT.read_text("utf-8").split())
    found: list[tuple[Context, ContextLabel]] = []
    for folder in folders():
        batch = read(folder)
        if batch.facts and batch.facts.part == "train" and not batch.replies:
            labels = batch.of("writer")
            for context in batch.contexts:
                label = labels[context.id]
                short = len(context.text) < 700 and context.id not in kept_apart
                if short and isinstance(label, ContextLabel):
                    found.append((context, label))
    random.Random(11).shuffle(found)
    calm = [pair for pair in found if pair[1].danger < 2]
    crisis = [pair for pair in found if pair[1].danger > 1]
    mixed = [pair for three in zip(calm[::2], calm[1::2], crisis, strict=False) for pair in three]
    chosen = mixed[given.skip : given.skip + given.many]
    said = asyncio.run(answers(given.model, [context for context, _ in chosen]))
    seen: Counter[str] = Counter()
    for (context, label), reply in zip(chosen, said, strict=True):
        seen[reply] += 1
        if seen[reply] > 1 or not any(c.isalpha() for c in reply):
            continue
        head = f"# {context.setting} {context.register} {context.mode} | {context.hurts}"
        lines = [head]
        lines += [f"{'p' if t.role == 'person' else 'c'}: {t.text}" for t in context.earlier]
        stages = [f"{s}{getattr(label, s)}" for s in "SK" if getattr(label, s) is not None]
        if label.owned is not None:
            stages.append("own" if label.owned else "notown")
        danger = [f"danger {label.danger}", *label.kinds] if label.danger else []
        if label.danger > 1:
            danger.append("oblique" if label.oblique else "plain")
        lines += [f"> {context.text}", f"= {' '.join([*label.offered, *stages, *danger])}"]
        quote = " ".join(reply.split("\n")[0].split(" ")[:3])
        lines += [f"[a chatbot 11111111 - D1: {quote}]", reply]
        sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
