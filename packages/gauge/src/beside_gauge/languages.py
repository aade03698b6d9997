"""Which language a text is in, among those that the gauge reads: runs of characters, weighed.

Made in `train/`, beside the model for the other languages. Without that model everything counts
as English, and `scope` says where it is not.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from beside_gauge.exchange import Turn
from beside_gauge.scope import features

ENGLISH, ELSEWHERE = "en", "other"
LANGUAGES = (ENGLISH, "de", "es", "fr", "nl", ELSEWHERE)
"""The rows of the weights."""
OTHERS = "others"
"""The folder of the model for the other languages, inside the gauge's own."""
ENOUGH_LETTERS = 40
"""With fewer letters in what was said last, what was said before is looked at too."""


def reads_others(folder: Path) -> bool:
    """Whether a model for other languages lies beside the English one."""
    return weights(folder) is not None


def language_of(turns: Sequence[Turn], reply: str, folder: Path) -> str:
    """The language of an exchange, or of turns alone: "en", "de", "es", "fr", "nl" or "other"."""
    rows = weights(folder)
    said = f"{turns[-1].text} {reply}"
    for turn in reversed(turns[:-1]):
        if sum(map(str.isalpha, said[:200])) >= ENOUGH_LETTERS:
            break
        said = f"{turn.text} {said}"
    if rows is None or not any(map(str.isalpha, said[:2000])):
        return ENGLISH
    scores = rows[:, :-1] @ features(said) + rows[:, -1]
    return LANGUAGES[int(scores.argmax())]


@cache
def weights(folder: Path) -> NDArray[np.float32] | None:
    """(6, 8193) one row a language, its constant last; None where there is no such model."""
    path = folder / OTHERS / "languages.npz"
    if not path.exists():
        return None
    with np.load(path) as given:
        return given["weights"].astype(np.float32)  # type: ignore[no-any-return]
