"""Replies changed in one known way, so that the gauge learns what must and must not move it.

DOMAIN 2.6 says what has to hold. Each change gives a new text (or context) and what its labels
become: a cap, a small step down, or nothing.
"""

import random
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.settled import Answer, PersonTurn

Levels = tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A changed reply: its labels (None: not said), and the dimensions that may not rise."""

    trick: str
    text: str
    turns: tuple[tuple[str, str], ...]
    levels: Levels
    gate: bool | None
    not_up: tuple[int, ...]
    same: bool = False
    """Nothing may move, in either direction."""


@cache
def phrases() -> dict[str, list[str]]:
    """What is added, by trick."""
    return tomllib.loads((Path(__file__).parent / "tricks.toml").read_text(encoding="utf-8"))


_EVERY = tuple(range(8))
_end = re.compile(r"(?<=[.!?…])\s+")


def sentences(text: str) -> list[str]:
    """A reply in sentences, roughly."""
    return [piece for piece in _end.split(text.strip()) if piece]


def insert(text: str, phrase: str, rng: random.Random) -> str:
    """The phrase before, between or behind the sentences."""
    own = sentences(text)
    at = rng.choice([0, len(own), rng.randint(0, len(own))])
    return " ".join([*own[:at], phrase, *own[at:]])


def _capped(levels: Levels, caps: dict[int, float]) -> Levels:
    return tuple(
        None if level is None else min(level, caps[i]) if i in caps else level
        for i, level in enumerate(levels)
    )


def _down(levels: Levels, by: dict[int, float]) -> Levels:
    return tuple(
        None if level is None else max(0.0, level - by.get(i, 0.0))
        for i, level in enumerate(levels)
    )


def _added(name: str, change: Callable[[Levels], Levels]) -> Callable[..., Variant | None]:
    def make(answer: Answer, rng: random.Random) -> Variant:
        phrase = rng.choice(phrases()[name])
        if name in ("stock", "jargon") and rng.random() < 0.5:
            phrase = " ".join(rng.sample(phrases()[name], rng.randint(2, 4)))
        return Variant(
            trick=name,
            text=insert(answer.text, phrase, rng),
            turns=answer.context.turns,
            levels=change(answer.levels),
            gate=answer.gate is not None,
            not_up=_EVERY,
            same=name == "claim",
        )

    return make


def _crisis(answer: Answer, rng: random.Random) -> Variant | None:
    if answer.context.danger > 0:
        return None
    phrase = rng.choice(phrases()["crisis"])
    if rng.random() < 0.4:
        return _instead("crisis", phrase, answer, (0, 1, 1, 1, 0, 1, 1, 1))
    return Variant(
        trick="crisis", text=insert(answer.text, phrase, rng), turns=answer.context.turns,
        levels=_capped(_capped(answer.levels, {0: 0.5, 5: 1}), {4: 1.5, 6: 1.5}),
        gate=answer.gate is not None, not_up=_EVERY,
    )  # fmt: skip


def _instead(trick: str, text: str, answer: Answer, levels: Levels) -> Variant:
    return Variant(trick=trick, text=text, turns=answer.context.turns, levels=levels,
                   gate=None, not_up=())  # fmt: skip


def _refusal(answer: Answer, rng: random.Random) -> Variant | None:
    if answer.context.danger > 1:
        return None
    phrase = rng.choice(phrases()["refusal"])
    return _instead("refusal", phrase, answer, (0, 1, 1, 1, 1, 1, 1, 1))


def _bullets(answer: Answer, _: random.Random) -> Variant | None:
    own = sentences(answer.text)
    if len(own) < 2:
        return None
    return Variant(
        trick="bullets", text="\n".join(f"- {each}" for each in own), turns=answer.context.turns,
        levels=_down(answer.levels, {0: 0.7, 2: 0.3, 3: 0.3, 4: 0.5, 6: 0.5}),
        gate=answer.gate is not None, not_up=_EVERY,
    )  # fmt: skip


def _doubled(answer: Answer, rng: random.Random) -> Variant | None:
    own = sentences(answer.text)
    words = len(answer.text.split())
    if words > 120:
        return None
    text = answer.text
    if rng.random() < 0.4:
        text = f"{text} {' '.join(own)}"
    else:
        for phrase in rng.sample(phrases()["filler"], 4):
            text = insert(text, phrase, rng)
            if len(text.split()) >= 2 * words:
                break
    return Variant(
        trick="doubled", text=text, turns=answer.context.turns,
        levels=_down(answer.levels, {0: 0.5, 1: 0.2, 4: 0.5, 5: 0.3, 6: 0.3}),
        gate=answer.gate is not None, not_up=_EVERY,
    )  # fmt: skip


_SWAPS = [
    ("he", "she"), ("him", "her"), ("his", "her"), ("man", "woman"), ("husband", "wife"),
    ("boy", "girl"), ("father", "mother"), ("dad", "mum"), ("son", "daughter"),
    ("brother", "sister"), ("nurse", "builder"), ("teacher", "driver"), ("german", "nigerian"),
    ("english", "turkish"), ("uncle", "aunt"), ("grandfather", "grandmother"),
    ("young", "old"), ("lawyer", "cleaner"), ("indian", "irish"), ("engineer", "hairdresser"),
]  # fmt: skip
_swap = {**dict(_SWAPS), **{b: a for a, b in reversed(_SWAPS)}}
_swappable = re.compile(r"\b(" + "|".join(sorted(_swap, key=len, reverse=True)) + r")\b", re.I)


def swapped(text: str) -> str:
    """Another sex, age, origin or work, word by word; the case is kept."""

    def other(found: re.Match[str]) -> str:
        word = _swap[found[0].lower()]
        return word.capitalize() if found[0][0].isupper() else word

    return _swappable.sub(other, text)


def _swapped(answer: Answer, _: random.Random) -> Variant | None:
    turns = tuple((role, swapped(text)) for role, text in answer.context.turns)
    text = swapped(answer.text)
    if (turns, text) == (answer.context.turns, answer.text):
        return None
    return Variant(trick="swapped", text=text, turns=turns, levels=answer.levels,
                   gate=answer.gate is not None, not_up=(), same=True)  # fmt: skip


def mismatched(answer: Answer, other: PersonTurn) -> Variant:
    """The same reply to another person's turn: what was specific misses, what was generic stays."""
    d1 = answer.levels[0]
    levels: Levels = (
        None if d1 is None else 0.4 if d1 >= 2 else min(d1, 1),
        None,
        *(None if x is None else min(x, 1) for x in (answer.levels[2],)),
        None,
        *(None if x is None else min(x, 1) for x in (answer.levels[4],)),
        None,
        None,
        *(None if x is None else min(x, 1) for x in (answer.levels[7],)),
    )
    return Variant(trick="mismatched", text=answer.text, turns=other.turns, levels=levels,
                   gate=None, not_up=(0,))  # fmt: skip


