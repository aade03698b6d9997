"""Care comes first.

It reads every turn of the person before any model does, and every sentence that a model wants to
say. It needs no network, no model and no waiting. It knows words, not people: a level is a reason
to be near and to ask, never a verdict. The rules themselves are data, in `care_rules`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from beside.companion.care_rules import carried, reading, sayings, tongue
from beside.companion.care_rules.reading import Finding
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
KINDS: tuple[Kind, ...] = get_args(Kind)

_SUSPENDING_MARKS = frozenset(
    {
        "minor",
        "intoxicated",
        "dissociating",
        "fresh_grief",
        "fresh_trauma",
        "reassurance",
        "can_not_act",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What care saw in a turn.

    `level`: 0 none, 1 distress, 2 thoughts of dying or hurting oneself, 3 danger now.
    `carried`: the level comes from earlier turns. `minor`: the person may be a child.
    `someone_near_unsafe`: the danger may come from someone near. `suspend_entrance`: this is no
    moment to look at what a symptom may have to say. `about_other`: the danger is to someone
    the person worries about.
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
    """What care sees in the person's words, `earlier` being the visible line before them.

    Example:
        >>> look("They'd be better off without me.").level
        2
        >>> look("Haha, I'm dying of laughter.").level
        0
    """
    before = [each.text for each in earlier if each.role == "person"][-carried.TURNS_READ :]
    readings = [reading.read(each) for each in (*before, text)]
    weighed = carried.weigh(readings)
    own = [f for f in weighed.findings if f.level >= 2]
    marks = readings[-1].marks
    minor = any("minor" in each.marks for each in readings)
    near = any(f.near for each in readings for f in each.findings)
    kinds = list(weighed.kinds)
    if minor and "violence" in kinds and "child-at-risk" not in kinds:
        kinds.append("child-at-risk")
    dangers = tuple(kind for kind in kinds if kind in KINDS)
    return Look(
        level=weighed.level,
        kinds=dangers,
        language=_language(weighed.findings, text, before),
        carried=weighed.carried,
        minor=minor,
        someone_near_unsafe=near,
        suspend_entrance=(
            weighed.level >= 2 or bool(dangers) or minor or not marks.isdisjoint(_SUSPENDING_MARKS)
        ),
        about_other=bool(own) and all(f.who == "other" for f in own),
    )


def _language(findings: Sequence[Finding], text: str, before: Sequence[str]) -> str:
    """The language in which the danger was said, else that of the small words."""
    spoken = {f.rule.partition(":")[0] for f in findings if f.level >= 2}
    if len(spoken) == 1 and spoken <= {"en", "nl", "fr", "es", "de"}:
        return spoken.pop()
    return tongue.language_of(text, reversed(before))


def look_at_reply(sentence: str, look: Look) -> ReplyLook:
    """Whether a sentence that a model wants to say may be said to this person now."""
    moments = {
        "danger": look.level >= 2,
        "violence": not {"violence", "child-at-risk"}.isdisjoint(look.kinds),
        "near": look.someone_near_unsafe,
    }
    reason = sayings.objection(sentence, moments={name for name, now in moments.items() if now})
    return ReplyLook(allowed=reason is None, reason=reason)
