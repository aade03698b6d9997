"""What the newest turn wants of the companion, learned from examples: beside the written shapes.

A linear head on the gauge's states of the talk, on its words and on what the shapes find; one for
all languages. Made by `python -m corpus.pressing --build`. Without the gauge, or with another
encoder than the one it was made with, it says nothing.
"""

import functools
import logging
import re
import zlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from beside.voices.base import Message

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from beside.voices.authored.vectors import Vectors
    from beside_gauge import Turn

log = logging.getLogger("beside.voices")

KEPT = Path(__file__).parent / "pressing.npz"
ENCODER = "other"
"""The language by which the gauge's model for several languages is asked for: it reads English,
too, and one head then serves all."""
PRESSES, NONE, RIGHT, EASED = "presses", "none", "puts_right", "eased"
"""What a turn does: it presses, does nothing of the kind, puts something right, lets go."""
BEFORE = 3
"""How many messages before a turn are read with it."""
LAST = 4
"""How many of the person's turns are read afresh at each reply."""
HASHED = 2048
GOES_ON = 3 * 384
"""Where the features say whether anything was said before."""
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|[?!]|\d+")
_LONGEST = 1_200
"""Characters of a turn of which the words are counted: its beginning and its end."""


LIMITS = (
    "least_first", "least_again", "least_after",
    "least_right", "least_right_after", "least_eased", "least_kind",
)  # fmt: skip
Limits = Mapping[str, Mapping[str, float]]
"""From where on a reading counts, by language."""
Hears = Callable[[str], Collection[str]]


class Kind(NamedTuple):
    """What is pressed for, and how large its share is among all that may be."""

    name: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a turn does, as far as it was learned: chances from 0 to 1, and from where they count.

    `least` and `least_right` hold in everyday talk; `least_after` and `least_right_after` where
    something was pressed for before, and more of it is likelier.
    """

    presses: float
    right: float
    eased: float
    kind: Kind
    least: float
    least_after: float
    least_right: float
    least_right_after: float
    least_eased: float
    least_kind: float


class Means(Protocol):
    """What knows what talks mean: the gauge's encoders, where they are open."""

    def encoder_of(self, language: str) -> str | None:
        """The hash of the encoder that reads this language; None where there is none now."""
        ...

    def talk_states(
        self, talks: "Sequence[Sequence[Turn]]", language: str
    ) -> "NDArray[np.float32] | None":
        """(n, 384) the states of talks that end with a person's turn; None without them."""
        ...


class Layer(NamedTuple):
    """One linear head: `names` (k), `weights` (k, d), `bias` (k,)."""

    names: tuple[str, ...]
    weights: "Vectors"
    bias: "Vectors"

    def chances(self, found: "Vectors") -> "Vectors":
        """(n, k) how likely each of the names is for turns with these features (n, d)."""
        import numpy as np

        scores = found @ self.weights.T + self.bias
        scores = np.exp(scores - scores.max(1, keepdims=True))
        made: Vectors = scores / scores.sum(1, keepdims=True)
        return made


class Learned:
    """Heads, ready to read: what a turn does, and what it `wants` where it presses.

    `first` reads turns before which nothing was said, `again` all others: they are told apart by
    other things. `means` (3, 384) is what all talks have in common; `limits` from where a reading
    counts, by language.
    """

    def __init__(
        self,
        *,
        first: Layer,
        again: Layer,
        wants: Layer,
        means: "Vectors",
        limits: Limits,
        encoder: str = "",
    ) -> None:
        self.first, self.again, self.wants = first, again, wants
        self.means = means
        self.encoder = encoder
        self._limits = limits

    @property
    def _heads(self) -> tuple[Layer, Layer, Layer]:
        return self.first, self.again, self.wants

    def features(
        self, talks: Sequence[Sequence[Message]], states: "Vectors", heard: Hears
    ) -> "Vectors":
        """(n, d) as `features`, side by side, by the means that it was made with."""
        import numpy as np

        made: Vectors = np.hstack(features(talks, states, self.means, self.wants.names, heard))
        return made

    def readings(self, found: "Vectors", language: str) -> list[Reading]:
        """What turns with these features (n, d), in this language, do."""
        made = []
        limits = dict(self._limits.get(language) or next(iter(self._limits.values())))
        least_first, least_again = limits.pop("least_first"), limits.pop("least_again")
        chances = zip(*(each.chances(found) for each in self._heads), strict=True)
        for row, (first, again, wants) in zip(found, chances, strict=True):
            names, does = (self.again.names, again) if row[GOES_ON] else (self.first.names, first)
            share = dict(zip(names, map(float, does), strict=True))
            best = int(wants.argmax())
            made.append(
                Reading(
                    presses=share[PRESSES],
                    right=share.get(RIGHT, 0.0),
                    eased=share.get(EASED, 0.0),
                    kind=Kind(self.wants.names[best], float(wants[best])),
                    least=least_again if row[GOES_ON] else least_first,
                    **limits,
                )
            )
        return made


