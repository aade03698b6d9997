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
_MOST_OF_A_TURN = 3.0
_LEAST_OF_A_TURN = 0.4
_FADES = 0.4
"""What a turn still counts once another follows: all before it weigh less than a sentence."""

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_LATIN = re.compile(r"[a-zà-öø-ÿœßāăąćčďđęěğıłńňőřśşšťūůűźżž]", re.IGNORECASE)


def language_of_talk(turns: Sequence[str]) -> str:
    """Two letters for the language a person writes in, "other" for another script, English else.

    The newest turn weighs most. One foreign word does not change the language of a talk; a short
    sentence does.
    """
    weights: defaultdict[str, float] = defaultdict(float)
    strength = 1.0
    for turn in reversed(turns[-12:]):
        for language, weight in _small_words(turn).items():
            weights[language] += strength * (min(weight, _MOST_OF_A_TURN) - _LEAST_OF_A_TURN)
        strength *= _FADES
    for language in _WITHOUT_LINES & weights.keys():
        weights[language] -= _DOUBT
    return max((*_languages(), "other"), key=lambda language: weights[language])


def _small_words(text: str) -> Mapping[str, float]:
    """What the small words of a turn weigh for each language; none where they are too sparse."""
    words = _WORD.findall(text[:4_000].lower().replace("’", "'"))
    letters = "".join(words)
    if not letters:
        return {}
    if len(_LATIN.findall(letters)) * 2 < len(letters):
        return {"other": _MOST_OF_A_TURN}
    weights: defaultdict[str, float] = defaultdict(float)
    for word in words:
        languages = _known().get(word, ())
        for language in languages:
            weights[language] += 1 / len(languages)
    few = max(_LEAST_OF_A_TURN, len(words) / 8)
    return {language: weight for language, weight in weights.items() if weight > few}


@cache
def _languages() -> Mapping[str, frozenset[str]]:
    read = tomllib.loads((Path(__file__).parent / "small_words.toml").read_text("utf-8"))
    return {language: frozenset(words.split()) for language, words in read.items()}


@cache
def _known() -> Mapping[str, tuple[str, ...]]:
    known: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for language, words in _languages().items():
        for word in words:
            known[word] += (language,)
    return dict(known)
