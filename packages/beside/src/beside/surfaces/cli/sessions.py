"""The kept sessions of the mirror in the terminal: the list, and the one that a number means."""

from typing import TYPE_CHECKING

from beside.surfaces.cli.conversations import moment
from beside.surfaces.cli.plain import plain_line
from beside.surfaces.cli.refused import Refused
from beside.surfaces.cli.terminal import Terminal
from beside.surfaces.cli.words import N_

if TYPE_CHECKING:
    from beside.mirror.session import MirrorSession
    from beside.store.journal import Journal

SESSION = N_(
    "One session of the mirror: a number from `beside mirror --list` (1 is the newest), or its own "
    "long name."
)


def find_session(terminal: Terminal, journal: "Journal", which: str) -> "MirrorSession":
    """The session that a number of the list, or its own name, means; without its words."""
    from beside.surfaces.export import kept_sessions

    number = int(which) if which.isascii() and which.isdecimal() and len(which) < 10 else None
    for place, each in enumerate(kept_sessions(journal), 1):
        if place == number or each.id == which:
            return each
    raise Refused(terminal.gettext("There is no such session in the list of the mirror."))


def show_sessions(terminal: Terminal, journal: "Journal") -> None:
    """Every kept session, newest first."""
    from beside.surfaces.export import kept_sessions

    _ = terminal.gettext
    sessions = kept_sessions(journal)
    if not sessions:
        terminal.say(_("No session is kept here yet. `beside mirror FILE` looks at one."))
    for number, each in enumerate(sessions, 1):
        about = [moment(each.at)]
        about += [_("practice")] if each.practised is not None else []
        about += [_("not marked yet")] if each.mark is None else []
        terminal.say(f"{number}. {called(terminal, each)}")
        terminal.say("; ".join([*about, each.id]), tone="quiet", indent=4)


def called(terminal: Terminal, session: "MirrorSession") -> str:
    """What a session is called in a list."""
    from beside.surfaces.mirror.over import titled

    title = titled(
        session.transcript.title, terminal.gettext, practised=session.practised is not None
    )
    return plain_line(title)
