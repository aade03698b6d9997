"""Turns that press the companion, and turns that do not: what the authored voice learns from.

`python -m corpus.pressing` says how well what is learned from some turns hears others: English
from hand to hand, every other language from half of its own and all languages. `--build`
makes what the voice ships (`voices/authored/pressing.npz`), by the gauge that is installed, with
the limits that those measures give. The gauge never learns from these turns.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from beside.voices.authored import learned
from beside.voices.authored.learned import EASED, NONE, RIGHT, Limits, Reading
from corpus.pressing_heads import Rows, learn, rows
from corpus.pressing_turns import QUIET, Item, NotAnItem, hash_of, whole

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from beside.voices.authored.vectors import Vectors

BUILT = Path(__file__).parents[1] / "packages/beside/src/beside/voices/authored" / "pressing.npz"
STRAYED = 0.03
"""How many of the turns that do not press may be answered as if they did, where they stand near."""
STRAYED_EVERYDAY = 0.015
"""And of everyday turns, among which about one in a hundred does press."""
SURE = 0.67
"""How often a kind must be the right one to be named."""
ANY: Limits = {"": dict.fromkeys(learned.LIMITS, 0.0)}
"""Limits while none are known."""


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
_presses: Values = attrgetter("presses")
_right: Values = attrgetter("right")
_eased: Values = attrgetter("eased")


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
