"""Turns that press the companion, and turns that do not: what the authored voice learns from.

`python -m corpus.pressing` says how well what is learned from some turns hears others: English
from hand to hand, every other language from half of its own and all languages. `--build`
makes what the voice ships (`voices/authored/pressing.npz`), by the gauge that is installed, with
the limits that those measures give. The gauge never learns from these turns.
"""

import argparse
import functools
import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from beside.voices.authored import learned
from beside.voices.authored.book import open_book
from beside.voices.authored.language import language_of_talk
from beside.voices.authored.learned import (
    EASED,
    NONE,
    PRESSES,
    RIGHT,
    Layer,
    Learned,
    Limits,
    Reading,
)
from beside.voices.authored.thread import heard_by_shapes
from beside.voices.base import Message, Role
from corpus.pressing_none import HAND, everyday

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from beside.voices.authored.vectors import Vectors

SOURCE = Path(__file__).parent / "pressing"
BUILT = Path(__file__).parents[1] / "packages/beside/src/beside/voices/authored" / "pressing.npz"
CACHE = Path(__file__).parents[1] / ".cache" / "pressing.npz"
"""States that were computed before: by the hash of encoder and text."""

NAMES = {"right": RIGHT, "justified": "right"}
"""Names of the files and of the lines: "right" there is who puts something right; the kind that
wants to hear that what was done was right is "justified"."""
QUIET = (NONE, RIGHT, EASED)
STRAYED = 0.03
"""How many of the turns that do not press may be answered as if they did, where they stand near."""
STRAYED_EVERYDAY = 0.015
"""And of everyday turns, among which about one in a hundred does press."""
SURE = 0.67
"""How often a kind must be the right one to be named."""
ANY: Limits = {"": dict.fromkeys(learned.LIMITS, 0.0)}
"""Limits while none are known."""
MEANING = 0.5
"""What the scores by meaning count beside those by words: with more, kinds are told apart worse."""
STRENGTH = 5.0
"""The inverse of how much small weights are wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One turn with what was said before it, and what it does."""

    name: str
    hand: str
    kind: str
    talk: tuple[Message, ...]

    @property
    def after(self) -> bool:
        """Whether something was said before."""
        return len(self.talk) > 1

    @property
    def everyday(self) -> bool:
        """Whether it comes from the corpus, and was not written for this."""
        return self.hand.endswith(HAND)


class NotAnItem(ValueError):
    """A line that cannot be read; says which, and what it should look like."""


def items(text: str, hand: str) -> list[Item]:
    """The items of one file. Raises NotAnItem with the line's number."""
    made: list[Item] = []
    kind, talk = "", list[Message]()
    roles: Mapping[str, Role] = {"p:": "person", "c:": "companion", "> ": "person"}
    for at, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("%"):
            continue
        begins = line[:2]
        if begins == "= ":
            kind, talk = line[2:].strip(), []
        elif kind and begins in roles and line[2:].strip():
            talk.append(Message(role=roles[begins], text=line[2:].strip()))
        else:
            raise NotAnItem(
                f"{hand}:{at} is none of '= kind', 'p:', 'c:', '> words': {line[:40]!r}"
            )
        if begins == "> ":
            own = NAMES.get(kind, kind)
            made.append(Item(name=f"{hand}:{at}", hand=hand, kind=own, talk=tuple(talk)))
            kind = ""
    return made


def whole() -> list[Item]:
    """Every item of the folder, and everyday turns of the corpus."""
    paths = sorted(SOURCE.glob("*.txt"))
    written = [item for path in paths for item in items(path.read_text("utf-8"), path.stem)]
    drawn = (Item(name=name, hand=hand, kind=NONE, talk=talk) for hand, name, talk in everyday())
    return [*written, *drawn]


