"""A practice that is held in memory, and how a way of it becomes a session of the mirror."""

from dataclasses import dataclass, field
from datetime import datetime

from beside.companion.care import look
from beside.mirror.roleplay import Simulated, Step
from beside.mirror.session import kept
from beside.sentence import Gettext
from beside.talk.events import MirrorPractised, MirrorSessionKept
from beside.talk.ids import MirrorId


@dataclass(slots=True)
class Practice:
    """One practice; `held` are words that may be the practitioner's own and were asked about.

    `kept` are the sessions that ways of it were kept as, by the number of the way's last step.
    `voice` says the person's words, where one was chosen; `agreed` is a yes to one elsewhere.
    """

    simulated: Simulated
    held: str | None = None
    kept: dict[int, MirrorId] = field(default_factory=dict)
    voice: str | None = None
    agreed: bool = False

    def holds_back(self, words: str) -> bool:
        """Whether these words may be about the practitioner, and were not asked about yet."""
        seen = look(words)
        own = seen.level >= 2 and not seen.about_other and "?" not in words  # noqa: PLR2004
        if not own or words == self.held:
            return False
        self.held = words
        return True


def facts(
    practice: Practice, session: MirrorId, at: datetime, _: Gettext
) -> tuple[MirrorSessionKept, MirrorPractised]:
    """The way that is being gone, as what is kept of it: the session, and with whom it was."""
    simulated = practice.simulated
    title = _("Practice with {name}").format(name=simulated.person.name)
    fact = kept(
        simulated.transcript(_("I"), title),
        id=session,
        at=at,
        consent=_("Practice with an invented person."),
        initials=False,
    )
    parent, turn = _branched(practice, simulated.line())
    practised = MirrorPractised(
        at=at,
        session=session,
        person=simulated.person.id,
        seed=simulated.seed,
        branch_of=parent,
        branch_at=turn,
    )
    return fact, practised


def _branched(practice: Practice, line: tuple[Step, ...]) -> tuple[MirrorId | None, int | None]:
    """The kept session that this way shares most with, and the first turn that differs."""
    here = [each.id for each in line]
    for way in reversed(practice.simulated.ways()):
        session = practice.kept.get(way[-1].id)
        if session is None:
            continue
        shared = sum(a == b.id for a, b in zip(here, way, strict=False))
        if shared:
            return session, 1 + 2 * shared
    return None, None
