"""Does a batch repeat itself, and can its labels be guessed from style alone? Words only."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

_word = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_softeners = re.compile(
    r"\b(if you(?:'d)? (?:like|want|wish)|maybe|perhaps|might|no pressure|only if"
    r"|when you're ready)\b"
)


def words(text: str) -> list[str]:
    """The words of a text, lower case."""
    return _word.findall(text.lower())


def repeated_openers(texts: Mapping[str, str], *, length: int = 3) -> list[tuple[str, list[str]]]:
    """Openers of `length` words that more than one text has, with whose they are."""
    whose: dict[str, list[str]] = defaultdict(list)
    for name, text in texts.items():
        opener = words(text)[:length]
        if len(opener) == length:
            whose[" ".join(opener)].append(name)
    return sorted((opener, names) for opener, names in whose.items() if len(names) > 1)


def near_duplicates(
    texts: Mapping[str, str], *, at_least: float = 0.5, length: int = 4
) -> list[tuple[str, str, float]]:
    """Pairs of texts that share at least this part of their runs of `length` words (Jaccard)."""
    runs = {name: set(_runs(text, length)) for name, text in texts.items()}
    holders: dict[str, list[str]] = defaultdict(list)
    for name, own in runs.items():
        for run in own:
            holders[run].append(name)
    shared: Counter[tuple[str, str]] = Counter()
    for names in holders.values():
        if 1 < len(names) <= 50:
            shared.update(combinations(sorted(names), 2))
    found = []
    for (one, other), common in shared.items():
        alike = common / (len(runs[one]) + len(runs[other]) - common)
        if alike >= at_least:
            found.append((one, other, alike))
    return sorted(found, key=lambda each: -each[2])


def refrains(
    texts: Mapping[str, str],
    group: Callable[[str], str],
    *,
    length: int = 4,
    groups: int = 3,
) -> list[tuple[str, int]]:
    """Runs of `length` words that stand in at least `groups` different groups of texts."""
    where: dict[str, set[str]] = defaultdict(set)
    for name, text in texts.items():
        for run in _runs(text, length):
            where[run].add(group(name))
    often = [(run, len(names)) for run, names in where.items() if len(names) >= groups]
    return sorted(often, key=lambda each: (-each[1], each[0]))


def type_token(texts: Sequence[str], *, window: int = 100) -> float | None:
    """Different words per word, averaged over windows of `window` words; None where too short."""
    all_words = [word for text in texts for word in words(text)]
    windows = [all_words[i : i + window] for i in range(0, len(all_words) - window + 1, window)]
    if not windows:
        return None
    return sum(len(set(each)) / window for each in windows) / len(windows)


STYLES: dict[str, Callable[[str], float]] = {
    "length": lambda text: float(len(words(text))),
    "question mark": lambda text: float("?" in text),
    "I or my": lambda text: _share(text, {"i", "my", "me", "i'm", "i'd", "i'll", "i've"}),
    "you": lambda text: _share(text, {"you", "your", "you're", "you'd", "you've", "you'll"}),
    "bullets": lambda text: float(bool(re.search(r"(?m)^\s*(?:[-*•]|\d+[.)])\s", text))),
    "softener": lambda text: float(bool(_softeners.search(text.lower()))),
    "exclamation": lambda text: float("!" in text),
}
"""Plain features of style that must not give a label away."""


def rank_correlation(left: Sequence[float], right: Sequence[float]) -> float | None:
    """Spearman's rank correlation with ties; None where one side does not vary."""
    one, other = _ranks(left), _ranks(right)
    n = len(one)
    if n < 3 or len(set(one)) == 1 or len(set(other)) == 1:
        return None
    mean_one, mean_other = sum(one) / n, sum(other) / n
    together = sum((a - mean_one) * (b - mean_other) for a, b in zip(one, other, strict=True))
    spread = sum((a - mean_one) ** 2 for a in one) * sum((b - mean_other) ** 2 for b in other)
    return float(together / spread**0.5)


def _ranks(values: Sequence[float]) -> list[float]:
    order = sorted(range(len(values)), key=lambda i: values[i])
    ranks = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and values[order[end + 1]] == values[order[start]]:
            end += 1
        for i in order[start : end + 1]:
            ranks[i] = (start + end) / 2
        start = end + 1
    return ranks


def _runs(text: str, length: int) -> list[str]:
    own = words(text)
    return [" ".join(own[i : i + length]) for i in range(len(own) - length + 1)]


def _share(text: str, chosen: set[str]) -> float:
    own = [word.replace("’", "'") for word in words(text)]
    return sum(word in chosen for word in own) / len(own) if own else 0.0
