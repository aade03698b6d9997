"""How alike turns are by their words: rare ones count most, endings and small words little.

It needs no model, and stands by itself where the gauge is missing.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_ENDINGS = ("ingly", "edly", "ings", "ness", "ing", "ies", "ied", "ers", "est", "ed", "er", "es",
            "ly", "s", "e", "y")  # fmt: skip
_LEAST_STEM = 3
_PAIR = 0.5
"""What two words that follow each other count beside single ones."""


class Alike:
    """The turns of many situations, ready to be compared with another turn."""

    def __init__(self, turns: Sequence[str], of: Sequence[int], same: Mapping[str, str]) -> None:
        self._same = same
        said = [self._terms(turn) for turn in turns]
        where: defaultdict[str, set[int]] = defaultdict(set)
        for terms, situation in zip(said, of, strict=True):
            for term in terms:
                where[term].add(situation)
        many = len(set(of)) or 1
        self._rare = {term: math.log((many + 1) / (len(found) + 0.5)) for term, found in
                      where.items()}  # fmt: skip
        self._unknown = math.log(many + 1)
        self._many = len(turns)
        self._holders: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for at, terms in enumerate(said):
            for term, weight in self._weighed(terms).items():
                self._holders[term].append((at, weight))

    def nearness(self, turn: str) -> list[float]:
        """How alike the turn is to each of the turns: 0 to 1."""
        found = [0.0] * self._many
        for term, weight in self._weighed(self._terms(turn)).items():
            for at, other in self._holders.get(term, ()):
                found[at] += weight * other
        return found

    def telling(self, turn: str) -> float:
        """How much the words of a turn tell: those that stand in few situations, summed."""
        return sum(self._rare.get(term, 0.0) for term in self._terms(turn) if " " not in term)

    def _weighed(self, terms: Counter[str]) -> dict[str, float]:
        weights = {
            term: self._rare.get(term, self._unknown)
            * (1 + math.log(count))
            * (_PAIR if " " in term else 1.0)
            for term, count in terms.items()
            if " " not in term or term in self._rare
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        return {term: weight / length for term, weight in weights.items()} if length else {}

    def _terms(self, turn: str) -> Counter[str]:
        words = _WORD.findall(turn.lower().replace("’", "'"))
        stems = [stem(self._same.get(word, word)) for word in words]
        pairs = [f"{one} {two}" for one, two in zip(stems, stems[1:], strict=False)]
        return Counter([*stems, *pairs])


def stem(word: str) -> str:
    """A word without its ending, roughly: "shouted" and "shouting" become one."""
    word = word.removesuffix("'s")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] else word
