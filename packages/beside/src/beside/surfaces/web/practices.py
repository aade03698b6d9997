"""The practices of one open journal, in memory only: gone when it is locked, or given up."""

import secrets
from dataclasses import dataclass, field

from beside.mirror.roleplay import Simulated
from beside.talk.ids import MirrorId
from beside.wiring import OpenPerson

MOST = 4


@dataclass(slots=True)
class Practice:
    """One practice; `held` are words that may be the practitioner's own and were asked about.

    `kept` are the sessions that ways of it were kept as, by the number of the way's last step.
    """

    simulated: Simulated
    held: str | None = None
    kept: dict[int, MirrorId] = field(default_factory=dict)


def begin(person: OpenPerson, simulated: Simulated) -> str:
    """Hold a practice under a name; the oldest goes where there are too many."""
    held = _of(person)
    name = secrets.token_urlsafe(12)
    held[name] = Practice(simulated=simulated)
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
