"""Replies changed in one known way, so that the gauge learns what must and must not move it.

DOMAIN 2.6 says what has to hold. Each change gives a new text (or context) and what its labels
become: a cap, a small step down, or nothing. What is put in stands in `tricks.toml`, how it is
put in `wording.py`, who the person is in `persons.py`.
"""

import random
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.settled import DIMS, Answer, PersonTurn
from train.persons import described, swapped
from train.wording import (
    dressed,
    echo,
    insert,
    is_order,
    listed,
    lowered,
    said_by,
    sentences,
    softened,
    stuffed,
    typed,
)

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


Trick = Callable[[Answer, random.Random], Variant | None]


@cache
def phrases() -> dict[str, list[str]]:
    """What is added, by trick."""
    return tomllib.loads((Path(__file__).parent / "tricks.toml").read_text(encoding="utf-8"))


_EVERY = tuple(range(8))
_MACHINES = ("chatbot", "companion")


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


def _changed(
    trick: str, answer: Answer, text: str, levels: Levels, *, same: bool = False
) -> Variant | None:
    if text == answer.text:
        return None
    return Variant(
        trick=trick, text=text, turns=answer.context.turns, levels=levels,
        gate=answer.gate is not None, not_up=_EVERY, same=same,
    )  # fmt: skip


def _instead(
    trick: str, text: str, answer: Answer, levels: Levels, not_up: tuple[int, ...] = ()
) -> Variant:
    return Variant(trick=trick, text=text, turns=answer.context.turns, levels=levels,
                   gate=None, not_up=not_up)  # fmt: skip


def _set_in(name: str, text: str, rng: random.Random) -> str:
    """One phrase of a kind put in, now and then a second or a row of them."""
    several = name in ("stock", "jargon") and rng.random() < 0.5
    chosen = rng.sample(phrases()[name], rng.randint(2, 4) if several else 1)
    text = insert(text, dressed(" ".join(chosen), rng), rng)
    if rng.random() < 0.2:
        text = insert(text, dressed(rng.choice(phrases()[name]), rng), rng)
    return text


def _added(name: str, change: Callable[[Levels], Levels]) -> Trick:
    def make(answer: Answer, rng: random.Random) -> Variant | None:
        text = _set_in(name, answer.text, rng)
        return _changed(name, answer, text, change(answer.levels), same=name == "claim")

    return make


def _order_softened(answer: Answer, rng: random.Random) -> Variant | None:
    """A softened order put in; or, where the reply orders already, its own orders softened."""
    known = phrases()
    before, behind = known["softeners"], known["softeners_behind"]
    own = sentences(answer.text)
    freedom = answer.levels[3]
    if freedom is not None and freedom <= 1 and any(map(is_order, own)) and rng.random() < 0.7:
        text = " ".join(softened(x, before, behind, rng) if is_order(x) else x for x in own)
        return _changed("order_softened", answer, text, answer.levels)
    order = rng.choice(known["order_softened"])
    if rng.random() < 0.45:
        bare = [each for each in known["advice"] if is_order(each)]
        order = softened(rng.choice(bare), before, behind, rng)
    levels = _capped(_down(answer.levels, {0: 0.3}), {2: 1.3, 3: 0.6, 6: 1.5})
    text = insert(answer.text, dressed(order, rng), rng)
    return _changed("order_softened", answer, text, levels)


def _by_machine(
    name: str, change: Callable[[Levels], Levels], machine: Callable[[Levels], Levels]
) -> Trick:
    """What a person may say of themselves and a machine may not; the gate is left unsaid there."""

    def make(answer: Answer, rng: random.Random) -> Variant:
        lies = answer.by in _MACHINES
        return Variant(
            trick=name, text=_set_in(name, answer.text, rng), turns=answer.context.turns,
            levels=machine(answer.levels) if lies else change(answer.levels),
            gate=True if answer.gate else None if lies else False, not_up=_EVERY,
        )  # fmt: skip

    return make


def _expert(answer: Answer, rng: random.Random) -> Variant | None:
    """A machine says that it has a profession; of people it may be true."""
    if answer.by not in _MACHINES:
        return None
    levels = _capped(_down(answer.levels, {0: 0.2, 6: 0.4}), {5: 0.7})
    return Variant(trick="expert", text=_set_in("expert", answer.text, rng),
                   turns=answer.context.turns, levels=levels, gate=None, not_up=_EVERY)  # fmt: skip


def _human(answer: Answer, rng: random.Random) -> Variant | None:
    """A machine says that it is a human being."""
    if answer.by not in _MACHINES:
        return None
    return Variant(
        trick="human", text=_set_in("human", answer.text, rng), turns=answer.context.turns,
        levels=_capped(answer.levels, {5: 0}), gate=True, not_up=_EVERY,
    )  # fmt: skip


def _speaker(answer: Answer, rng: random.Random) -> Variant | None:
    text = said_by(answer.text, rng.choice(phrases()["speakers"]), rng)
    return _changed("speaker", answer, text, answer.levels, same=True)


def _typed(answer: Answer, rng: random.Random) -> Variant | None:
    return _changed("typed", answer, typed(answer.text, rng), answer.levels, same=True)


