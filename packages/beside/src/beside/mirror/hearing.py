"""How a simulated person hears what a practitioner says: what closes in it and what opens.

Plain words first, then the gauge where it is there. It knows nothing of the person's own rules.
"""

import logging
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from statistics import fmean
from typing import Any, Literal, Protocol

from beside_gauge import Exchange, Reading, Turn, check

log = logging.getLogger("beside.mirror")

Closing = Literal["pushed", "explained", "fixed", "soothed", "flattered"]
"""What closes: pressed, told what it means, repaired, comforted past it, praised."""
Opening = Literal["takes-up", "owns", "free", "plain", "holds", "asks", "warm"]
"""What opens: their words taken up, a miss owned, freedom, a plain question, staying, one open
question, and what the gauge reads as near."""

CLOSINGS: tuple[Closing, ...] = ("pushed", "flattered", "explained", "fixed", "soothed")
NEAR, WARM, FAR, COOL = 1.9, 1.6, 1.2, 0.8
"""The gauge's mean of nearness and freedom, 0 to 3: near and opening from the first two on, far and
cool below the others."""
TURNS_READ = 6
SHORT = 14
"""Words up to which a turn that only stays is the whole of it."""
HINTS = (
    "why", "orders", "wants", "truth", "leads", "against", "others", "limits", "waves",
)  # fmt: skip
HINT, PRESSES = 0.5, 1.0
"""What each hint of pressing weighs, and from where on a turn presses."""
_CHECKS: dict[str, Closing] = {
    "advice": "fixed", "list": "fixed", "war": "fixed", "flattery": "flattered",
    "minimising": "soothed", "pity": "soothed", "stock": "soothed", "pretended": "soothed",
    "pressure": "pushed", "questions": "pushed",
    "diagnosis": "explained", "meaning": "explained",
}  # fmt: skip
_GATES: dict[str, Closing] = {
    "contempt": "pushed",
    "coercion or manipulation": "pushed",
    "diagnosis or medication directive": "explained",
    "dependence hook": "flattered",
    "collusion with a dangerous belief": "flattered",
}
"""What the gauge's gate is to a person; its other reasons are not about them."""
_NEAR = ("D1", "D2", "D4", "D7")
_OPEN = re.compile(
    r"(?<!\w)(?:what|how|where|who|which|when|tell me (?:more|about)|in what|say more)(?!\w)"
)
_CLOSED = re.compile(
    r"^(?:is|are|was|were|do|does|did|have|has|had|can|could|would|will|should|why)\b"
)
_LETTING = re.compile(
    r"(?<!\w)(?:\w+n't(?! (?:you|we)\b)|not|no|never|nobody|without|nor|neither)(?!\w)[^.!?;:,]*$"
)
"""A no before it in the same clause: "you needn't answer me" does not ask for an answer."""
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_ROOT = 5


class Reads(Protocol):
    """What is needed of the gauge."""

    def read_many(self, exchanges: Iterable[Exchange]) -> list[Reading]:
        """Readings in the order of the exchanges."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What reached the person. `closes` is the strongest that closes, `quote` the words that did.

    `soft`: it presses, but softly. `leans`: how near it comes to pressing, 0 to 1. `warmth` is the
    gauge's mean of what is near and free, 0 to 3; None where it was not read. `outside`: it was
    said to the machine, not to the person. `ends`: a goodbye. `questions`: how many were asked.
    `opener`: the first two words, by which a formula is known again.
    """

    closes: Closing | None = None
    opens: tuple[Opening, ...] = ()
    quote: str = ""
    soft: bool = False
    leans: float = 0.0
    warmth: float | None = None
    outside: bool = False
    ends: bool = False
    questions: int = 0
    opener: tuple[str, ...] = ()


def hear(words: str, line: Sequence[Turn], gauge: Reads | None = None) -> Heard:
    """What `words` are to the person whose turn is the last of `line`."""
    plain = even(words)
    said = line[-1].text if line else ""
    closes, quote, sure = _closing(words, plain, line)
    opens = _opening(plain, said)
    warmth, soft = None, False
    if gauge is not None and line:
        warmth, sensed = _read(words, line, gauge)
        if closes is None and sensed is not None:
            closes, quote = sensed, ""
        elif not sure and warmth is not None and warmth >= WARM:
            closes, quote = None, ""
    leans, hint = _pressing(plain, opens, warmth)
    if closes is None and leans >= PRESSES:
        closes, quote, soft = "pushed", hint, True
    if warmth is not None and warmth >= WARM and closes is None:
        opens = (*opens, "warm")
    return Heard(
        closes=closes,
        opens=opens,
        quote=quote or taken_up(plain, said),
        soft=soft,
        leans=min(PRESSES, leans),
        warmth=warmth,
        outside=find("outside.any", plain) is not None,
        ends=find("ends.any", plain) is not None,
        questions=words.count("?"),
        opener=tuple(_WORD.findall(plain)[:2]),
    )


