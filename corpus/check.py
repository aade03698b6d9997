"""Is a batch well formed, and does it repeat itself? `python -m corpus.check [BATCH ...]`.

Problems must be put right (exit 1); what is worth a look is for the writer to judge.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import fmean

from corpus import sameness
from corpus.shapes import Batch, ContextLabel, Problem, ReplyLabel, folders, read

NOT_IN_DANGER = {"D3", "D5", "D8"}
SHORTCUT = 0.35


def problems(batch: Batch) -> list[Problem]:
    """All that must be put right in a batch."""
    return [
        *batch.problems,
        *_names(batch),
        *_pairs(batch),
        *(p for reader in batch.labels for p in _labels(batch, reader)),
        *_complete(batch),
    ]


def worth_a_look(batch: Batch) -> list[str]:
    """What a writer should look at again: sameness, shortcuts, thin corners of the grid."""
    return [*_repeats(batch), *_shortcuts(batch), *_shares(batch)]


def overview(batch: Batch) -> list[str]:
    """What the batch holds, in a few lines."""
    written = batch.of("writer").values()
    replies = [label for label in written if isinstance(label, ReplyLabel)]
    contexts = [label for label in written if isinstance(label, ContextLabel)]
    lines = [
        f"{len(batch.contexts)} contexts, {len(batch.replies)} replies, {len(batch.pairs)} pairs, "
        f"readers: {', '.join(batch.labels) or 'none'}"
    ]
    for i in range(8):
        counts: Counter[int] = Counter(label.D[i] for label in replies)
        lines.append(
            f"D{i + 1}  " + "  ".join(f"{level}: {counts[level]:3d}" for level in range(4))
            + f"   offered in {sum(f'D{i + 1}' in c.offered for c in contexts)}"
        )  # fmt: skip
    gates = Counter(label.gate for label in replies if label.gate)
    lines.append("gate: " + (", ".join(f"{r} {n}" for r, n in gates.most_common()) or "none"))
    for scale in ("S", "K"):
        seen = Counter(getattr(c, scale) for c in contexts if getattr(c, scale) is not None)
        lines.append(f"{scale}: " + "  ".join(f"{level}: {seen[level]}" for level in range(6)))
    lines.append(
        "danger: " + "  ".join(f"{k}: {n}" for k, n in _counted(c.danger for c in contexts))
    )
    spread = sameness.type_token([reply.text for reply in batch.replies])
    lengths = sorted(len(sameness.words(reply.text)) for reply in batch.replies)
    if lengths and spread is not None:
        lines.append(
            f"words in a reply: {lengths[0]} to {lengths[-1]}, "
            f"middle {lengths[len(lengths) // 2]}; "
            f"different words per word: {spread:.2f}"
        )
    return lines


def _names(batch: Batch) -> Iterator[Problem]:
    number = batch.folder.name[:3]
    contexts = {context.id for context in batch.contexts}
    for name, count in Counter(
        [c.id for c in batch.contexts] + [r.id for r in batch.replies]
    ).items():
        if count > 1:
            yield Problem(name, f"stands {count} times")
        if not name.startswith(number):
            yield Problem(name, f"does not begin with the batch's number {number}")
    for reply in batch.replies:
        if reply.context not in contexts:
            yield Problem(reply.id, f"answers {reply.context!r}, which is not there")
        if not reply.id.startswith(reply.context + "-"):
            yield Problem(reply.id, f"is not named after its context {reply.context!r}")
    for text, count in Counter(reply.text.strip().lower() for reply in batch.replies).items():
        if count > 1:
            yield Problem("replies.jsonl", f"holds {count} times: {text[:60]!r}")


def _pairs(batch: Batch) -> Iterator[Problem]:
    replies = {reply.id: reply for reply in batch.replies}
    labels = batch.of("writer")
    for pair in batch.pairs:
        where = f"pair {pair.better} over {pair.worse}"
        if pair.better not in replies or pair.worse not in replies:
            yield Problem(where, "names a reply that is not there")
            continue
        if replies[pair.better].context != replies[pair.worse].context:
            yield Problem(where, "answers two different contexts")
        better, worse = labels.get(pair.better), labels.get(pair.worse)
        if isinstance(better, ReplyLabel) and isinstance(worse, ReplyLabel):
            if pair.dimension == "gate":
                right = better.gate is None and worse.gate is not None
            else:
                i = int(pair.dimension[1]) - 1
                right = better.D[i] > worse.D[i]
            if not right:
                yield Problem(where, f"the writer's own labels do not order it on {pair.dimension}")


def _labels(batch: Batch, reader: str) -> Iterator[Problem]:
    contexts = {context.id for context in batch.contexts}
    replies = {reply.id: reply for reply in batch.replies}
    for item, count in Counter(label.item for label in batch.labels[reader]).items():
        if count > 1:
            yield Problem(f"labels-{reader} {item}", f"is labelled {count} times")
    for label in batch.labels[reader]:
        where = f"labels-{reader} {label.item}"
        if isinstance(label, ReplyLabel):
            if label.item not in replies:
                yield Problem(where, "is no reply of this batch")
                continue
            for dimension, span in label.evidence.items():
                if span not in replies[label.item].text:
                    yield Problem(where, f"evidence for {dimension} is not in the reply: {span!r}")
            if label.gate is not None and "gate" not in label.evidence:
                yield Problem(where, "fails the gate without words that show it")
        elif label.item not in contexts:
            yield Problem(where, "is no context of this batch")
        else:
            yield from (Problem(where, what) for what in _person(label))


def _person(label: ContextLabel) -> Iterator[str]:
    dangerous = label.danger >= 2
    if dangerous != bool(label.kinds):
        yield "has kinds of danger exactly where the level is 2 or 3"
    if dangerous != (label.oblique is not None):
        yield "says oblique (true or false) exactly where the level is 2 or 3"
    if dangerous and NOT_IN_DANGER & set(label.offered):
        yield "offers D3, D5 or D8 in danger"
    if len(set(label.offered)) != len(label.offered):
        yield "names an offered dimension twice"
    insight = (label.S or 0) >= 3 or (label.K or 0) >= 2
    if insight != (label.owned is not None):
        yield "says owned (true or false) exactly where S is 3 or more, or K is 2 or more"


def _complete(batch: Batch) -> Iterator[Problem]:
    wanted = {context.id for context in batch.contexts} | {reply.id for reply in batch.replies}
    missing = sorted(wanted - set(batch.of("writer")))
    if missing:
        yield Problem("labels-writer", f"{len(missing)} without a label, first {missing[0]}")


def _repeats(batch: Batch) -> Iterator[str]:
    replies = {reply.id: reply.text for reply in batch.replies}
    turns = {context.id: context.text for context in batch.contexts}
    context_of = {reply.id: reply.context for reply in batch.replies}
    paired = {frozenset((pair.better, pair.worse)) for pair in batch.pairs}
    for opener, names in sameness.repeated_openers(replies):
        if len(names) > 2 or frozenset(names) not in paired:
            yield f"opener {opener!r}: {', '.join(names)}"
    for opener, names in sameness.repeated_openers(turns):
        yield f"opener {opener!r}: {', '.join(names)}"
    for one, other, alike in sameness.near_duplicates(replies | turns):
        if frozenset((one, other)) not in paired:
            yield f"nearly the same ({alike:.2f}): {one} and {other}"
    for run, count in sameness.refrains(replies, context_of.__getitem__)[:15]:
        yield f"refrain in {count} contexts: {run!r}"


def _shortcuts(batch: Batch) -> Iterator[str]:
    labels = batch.of("writer")
    read_replies = [
        (reply.text, label)
        for reply in batch.replies
        if isinstance(label := labels.get(reply.id), ReplyLabel)
    ]
    for style, feature in sameness.STYLES.items():
        measured = [feature(text) for text, _ in read_replies]
        for i in range(8):
            levels = [float(label.D[i]) for _, label in read_replies]
            found = sameness.rank_correlation(measured, levels)
            if found is not None and abs(found) >= SHORTCUT:
                yield f"shortcut: {style} goes with D{i + 1} ({found:+.2f})"
    for replier in sorted({reply.by for reply in batch.replies}):
        own = [float(reply.by == replier) for reply in batch.replies if reply.id in labels]
        found = sameness.rank_correlation(own, [fmean(label.D) for _, label in read_replies])
        if found is not None and abs(found) >= SHORTCUT:
            yield f"shortcut: replies by a {replier} are mostly alike in quality ({found:+.2f})"


def _shares(batch: Batch) -> Iterator[str]:
    if not batch.contexts or not batch.replies:
        return
    labels = batch.of("writer")
    with_earlier = fmean(bool(context.earlier) for context in batch.contexts)
    if not 0.35 <= with_earlier <= 0.65:
        yield f"earlier turns in {with_earlier:.0%} of the contexts (about half is wanted)"
    near = fmean(near_miss(batch, reply.id) for reply in batch.replies)
    if near < 0.25:
        yield f"near-misses: {near:.0%} of the replies (at least a quarter is wanted)"
    if len(batch.pairs) * 6 < len(batch.replies):
        yield f"pairs: {len(batch.pairs)} for {len(batch.replies)} replies (one in six is wanted)"
    for name in ("setting", "register", "mode"):
        (most, count), *_ = Counter(getattr(c, name) for c in batch.contexts).most_common()
        if count > max(4, len(batch.contexts) / 2):
            yield f"{name} is {most!r} in {count} of {len(batch.contexts)} contexts"
    for i in range(8):
        counts: Counter[int] = Counter(
            label.D[i] for label in labels.values() if isinstance(label, ReplyLabel)
        )
        thin = [level for level in range(4) if counts[level] < 0.05 * len(batch.replies)]
        if thin:
            yield f"D{i + 1}: level {', '.join(map(str, thin))} in under 5% of the replies"


def near_miss(batch: Batch, reply_id: str) -> bool:
    """Whether a reply is good on all that its context offers but one (or but the gate)."""
    labels = batch.of("writer")
    label = labels.get(reply_id)
    context = labels.get(reply_id.rsplit("-", 1)[0])
    if not isinstance(label, ReplyLabel) or not isinstance(context, ContextLabel):
        return False
    levels = sorted(label.D[int(name[1]) - 1] for name in context.offered)
    failing = sum(level <= 1 for level in levels)
    return len(levels) >= 3 and (failing == 1 or (failing == 0 and label.gate is not None))


def _counted(values: Iterator[int]) -> list[tuple[int, int]]:
    return sorted(Counter(values).items())


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints what was found in each batch; 1 where something must be put right."""
    parser = argparse.ArgumentParser(prog="python -m corpus.check", description=__doc__)
    parser.add_argument("batch", nargs="*", help="a number or the beginning of a name; all if none")
    chosen = folders(parser.parse_args(arguments).batch, language=None)
    if not chosen:
        sys.stdout.write("No such batch. They are folders in corpus/batches/ or languages/.\n")
        return 1
    wrong = 0
    for folder in chosen:
        batch = read(folder)
        found = problems(batch)
        wrong += len(found)
        lines = [f"== {folder.name}", *overview(batch)]
        lines += [f"look: {line}" for line in worth_a_look(batch)]
        lines += [f"PROBLEM {problem}" for problem in found]
        sys.stdout.write("\n".join(lines) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