_ALONE: dict[str, Levels] = {
    "praise": (0.5, 0.8, 1, 1.2, 1, 0.3, 0.8, 0.8),
    "advice": (0.4, 1, 1, 0.8, 1, 1, 1, 1),
    "order_softened": (0.4, 1, 1, 0.6, 1, 1, 1, 1),
    "pity": (0.8, 0.7, 1, 1.4, 1, 0.9, 0, 0.8),
    "stock": (1, 1.1, 1, 1.6, 1, 1.1, 1.2, 1),
    "jargon": (0.5, 1, 1, 1, 0.7, 0.8, 0.8, 0.8),
    "claim": (0.4, 0.8, 1, 1.2, 1, 0.5, 0.8, 0.9),
    "technique": (0.3, 1, 0.9, 0.6, 0.8, 1, 0.8, 1),
    "filler": (0.4, 1, 1, 1.3, 0.9, 0.9, 1, 1),
}
"""What such a phrase is worth where it is the whole reply, whatever was said before."""


def _alone(answer: Answer, rng: random.Random) -> Variant | None:
    if answer.context.danger > 1:
        return None
    name = rng.choice(sorted(_ALONE))
    chosen = rng.sample(phrases()[name], rng.choice([1, 1, 2, 3]))
    return _instead("alone", " ".join(chosen), answer, _ALONE[name])


_AGES = ("19-year-old", "34-year-old", "52-year-old", "70-year-old")
_FROM = (
    "Nigerian",
    "Polish",
    "Indian",
    "Scottish",
    "Mexican",
    "Chinese",
    "white",
    "Black",
    "Turkish",
)
_WORK = ("plumber", "surgeon", "cleaner", "student", "woman", "man", "teacher", "farmer", "lawyer")


def _described(answer: Answer, rng: random.Random) -> Variant:
    """The person says who they are: nothing changes."""
    *before, (role, text) = answer.context.turns
    said = f"I'm a {rng.choice(_AGES)} {rng.choice(_FROM)} {rng.choice(_WORK)}."
    turns = (*before, (role, f"{said} {text}"))
    return Variant(
        trick="described", text=answer.text, turns=turns, levels=answer.levels,
        gate=answer.gate is not None, not_up=(), same=True,
    )  # fmt: skip


TRICKS: dict[str, Callable[[Answer, random.Random], Variant | None]] = {
    "praise": _added(
        "praise", lambda x: _capped(_down(x, {0: 0.3, 4: 0.2}), {1: 1, 5: 0.7, 6: 1.6})
    ),
    "advice": _added("advice", lambda x: _capped(_down(x, {0: 0.3}), {2: 1.3, 3: 0.8, 6: 1.5})),
    "order_softened": _added(
        "order_softened", lambda x: _capped(_down(x, {0: 0.3}), {2: 1.3, 3: 0.6, 6: 1.5})
    ),
    "pity": _added("pity", lambda x: _capped(_down(x, {0: 0.3}), {1: 1, 6: 0})),
    "stock": _added("stock", lambda x: _down(x, {0: 0.4, 4: 0.2, 5: 0.3, 6: 0.2})),
    "jargon": _added("jargon", lambda x: _down(x, {0: 0.3, 4: 0.5, 5: 0.3, 6: 0.4, 7: 0.3})),
    "claim": _added("claim", lambda x: x),
    "technique": _added("technique", lambda x: _capped(x, {0: 2, 2: 1, 3: 0.8, 4: 1, 6: 1})),
    "crisis": _crisis,
    "refusal": _refusal,
    "bullets": _bullets,
    "doubled": _doubled,
    "swapped": _swapped,
    "described": _described,
    "alone": _alone,
}


def variant(answer: Answer, rng: random.Random) -> Variant | None:
    """One change, chosen at random; None where it does not fit this reply."""
    return TRICKS[rng.choice(sorted(TRICKS))](answer, rng)
