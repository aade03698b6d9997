"""The small words that the engine needs to know, read once from the file beside this one."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class SmallWords(NamedTuple):
    """See `small_words.toml`, which says what each of these is."""

    deny: frozenset[str]
    no_denial_after: frozenset[str]
    no_denial_before: frozenset[str]
    link: frozenset[str]
    that: frozenset[str]
    me: frozenset[str]
    others: frozenset[str]
    common: frozenset[str]


@cache
def small_words() -> SmallWords:
    """The small words of all our languages."""
    table = tomllib.loads(
        files("beside.companion.care_rules").joinpath("small_words.toml").read_text("utf-8")
    )
    return SmallWords(**{name: frozenset(words) for name, words in table.items()})
