"""What one turn of a conversation does: numbers with names, for the reading of the whole.

A helper's turn is measured by its `Reading` and the plain checks, a person's turn by where they
stand and by a few plain signs (a no, a complaint about the helper, words borrowed from them).
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from beside_gauge.checks import check
from beside_gauge.exchange import Turn
from beside_gauge.reading import PersonReading, Reading

Moves = dict[str, float]

_word = re.compile(r"[^\W\d_]{4,}")
NAMED = (
    "advice", "pressure", "flattery", "hook", "diagnosis", "meaning", "judging", "minimising",
    "pity", "stock", "questions",
)  # fmt: skip
"""The plain checks that are counted by themselves."""


@cache
def _signs() -> dict[str, re.Pattern[str]]:
    given = tomllib.loads((Path(__file__).parent / "moves.toml").read_text(encoding="utf-8"))
    return {name: re.compile("|".join(each), re.IGNORECASE) for name, each in given.items()}


def _shows(sign: str, text: str) -> bool:
    return _signs()[sign].search(text.strip().replace("’", "'")) is not None


def said_no(text: str) -> bool:
    """Whether a person's turn is a no, or asks to leave something alone."""
    return _shows("no", text)


def complains(text: str) -> bool:
    """Whether a person's turn says that the helper missed them."""
    return _shows("complaint", text)


def helper_moves(reading: Reading, context: Sequence[Turn], reply: str) -> Moves:
    """The measures of a helper's turn; a dimension that was not offered is left out."""
    made: Moves = {
        each.dimension: each.value for each in reading.dimensions if each.value is not None
    }
    for side in ("relief", "growth", "frame"):
        if (value := reading.side(side)) is not None:
            made[side] = value
    if (whole := reading.whole()) is not None:
        made["whole"] = whole
    made["gate"] = reading.gate.chance or 0.0 if reading.gate else 0.0
    danger = reading.person is not None and reading.person.danger.seen
    found = [each.check for each in check(reply, context, safety=danger)]
    made["faults"] = float(len(found))
    made |= {f"check-{name}": float(found.count(name)) for name in NAMED}
    made["asks"] = float(reply.count("?"))
    made["words"] = float(len(reply.split()))
    made["longer"] = made["words"] / (made["words"] + len(context[-1].text.split()) + 1)
    made["sorry"] = float(_shows("sorry", reply))
    made["after-no"] = float(said_no(context[-1].text))
    made["after-complaint"] = float(complains(context[-1].text))
    return made


def person_moves(reading: PersonReading, text: str, heard: str) -> Moves:
    """The measures of a person's turn; `heard` is what the helper said just before."""
    own = {word.lower() for word in _word.findall(text)}
    theirs = {word.lower() for word in _word.findall(heard)}
    made: Moves = {
        "p-words": float(len(text.split())),
        "p-no": float(said_no(text)),
        "p-complaint": float(complains(text)),
        "p-own": float(_shows("own", text)),
        "p-bye": float(_shows("bye", text)),
        "p-danger": reading.danger.chance,
    }
    if own and theirs:
        made["p-borrowed"] = len(own & theirs) / len(own)
    if reading.symptom is not None:
        made["S"] = reading.symptom.value
    if reading.self_relation is not None:
        made["K"] = reading.self_relation.value
    return made