def hash_of(every: Sequence[Item]) -> str:
    """The SHA-256 of all that is learned from, whatever its layout."""
    told = [[i.hand, i.kind, [[m.role, m.text] for m in i.talk]] for i in every]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def states(every: Sequence[Item]) -> "Vectors":
    """(3n, 384) the states of what is read of each item; those known from before are not made."""
    import numpy as np

    from beside_gauge import Gauge

    gauge = Gauge.load(threads=1)
    encoder = gauge.encoder_of(learned.ENCODER)
    texts = [part for item in every for part in learned.parts(_read(item))]
    names = [
        hashlib.sha256(f"{encoder}{[(t.role, t.text) for t in text]}".encode()).hexdigest()
        for text in texts
    ]
    known: dict[str, Vectors] = {}
    if CACHE.is_file():
        with np.load(CACHE, allow_pickle=False) as kept:
            known = dict(zip(map(str, kept["names"]), kept["states"], strict=True))
    new = {name: text for name, text in zip(names, texts, strict=True) if name not in known}
    if new:
        made = gauge.turn_states(list(new.values()), language=learned.ENCODER)
        known |= dict(zip(new, made, strict=True))
        CACHE.parent.mkdir(parents=True, exist_ok=True)
        wanted = sorted(set(names))
        np.savez(CACHE, names=np.array(wanted), states=np.stack([known[n] for n in wanted]))
    return np.stack([known[name] for name in names])


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """All items as the heads read them: by meaning (n, 1153), by words and shapes (n, d)."""

    items: tuple[Item, ...]
    meant: "Vectors"
    said: "csr_array[np.float32]"
    means: "Vectors"
    kinds: tuple[str, ...]

    def at(self, places: Sequence[int]) -> "Rows":
        """Some of them."""
        return replace(
            self,
            items=tuple(self.items[at] for at in places),
            meant=self.meant[places],
            said=self.said[places],
        )


def rows(every: Sequence[Item]) -> Rows:
    """The items, ready to be learned from or to be read."""
    import numpy as np
    from scipy.sparse import csr_array, vstack

    found = states(every).reshape(len(every), 3, -1)
    means = found.mean(0)
    kinds = tuple(sorted({item.kind for item in every} - set(QUIET)))
    meant, said = [], []
    for item, own in zip(every, found, strict=True):
        one, other = learned.features([_read(item)], own, means, kinds, heard_in)
        meant.append(one[0])
        said.append(csr_array(other))
    return Rows(
        items=tuple(every),
        meant=np.stack(meant),
        said=vstack(said, format="csr"),
        means=means.astype(np.float32),
        kinds=kinds,
    )


def learn(given: Rows, limits: Limits) -> Learned:
    """The heads that these items give.

    What is wanted is told by two heads, by meaning and by words and shapes, whose scores are added.
    """
    import numpy as np
    from scipy.sparse import csr_array, hstack
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
    from sklearn.linear_model import LogisticRegression

    both = hstack([csr_array(given.meant), given.said], format="csr")
    does = np.array([item.kind if item.kind in QUIET else PRESSES for item in given.items])
    after = np.array([item.after for item in given.items])
    first, again = (
        LogisticRegression(C=STRENGTH, max_iter=150, tol=1e-3).fit(both[own], does[own])
        for own in (~after & np.isin(does, (PRESSES, NONE)), after)
    )
    asks = np.array([item.kind not in QUIET for item in given.items])
    kinds = [item.kind for item in given.items if item.kind not in QUIET]
    by_meaning = LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto")
    by_words = LogisticRegression(C=STRENGTH, max_iter=150, tol=1e-3)
    by_meaning.fit(given.meant[asks], kinds)
    by_words.fit(given.said[asks], kinds)
    weights = np.hstack([MEANING * by_meaning.coef_, by_words.coef_])
    bias = MEANING * by_meaning.intercept_ + by_words.intercept_
    return Learned(
        first=_layer(first.classes_, *_both_sides(first.coef_, first.intercept_)),
        again=_layer(again.classes_, again.coef_, again.intercept_),
        wants=_layer(by_words.classes_, weights, bias),
        means=given.means,
        limits=limits,
    )


def _both_sides(weights: "Vectors", bias: "Vectors") -> "tuple[Vectors, Vectors]":
    """A head of two classes has one row, for the second: the first gets its own."""
    import numpy as np

    return np.vstack([-weights / 2, weights / 2]), np.hstack([-bias / 2, bias / 2])


def _layer(names: "NDArray[np.str_]", weights: "Vectors", bias: "Vectors") -> Layer:
    return Layer(tuple(map(str, names)), weights.astype("float32"), bias.astype("float32"))


