"""The small language in which the lines' files say what a moment sounds like.

    word        this word                     wor*        any word that begins so
    (a|b c)     one of these                  [a|b]       one of these, or nothing
    _           any one word                  ...         up to four words
    {day}       one of a class, remembered    <wish>      up to eight words, to the clause's end
    ^ $         the beginning and the end of what is looked at
    A & B       both phrases, anywhere in the turn

Phrases never reach over the end of a sentence. An index by word keeps hundreds of them quick.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

_ITEM = re.compile(r"\(|\)|\[|\]|\||\{[a-z_]+\}|<[a-z_]+>|\.\.\.|\^|\$|[^\s()\[\]|{}<>^$]+")
_WORD = r"[^ .]+ "
_GAP = rf"(?:{_WORD}){{0,4}}"
_REST = rf"(?:{_WORD}){{1,8}}(?=\. |$)"

Classes = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase, ready to be matched; `keys` are words of which one must be there."""

    pattern: re.Pattern[str]
    keys: frozenset[str]
    with_it: "Phrase | None" = None

    def find(self, compared: str) -> re.Match[str] | None:
        """Where this phrase first stands in a text's `compared`; None where it does not."""
        if self.with_it is not None and self.with_it.find(compared) is None:
            return None
        return self.pattern.search(compared)


@dataclass(slots=True)
class Index:
    """Many phrases, each with the name of what it says; finds those that stand in a text."""

    by_word: dict[str, list[tuple[str, Phrase]]] = field(default_factory=lambda: defaultdict(list))
    by_stem: dict[str, list[tuple[str, Phrase]]] = field(default_factory=lambda: defaultdict(list))
    always: list[tuple[str, Phrase]] = field(default_factory=list)

    def add(self, name: str, phrase: Phrase) -> None:
        """Remember a phrase under a name."""
        if not phrase.keys:
            self.always.append((name, phrase))
        for key in phrase.keys:
            table = self.by_stem if key.endswith("*") else self.by_word
            table[key.rstrip("*")].append((name, phrase))

    def find(self, compared: str) -> Iterator[tuple[str, re.Match[str]]]:
        """Every name whose phrase stands in the text, with the match; in the files' order."""
        near: dict[int, tuple[str, Phrase]] = {id(each[1]): each for each in self.always}
        for word in set(compared.split()):
            for each in self.by_word.get(word, ()):
                near[id(each[1])] = each
            for length in range(2, min(len(word), 12) + 1):
                for each in self.by_stem.get(word[:length], ()):
                    near[id(each[1])] = each
        for name, phrase in near.values():
            if match := phrase.find(compared):
                yield name, match


def compile_phrase(written: str, classes: Classes) -> Phrase:
    """A phrase as written in a file. Raises ValueError where it cannot be read."""
    written, _, rest_of_it = written.partition(" & ")
    with_it = compile_phrase(rest_of_it, classes) if rest_of_it else None
    items = _ITEM.findall(written)
    if "".join(items) != "".join(written.split()):
        raise ValueError(f"this phrase cannot be read: {written!r}")
    maker = _Maker(classes)
    pattern, keys, rest = maker.sequence(items)
    if rest:
        raise ValueError(f"a bracket is closed too early: {written!r}")
    begin = "" if items[:1] == ["^"] else r"(?<![^ ])"
    return Phrase(re.compile(begin + pattern), frozenset(keys), with_it)


class _Maker:
    """Builds one pattern; a class is captured the first time it is named."""

    def __init__(self, classes: Classes) -> None:
        self._classes = classes
        self._named: set[str] = set()

    def sequence(self, items: list[str]) -> tuple[str, set[str], list[str]]:
        pattern, best = "", set[str]()
        while items:
            item, items = items[0], items[1:]
            keys: set[str] = set()
            if item in ")]|":
                return pattern, best, [item, *items]
            if item in "([":
                piece, keys, items = self._choice(items, ")" if item == "(" else "]")
                pattern += piece if item == "(" else f"{piece}?"
                keys = keys if item == "(" else set()
            elif item == "...":
                pattern += _GAP
            elif item == "_":
                pattern += _WORD
            elif item == "^":
                pattern += "^"
            elif item == "$":
                pattern += "$"
            elif item[0] == "{":
                piece, keys = self._class(item[1:-1])
                pattern += piece
            elif item[0] == "<":
                self._named.add(item[1:-1])
                pattern += f"(?P<{item[1:-1]}>{_REST})"
            else:
                pattern += _word(item)
                keys = {item}
            if keys and _rarity(keys) > _rarity(best):
                best = keys
        return pattern, best, []

    def _choice(self, items: list[str], close: str) -> tuple[str, set[str], list[str]]:
        patterns: list[str] = []
        keys: set[str] | None = set()
        while True:
            piece, own, items = self.sequence(items)
            patterns.append(piece)
            keys = keys | own if keys is not None and own else None
            if not items:
                raise ValueError("a bracket is not closed")
            item, items = items[0], items[1:]
            if item == close:
                return f"(?:{'|'.join(patterns)})", keys or set(), items

    def _class(self, name: str) -> tuple[str, set[str]]:
        if name not in self._classes:
            raise ValueError(f"there is no class {name!r}")
        first = name not in self._named
        self._named.add(name)
        patterns: list[str] = []
        keys: set[str] | None = set()
        for written in self._classes[name]:
            piece, own, _ = self.sequence(_ITEM.findall(written))
            patterns.append(piece)
            keys = keys | own if keys is not None and own else None
        patterns.sort(key=len, reverse=True)
        return f"(?{f'P<{name}>' if first else ':'}{'|'.join(patterns)})", keys or set()


def _word(item: str) -> str:
    return re.escape(item[:-1]) + "[^ .]* " if item.endswith("*") else re.escape(item) + " "


def _rarity(keys: Iterable[str]) -> float:
    """Long words in few alternatives are rarer; it only has to be a fair guess."""
    words = list(keys)
    if not words:
        return 0.0
    return min(len(word) for word in words) + 1 / len(words)
