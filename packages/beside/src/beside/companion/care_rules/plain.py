"""Words made even before they are read: accents, apostrophes, look-alike letters, text-speak.

It knows spelling, not meaning. Nothing here is kept.
"""

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe0f\ufeff]"
)
_LOOK_ALIKE = str.maketrans("асеіјорѕухԁһκνοαι", "aceijopsyxdhkvoai")  # noqa: RUF001
_LETTERS = str.maketrans({"ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "ı": "i"})
_QUOTES = str.maketrans({**dict.fromkeys("“”„‟«»‹›", '"'), **dict.fromkeys("’‘‛`´ʼ′", "'")})
_LEET = str.maketrans("013457@$!|€", "oieastasiie")
_PICTURES = {"😂": " haha ", "🤣": " haha ", "💊": " pills ", "🔫": " gun ", "🔪": " knife "}

_MIXED_SCRIPT = re.compile(r"[a-z][а-яіјѕԁһα-ω]|[а-яіјѕԁһα-ω][a-z]")
_LEET_WORD = re.compile(r"(?<![\w@$|€!])[a-z]+(?:[013457@$!|€]+[a-z]+)+(?![\w@$])")
_SPACED = re.compile(r"(?<![\w'])[a-z](?:[ .\-_*]{1,2}[a-z]){2,}(?![\w'])")
_RUN = re.compile(r"([a-z])\1{2,}")
_ELISION = re.compile(r"(?<!\w)([cdjlmnst]|qu|jusqu|lorsqu|puisqu|quelqu)'(?=[a-z])")
_DUTCH = re.compile(r"(?<!\w)'([sktnmr])(?!\w)")
_GERMAN = re.compile(r"\b(?:ich|und|nicht|der|das|ist|bin|mein\w*|mich|mir|wir|sie|zu)\b")
_TWO = re.compile(r"\b(want|wanted|going|need|have|try|trying|ready|easy|way|how|like) 2\b")
_ILL = re.compile(
    r"\bill (?=(?:be|kill|do|just|never|go|end|take|jump|not|have|hurt|cut|hang|stop|make|try)\b)"
)
_WORD = re.compile(r"[^\W\d_]{5,}")


_SHORT_FORMS = (
    (re.compile(r"\bcan'?t\b|\bcannot\b"), "can not"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"\bi'm\b"), "i am"),
    (re.compile(r"(?<=\w)'ll\b"), " will"),
    (re.compile(r"(?<=\w)'ve\b"), " have"),
    (re.compile(r"(?<=\w)'re\b"), " are"),
    (re.compile(r"(?<=\w)'d\b"), " would"),
    (
        re.compile(
            r"\b(it|he|she|that|there|what|who|everything|nothing|life|here|where|how|tonight|today)'s\b"
        ),
        r"\1 is",
    ),
    (
        re.compile(
            r"(?<=\w)'s (?=\w+ing\b|(?:drunk|not|always|been|going|so|too|very|never|here)\b)"
        ),
        " is ",
    ),
)


class Spelling(NamedTuple):
    """The table of spellings, ready to use."""

    variants: dict[str, str]
    pattern: re.Pattern[str]
    near: dict[str, str]
    key: frozenset[str]
    real: frozenset[str]


@cache
def _spelling() -> Spelling:
    table = tomllib.loads(
        files("beside.companion.care_rules").joinpath("spelling.toml").read_text("utf-8")
    )
    variants = {variant: meant for meant, all_ in table["means"].items() for variant in all_}
    ordered = sorted(variants, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w'])(?:{'|'.join(map(re.escape, ordered))})(?![\w'])")
    key = frozenset(table["key_words"])
    return Spelling(
        variants=variants,
        pattern=pattern,
        near={miss: word for word in key for miss in _without_one(word)},
        key=key,
        real=key | frozenset(table["real_words"]),
    )


def fold(text: str) -> str:
    """Lower case, without accents, unseen characters or typographer's quotes."""
    text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).lower()
    if text.isascii():
        return text
    if _MIXED_SCRIPT.search(text):
        text = re.sub(r"\w+", lambda w: _one_script(w[0]), text)
    for picture, word in _PICTURES.items():
        text = text.replace(picture, word)
    text = unicodedata.normalize("NFD", text.translate(_QUOTES).translate(_LETTERS))
    return "".join(each for each in text if unicodedata.category(each) != "Mn")


def plain(text: str) -> str:
    """The words in even spelling; sentence marks, commas and double quotes stay."""
    table = _spelling()
    text = _LEET_WORD.sub(lambda w: w[0].translate(_LEET), fold(text))
    text = _SPACED.sub(lambda w: re.sub(r"[^a-z]", "", w[0]), text)
    if _RUN.search(text):
        text = re.sub(r"\w{3,40}", lambda w: _shorter(w[0], table.real), text)
    text = _ELISION.sub(r"\1 ", _DUTCH.sub(r"\1", text))
    if "'" in text or "can" in text:
        for short, whole in _SHORT_FORMS:
            text = short.sub(whole, text)
    if not _GERMAN.search(text):
        text = re.sub(r"\bim\b", "i am", text)
    text = table.pattern.sub(lambda w: table.variants[w[0]], text)
    text = _TWO.sub(r"\1 to", _ILL.sub("i will ", text))
    text = _WORD.sub(lambda w: _nearest(w[0], table), text)
    return re.sub(r"(?<=\w)'(?=\w)", "", text)


def _one_script(word: str) -> str:
    return word.translate(_LOOK_ALIKE) if _MIXED_SCRIPT.search(word) else word


def _shorter(word: str, real: frozenset[str]) -> str:
    """A drawn-out word ("diiie", "killlll") with the letters it should have."""
    double = _RUN.sub(r"\1\1", word)
    return double if double in real else _RUN.sub(r"\1", word)


def _without_one(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(1, len(word))]


def _nearest(word: str, table: Spelling) -> str:
    """The key word that this is one slip away from: a letter more, fewer, other or swapped."""
    if word in table.real:
        return word
    if word in table.near:
        return table.near[word]
    for shorter in _without_one(word):
        if shorter in table.key:
            return shorter
        meant = table.near.get(shorter)
        if meant and len(meant) == len(word):
            return meant
    return word
