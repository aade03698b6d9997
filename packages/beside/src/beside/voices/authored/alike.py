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


class Rarity:
    """How rare each word and each pair of words is among the situations; `same` mends spellings."""

    def __init__(self, situations: Sequence[str], same: Mapping[str, str]) -> None:
        self._same = same
        counted: Counter[str] = Counter()
        for each in situations:
            counted.update(set(self.terms(each)))
        many = len(situations)
        self._rare = {term: math.log((many + 1) / (count + 0.5)) for term, count in counted.items()}
        self._unknown = math.log(many + 1)

    def __contains__(self, term: str) -> bool:
        return term in self._rare

    def of(self, term: str) -> float:
        """How rare; what stands nowhere is rarest."""
        return max(0.0, self._rare.get(term, self._unknown))

    def terms(self, text: str) -> Counter[str]:
        """The words of a text without their endings, and the pairs of them."""
        words = _WORD.findall(text.lower().replace("’", "'"))
        stems = [stem(each) for word in words for each in self._same.get(word, word).split()]
        pairs = [f"{one} {two}" for one, two in zip(stems, stems[1:], strict=False)]
        return Counter([*stems, *pairs])


class Alike:
    """Texts, ready to be compared with a turn."""

    def __init__(self, texts: Sequence[str], rarity: Rarity) -> None:
        self._rarity = rarity
        said = [rarity.terms(text) for text in texts]
        self._many = len(texts)
        self._holders: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for at, terms in enumerate(said):
            for term, weight in self._weighed(terms).items():
                self._holders[term].append((at, weight))

    def nearness(self, turn: str, *, denied: bool = True) -> list[float]:
        """How alike the turn is to each of the texts: 0 to 1.

        Without `denied` what is said not to be so counts only where a text says so too.
        """
        found = [0.0] * self._many
        terms = self._rarity.terms(turn)
        if not denied:
            for word in self._denied(terms):
                del terms[word]
        for term, weight in self._weighed(terms).items():
            for at, other in self._holders.get(term, ()):
                found[at] += weight * other
        return found

    def telling(self, turn: str) -> float:
        """How much the words of a turn tell: those that stand in few situations, summed."""
        terms = self._rarity.terms(turn)
        return sum(self._rarity.of(t) for t in terms if t in self._rarity and " " not in t)

    def _denied(self, terms: Counter[str]) -> set[str]:
        pairs = [term.split(" ") for term in terms if " " in term and term not in self._holders]
        return {
            word for before, word in pairs
            if before in ("not", "no", "never") or before.endswith("n't")
        }  # fmt: skip

    def _weighed(self, terms: Counter[str]) -> dict[str, float]:
        weights = {
            term: self._rarity.of(term) * (1 + math.log(count)) * (_PAIR if " " in term else 1.0)
            for term, count in terms.items()
            if " " not in term or term in self._rarity
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        return {term: weight / length for term, weight in weights.items()} if length else {}


def stem(word: str) -> str:
    """A word without its ending, roughly: "shouted" and "shouting" become one."""
    word = word.removesuffix("'s")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] else word
