"""What both the terminal and the page need to let a person take conversations along."""

from collections.abc import Callable

from beside.carry.markdown import Labels
from beside.store.journal import Journal, Summary

MOST = 1_000_000
"""More conversations than anyone has."""


def every(journal: Journal) -> list[Summary]:
    """Every conversation of the journal, oldest first."""
    return journal.conversations(limit=MOST)[::-1]


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
