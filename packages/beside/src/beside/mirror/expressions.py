"""Kinds of difficult expression, seen in what a person says to the one who helps.

Plain patterns in `expressions.toml`: enough to ask "what room was there", never to label anyone.
"""

import re
import tomllib
from collections import deque
from functools import cache
from pathlib import Path
from typing import Literal, get_args

Expression = Literal[
    "anger", "despair", "slow-change", "silence", "idealising", "cruelty", "taboo", "dying",
    "complaint", "fix-me", "self-attack", "no", "tears", "blame", "fear",
]  # fmt: skip
EXPRESSIONS: tuple[Expression, ...] = get_args(Expression)
LONGEST_LOOK = 4_000
"""Characters of one turn that are looked at."""
REMEMBERED = 40
"""Of so many turns before it is known what was complained of, to see that it comes back."""
_ALIKE = 0.6
_LEAST_WORDS = 5
_word = re.compile(r"[^\W\d_]{4,}")


class Listening:
    """Hears a person's turns one after the other, and says what kinds each may be."""

    def __init__(self) -> None:
        self._said: deque[frozenset[str]] = deque(maxlen=REMEMBERED)

    def hear(self, text: str) -> tuple[Expression, ...]:
        """The kinds seen in this turn; also a complaint that comes back in nearly its words."""
        found = expressions(text)
        words = frozenset(each[0].lower() for each in _word.finditer(text[:LONGEST_LOOK]))
        if len(words) >= _LEAST_WORDS:
            back = any(len(words & before) / len(words | before) >= _ALIKE for before in self._said)
            self._said.append(words)
            if back and "complaint" not in found:
                found = tuple(kind for kind in EXPRESSIONS if kind in (*found, "complaint"))
        return found


def expressions(text: str) -> tuple[Expression, ...]:
    """The kinds seen in one turn by itself, in a fixed order; none where nothing is seen."""
    flat = text[:LONGEST_LOOK].replace("’", "'").strip()
    if not flat:
        return ("silence",)
    rules = _rules()
    return tuple(kind for kind in EXPRESSIONS if rules[kind].search(flat))


@cache
def _rules() -> dict[Expression, re.Pattern[str]]:
    given = tomllib.loads((Path(__file__).parent / "expressions.toml").read_text(encoding="utf-8"))
    made: dict[Expression, re.Pattern[str]] = {}
    for kind in EXPRESSIONS:
        # Silence is the whole turn; anything else may stand anywhere in it.
        begin = r"\A(?:" if kind == "silence" else r"(?<![^\W_])(?:"
        patterns = "|".join(given[kind]["patterns"])
        made[kind] = re.compile(f"{begin}{patterns})", re.IGNORECASE)
    return made
