"""One look at a session: the reflection, and other wordings for its narrowest turns."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from beside.companion.weigh import Candidate
from beside.mirror.exchanges import Answered
from beside.mirror.proposing import messages, proposed
from beside.mirror.reflect import Reads, Reflection, reflect
from beside.mirror.rewording import Rewording, narrowest, rewordings
from beside.mirror.session import Mark, MirrorSession

if TYPE_CHECKING:
    from beside.voices.authored.voice import AuthoredVoice
    from beside.voices.base import Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What is seen of one session after its own mark."""

    seen: Reflection
    others: tuple[Rewording, ...]
    voice: str | None = None
    """The voice that was asked for other words, beside Beside's own."""


async def look(
    session: MirrorSession,
    mark: Mark,
    gauge: Reads | None,
    *,
    own: "AuthoredVoice",
    voice: "Voice | None" = None,
    many: int = 6,
    on_way: Callable[[int], None] = lambda _: None,
) -> Look:
    """The look at a session that its practitioner has marked; `on_way` hears how far it is.

    Other words come from Beside's `own`, up to `many` a moment, and from `voice` if one is given.
    """
    transcript = session.transcript
    seen = await asyncio.to_thread(
        reflect, transcript, gauge, mark=mark, marks=session.marks, on_way=on_way
    )
    if gauge is None:
        return Look(seen=seen, others=())
    moments = await asyncio.to_thread(narrowest, transcript, seen.closed)
    theirs = await proposed(voice, moments) if voice is not None else {}
    name = voice.name if voice is not None else ""

    def candidates(place: int, each: Answered) -> Sequence[Candidate]:
        ours = own.candidates(messages(each), many)
        return [
            *(Candidate(text=text, source=name) for text in theirs.get(place, ())),
            *(Candidate(text=text, source=own.name) for text in ours),
        ]

    others = await asyncio.to_thread(rewordings, moments, gauge, candidates)
    return Look(seen=seen, others=others, voice=name or None)
