"""What the mirror's pages hold in memory: what is not kept yet, and looks that are being made.

Both belong to one open journal, and are gone when it is locked. Nothing is written anywhere.
"""

import asyncio
import secrets
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from beside.mirror.looking import Look
from beside.mirror.session import Mark, MirrorSession
from beside.mirror.transcript import Transcript
from beside.talk.ids import MirrorId
from beside.wiring import OpenPerson

MOST_WAITING = 4
MOST_LOOKS = 4

Looks = Callable[[MirrorSession, Mark, Callable[[int], None]], Coroutine[Any, Any, Look]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A transcript that was brought in and is not kept: its speakers are being corrected."""

    transcript: Transcript
    found: tuple[str, ...] = ()
    """The names that were replaced by initials."""
    initials: bool = False


class Looking:
    """A look that is being made, or was; `done` counts the replies that were read so far."""

    def __init__(self, session: MirrorSession, mark: Mark, looks: Looks, asks: object) -> None:
        self.done = 0
        self.all = sum(
            1 for turn in session.transcript.turns if turn.speaker in _practitioners(session)
        )
        self.key = key(session, mark, asks)
        self._task = asyncio.create_task(looks(session, mark, self._hear))

    def _hear(self, count: int) -> None:
        self.done = count

    async def wait(self, seconds: float) -> Look | None:
        """The look, where it is there within this time. Raises what making it raised."""
        await asyncio.wait([self._task], timeout=seconds)
        return self._task.result() if self._task.done() else None

    @property
    def failed(self) -> bool:
        """Whether it ended without a look."""
        done = self._task.done() and not self._task.cancelled()
        return self._task.cancelled() or (done and self._task.exception() is not None)

    def drop(self) -> None:
        """Let go of it."""
        self._task.cancel()


@dataclass(slots=True)
class _Held:
    waiting: dict[str, Waiting] = field(default_factory=dict)
    looks: dict[MirrorId, Looking] = field(default_factory=dict)
    asking: set[MirrorId] = field(default_factory=set)


def wait(person: OpenPerson, waiting: Waiting, name: str | None = None) -> str:
    """Hold this until it is kept, under a name; the oldest goes where there are too many."""
    held = _of(person).waiting
    name = name or secrets.token_urlsafe(12)
    held.pop(name, None)
    held[name] = waiting
    while len(held) > MOST_WAITING:
        del held[next(iter(held))]
    return name


def waiting(person: OpenPerson, name: str) -> Waiting | None:
    """What waits under this name; None where nothing does (any more)."""
    return _of(person).waiting.get(name)


def forget(person: OpenPerson, name: str) -> None:
    """Let go of what waits under this name."""
    _of(person).waiting.pop(name, None)


def may_ask(person: OpenPerson, session: MirrorId) -> bool:
    """Whether a voice elsewhere may be asked for other words in this session."""
    return session in _of(person).asking


def let_ask(person: OpenPerson, session: MirrorId, *, yes: bool) -> None:
    """The practitioner's yes or no to that, until the lock."""
    asking = _of(person).asking
    asking.add(session) if yes else asking.discard(session)


def look(
    person: OpenPerson, session: MirrorSession, mark: Mark, looks: Looks, *, asks: object = None
) -> Looking:
    """The look at this session with these marks: made now, or the one that is there.

    `asks` is whatever else it depends on: the voice that is asked for other words.
    """
    held = _of(person).looks
    known = held.get(session.id)
    if known is not None and not known.failed and known.key == key(session, mark, asks):
        return known
    drop(person, session.id)
    made = held[session.id] = Looking(session, mark, looks, asks)
    while len(held) > MOST_LOOKS:
        held.pop(next(iter(held))).drop()
    return made


def drop(person: OpenPerson, session: MirrorId) -> None:
    """Let go of what was seen of this session."""
    if (known := _of(person).looks.pop(session, None)) is not None:
        known.drop()


def key(session: MirrorSession, mark: Mark, asks: object) -> object:
    """What a look depends on: another mark is another look."""
    return (mark, tuple(session.marks.items()), asks)


def _of(person: OpenPerson) -> _Held:
    found = person.held.setdefault("mirror", _Held())
    assert isinstance(found, _Held)  # noqa: S101 - nothing else is held under this name
    return found


def _practitioners(session: MirrorSession) -> frozenset[str]:
    return frozenset(each.id for each in session.transcript.speakers if each.role == "practitioner")
