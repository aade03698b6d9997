"""In which language something is written, by its small words (`small_words.toml`)."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

_WITHOUT_LINES: Final = frozenset({"it", "pt"})
_DOUBT = 0.4
"""Spanish and French read nearly as these; where it is close, a language with lines is taken."""
_MOST_OF_A_TURN = 3
_FADES = 0.35
"""What a turn still counts once another follows: all before it weigh less than two words."""

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_LATIN = re.compile(r"[a-zà-öø-ÿœßāăąćčďđęěğıłńňőřśşšťūůűźżž]", re.IGNORECASE)


def language_of_talk(turns: Sequence[str]) -> str:
    """Two letters for the language a person writes in, "other" for another script, English else.

    The newest turn weighs most. One foreign word does not change the language of a talk; two small
    words do. Of equals, the one that stands first in the file is taken.
    """
    weights: defaultdict[str, float] = defaultdict(float)
    strength = 1.0
    for turn in reversed(turns[-12:]):
        for language, count in _small_words(turn).items():
            weights[language] += strength * (min(count, _MOST_OF_A_TURN) - 0.5)
        strength *= _FADES
    for language in _WITHOUT_LINES & weights.keys():
        weights[language] -= _DOUBT
    return max((*_lists(), "other"), key=lambda language: weights[language])


def _small_words(text: str) -> dict[str, int]:
    """How many small words of each language stand in a turn; none where they are too sparse."""
    words = _WORD.findall(text[:4_000].lower().replace("’", "'"))
    letters = "".join(words)
    if not letters:
        return {}
    if len(_LATIN.findall(letters)) * 2 < len(letters):
        return {"other": _MOST_OF_A_TURN}
    counts = {
        language: sum(word in small for word in words) for language, small in _lists().items()
    }
    few = max(1, len(words) / 8)
    return {language: count for language, count in counts.items() if count >= few}


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    read = tomllib.loads((Path(__file__).parent / "small_words.toml").read_text("utf-8"))
    return {language: frozenset(words.split()) for language, words in read.items()}
