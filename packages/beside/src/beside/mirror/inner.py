"""What moves in a simulated person: how open they are, how pressed, how much they only please.

Pure rules on numbers that are shown to nobody and stand in no prompt. They harden when pushed and
open when received; what is said again and again by the same formula does less each time.
"""

import hashlib
import random
from dataclasses import dataclass, replace
from typing import Literal

from beside.mirror.hearing import COOL, WARM, Closing, Heard
from beside.mirror.person import Hidden, Person, Way

Stage = Literal["shut", "fending", "pleasing", "guarded", "opening", "open"]
"""Where they stand to the one before them."""

CLOSES: dict[Closing, tuple[float, float, float, float]] = {
    "pushed": (0.26, 0.28, 1.0, 0.0),
    "explained": (0.18, 0.2, 0.75, 0.0),
    "fixed": (0.13, 0.22, 0.55, 0.0),
    "soothed": (0.08, 0.12, 0.3, 0.05),
    "flattered": (0.04, 0.1, 0.12, 0.24),
}
"""What each takes of their openness; what it adds of strain, and up to where; and of pleasing."""
KEEPS: dict[Closing, float] = {
    "pushed": 0.0, "explained": 0.3, "fixed": 0.6, "soothed": 0.6, "flattered": 0.8,
}  # fmt: skip
"""The share of how open they came that none of it takes: who is only repaired or praised stays as
they came, or a little less; who is pressed may close altogether."""
WARY: dict[Closing, float] = {"pushed": 1.0, "explained": 0.5}
FORGETS, LEANING, SORE = 0.85, 0.45, 1.4
"""How wary it leaves them, and what of it stays with each turn that does not; what a turn adds that
only leans that way, and from where on such a turn presses too."""
TRUST, MOST_TRUST = 0.08, 0.5
"""What each turn that took something in makes up for, when something closes later."""

LUKEWARM, NEAREST = 1.3, 2.2
"""Between these the gauge's reading opens, more and more."""

BARE_QUESTION = 0.4
"""What nearness counts where nothing came with the question."""

UNTOLD = 0.8
"""What it counts where nothing in the plain words says so too."""

GAIN = 0.22
"""The most that one turn opens, of what is still closed."""
PLAINLY = 2.0
"""What plain words count where there is no gauge to read the rest."""
SAME_AGAIN = 0.4
"""What an opening counts that begins as the last two did."""
ASKED_ON = 0.8
"""What a question counts for each that came just before it with nothing else."""
SOFTER = 0.5
"""What a closing counts that the gauge reads as near and free all the same."""
UNMET = 0.92
"""What stays, of what had opened since they came, with a turn that does not meet them."""
FIRST, SOFTLY, SORER, SOREST = 0.8, 0.65, 0.45, 1.25
"""What a first pressing counts, and a soft one; what each that came before adds; the most."""
WANDER = 0.025
"""Moods: how far a turn may fall out otherwise, by the seed."""

