"""What a simulated person says next: which of their lines the moment asks for. Pure."""

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from beside.mirror.hearing import Closing, Heard, even
from beside.mirror.inner import FENDING, OPENING, State, closing, earned
from beside.mirror.person import Group, Hidden, Person, Piece

Kind = Literal["story", "topic", "told", "not-yet", "outright", "parting"] | Group
"""What sort of answer it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The words, what sort they are, what was told with them, and what they would not go into."""

    text: str
    kind: Kind
    told: str | None = None
    refused: str | None = None


def answered(
    person: Person, before: State, now: State, heard: Heard, words: str, dice: random.Random
) -> Said:
    """What `person` says to `words`, who stood at `before` and stands at `now`."""

    def of(group: Group, kind: Kind | None = None) -> Said:
        return Said(text=chosen(person.lines[group], now.said, dice), kind=kind or group)

    if heard.outside:
        return of("outright")
    if heard.ends:
        near = now.open >= OPENING and now.strain < FENDING
        return of("parting_open" if near else "parting_closed", "parting")
    closes = closing(before, heard)
    if said := _asked_for(person, now, heard, words, closes, dice):
        return said
    if "plain" in heard.opens and not set(person.lines["asked_plainly"]) & set(now.said):
        return of("asked_plainly")
    if closes is not None:
        return of("shut" if now.stage == "shut" else closes)
    if "owns" in heard.opens and before.strain >= 0.15:
        return of("mended")
    if now.stage == "shut":
        return of("shut")
    topic = _next(_touched(person.topics, words), now)
    if topic is not None:
        return Said(text=chosen(topic.says, now.said, dice), kind="topic")
    for fact in person.hidden:
        if earned(now, fact, asked=False):
            return _tell(fact, now, dice)
    piece = _next(_touched(person.story, words), now) or _next(person.story, now)
    if piece is not None:
        return Said(text=chosen(piece.says, now.said, dice), kind="story")
    return of("waiting")


def chosen(lines: Sequence[str], said: Sequence[str], dice: random.Random) -> str:
    """One of the lines that was not said yet; where all were, the one longest ago."""
    left = [each for each in lines if each not in said]
    if left:
        return left[dice.randrange(len(left))]
    return max(lines, key=lambda each: said[::-1].index(each))


def _asked_for(
    person: Person, now: State, heard: Heard, words: str, closes: Closing | None,
    dice: random.Random,
) -> Said | None:  # fmt: skip
    """Something hidden that the words come near: told, or not yet; None where they do not."""
    for fact in person.hidden:
        if fact.id in now.told or not _matches(fact.asks, words):
            continue
        if (closes is None or fact.plainly) and earned(now, fact, asked=True):
            return _tell(fact, now, dice)
        if closes is None and heard.questions and now.stage != "shut":
            text = chosen(fact.not_yet, now.said, dice)
            return Said(text=text, kind="not-yet", refused=fact.id)
    return None


def _tell(fact: Hidden, now: State, dice: random.Random) -> Said:
    return Said(text=chosen(fact.says, now.said, dice), kind="told", told=fact.id)


def _next(pieces: Iterable[Piece], now: State) -> Piece | None:
    """The first piece that can be told and was not."""
    return next(
        (
            each
            for each in pieces
            if each.needs <= now.open and not any(text in now.said for text in each.says)
        ),
        None,
    )


def _touched(pieces: Iterable[Piece], words: str) -> list[Piece]:
    return [each for each in pieces if each.about and _matches(each.about, words)]


def _matches(patterns: Sequence[str], words: str) -> bool:
    return re.search(rf"(?<!\w)(?:{'|'.join(patterns)})", even(words)) is not None


def heard_as(now: State, said: Said) -> State:
    """How they stand once they have said it."""
    told = (*now.told, said.told) if said.told is not None else now.told
    return replace(now, said=(*now.said, said.text), told=told, refused=said.refused)
