"""How heavy or light a turn is, and what it asks for: signs by which other guesses are held back.

It counts words of loss, shame or fear against words of play, food and joy. That is rough, and
enough to keep a solemn line away from a joke and a merry one away from grief.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final, Literal

from beside.voices.authored.phrases import Index
from beside.voices.authored.text import Text

Tone = Literal["heavy", "plain", "light"]
Wants = Literal["fact", "task", "choice", "view"]
"""A fact, something made, what to do, or what one thinks of it."""

_ORDER: Final[tuple[Wants, ...]] = ("task", "fact", "choice", "view")
_CRIED_OUT = re.compile(r"!{2,}|\b[A-Z]{4,}\b.*!|[😂🤣😄😁🎉🥳😆]|:D\b|\bx[dD]\b")
_WEIGHTS: Final = {"very_heavy": 2.0, "heavy": 0.7, "light": -0.5, "very_light": -2.0}
_HEAVY: Final = 1.8
_LIGHT: Final = 1.0


class Scale:
    """The words of one language by which a turn is weighed."""

    def __init__(self, written: Mapping[str, str]) -> None:
        self._whole: dict[str, float] = {}
        self._stems: dict[str, float] = {}
        for name, words in written.items():
            for word in words.split():
                table = self._stems if word.endswith("*") else self._whole
                table.setdefault(word.rstrip("*").replace("_", " "), _WEIGHTS[name])

    def __bool__(self) -> bool:
        return bool(self._whole)

    def weigh(self, turn: str, text: Text) -> tuple[Tone, float]:
        """The tone of a turn, and how much heavier it is than light; a long one needs more."""
        stretch = max(1.0, len(text.tokens) / 40)
        weights = self._weights(text)
        heavy = sum(weight for weight in weights.values() if weight > 0)
        light = -sum(weight for weight in weights.values() if weight < 0)
        light += 0.8 * bool(_CRIED_OUT.search(turn)) + 0.5 * turn.rstrip().endswith("!")
        weight = (heavy - light) / stretch
        if weight >= _HEAVY and heavy > 1.5 * light:
            return "heavy", weight
        is_light = light / stretch >= _LIGHT and heavy <= 0.4 * light
        return "light" if is_light else "plain", weight

    def _weights(self, text: Text) -> dict[str, float]:
        """Each word once; what is said not to be so weighs nothing."""
        weights: dict[str, float] = {}
        before = ""
        for token in text.tokens:
            weight = self._weight(token.compared)
            pair = self._whole.get(f"{before} {token.compared}", 0.0)
            if pair:
                weights[before], weight = 0.0, pair
            denied = before in ("not", "isn't", "wasn't", "never", "without") and abs(weight) > 1
            weights[token.compared] = 0.0 if denied else weight
            before = token.compared
        return weights

    def load(self, words: Collection[str]) -> float:
        """How much weighs in these words."""
        return sum(max(self._weight(word), 0.0) for word in words)

    def _weight(self, word: str) -> float:
        if word in self._whole:
            return self._whole[word]
        lengths = range(3, min(len(word), 10) + 1)
        return next((self._stems[word[:n]] for n in lengths if word[:n] in self._stems), 0.0)


def wants(turn: str, text: Text, asks: Index) -> Wants | None:
    """What the turn asks for; a question counts where the turn begins or ends with it."""
    sentences = text.sentences()
    if not sentences:
        return None
    asked = [sentences[-1]] if "?" in turn[-3:] else list(_at_the_edges(sentences))
    found = {
        name
        for each in asked
        for name, match in asks.find(each.compared)
        if "?" in turn or name != "fact" or (not match.start() and each is sentences[0])
    }
    if "?" not in turn:
        found -= {"view"}
        found -= {"fact"} if len(text.tokens) > 22 else set()
    return next((each for each in _ORDER if each in found), None)


def _at_the_edges(sentences: Collection[Text]) -> Iterator[Text]:
    every = list(sentences)
    yield from {id(each): each for each in (every[0], *every[-2:])}.values()
