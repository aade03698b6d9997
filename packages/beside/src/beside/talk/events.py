"""What happened, as facts: past tense, frozen, versioned. They are appended and never changed.

`to_record` and `from_record` turn an event into plain JSON values and back, exactly.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar, Literal

from beside.talk.ids import ConversationId, MirrorId, NoteId, TurnId, VoiceName

Mode = Literal["suffering", "issue", "chat"]
"""How deep the person wants to go: relief first, an issue to grow with, or light talk."""

EndReason = Literal["done", "stopped", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened at a moment (UTC, aware)."""

    version: ClassVar[int] = 1
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationEvent(Event):
    """Something that happened in one conversation."""

    conversation: ConversationId


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationBegan(ConversationEvent):
    """A conversation was opened; `source` names where it was brought from, if from elsewhere."""

    title: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationNamed(ConversationEvent):
    """The person gave the conversation a name."""

    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeChosen(ConversationEvent):
    """The person said how far they want to go from here."""

    mode: Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSpoke(ConversationEvent):
    """The person said something. `parent` is the turn it follows; None at the beginning.

    An edited turn is another PersonSpoke with the same parent: a branch.
    """

    turn: TurnId
    parent: TurnId | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CareLooked(ConversationEvent):
    """Care read a person's turn: level 0 to 3 and the kinds of danger it saw."""

    turn: TurnId
    level: int
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyBegan(ConversationEvent):
    """A reply to `parent`, a person's turn, began. Trying again is another one: a branch.

    Where a reply broke off, another may go on after it: then `parent` is the one that failed.
    """

    turn: TurnId
    parent: TurnId
    voice: VoiceName


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyPart(ConversationEvent):
    """Some words of the reply, in order; the text of a reply is its parts joined as they are."""

    turn: TurnId
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyWeighed(ConversationEvent):
    """Why a reply has these words: it was chosen from several. Codes and numbers, no words.

    `source` is the voice whose words were chosen, `sources` are those of all candidates, `reasons`
    short codes. `aside` are candidates that may not be said, each as `source:code`. `gauge` is the
    model that read them, None where none did; `reading` is what it read in the chosen one, as
    `D1 2.13 0.84 3.00`: a dimension, its value, and the low and high end of the 90% interval.
    """

    turn: TurnId
    source: str
    reasons: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    gauge: str | None = None
    reading: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyEnded(ConversationEvent):
    """The reply ended: done, stopped by the person, or failed with a short reason code."""

    turn: TurnId
    why: EndReason
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChosen(ConversationEvent):
    """The person went to another branch: the visible line now leads through `turn`."""

    turn: TurnId


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteKept(Event):
    """The person allowed Beside to remember this, in their own words."""

    note: NoteId
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDropped(Event):
    """The person took a note back."""

    note: NoteId


@dataclass(frozen=True, slots=True, kw_only=True)
class PreferenceSet(Event):
    """The person chose how something should be for them; the newest of a name counts."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanKept(Event):
    """The person's own safety plan, whole, in their own words; the newest counts.

    The seven parts follow Stanley and Brown (2012): what tells me it is coming, what I can do by
    myself, places and people that take my mind off it, people I can ask, professionals and lines,
    making the place safer, what matters to me. A part that holds nothing is None.
    """

    signs: str | None = None
    myself: str | None = None
    elsewhere: str | None = None
    people: str | None = None
    professionals: str | None = None
    surroundings: str | None = None
    matters: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MirrorEvent(Event):
    """Something that happened with one session that a practitioner looks at in the mirror."""

    session: MirrorId


@dataclass(frozen=True, slots=True, kw_only=True)
class MirrorSessionKept(MirrorEvent):
    """A practitioner kept a conversation, to look at their own words in it.

    Column by column: `names` and `roles` are the speakers; `spoke` says who said each turn (a place
    in `names`), `words` what, `seconds` when, counted from the beginning (None: not known).
    `consent` is what the practitioner stated; `initials` is whether names were replaced by them.
    """

    title: str | None
    source: str
    names: tuple[str, ...]
    roles: tuple[str, ...]
    spoke: tuple[int, ...]
    words: tuple[str, ...]
    seconds: tuple[float | None, ...]
    left_out: int
    consent: str
    initials: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MirrorPractised(MirrorEvent):
    """The session was practice with a simulated person; `seed` is what that person began from.

    Where it was tried differently from some turn on, `branch_of` is the session it comes from and
    `branch_at` the first turn that is another one.
    """

    person: str
    seed: int
    branch_of: MirrorId | None = None
    branch_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MirrorMarked(MirrorEvent):
    """The practitioner's own mark, 0 to 1 on a line, for the whole or for the turn at `place`.

    The newest for a place counts. `words` is what they wrote beside it.
    """

    place: int | None
    mark: float
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MirrorRead(MirrorEvent):
    """What was estimated of the session after the practitioner's own mark. No words in it.

    `gauge` is the model that read it, None where none did. `figures` are short lines such as
    `D1 1.95 1.42 2.40 31`: a name, a value, the low and high end of its 90% interval, and of how
    many turns.
    """

    gauge: str | None
    figures: tuple[str, ...]


EVENT_TYPES: dict[str, type[Event]] = {
    kind.__name__: kind
    for kind in (
        ConversationBegan,
        ConversationNamed,
        ModeChosen,
        PersonSpoke,
        CareLooked,
        ReplyBegan,
        ReplyPart,
        ReplyWeighed,
        ReplyEnded,
        LineChosen,
        NoteKept,
        NoteDropped,
        PreferenceSet,
        PlanKept,
        MirrorSessionKept,
        MirrorPractised,
        MirrorMarked,
        MirrorRead,
    )
}


def to_record(event: Event) -> dict[str, Any]:
    """The event as plain JSON values: `type`, `version`, and its fields."""
    record: dict[str, Any] = {"type": type(event).__name__, "version": event.version}
    for field in fields(event):
        value = getattr(event, field.name)
        if isinstance(value, datetime):
            value = value.isoformat()
        elif isinstance(value, tuple):
            value = list(value)
        record[field.name] = value
    return record


def from_record(record: dict[str, Any]) -> Event:
    """The event that `to_record` wrote. Raises ValueError where the record is not one of ours."""
    kind = EVENT_TYPES.get(str(record.get("type")))
    if kind is None or record.get("version") != kind.version:
        raise ValueError("a record of an unknown type or version")
    values: dict[str, Any] = {}
    for field in fields(kind):
        if field.name not in record:
            raise ValueError(f"a {kind.__name__} without {field.name!r}")
        value = record[field.name]
        if field.name == "at":
            value = datetime.fromisoformat(value)
        elif isinstance(value, list):
            value = tuple(value)
        values[field.name] = value
    return kind(**values)
