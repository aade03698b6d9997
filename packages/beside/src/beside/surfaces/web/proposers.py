"""Which voice may propose other words in the mirror, for which session; and speak in practice.

A voice that stays on this machine may. One that sends words elsewhere needs two yeses: the one to
that voice, and one for this session, which is held in memory and gone with the lock.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from beside.errors import VoiceError
from beside.mirror.looking import Look
from beside.mirror.session import Mark, MirrorSession
from beside.surfaces.web import mirrors
from beside.surfaces.web.visit import Visit
from beside.voices.catalog import Entry
from beside.voices.remote import host_of
from beside.wiring import FLOOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Far:
    """A voice elsewhere that was agreed to: it is asked only where this session's box is ticked."""

    name: str
    host: str
    ticked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaks:
    """The chosen voice, where it may say a simulated person's words; `host` where it is elsewhere.

    A practice holds the practitioner's own words and an invented person's: the yes to that voice
    is enough for it.
    """

    name: str
    host: str | None


async def speaks(here: Visit) -> Speaks | None:
    """The chosen voice, where it can be had; None where Beside's own lines are the voice."""
    name, entry, agreed = await _known(here)
    if entry is None or not entry.ready or (entry.leaves_machine and not agreed):
        return None
    return Speaks(name=name, host=host_of(entry.where or "") if entry.leaves_machine else None)


async def far(here: Visit, session: MirrorSession) -> Far | None:
    """The chosen voice, where it is elsewhere and was agreed to; else there is nothing to ask."""
    name, entry, agreed = await _known(here)
    if entry is None or not agreed:
        return None
    ticked = mirrors.may_ask(here.keeper, session.id)
    return Far(name=name, host=host_of(entry.where or ""), ticked=ticked)


async def look(here: Visit, found: MirrorSession, mark: Mark) -> mirrors.Looking:
    """The look at this session, with the voice that may propose for it."""
    elsewhere = await far(here, found)
    voice, _, _ = await _known(here)
    agreed = elsewhere is not None and elsewhere.ticked

    async def looks(session: MirrorSession, mark: Mark, on_way: Callable[[int], None]) -> Look:
        return await here.beside.look_at(session, mark, on_way, voice=voice, agreed=agreed)

    return mirrors.look(here.keeper, found, mark, looks, asks=(voice, agreed))


async def _known(here: Visit) -> tuple[str, Entry | None, bool]:
    """The chosen voice, what the catalogue has of it (not of Beside's own lines), and its yes."""
    preferences = await here.keeper.read(lambda journal: journal.preferences())
    name = preferences.get("voice") or here.beside.settings.voice
    entry = None
    if name != FLOOR:
        with suppress(VoiceError):
            entry = here.beside.catalogue.entry(name)
    return name, entry, here.beside.has_agreed(name, preferences)
