"""The person's own safety plan: what its seven parts ask, in plain words, for page and terminal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from beside.talk.events import PlanKept

LONGEST_PART = 2_000
"""Characters of one part."""

PARTS = (
    "signs", "myself", "elsewhere", "people", "professionals", "surroundings", "matters",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the plan: its name, what it asks, a hint, and the person's words, if any."""

    name: str
    label: str
    hint: str
    words: str | None


def parts(plan: PlanKept | None, gettext: Callable[[str], str]) -> tuple[Part, ...]:
    """The seven parts in their order, in the reader's language."""
    _ = gettext
    asked = {
        "signs": (
            _("What tells me that it is coming"),
            _("Thoughts, moods, places, times of the day, things my body does."),
        ),
        "myself": (
            _("What I can do by myself, to get through the worst of it"),
            _("Small things that have helped before, even a little."),
        ),
        "elsewhere": (
            _("Places and people that take my mind off it"),
            _("I need not tell them anything. A bench, a shop, a friend, a match."),
        ),
        "people": (
            _("People I can ask to help me through"),
            _("Their names and numbers, and the words I would use."),
        ),
        "professionals": (
            _("Professionals and lines I can reach"),
            _("A doctor, a nurse, a crisis line, the emergency number."),
        ),
        "surroundings": (
            _("How I make the place around me safer"),
            _("What I put away or give to someone, and who could help with it."),
        ),
        "matters": (
            _("What matters to me"),
            _("What I would want to be there for. One thing is enough."),
        ),
    }
    return tuple(
        Part(name=name, label=label, hint=hint, words=getattr(plan, name) if plan else None)
        for name, (label, hint) in asked.items()
    )


def written(fields: Mapping[str, str], at: datetime) -> PlanKept:
    """The plan from what was typed; a part without words is None."""
    words = {
        name: fields.get(name, "").replace("\r\n", "\n").strip()[:LONGEST_PART] or None
        for name in PARTS
    }
    return PlanKept(at=at, **words)


def is_empty(plan: PlanKept) -> bool:
    """Whether nothing is in it."""
    return all(getattr(plan, name) is None for name in PARTS)
