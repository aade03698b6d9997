"""One look at a session: the reflection, and other wordings for its narrowest turns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from beside.mirror.exchanges import Answered
from beside.mirror.reflect import Reads, Reflection, reflect
from beside.mirror.rewording import Rewording, rewordings
from beside.mirror.session import Mark, MirrorSession
from beside.voices.base import Message

if TYPE_CHECKING:
    from beside.voices.authored.voice import AuthoredVoice


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What is seen of one session after its own mark."""

    seen: Reflection
    others: tuple[Rewording, ...]


def look(
    session: MirrorSession,
    mark: Mark,
    gauge: Reads | None,
    *,
    voice: "AuthoredVoice | None" = None,
    candidates: int = 6,
    on_way: Callable[[int], None] = lambda _: None,
) -> Look:
    """The look at a session that its practitioner has marked; `on_way` hears how far it is."""
    seen = reflect(session.transcript, gauge, mark=mark, marks=session.marks, on_way=on_way)
    if gauge is None or voice is None:
        return Look(seen=seen, others=())

    def said_here(each: Answered) -> Sequence[str]:
        return voice.candidates(messages(each), candidates)

    return Look(seen=seen, others=rewordings(session.transcript, seen.closed, gauge, said_here))


def messages(each: Answered) -> tuple[Message, ...]:
    """What a voice hears at this moment: the parts before, the person's last."""
    return tuple(
        Message(role="companion" if part.practitioner else "person", text=part.text)
        for part in (*each.before, each.person)
    )
