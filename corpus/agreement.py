"""How far two blind readers agree: `python -m corpus.agreement [BATCH ...] [--confusions]`.

Ordinal Krippendorff alpha for D1 to D8 where the context offers them, for S, K and danger; the
share of equal gates; with `--confusions` the tables. Both readers are language models.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence

import numpy as np

from corpus.shapes import Batch, ContextLabel, ReplyLabel, folders, read

Labels = Sequence[int | None]
DIMS = tuple(f"D{i}" for i in range(1, 9))


def ordinal_alpha(one: Labels, other: Labels, *, top: int) -> float:
    """Krippendorff's alpha for two readers with the ordinal distance (Krippendorff 2011).

    Items where one of them says None are left out. NaN where nothing is left.
    """
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a is not None and b is not None]
    if not pairs:
        return float("nan")
    counts = np.zeros(top + 1)
    for a, b in pairs:
        counts[a] += 1
        counts[b] += 1

    def distance(a: int, b: int) -> float:
        low, high = min(a, b), max(a, b)
        between = counts[low : high + 1].sum() - (counts[low] + counts[high]) / 2
        return float(between**2)

    table = np.array([[distance(a, b) for b in range(top + 1)] for a in range(top + 1)])
    observed = float(np.mean([table[a, b] for a, b in pairs]))
    n = counts.sum()
    together = np.outer(counts, counts) - np.diag(counts)
    expected = float((together * table).sum() / (n * (n - 1)))
    return 1 - observed / expected if expected else 1.0


def both(
    batches: Sequence[Batch],
) -> tuple[dict[str, list[ContextLabel]], dict[str, list[ReplyLabel]]]:
    """Items that two blind readers have labelled, with their first two labels."""
    contexts: dict[str, list[ContextLabel]] = {}
    replies: dict[str, list[ReplyLabel]] = {}
    for batch in batches:
        for reader in sorted(set(batch.labels) - {"writer"}):
            for label in batch.labels[reader]:
                if isinstance(label, ContextLabel):
                    contexts.setdefault(label.item, []).append(label)
                else:
                    replies.setdefault(label.item, []).append(label)
    return (
        {item: labels[:2] for item, labels in contexts.items() if len(labels) > 1},
        {item: labels[:2] for item, labels in replies.items() if len(labels) > 1},
    )


def lines(batches: Sequence[Batch], *, confusions: bool) -> list[str]:
    """The figures, a line each; the tables below where they are wanted."""
    contexts, replies = both(batches)
    made = [f"{len(contexts)} persons' turns and {len(replies)} replies with two blind readers"]
    for i, dimension in enumerate(DIMS):
        items = [
            item for item in replies
            if item.rsplit("-", 1)[0] in contexts
            and any(dimension in label.offered for label in contexts[item.rsplit("-", 1)[0]])
        ]  # fmt: skip
        one, other = ([replies[item][side].D[i] for item in items] for side in (0, 1))
        made.append(
            f"{dimension}      alpha {ordinal_alpha(one, other, top=3):5.2f}   n {len(items)}"
        )
        if confusions:
            made += _table(one, other)
    for scale, top in (("S", 5), ("K", 5), ("danger", 3)):
        labels = [[getattr(label, scale) for label in pair] for pair in contexts.values()]
        one, other = [pair[0] for pair in labels], [pair[1] for pair in labels]
        n = sum(a is not None and b is not None for a, b in labels)
        made.append(f"{scale:<7} alpha {ordinal_alpha(one, other, top=top):5.2f}   n {n}")
        if confusions:
            made += _table(one, other)
    same = sum((a.gate is None) == (b.gate is None) for a, b in replies.values())
    failed = [[label.gate is not None for label in pair] for pair in replies.values()]
    alpha = ordinal_alpha([int(a) for a, _ in failed], [int(b) for _, b in failed], top=1)
    made.append(f"gate    alpha {alpha:5.2f}   n {len(replies)}, equal in {same}")
    return made


def _table(one: Labels, other: Labels) -> list[str]:
    counts = Counter(zip(one, other, strict=True))
    return [
        f"          {a} and {b}: {n}"
        for (a, b), n in counts.most_common()
        if a != b and a is not None and b is not None
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures of the named batches, or of all that two have read."""
    parser = argparse.ArgumentParser(prog="python -m corpus.agreement", description=__doc__)
    parser.add_argument("batches", nargs="*")
    parser.add_argument("--confusions", action="store_true")
    given = parser.parse_args(arguments)
    language = None if given.batches else "en"
    found = [read(folder) for folder in folders(given.batches, language=language)]
    sys.stdout.write("\n".join(lines(found, confusions=given.confusions)) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
