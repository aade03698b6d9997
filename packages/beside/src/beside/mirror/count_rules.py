"""How the counts know a question, a reflection, advice and a label, sentence by sentence.

The words are in `count_words/`, one file a language. What stands in quotation marks is somebody
else's and counts for nothing.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from beside.companion import plain_rules

LANGUAGES = ("en", "nl", "fr", "de", "es")
ECHO_WORDS = 14
"""A sentence of up to so many words may be an echo."""

_SENTENCE = re.compile(
    r"[^\s.!?…](?:[^.!?…？؟\n]|[.!?…]+(?=[^\s\"'”’»).!?…]))*(?:[.!?…？؟]+[\"'”’»)]*|(?=\n)|$)"
)
_QUOTED = re.compile(r"[\"“«„][^\"”»“\n]{1,300}[\"”»“]|(?<!\w)[‘'][^‘’'\n]{2,120}[’'](?!\w)")
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_ROOT = 5
_ENDING = re.compile(r"(?<=\w{3})(?:ing|ed|es|en|s|e|t)$")
_SHORT = 24
"""Words up to which a no is the whole of what was said."""
_KNOWN = 0.12
"""The share of its smallest words from which a language is taken to be the one that is spoken."""


def sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a text begin and end."""
    return [each.span() for each in _SENTENCE.finditer(text) if _WORD.search(each[0])]


def is_marked(sentence: str) -> bool:
    """Whether a question mark stands at its end, in any script."""
    return sentence.rstrip("\"'”’») ").endswith(("?", "？", "؟"))


def language_in(texts: Iterable[str]) -> str | None:
    """Which of the five languages these are in; None where it is none of them, or too little."""
    words = [word for text in texts for word in _WORD.findall(_even(text))][:3000]
    if not words:
        return None
    shares = {
        name: sum(word in rules_for(name).small for word in words) / len(words)
        for name in LANGUAGES
    }
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= _KNOWN else None


@cache
def rules_for(language: str) -> "Rules":
    """The rules of one of the five languages. Raises KeyError for any other."""
    if language not in LANGUAGES:
        raise KeyError(language)
    text = files("beside.mirror").joinpath(f"count_words/{language}.toml").read_text("utf-8")
    return Rules(tomllib.loads(text))


