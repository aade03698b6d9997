"""What a turn gives, step by step: words that may be shown, why they are these, and the end."""

from dataclasses import dataclass

from beside.companion.weigh import Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words of the reply that may be shown."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """Why the reply has the words that it has so far; the newest one counts."""

    choice: Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How the reply came to its end; `reason` is a code of `errors` or of care, if any."""

    failed: bool = False
    reason: str | None = None


Step = Words | Weighed | Ending