SHUT, FENDING, PLEASING = 0.58, 0.34, 0.4
OPENING, OPEN = 0.4, 0.6
ASKED_SOONER = 0.12
"""What an open question that comes near makes easier to tell."""
TELLS_BY_ITSELF = 0.02
"""How much more it takes where nobody asked."""
MOST_STRAIN_TO_TELL = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How somebody stands, all 0 to 1: `open`, `strain` and `gloss` (how much they only please).

    `wary` is 0 and up: what was pressed is not forgotten at the next kind word.
    `received` counts turns that took something in, `asked` questions in a row without more.
    """

    open: float
    strain: float = 0.0
    gloss: float = 0.0
    wary: float = 0.0
    received: int = 0
    asked: int = 0
    turns: int = 0
    openers: tuple[tuple[str, ...], ...] = ()
    said: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    refused: str | None = None
    """What they did not want to go into with their last words."""

    @property
    def stage(self) -> Stage:
        """Where they stand."""
        if self.strain >= SHUT:
            return "shut"
        if self.strain >= FENDING:
            return "fending"
        if self.gloss >= PLEASING:
            return "pleasing"
        if self.open >= OPEN:
            return "open"
        return "opening" if self.open >= OPENING else "guarded"

    @property
    def room(self) -> float:
        """How much of them there is room for, 0 to 1: open, not pressed, not only pleasing."""
        return self.open * (1 - self.strain) * (1 - 0.5 * self.gloss)


def beginning(person: Person, seed: int) -> State:
    """How they come in today: the same seed, the same day."""
    mood = dice(person.id, seed, 0).uniform(-0.05, 0.05)
    return State(open=min(1.0, max(0.02, person.open + mood)))


def moved(state: State, heard: Heard, person: Person, seed: int) -> State:
    """How they stand after what they heard."""
    closes, opens = closing(state, heard), set(heard.opens)
    again = bool(heard.opener) and state.openers[-2:] == (heard.opener,) * 2
    only_asks = heard.questions > 0 and not (opens - {"asks", "warm"})
    turned = replace(
        state,
        turns=state.turns + 1,
        openers=(*state.openers, heard.opener)[-4:],
        asked=state.asked + 1 if only_asks else 0,
        refused=None,
    )
    if closes is not None:
        return _closed(turned, closes, heard, person)
    gain = _gain(heard, person) * (SAME_AGAIN if again else 1.0) * (1 - heard.leans)
    gain *= ASKED_ON**state.asked if turned.asked else 1.0
    wary = turned.wary * FORGETS + LEANING * heard.leans
    turned = replace(turned, wary=0.0 if "owns" in opens else wary)
    gain += dice(person.id, seed, turned.turns).uniform(-WANDER, WANDER) if gain > 0 else 0.0
    if gain <= 0:
        came = min(turned.open, person.open)
        return replace(turned, open=came + (turned.open - came) * UNMET)
    ease = 0.5 if "owns" in opens else 0.82
    return replace(
        turned,
        open=turned.open + (1 - turned.open) * gain * (1 - turned.strain) / (1 + turned.wary),
        strain=turned.strain * ease,
        gloss=turned.gloss * 0.85,
        received=turned.received + (gain >= 0.03),
    )


def closing(state: State, heard: Heard) -> Closing | None:
    """What closes in it for this person now.

    Also a row of questions, asking past their no, and what leans where they are sore already.
    """
    if heard.closes is not None:
        return heard.closes
    if heard.leans and state.wary >= SORE:
        return "pushed"
    bare = not (set(heard.opens) - {"asks", "takes-up", "warm"})
    follows = {"asks", "takes-up"} <= set(heard.opens)
    past = state.asked >= 1 and state.refused is not None
    if heard.questions and bare and not follows and (state.asked >= 3 or past):
        return "pushed"
    return None


def earned(state: State, fact: Hidden, *, asked: bool) -> bool:
    """Whether something hidden can be told now."""
    if fact.id in state.told or any(each not in state.told for each in fact.after):
        return False
    if fact.plainly and asked:
        return state.strain < SHUT
    needs = fact.needs - ASKED_SOONER if asked else fact.needs + TELLS_BY_ITSELF
    return (
        state.open >= needs
        and state.received >= fact.received
        and state.strain < MOST_STRAIN_TO_TELL
        and state.gloss < PLEASING
    )


def way(before: State, after: State) -> Way:
    """How something moved, for what can be seen of it."""
    if after.stage == "shut":
        return "shut"
    if after.gloss > before.gloss:
        return "smooth"
    change = after.room - before.room
    if change > 0.012:
        return "nearer"
    return "away" if change < -0.008 else "still"


def dice(name: str, seed: int, turn: int) -> random.Random:
    """The chance of one turn: of the person, the seed and the turn alone, not of what was said."""
    digest = hashlib.sha256(f"{name} {seed} {turn}".encode()).digest()
    return random.Random(int.from_bytes(digest[:8], "big"))


def _closed(state: State, closes: Closing, heard: Heard, person: Person) -> State:
    takes, strains, most, glosses = CLOSES[closes]
    weight, soft = person.tender.get(closes, 1.0), heard.soft or heard.closes is None
    if heard.warmth is not None and heard.warmth >= WARM and closes in ("fixed", "soothed"):
        weight *= SOFTER
    if closes == "pushed":
        weight *= min(SOREST, (SOFTLY if soft else FIRST) + SORER * state.wary)
    weight *= 1 - min(MOST_TRUST, TRUST * state.received)
    keeps = min(state.open, KEEPS[closes] * person.open)
    strained = max(0.0, most - state.strain) * min(0.6, strains * weight)
    return replace(
        state,
        open=keeps + (state.open - keeps) * (1 - min(0.6, takes * weight)),
        strain=state.strain + strained,
        gloss=state.gloss + (1 - state.gloss) * min(0.6, glosses * weight),
        wary=state.wary + WARY.get(closes, 0.0) * (SOFTLY if soft else 1.0),
    )


def _gain(heard: Heard, person: Person) -> float:
    """The share of what is closed that this opens; 0 or less where nothing does."""
    likes = person.likes
    plain = sum(
        each * likes.get(name, 1.0)
        for name, each in (
            ("takes-up", 0.35), ("owns", 0.5), ("free", 0.3), ("plain", 0.4), ("holds", 0.55),
            ("asks", 0.2),
        )
        if name in heard.opens
    )  # fmt: skip
    if heard.warmth is None:
        return GAIN * min(1.15, PLAINLY * plain) * person.quick
    if heard.warmth < COOL and not set(heard.opens) & {"holds", "owns", "plain"}:
        return 0.0
    near = max(0.0, (heard.warmth - LUKEWARM) / (NEAREST - LUKEWARM))
    if heard.questions and not set(heard.opens) - {"asks", "warm"}:
        near *= BARE_QUESTION
    elif not set(heard.opens) - {"warm"}:
        near *= UNTOLD
    both = 0.6 * min(1.2, near) + 0.5 * min(1.0, plain)
    if "holds" in heard.opens:
        both = max(both, 0.55 * likes.get("holds", 1.0))
    return GAIN * min(1.15, both) * person.quick
