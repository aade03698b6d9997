"""What is conversation in a model's own languages, and what is not: runs of characters, weighed.

Its own languages are the corpus itself; other languages are `foreign.txt` and, for English,
Beside's own lines in Dutch, French, Spanish and German; what is no conversation is made here: code,
tables, logs, noise.
"""

import base64
import json
import random
import string
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np

from beside_gauge.languages import ENGLISH, LANGUAGES
from beside_gauge.scope import LEAST_LETTERS, features
from corpus.settled import Corpus

ROOT = Path(__file__).parent.parent
SEED = 5
INSIDE, MOST_OF_ONE = 12_000, 6_000
"""So many texts of the model's own languages are looked at, and of one language."""
INSIDE_KEPT = 0.992
"""The share of what is inside that is let through."""
TOWARD_ENGLISH = 1.0
"""In doubt a text is English: that model is the better one."""


def write_scope(part: Corpus, to: Path) -> None:
    """For English: learns, sets limits that let nearly all of it through, and writes `to` (npz)."""
    rng = random.Random(SEED)
    foreign = [text for _, text in _foreign(rng)] + [text for _, text in _lines()]
    _write(list(_said(part)), foreign, to, rng, INSIDE)


def write_languages(parts: Mapping[str, Corpus], folder: Path) -> None:
    """For the others: `scope.npz`, and `languages.npz`, which tells the languages apart.

    `parts`: what was learned in each language, English too.
    """
    from sklearn.linear_model import LogisticRegression

    rng = random.Random(SEED)
    own = {name: list(_said(part)) for name, part in parts.items()}
    for name, text in _lines():
        own[name].append(text)
    foreign = [(name, text) for name, text in _foreign(rng) if name not in own]
    inside = [text for name, texts in own.items() if name != ENGLISH for text in texts]
    _write(inside, [text for _, text in foreign], folder / "scope.npz", rng, 2 * INSIDE)
    labelled = [(LANGUAGES.index("other"), text) for _, text in foreign] * 3
    for name, texts in own.items():
        labelled += [
            (LANGUAGES.index(name), text) for text in rng.sample(texts, min(6000, len(texts)))
        ]
    line = LogisticRegression(C=30.0, max_iter=400, class_weight="balanced").fit(
        np.stack([features(text) for _, text in labelled]), [name for name, _ in labelled]
    )
    rows = np.column_stack([line.coef_, line.intercept_])
    rows[0, -1] += TOWARD_ENGLISH
    np.savez_compressed(folder / "languages.npz", weights=rows.astype(np.float16))


def _write(inside: list[str], foreign: list[str], to: Path, rng: random.Random, most: int) -> None:
    from sklearn.linear_model import LogisticRegression

    inside = [text for text in inside if sum(map(str.isalpha, text)) >= LEAST_LETTERS]
    rng.shuffle(inside)
    held, inside = inside[:2000], inside[2000 : 2000 + most]
    strange = list(_strange(rng, inside))
    seen = np.stack([features(text) for text in inside])
    kept = np.stack([features(text) for text in held])
    rows, limits = [], []
    for outside in (foreign, strange):
        x = np.concatenate([seen, np.stack([features(text) for text in outside])])
        y = np.array([0] * len(inside) + [1] * len(outside))
        line = LogisticRegression(C=30.0, max_iter=400, class_weight="balanced").fit(x, y)
        row = np.append(line.coef_[0], line.intercept_[0]).astype(np.float16)
        rows.append(row)
        scores = kept @ row[:-1].astype(np.float32) + float(row[-1])
        limits.append(max(0.0, float(np.quantile(scores, INSIDE_KEPT))))
    np.savez_compressed(to, weights=np.stack(rows), limits=np.array(limits, np.float32))