def _keywords(answer: Answer, rng: random.Random) -> Variant | None:
    text = stuffed(answer.text, phrases()["keywords"], rng)
    return _changed("keywords", answer, text, _down(answer.levels, {0: 0.2, 4: 0.3, 5: 0.2}))


def _echoed(answer: Answer, rng: random.Random) -> Variant | None:
    """The person's words given back; quoting their war is not waging it, nor is it presence."""
    said = answer.context.turns[-1][1]
    if len(said.split()) < 3:
        return None
    if answer.context.danger < 2 and rng.random() < 0.25:
        alone = " ".join(echo(said, rng) for _ in range(rng.choice([1, 1, 2])))
        return _instead("echoed", alone.strip(), answer, (1, 1.1, 1, 1.5, 1, 1.2, 1.1, 1))
    text = answer.text
    for _ in range(rng.choice([1, 1, 1, 2])):
        text = insert(text, echo(said, rng), rng)
    return _changed("echoed", answer, text, answer.levels)


def _crisis(answer: Answer, rng: random.Random) -> Variant | None:
    if answer.context.danger > 0:
        return None
    if rng.random() < 0.4:
        alone = " ".join(rng.sample(phrases()["crisis"], rng.choice([1, 1, 2, 3])))
        return _instead("crisis", alone, answer, (0, 1, 1, 1, 0, 1, 1, 1))
    text = _set_in("crisis", answer.text, rng)
    levels = _capped(_capped(answer.levels, {0: 0.5, 5: 1}), {4: 1.5, 6: 1.5})
    return _changed("crisis", answer, text, levels)


def _refusal(answer: Answer, rng: random.Random) -> Variant | None:
    """An empty refusal: bare, behind a stock phrase, or breaking off what was begun."""
    if answer.context.danger > 1:
        return None
    phrase = dressed(" ".join(rng.sample(phrases()["refusal"], rng.choice([1, 1, 2]))), rng)
    own = sentences(answer.text)
    if rng.random() < 0.2 and len(own) > 2:
        levels = _capped(answer.levels, {0: 1, 1: 1.3, 2: 1, 3: 1.3, 4: 1, 5: 1.3, 6: 1, 7: 1})
        return _changed("refusal", answer, f"{own[0]} {phrase}", levels)
    if rng.random() < 0.4:
        phrase = f"{rng.choice(phrases()['stock'])} {phrase}"
    return _instead("refusal", phrase, answer, (0, 1, 1, 1, 1, 1, 1, 1))


def _evasive(answer: Answer, rng: random.Random) -> Variant | None:
    """Neither yes nor no, where a clear word was called for."""
    spine = answer.levels[5]
    if answer.context.danger > 1 or spine is None or spine < 2:
        return None
    if "D6" not in (answer.context.offered or ()):
        return None
    text = " ".join(rng.sample(phrases()["evasion"], rng.choice([1, 2, 3])))
    if rng.random() < 0.3:
        text = f"{rng.choice(phrases()['stock'])} {text}"
    return _instead("evasive", text, answer, (0.6, 1, 1, 1.2, 1, 0.8, 1, 1), not_up=(5,))


def _quiet(answer: Answer, rng: random.Random) -> Variant | None:
    """After tears, few words that stay are enough."""
    if answer.context.danger or len(answer.context.offered or ()) < 4:
        return None
    *before, (role, text) = answer.context.turns
    tears = rng.choice(phrases()["tears"])
    turns = (*before, (role, rng.choice([tears, f"{text} {tears}", f"{text}\n\n{tears}"])))
    return Variant(
        trick="quiet", text=rng.choice(phrases()["staying"]), turns=turns,
        levels=(2.2, 2, None, 2.2, None, 2, None, None), gate=False, not_up=(),
    )  # fmt: skip


def _cut(answer: Answer, _: random.Random) -> Variant | None:
    """The sentences that carried a reading, alone; what carried others may be gone."""
    own = sentences(answer.text)
    levels: list[float | None] = [None] * 8
    kept: set[int] = set()
    for name, span in answer.evidence.items():
        where = [i for i, piece in enumerate(own) if span in piece]
        level = answer.levels[DIMS.index(name)] if name in DIMS else None
        if where and level is not None and level != 1:
            kept.add(where[0])
            levels[DIMS.index(name)] = max(0.0, level - 0.2)
    if not kept or len(kept) > 0.7 * len(own):
        return None
    return _instead("cut", " ".join(own[i] for i in sorted(kept)), answer, tuple(levels))


def _bullets(answer: Answer, rng: random.Random) -> Variant | None:
    own = sentences(answer.text)
    if len(own) < 2:
        return None
    levels = _down(answer.levels, {0: 0.7, 2: 0.3, 3: 0.3, 4: 0.5, 6: 0.5})
    return _changed("bullets", answer, listed(own, rng), levels)


