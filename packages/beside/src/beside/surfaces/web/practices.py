"""The practices of one open journal, in memory only: gone when it is locked, or given up."""

import secrets

from beside.surfaces.practised import Practice
from beside.wiring import OpenPerson

MOST = 4


def begin(person: OpenPerson, practice: Practice) -> str:
    """Hold a practice under a name; the oldest goes where there are too many."""
    held = _of(person)
    name = secrets.token_urlsafe(12)
    held[name] = practice
    while len(held) > MOST:
        del held[next(iter(held))]
    return name


def find(person: OpenPerson, name: str) -> Practice | None:
    """The practice of this name; None where it is gone."""
    return _of(person).get(name)


def _of(person: OpenPerson) -> dict[str, Practice]:
    found = person.held.setdefault("practise", {})
    assert isinstance(found, dict)  # noqa: S101 - nothing else is held under this name
    return found
