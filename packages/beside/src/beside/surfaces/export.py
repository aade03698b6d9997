"""What both the terminal and the page need to let a person take conversations along."""

from collections.abc import Callable

from beside.carry.markdown import Labels
from beside.mirror.session import MirrorSession, replay_mirror
from beside.store.journal import Journal, Summary
from beside.talk.events import Event
from beside.talk.ids import MirrorId

MOST = 1_000_000
"""More conversations than anyone has."""


def every(journal: Journal) -> list[Summary]:
    """Every conversation of the journal, oldest first."""
    return journal.conversations(limit=MOST)[::-1]


def kept_sessions(journal: Journal) -> list[MirrorSession]:
    """Every session of the mirror without its words, newest first."""
    outlines = replay_mirror(journal.mirror_outlines())
    return sorted(outlines, key=lambda each: each.at, reverse=True)


def kept_session(journal: Journal, session: MirrorId) -> MirrorSession:
    """One of them, with its words. Raises NoSuchConversation."""
    return replay_mirror(journal.mirror_session(session))[0]


def facts_of_sessions(journal: Journal, session: MirrorId | None = None) -> list[Event]:
    """The facts of one session of the mirror, or of all, oldest first."""
    if session is not None:
        return journal.mirror_session(session)
    oldest_first = kept_sessions(journal)[::-1]
    return [fact for each in oldest_first for fact in journal.mirror_session(each.id)]


def labels(gettext: Callable[[str], str], *, companion: str) -> Labels:
    """The words around what was said, in the reader's language."""
    _ = gettext
    return Labels(
        person=_("You"),
        companion=companion,
        begun=_("Begun {moment}."),
        source=_("Brought from {source}."),
        stopped=_("stopped"),
        failed=_("broke off"),
        speaking=_("not ended yet"),
    )