def read_talk(
    talk: Sequence[Message], means: Means | None, heard: Hears, language: str
) -> list[Reading | None]:
    """Readings of the person's last turns, the newest last; none where they cannot be had.

    `heard` gives the kinds that the written shapes find in a text.
    """
    if means is None or (head := open_learned()) is None or not talk:
        return []
    if means.encoder_of(ENCODER) != head.encoder:
        return []
    if talk[-1].role != "person" or not talk[-1].text.strip():
        return []
    talks = [
        talk[max(0, at - BEFORE) : at + 1]
        for at, each in enumerate(talk)
        if each.role == "person" and each.text.strip()
    ][-LAST:]
    states = means.talk_states([turns for each in talks for turns in parts(each)], ENCODER)
    if states is None:
        return []
    return list(head.readings(head.features(talks, states, heard), language))


def parts(talk: Sequence[Message]) -> "list[tuple[Turn, ...]]":
    """The texts by which a talk is read: all, the person's words in one, and their turn before."""
    from beside_gauge import Turn

    own = [each.text for each in talk if each.role == "person" and each.text.strip()]
    whole = tuple(
        Turn(role="person" if each.role == "person" else "companion", text=each.text)
        for each in talk
    )
    before = own[-2] if len(own) > 1 else own[-1]
    return [
        whole,
        (Turn(role="person", text=" ".join(own)),),
        (Turn(role="person", text=before),),
    ]


def features(
    talks: Sequence[Sequence[Message]],
    states: "Vectors",
    means: "Vectors",
    kinds: Sequence[str],
    heard: Hears,
) -> "tuple[Vectors, Vectors]":
    """(n, 1153) and (n, d) what the head reads: by meaning, and by words and shapes.

    From the states (3n, 384) of the `parts` of n talks; `means` (3, 384) is what all talks have in
    common, and is taken out.
    """
    import numpy as np

    own = states.reshape(len(talks), 3, -1) - means[None]
    own = own / (np.linalg.norm(own, axis=2, keepdims=True) + 1e-9)
    goes_on = np.array([[float(len(talk) > 1)] for talk in talks], np.float32)
    own[:, 2] *= goes_on
    meant = np.hstack([own.reshape(len(talks), -1), goes_on])
    rows = []
    for talk in talks:
        now = talk[-1].text
        earlier = " . ".join(each.text for each in talk[:-1] if each.role == "person")
        shapes = [[float(kind in found) for kind in kinds] for found in map(heard, (now, earlier))]
        rows.append(np.hstack([words(now), 0.5 * words(earlier), *shapes]))
    return meant.astype(np.float32), np.stack(rows).astype(np.float32)


def words(text: str) -> "Vectors":
    """(2048,) the words of a text, in ones, twos and threes, and their letters, hashed."""
    import numpy as np

    found: Vectors = np.zeros(HASHED, np.float32)
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST // 2]} {text[-_LONGEST // 2 :]}"
    said = _WORD.findall(text.lower().replace("’", "'"))
    if not said:
        return found
    row = ["^", *said, "$"]
    runs = {*row, *map(" ".join, zip(row, row[1:], strict=False))}
    runs |= set(map(" ".join, zip(row, row[1:], row[2:], strict=False)))
    for word in said:
        marked = f"<{word}>"
        runs |= {marked[at : at + 4] for at in range(max(1, len(marked) - 3))}
    for run in runs:
        found[zlib.crc32(run.encode(errors="replace")) % HASHED] += 1
    found = np.sqrt(found)
    found /= np.linalg.norm(found)
    return found


@functools.cache
def open_learned() -> Learned | None:
    """What the package ships, read once; None where it is not there or cannot be read."""
    import numpy as np

    if not KEPT.is_file():
        return None
    try:
        with np.load(KEPT, allow_pickle=False) as kept:
            return Learned(
                first=_layer(kept, "first"),
                again=_layer(kept, "again"),
                wants=_layer(kept, "wants"),
                means=kept["means"].astype(np.float32),
                limits={
                    str(language): dict(zip(LIMITS, map(float, row), strict=True))
                    for language, row in zip(kept["languages"], kept["limits"], strict=True)
                },
                encoder=str(kept["encoder"]),
            )
    except Exception as error:  # the written shapes are enough to go on
        log.error("what was learned of pressing could not be read: %s", type(error).__name__)
        return None


def _layer(kept: "Mapping[str, NDArray[Any]]", name: str) -> Layer:
    weights = kept[f"{name}_weights"].astype("float32")
    return Layer(
        names=tuple(map(str, kept[f"{name}_names"])),
        weights=weights * kept[f"{name}_scale"].astype("float32")[:, None],
        bias=kept[f"{name}_bias"].astype("float32"),
    )


def layer_kept(layer: Layer, name: str) -> "dict[str, NDArray[Any]]":
    """What is kept of a head: its weights in one byte each."""
    import numpy as np

    scale = np.abs(layer.weights).max(1) / 127 + 1e-12
    return {
        f"{name}_names": np.array(layer.names),
        f"{name}_weights": np.round(layer.weights / scale[:, None]).astype(np.int8),
        f"{name}_scale": scale.astype(np.float32),
        f"{name}_bias": layer.bias.astype(np.float32),
    }
