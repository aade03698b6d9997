"""What one browser may do, for as long as the unlock lasts. Only in memory; nothing is written.

A session is a random cookie. Unlocking gives it a fresh one; locking makes it worthless.
"""

import secrets
from collections import OrderedDict
from dataclasses import dataclass, field

from beside.wiring import OpenPerson

MOST_SESSIONS = 200
"""Beyond this many, the visitor with nothing open who was seen longest ago is forgotten."""


@dataclass(slots=True, kw_only=True)
class Session:
    """One browser: who it is open for, and the secret that its forms carry."""

    id: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    form_key: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    person: OpenPerson | None = None
    untraced: OpenPerson | None = None
    """The one whose conversation leaves no trace, where one was begun."""
    recovery_key: str | None = None
    """Shown until the person has said that it is kept."""
    preferences: dict[str, str] = field(default_factory=dict)
    drafts: dict[str, str] = field(default_factory=dict)
    """Unsent words of an untraced conversation, by its name; the others are sealed (drafts.py)."""
    left: bool = False
    """Whether this browser left quickly: what it had open before shows nothing any more."""

    @property
    def idle(self) -> bool:
        """Whether nothing is open for this browser."""
        self.settle()
        return self.person is None and self.untraced is None

    def settle(self) -> None:
        """Let go of whoever has been locked meanwhile, and of what was theirs."""
        if self.person is not None and self.person.locked:
            self.person, self.recovery_key = None, None
            self.preferences.clear()
        if self.untraced is not None and self.untraced.locked:
            self.untraced = None
            self.drafts.clear()


class Sessions:
    """The sessions of this process, by cookie."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Session] = OrderedDict()

    def find(self, cookie: str | None) -> Session | None:
        """The session of this cookie, as it stands now."""
        session = self._known.get(cookie or "")
        if session is not None:
            self._known.move_to_end(session.id)
            session.settle()
        return session

    def begin(self) -> Session:
        """A session for a browser that has none."""
        session = Session()
        if len(self._known) >= MOST_SESSIONS:
            visitor = next((each for each in self._known.values() if each.idle), None)
            if visitor is not None:
                self.drop(visitor)
        self._known[session.id] = session
        return session

    def open_for(self, session: Session, person: OpenPerson) -> Session:
        """A fresh session, with fresh secrets, for someone who has just unlocked."""
        self.drop(session)
        fresh = self.begin()
        fresh.person, fresh.untraced = person, session.untraced
        fresh.drafts = session.drafts
        return fresh

    def drop(self, session: Session) -> None:
        """Make this cookie worthless."""
        self._known.pop(session.id, None)
