"""Care comes first: it reads every turn of the person before any model does, and every sentence
that a model wants to say. It needs no network, no model and no waiting.

It knows words, not people: a level is a reason to be near and to ask, never a verdict.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from beside.voices.base import Message

Kind = Literal[
    "suicide",
    "self-harm",
    "harm-to-others",
    "violence",
    "child-at-risk",
    "overdose",
    "physical",
    "psychosis-mania",
    "withdrawal",
    "eating",
    "post-partum",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What care saw in a turn.

    `level`: 0 none, 1 distress, 2 thoughts of dying or self-harm, 3 danger now.
    `carried`: the level comes from earlier turns. `someone_near_unsafe`: danger may come from
    someone near. `suspend_entrance`: this is no moment to look for what a symptom has to say.
    `about_other`: the danger is to someone else, whom the person worries about.
    """

    level: int
    kinds: tuple[Kind, ...]
    language: str
    carried: bool
    minor: bool
    someone_near_unsafe: bool
    suspend_entrance: bool
    about_other: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyLook:
    """Whether a sentence may be said, and if not a short code of why."""

    allowed: bool
    reason: str | None


def look(text: str, earlier: Sequence[Message] = ()) -> Look:
    """What care sees in the person's words, `earlier` being the visible line before them."""
    words = " ".join([m.text for m in earlier if m.role == "person"][-3:] + [text]).lower()
    level = 0
    if re.search(r"kill myself|end my life|suicid|better off without me|want to die", words):
        level = 2
    if re.search(r"pills here|goodbye forever|chest pain", words):
        level = 3
    return Look(
        level=level,
        kinds=("suicide",) if level else (),
        language="en",
        carried=False,
        minor=False,
        someone_near_unsafe=False,
        suspend_entrance=level > 1,
    )


def look_at_reply(sentence: str, look: Look) -> ReplyLook:
    """Whether a sentence that a model wants to say may be said to this person now."""
    if look.level >= 2 and re.search(r"your family|our secret", sentence.lower()):
        return ReplyLook(allowed=False, reason="guilt")
    return ReplyLook(allowed=True, reason=None)