def _said(part: Corpus) -> Iterator[str]:
    for at, answer in enumerate(part.answers):
        words = answer.text.split()
        yield answer.text
        yield " ".join(words[: 3 + at % 6])
        yield " ".join(words[-4:])
        yield f"{answer.context.turns[-1][1]} {answer.text}"
    for turn in part.turns:
        yield turn.turns[-1][1]
        yield " ".join(turn.turns[-1][1].split()[:5])


def _foreign(rng: random.Random) -> Iterator[tuple[str, str]]:
    """Lines in many languages, each with its language; whole, halved and joined."""
    lines: dict[str, list[str]] = {}
    for line in (Path(__file__).parent / "foreign.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            lines.setdefault(line[:2], []).append(line[3:])
    for name, own in lines.items():
        for line in own:
            for _ in range(3):
                yield name, line
            yield name, " ".join(rng.sample(own, min(len(own), 2)))
            words = line.split()
            if len(words) > 5:
                yield name, " ".join(words[: len(words) // 2])
                yield name, " ".join(words[len(words) // 2 :])


def _lines() -> Iterator[tuple[str, str]]:
    """Beside's own lines in the other languages."""
    folder = ROOT / "packages/beside/src/beside/voices/authored/lines"
    for language in ("nl", "fr", "es", "de"):
        for path in sorted((folder / language).glob("*.toml")):
            for text in _texts(tomllib.loads(path.read_text(encoding="utf-8"))):
                yield language, text


def _texts(given: object) -> Iterator[str]:
    if isinstance(given, str):
        if sum(map(str.isalpha, given)) >= LEAST_LETTERS and " " in given:
            yield given
    elif isinstance(given, dict):
        for value in given.values():
            yield from _texts(value)
    elif isinstance(given, list):
        for value in given:
            yield from _texts(value)


def _strange(rng: random.Random, english: list[str]) -> Iterator[str]:
    code = [
        path.read_text(encoding="utf-8").splitlines()
        for path in sorted((ROOT / "packages").rglob("*"))
        if path.suffix in {".py", ".css", ".js", ".html", ".toml"} and "test" not in path.name
    ]
    for lines in code:
        useful = [line for line in lines if len(line) > 8]
        for start in range(0, max(1, len(useful) - 4), 12):
            yield "\n".join(useful[start : start + rng.randint(1, 8)])
    words = [word for text in english[:300] for word in text.split()]

    def number(least: int, most: int) -> int:
        return rng.randint(least, most)

    def some(letters: str, least: int, most: int) -> str:
        return "".join(rng.choices(letters, k=number(least, most)))

    def lines(least: int, most: int, line: Callable[[], str], between: str = "\n") -> str:
        return between.join(line() for _ in range(number(least, most)))

    def log() -> str:
        level = rng.choice(["INFO", "ERROR", "WARN"])
        day = f"2026-{number(1, 12):02d}-{number(1, 28):02d}T{number(0, 23):02d}:00:00"
        return f"{day} {level} {rng.choice(words)}={number(0, 999)}"

    makers: list[Callable[[], str]] = [
        lambda: lines(6, 12, lambda: f"{rng.choice(words)};{number(0, 9999)};{number(0, 99)}.5"),
        lambda: json.dumps({rng.choice(words): number(0, 9999) for _ in range(5)}),
        lambda: base64.b64encode(rng.randbytes(number(30, 120))).decode(),
        lambda: some("asdfghjklqwertyuiop", 14, 60),
        lambda: lines(4, 14, lambda: some(string.ascii_lowercase, 2, 9), " "),
        lambda: lines(1, 4, log),
        lambda: lines(3, 9, lambda: f"{number(1, 12)}x {rng.choice(words)} {number(1, 90)}.99"),
        lambda: lines(
            3, 9, lambda: f"{some('CHNOSP', 1, 1)}{number(1, 12)}{some('HO', 1, 2)}", " "
        ),
        lambda: f"/{'/'.join(rng.sample(words, 4))}.py:{number(1, 900)}",
    ]
    for _ in range(250):
        for make in makers:
            yield make()