@functools.cache
def heard_in(text: str) -> frozenset[str]:
    """The kinds that the written shapes of its language find in a text."""
    book = open_book(language_of_talk([text]))
    return frozenset(heard_by_shapes(book)(text)) if book else frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What heads that never saw these items' hand say of them."""

    items: tuple[Item, ...]
    readings: tuple[Reading, ...]

    @property
    def presses(self) -> "Vectors":
        """(n,) the chance that something is pressed for."""
        return _row(each.presses for each in self.readings)

    @property
    def right(self) -> "Vectors":
        """(n,) the chance that something is put right."""
        return _row(each.right for each in self.readings)

    @property
    def eased(self) -> "Vectors":
        """(n,) the chance that what was pressed for is let go."""
        return _row(each.eased for each in self.readings)

    @property
    def share(self) -> "Vectors":
        """(n,) how sure it is what is pressed for."""
        return _row(each.kind.share for each in self.readings)

    @property
    def same(self) -> "NDArray[np.bool_]":
        """(n,) whether the likeliest kind is the item's own."""
        import numpy as np

        pairs = zip(self.readings, self.items, strict=True)
        return np.array([each.kind.name == item.kind for each, item in pairs])

    @property
    def everyday(self) -> "NDArray[np.bool_]":
        """(n,) which items are everyday turns of the corpus."""
        import numpy as np

        return np.array([item.everyday for item in self.items])

    def where(self, *kinds: str) -> "NDArray[np.bool_]":
        """(n,) which items are of these kinds."""
        import numpy as np

        return np.array([item.kind in kinds for item in self.items])

    @property
    def after(self) -> "NDArray[np.bool_]":
        """(n,) before which items something was said."""
        import numpy as np

        return np.array([item.after for item in self.items])


Values = Callable[[Heard], "Vectors"]


def _presses(each: Heard) -> "Vectors":
    return each.presses


def _right(each: Heard) -> "Vectors":
    return each.right


def _eased(each: Heard) -> "Vectors":
    return each.eased


def heard(every: Rows, asked: Sequence[int], seen: Sequence[int]) -> Heard:
    """What heads that learned from the items at `seen` say of those at `asked`."""
    import numpy as np

    head = learn(every.at(seen), ANY)
    unseen = every.at(asked)
    read = np.hstack([unseen.meant, unseen.said.toarray()])
    return Heard(items=unseen.items, readings=tuple(head.readings(read, "")))


def limits_of(all_heard: Sequence[Heard]) -> dict[str, float]:
    """From where on a reading counts, so that few turns that do not press are answered so."""
    import numpy as np

    def over(values: "Sequence[Vectors]", strayed: float) -> float:
        return float(np.quantile(np.concatenate(values), 1 - strayed))

    rows = [(each, each.where(NONE) & ~each.everyday, each.after) for each in all_heard]

    def near(values: Values, strayed: float, after: bool = True) -> float:
        return over([values(each)[own & (a == after)] for each, own, a in rows], strayed)

    def everyday(values: Values, after: bool = True) -> float:
        own = [values(each)[each.everyday & (a == after)] for each, _, a in rows]
        return over(own, STRAYED_EVERYDAY)

    known = [~each.where(*QUIET, "say_it") for each in all_heard]
    share = np.concatenate([each.share[own] for each, own in zip(all_heard, known, strict=True)])
    same = np.concatenate([each.same[own] for each, own in zip(all_heard, known, strict=True)])
    steps = np.linspace(0.1, 0.9, 81)
    sure = [same[share >= step].mean() if (share >= step).any() else 1.0 for step in steps]
    return {
        "least_first": max(near(_presses, STRAYED, False), everyday(_presses, False)),
        "least_again": max(near(_presses, STRAYED), everyday(_presses)),
        "least_after": near(_presses, STRAYED),
        "least_right": max(near(_right, STRAYED), everyday(_right)),
        "least_right_after": near(_right, STRAYED),
        "least_eased": near(_eased, STRAYED / 3),
        "least_kind": float(next((s for s, k in zip(steps, sure, strict=True) if k >= SURE), 0.9)),
    }


