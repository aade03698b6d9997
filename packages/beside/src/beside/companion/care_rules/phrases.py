"""The small language that care's rules are written in, so that a clinician can read them.

i (really|just)? want to die       words in order; (a|b) is either, ? means it may be absent
kill* myself                       * stands for any ending
took .. pills                      .. leaves room for up to three words, ... for up to six
i am #                             # is a number, in figures or in words; ## is eight or more
i am <minor_age> !(weeks|months)   <name> is a list from the same file; ! what may not follow
^ help me $                        ^ and $ are the beginning and the end of a clause
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from beside.companion.care_rules.small_words import small_words

_PIECE = re.compile(r"\.\.\.|\.\.|<\w+>|!\(|##|[()|?^$#]|[^\s()|?<>!#^$]+")
_HALF_WORD = re.compile(r"\w\?\w|\S\*\w|[\w*]\(|\)\w|\s\?|\w#|#\w")
_GAPS = {"..": r"(?: \S+){0,3}?", "...": r"(?: \S+){0,6}?"}
END = r"(?!\S)"
_NUMBER = (
    r" (?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen"
    r"|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|dozen|twenty"
    r"|thirty|forty|fifty|hundred|twee|drie|vier|vijf|deux|trois|quatre|cinq|dos|tres|cuatro"
    r"|cinco|zwei|drei|funf)"
)
_MANY = r" (?:[89]|\d{2,}|dozens?|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|hundred)"


@dataclass(frozen=True, slots=True)
class _Part:
    """One piece of a phrase: its pattern, and the words of which one must be there."""

    pattern: str
    words: frozenset[str] | None
    optional: bool = False


@dataclass(slots=True)
class Phrase:
    """A phrase that can be sought in a clause. Its pattern is made when it is first needed.

    `hides_no`: it leaves room for words, among which a "not" may stand.
    """

    written: str
    words: frozenset[str]
    hides_no: bool
    _source: str
    _pattern: re.Pattern[str] | None = field(default=None)

    @property
    def pattern(self) -> re.Pattern[str]:
        """What finds the phrase in a clause that begins with a blank."""
        if self._pattern is None:
            self._pattern = re.compile(self._source)
        return self._pattern


def parse(written: str, lists: Mapping[str, str]) -> Phrase:
    """The phrase as written. Raises ValueError where it cannot be read."""
    if _HALF_WORD.search(written):
        raise ValueError(f"{written!r} has a ? inside a word; it can only follow a whole one")
    pieces = _PIECE.findall(written)
    parts = _Parser(pieces, lists, written).sequence()
    words = _rarest(parts)
    if words is None:
        raise ValueError(f"{written!r} has no word that must be there")
    return Phrase(
        written=written,
        words=words,
        hides_no=small_words().deny.isdisjoint(pieces) and not _GAPS.keys().isdisjoint(pieces),
        _source="".join(part.pattern for part in parts) + END,
    )


class _Parser:
    def __init__(self, pieces: list[str], lists: Mapping[str, str], written: str) -> None:
        self._pieces = pieces
        self._at = 0
        self._lists = lists
        self._written = written

    def sequence(self, *, inner: bool = False) -> list[_Part]:
        parts: list[_Part] = []
        while self._at < len(self._pieces):
            piece = self._pieces[self._at]
            if inner and piece in ("|", ")"):
                break
            self._at += 1
            part = self._part(piece)
            if self._at < len(self._pieces) and self._pieces[self._at] == "?":
                self._at += 1
                part = _Part(f"(?:{part.pattern})?", None, optional=True)
            parts.append(part)
        return parts

    def _part(self, piece: str) -> _Part:
        if piece in _GAPS:
            return _Part(_GAPS[piece], None)
        if piece == "#":
            return _Part(_NUMBER, None)
        if piece == "##":
            return _Part(_MANY, None)
        if piece == "^":
            return _Part(r"\A", None)
        if piece == "$":
            return _Part(r"\Z", None)
        if piece == "(":
            return self._either()
        if piece == "!(":
            return _Part(f"(?!{self._either().pattern}{END})", None)
        if piece.startswith("<"):
            return self._list(piece[1:-1])
        if piece in ("|", ")", "?"):
            raise ValueError(f"{self._written!r} has a {piece!r} that belongs to nothing")
        return _word(piece)

    def _either(self) -> _Part:
        choices: list[list[_Part]] = []
        while True:
            choices.append(self.sequence(inner=True))
            if all(part.optional for part in choices[-1]):
                raise ValueError(f"{self._written!r} has a choice that can be nothing at all")
            if self._at >= len(self._pieces):
                raise ValueError(f"{self._written!r} has a bracket that is not closed")
            closing = self._pieces[self._at] == ")"
            self._at += 1
            if closing:
                return _one_of(choices)

    def _list(self, name: str) -> _Part:
        if name not in self._lists:
            raise ValueError(f"{self._written!r} speaks of a list {name!r} that is not there")
        pieces = _PIECE.findall(f"({self._lists[name]})")
        return _Parser(pieces[1:], self._lists, name)._either()


def _one_of(choices: list[list[_Part]]) -> _Part:
    words: frozenset[str] | None = frozenset()
    for choice in choices:
        rarest = _rarest(choice)
        words = None if words is None or rarest is None else words | rarest
    patterns = "|".join("".join(part.pattern for part in choice) for choice in choices)
    return _Part(f"(?:{patterns})", words or None)


def _word(word: str) -> _Part:
    if word.endswith("*"):
        return _Part(rf" {re.escape(word[:-1])}\S*", frozenset([word]))
    return _Part(f" {re.escape(word)}", frozenset([word]))


def _rarest(parts: list[_Part]) -> frozenset[str] | None:
    """The words, one of which the phrase cannot do without, that are the least common."""
    few = small_words().common
    best: tuple[int, int, frozenset[str]] | None = None
    for part in parts:
        if part.words is None:
            continue
        common = sum(4 if word in few else 0 for word in part.words)
        rank = (common, len(part.words), part.words)
        if best is None or rank[:2] < best[:2]:
            best = rank
    return best[2] if best else None