class Rules:
    """What one language's words show of one sentence. Made from its file; holds no state."""

    def __init__(self, table: dict[str, Any]) -> None:
        reflection = table["reflection"]
        self.small = frozenset(table["small"].split())
        leads = sorted(table["lead_in"], key=len, reverse=True)
        self._lead_in = re.compile(rf"(?:(?:{'|'.join(map(re.escape, leads))})(?!\w)[,;:…-]*\s+)*")
        self._opens = _either(table["question"]["opens"])
        self._no_question = _either(table["question"]["not"])
        self._leading = _either(table["question"]["leading"])
        self._advice_starts = _either(table["advice"]["starts"])
        self._verbs = _either([f"(?:{each}) \\w" for each in table["advice"]["verbs"]])
        self._you_could = _either(table["advice"]["you_could"])
        self._advice = _either(table["advice"]["anywhere"])
        self._no_advice = _either(table["advice"]["not"])
        self._stems = _either(reflection["stems"])
        self._you_starts = _either(reflection["you_starts"])
        self._not_you = _either(reflection["not_you"])
        self._first_person = frozenset(reflection["first_person"].split())
        self._me = frozenset(reflection["me"].split())
        self._you = frozenset(reflection["you"].split())
        self._common = frozenset(reflection["common"].split())
        self._boxes = _either(table["box"]["terms"])
        self._heavy = _either(table["distress"]["words"])
        self._refusal = _either(table["refusal"]["says"])
        self._pressing = _either(table["pressing"]["says"])

    def asks(self, sentence: str) -> bool:
        """Whether the sentence asks, with or without its mark."""
        spoken = _QUOTED.sub("§", _even(sentence))
        if is_marked(spoken):
            return True
        body = self._body(spoken)
        return (
            not spoken.endswith((".", "!", "…", ",", ";", ":"))
            and self._opens.match(body) is not None
            and self._no_question.match(body) is None
        )

    def leads(self, question: str) -> bool:
        """Whether a question holds its own answer."""
        body = self._body(_even(question).lstrip("¿ "))
        return self._leading.search(body) is not None

    def advises(self, sentence: str, *, asks: bool) -> bool:
        """Whether the sentence tells what to do, or names a course to take."""
        own = self._no_advice.sub("§", _QUOTED.sub("§", _even(sentence)))
        if self._advice.search(own):
            return True
        if asks and not self.leads(sentence):
            return False
        clauses = re.split(r"[,;:–—]\s+", own)
        if any(self._advice_starts.match(self._body(each)) for each in clauses):
            return True
        body = self._body(own)
        return any(each.match(body) for each in (self._verbs, self._you_could))

    def boxes_named(self, text: str) -> set[str]:
        """The labels and words of theory in a text."""
        return {each[0] for each in self._boxes.finditer(_QUOTED.sub("§", _even(text)))}

    def is_heavy(self, text: str) -> bool:
        """Whether the words are heavy: pain, fear, shame, loss, anger."""
        return self._heavy.search(_even(text)) is not None

    def refuses(self, text: str) -> bool:
        """Whether the words say no to what was asked or offered."""
        if plain_rules.refuses(text):
            return True
        return len(text.split()) <= _SHORT and self._refusal.search(_even(text)) is not None

    def presses(self, text: str) -> bool:
        """Whether an answer to a no goes on pressing."""
        return self._pressing.search(_even(text)) is not None

    def reflects(self, sentence: str, heard: Sequence[str]) -> bool:
        """Whether a statement gives back something of what was `heard`, the newest last."""
        spoken = _even(sentence)
        body = self._body(spoken)
        words = _WORD.findall(spoken)
        if not heard or not words:
            return False
        if self._stems.match(body):
            return True
        if self._not_you.match(body):
            return False
        if self._first(body) in self._first_person:
            clauses = re.split(r"[,;:–—]\s+", body)[1:]
            return any(self._first(self._body(each)) in self._you for each in clauses)
        if self._you_starts.match(body):
            return True
        if (
            len(words) > 1
            and f" {' '.join(words)} " in f" {' '.join(_WORD.findall(_even(heard[-1])))} "
        ):
            return True
        content = self._content(words)
        shared = content & self._content(_WORD.findall(_even(" ".join(heard))))
        if not shared:
            return False
        if not self._you.isdisjoint(words):
            return self._not_you.search(spoken) is None
        short = len(words) <= ECHO_WORDS and self._me.isdisjoint(words)
        return short and 2 * len(shared) >= len(content)

    def _body(self, spoken: str) -> str:
        """The sentence without the small words that lead into it."""
        found = self._lead_in.match(spoken)
        return spoken[found.end() :] if found else spoken

    def _first(self, spoken: str) -> str:
        found = _WORD.match(spoken)
        return found[0] if found else ""

    def _content(self, words: Iterable[str]) -> set[str]:
        return {
            _ENDING.sub("", each)[:_ROOT] for each in words
            if each not in self._common and (len(each) > 2 or each.isdigit())
        }  # fmt: skip


def _either(patterns: Sequence[str]) -> re.Pattern[str]:
    """Any of these, at the borders of words where it begins or ends with one."""
    if not patterns:
        return re.compile(r"(?!)")
    bounded = [
        ("" if each[0] in ",^¿" else r"(?<!\w)") + f"(?:{each})"
        + ("" if each.endswith(("$", r"\W", r"\w")) else r"(?!\w)")
        for each in patterns
    ]  # fmt: skip
    return re.compile("|".join(bounded))


def _even(text: str) -> str:
    return text.replace("’", "'").replace("‘", "'").lower().strip()