def told(each: Heard, limits: Mapping[str, float]) -> Iterator[str]:
    """How well a hand that was not learned from is heard, one figure at a time."""
    import numpy as np

    least = np.where(each.after, limits["least_again"], limits["least_first"])
    near = each.where(NONE) & ~each.everyday
    pressing = each.presses >= least
    held = np.where(each.after, each.presses >= limits["least_after"], pressing)
    right = (each.right >= limits["least_right"]) & ~pressing & each.after
    right_after = (each.right >= limits["least_right_after"]) & ~held & each.after
    own = np.array([item.kind for item in each.items])
    asks = ~each.where(*QUIET)
    known = asks & (own != "say_it")
    same = each.same
    sure = each.share >= limits["least_kind"]
    first = _share(pressing[asks & ~each.after])
    again = _share(held[asks & each.after])
    yield f"pressing heard {_share(pressing[asks])} (first turns {first}, after pressing {again})"
    yield f"false alarms {_share(held[near])}, everyday {_share(pressing[each.everyday])}"
    yield f"kind {_share(same[known])}; of those heard {_share(same[known & held])}"
    right_then = _share(same[known & held & sure])
    yield f"kind sure {_share(sure[known & held])}, then right {right_then}"
    rights = each.where(RIGHT)
    yield f"puts right heard {_share(right[rights])}, after pressing {_share(right_after[rights])}"
    yield f"taken for pressing {_share(held[rights])}"
    yield (
        f"pressing taken for right {_share(right_after[asks])}, none {_share(right_after[near])}, "
        f"everyday {_share(right[each.everyday])}"
    )
    eased = (each.eased >= limits["least_eased"]) & ~held & ~right_after & each.after
    yield f"eased heard {_share(eased[each.where(EASED)])}"


def measure(every: Rows) -> Limits:
    """Print how well what was not learned from is heard; give the limits of each language."""
    limits: dict[str, dict[str, float]] = {}
    for language in sorted({item.hand[:2] for item in every.items}):
        found = [
            (name, heard(every, asked, seen)) for name, asked, seen in _apart(every.items, language)
        ]
        limits[language] = limits_of([each for _, each in found])
        for name, one in found:
            sys.stdout.write(f"{name}:\n")
            sys.stdout.writelines(f"    {line}\n" for line in told(one, limits[language]))
        sys.stdout.write(
            f"    limits { ({k: round(v, 3) for k, v in limits[language].items()}) }\n"
        )
        sys.stdout.flush()
    return limits


def _apart(
    every: Sequence[Item], language: str
) -> Iterator[tuple[str, Sequence[int], Sequence[int]]]:
    """What is asked about and what is learned from, and how that is called.

    Of the English hands each is asked about what the others have taught. Where a language has
    one hand, each half of its turns is asked about what the other and all languages have taught.
    """
    own = [at for at, item in enumerate(every) if item.hand[:2] == language]
    drawn = [at for at in own if every[at].everyday]
    own = sorted(set(own) - set(drawn))
    hands = sorted({every[at].hand for at in own})
    if len(hands) > 1:
        for number, hand in enumerate(hands):
            asked = [at for at in own if every[at].hand == hand] + drawn[number :: len(hands)]
            yield f"{hand}, from the other hands", asked, sorted({*own, *drawn} - set(asked))
        return
    for half in (0, 1):
        asked = [*own[half::2], *drawn[half::2]]
        rest = sorted(set(range(len(every))) - set(asked))
        yield f"{language}, half {half + 1} from the other half and all languages", asked, rest


def build(every: Rows, limits: Limits) -> None:
    """Write `pressing.npz`, which the authored voice reads."""
    import numpy as np

    from beside_gauge import Gauge

    head = learn(every, limits)
    np.savez_compressed(
        BUILT,
        means=head.means.astype(np.float16),
        languages=np.array(list(limits)),
        limits=np.array([[each[name] for name in learned.LIMITS] for each in limits.values()]),
        encoder=np.array(Gauge.load().encoder_of(learned.ENCODER)),
        of=np.array(hash_of(every.items)),
        **learned.layer_kept(head.first, "first"),  # type: ignore[arg-type]
        **learned.layer_kept(head.again, "again"),  # type: ignore[arg-type]
        **learned.layer_kept(head.wants, "wants"),  # type: ignore[arg-type]
    )


def _row(values: Iterable[float]) -> "Vectors":
    import numpy as np

    return np.array(list(values), np.float32)


def _read(item: Item) -> tuple[Message, ...]:
    return item.talk[-1 - learned.BEFORE :]


def _share(which: "NDArray[np.bool_]") -> str:
    return f"{which.mean():.2f}" if len(which) else "-"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, and builds where that is asked."""
    parser = argparse.ArgumentParser(prog="python -m corpus.pressing", description=__doc__)
    parser.add_argument("--build", action="store_true", help="make what the voice ships")
    given = parser.parse_args(arguments)
    try:
        every = whole()
    except NotAnItem as error:
        sys.stdout.write(f"{error}\n")
        return 1
    ready = rows(every)
    limits = measure(ready)
    if given.build:
        build(ready, limits)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
