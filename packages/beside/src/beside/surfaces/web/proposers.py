"""Which voice may propose other words in the mirror, for which session; and speak in practice.

A voice that stays on this machine may. One that sends words elsewhere needs two yeses: the one to
that voice, and one for this session, which is held in memory and gone with the lock.
"""

from collections.abc import Callable
from dataclasses import dataclass

from beside.errors import VoiceError
from beside.mirror.looking import Look
from beside.mirror.session import Mark, MirrorSession
from beside.surfaces.web import mirrors
from beside.surfaces.web.visit import Visit
from beside.voices.remote import host_of
from beside.wiring import FLOOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Far:
    """A voice elsewhere that was agreed to: it is asked only where this session's box is ticked."""

    name: str
    host: str
    ticked: bool


async def chosen(here: Visit) -> str:
    """The name of the voice that the practitioner chose."""
    preferences = await here.keeper.read(lambda journal: journal.preferences())
    return preferences.get("voice") or here.beside.settings.voice


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
    preferences = await here.keeper.read(lambda journal: journal.preferences())
    name = preferences.get("voice") or here.beside.settings.voice
    if name == FLOOR:
        return None
    agreed = here.beside.has_agreed(name, preferences)
    try:
        entry = here.beside.catalogue.entry(name)
    except VoiceError:
        return None
    if not entry.ready or (entry.leaves_machine and not agreed):
        return None
    return Speaks(name=name, host=host_of(entry.where or "") if entry.leaves_machine else None)


async def far(here: Visit, session: MirrorSession) -> Far | None:
    """The chosen voice, where it is elsewhere and was agreed to; else there is nothing to ask."""
    preferences = await here.keeper.read(lambda journal: journal.preferences())
    name = preferences.get("voice") or here.beside.settings.voice
    if name == FLOOR or not here.beside.has_agreed(name, preferences):
        return None
    try:
        entry = here.beside.catalogue.entry(name)
    except VoiceError:
        return None
    ticked = mirrors.may_ask(here.keeper, session.id)
    return Far(name=name, host=host_of(entry.where or ""), ticked=ticked)


async def look(here: Visit, found: MirrorSession, mark: Mark) -> mirrors.Looking:
    """The look at this session, with the voice that may propose for it."""
    elsewhere = await far(here, found)
    voice = await chosen(here)
    agreed = elsewhere is not None and elsewhere.ticked

    async def looks(session: MirrorSession, mark: Mark, on_way: Callable[[int], None]) -> Look:
        return await here.beside.look_at(session, mark, on_way, voice=voice, agreed=agreed)

    return mirrors.look(here.keeper, found, mark, looks, asks=(voice, agreed))