def taken_up(words: str, said: str) -> str:
    """A word of the person's that the practitioner says too; empty where there is none."""
    theirs = {w[:_ROOT] for w in _carrying(even(said))}
    return next((w for w in _carrying(even(words)) if w[:_ROOT] in theirs and len(w) > 4), "")


def even(text: str) -> str:
    """The text in lower case with one kind of apostrophe, and no space around it."""
    return text.replace("’", "'").replace("‘", "'").lower().strip()


def find(name: str, plain: str) -> re.Match[str] | None:
    """Where one of the patterns `section.key` stands in an even text."""
    return _pattern(name).search(plain)


def _closing(words: str, plain: str, line: Sequence[Turn]) -> tuple[Closing | None, str, bool]:
    """What closes, the words that do, and whether it is sure whatever the gauge reads."""
    found: dict[Closing, tuple[str, bool]] = {}
    for name in CLOSINGS:
        if match := _said(f"closes.{name}", plain):
            found[name] = (match[0], True)
    for each in check(words, line):
        if each.check in _CHECKS and not _LETTING.search(even(words[: each.start])):
            sure = each.check not in ("advice", "minimising")  # "you have to" may be their life
            found.setdefault(_CHECKS[each.check], (words[each.start : each.end], sure))
    owned = find("opens.owns", plain) is not None
    for name in CLOSINGS:
        if name in found and not (owned and name in ("soothed", "pushed")):
            return (name, *found[name])
    return None, "", True


def _pressing(plain: str, opens: tuple[Opening, ...], warmth: float | None) -> tuple[float, str]:
    """How much it wants something of them, 0 and up, and the words that do.

    What it adds up from is small, since people press in many ways and mostly softly; what leaves
    them free, takes up their words or is read as near makes up for some of it.
    """
    if {"owns", "plain"} & set(opens):
        return 0.0, ""
    whole = _said("closes.pressed", plain)
    found = [match for name in HINTS if (match := _said(f"hints.{name}", plain))]
    weight = PRESSES * (whole is not None) + HINT * (len(found) + (plain.count("?") > 1))
    near = whole is None and warmth is not None and warmth >= NEAR
    eased = len({"free", "takes-up"} & set(opens)) + near
    first = whole or next(iter(found), None)
    return max(0.0, weight - HINT * eased), first[0] if first else ""


def _said(name: str, plain: str) -> re.Match[str] | None:
    """Where a pattern stands without a no before it in its clause."""
    return next(
        (m for m in _pattern(name).finditer(plain) if not _LETTING.search(plain[: m.start()])), None
    )


def _opening(plain: str, said: str) -> tuple[Opening, ...]:
    made: list[Opening] = []
    if taken_up(plain, said):
        made.append("takes-up")
    names: tuple[Opening, ...] = ("owns", "free", "plain")
    made += [name for name in names if find(f"opens.{name}", plain)]
    count = len(_WORD.findall(plain))
    if "?" not in plain and (
        not count or (count <= SHORT and find("opens.holds", plain) is not None)
    ):
        made.append("holds")
    last = re.split(r"(?<=[.!…,])\s+", plain)[-1] if plain else ""
    if plain.count("?") == 1 and _OPEN.search(last) and not _CLOSED.match(last):
        made.append("asks")
    return tuple(made)


def _read(words: str, line: Sequence[Turn], gauge: Reads) -> tuple[float | None, Closing | None]:
    turns = tuple(line[-TURNS_READ:])
    if not words.strip() or turns[-1].role != "person":
        return None, None
    try:
        reading = gauge.read_many([Exchange(context=turns, reply=words)])[0]
    except Exception as error:  # whatever is wrong with it, the plain words are heard
        log.error("a practitioner's turn could not be read: %s", type(error).__name__)
        return None, None
    if reading.unscored is not None:
        return None, None
    values = {each.dimension: each.value for each in reading.dimensions if each.value is not None}
    near = [values[name] for name in _NEAR if name in values]
    warmth = fmean(near) if near else None
    far = warmth is None or warmth < FAR
    if reading.gate is not None and not reading.gate.passed and far:
        return warmth, _GATES.get(reading.gate.reason or "")
    return warmth, None


def _carrying(plain: str) -> list[str]:
    return [w for w in _WORD.findall(plain) if len(w) > 3 and w not in _common()]


@cache
def _pattern(name: str) -> re.Pattern[str]:
    section, _, key = name.partition(".")
    return re.compile(rf"(?<!\w)(?:{'|'.join(_table()[section][key])})(?!\w)")


@cache
def _table() -> dict[str, Any]:
    text = files("beside.mirror").joinpath("hearing.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _common() -> frozenset[str]:
    return frozenset(_table()["words"]["common"].split())