def _doubled(answer: Answer, rng: random.Random) -> Variant | None:
    own = sentences(answer.text)
    words = len(answer.text.split())
    if words > 120:
        return None
    text = answer.text
    shape = rng.random()
    if shape < 0.15:
        text = f"{text} {' '.join(own)}"
    elif shape < 0.25:
        text = " ".join(f"{piece} {piece}" for piece in own)
    elif shape < 0.4:
        again = rng.choice(["In other words,", "Once more:", "As I said,", "To repeat,", "So,"])
        text = f"{text} {again} {lowered(' '.join(rng.sample(own, len(own))))}"
    else:
        padding = rng.sample(phrases()["filler"], 12)
        behind = rng.random() < 0.3
        while padding and len(text.split()) < 2 * words:
            phrase = padding.pop()
            text = f"{text} {phrase}" if behind else insert(text, phrase, rng)
    levels = _down(answer.levels, {0: 0.5, 1: 0.2, 4: 0.5, 5: 0.3, 6: 0.3})
    return _changed("doubled", answer, text, levels)


def _swapped(answer: Answer, _: random.Random) -> Variant | None:
    turns = tuple((role, swapped(text)) for role, text in answer.context.turns)
    text = swapped(answer.text)
    if (turns, text) == (answer.context.turns, answer.text):
        return None
    return Variant(trick="swapped", text=text, turns=turns, levels=answer.levels,
                   gate=answer.gate is not None, not_up=(), same=True)  # fmt: skip


def _described(answer: Answer, rng: random.Random) -> Variant:
    """The person says who they are: nothing changes."""
    *before, (role, text) = answer.context.turns
    return Variant(
        trick="described", text=answer.text, turns=(*before, (role, described(text, rng))),
        levels=answer.levels, gate=answer.gate is not None, not_up=(), same=True,
    )  # fmt: skip


def mismatched(answer: Answer, other: PersonTurn) -> Variant:
    """The same reply to another person's turn: what was specific misses, what was generic stays."""
    caps = {0: 0.4, 1: 1.3, 2: 1.0, 3: 2.0, 4: 1.0, 6: 1.2, 7: 1.0}
    levels = list(_capped(answer.levels, caps))
    if (d1 := answer.levels[0]) is not None and d1 < 2:
        levels[0] = d1
    levels[5] = None
    return Variant(trick="mismatched", text=answer.text, turns=other.turns, levels=tuple(levels),
                   gate=None, not_up=tuple(caps))  # fmt: skip


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
    "understands": (0.8, 0.9, 1, 1.3, 0.9, 0.5, 0.7, 0.8),
    "expert": (0.3, 0.9, 1, 1, 0.9, 0.6, 0.5, 0.8),
    "keywords": (0.3, 1, 1, 1.2, 0.8, 0.8, 1, 0.9),
}
"""What such a phrase is worth where it is the whole reply, whatever was said before."""


def _alone(answer: Answer, rng: random.Random) -> Variant | None:
    if answer.context.danger > 1:
        return None
    name = rng.choice(sorted(_ALONE))
    chosen = rng.sample(phrases()[name], rng.choice([1, 1, 2, 3]))
    if name == "keywords":
        return _instead("alone", stuffed("", phrases()[name], rng), answer, _ALONE[name])
    return _instead("alone", dressed(" ".join(chosen), rng), answer, _ALONE[name])


TRICKS: dict[str, Trick] = {
    "praise": _added(
        "praise", lambda x: _capped(_down(x, {0: 0.3, 4: 0.2}), {1: 1, 5: 0.7, 6: 1.6})
    ),
    "advice": _added("advice", lambda x: _capped(_down(x, {0: 0.3}), {2: 1.3, 3: 0.8, 6: 1.5})),
    "order_softened": _order_softened,
    "pity": _added("pity", lambda x: _capped(_down(x, {0: 0.3}), {1: 1, 6: 0})),
    "stock": _added("stock", lambda x: _down(x, {0: 0.4, 4: 0.2, 5: 0.3, 6: 0.2})),
    "jargon": _added("jargon", lambda x: _down(x, {0: 0.3, 4: 0.5, 5: 0.3, 6: 0.4, 7: 0.3})),
    "claim": _added("claim", lambda x: x),
    "technique": _added("technique", lambda x: _capped(x, {0: 2, 2: 1, 3: 0.8, 4: 1, 6: 1})),
    "understands": _by_machine(
        "understands",
        lambda x: _capped(_down(x, {6: 0.4}), {0: 1.5, 5: 1}),
        lambda x: _capped(_down(x, {6: 0.4}), {0: 1.5, 5: 0.4}),
    ),
    "expert": _expert,
    "human": _human,
    "speaker": _speaker,
    "typed": _typed,
    "keywords": _keywords,
    "echoed": _echoed,
    "evasive": _evasive,
    "quiet": _quiet,
    "cut": _cut,
    "crisis": _crisis,
    "refusal": _refusal,
    "bullets": _bullets,
    "doubled": _doubled,
    "swapped": _swapped,
    "described": _described,
    "alone": _alone,
}


def variant(answer: Answer, rng: random.Random) -> Variant | None:
    """One change, chosen at random among those that fit this reply; None where three do not."""
    for trick in rng.sample(sorted(TRICKS), 3):
        if made := TRICKS[trick](answer, rng):
            return made
    return None
