"""Who answers: the voices, servers that run here already, and the yes that some of them need."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from beside.companion.scales import can_weigh
from beside.errors import BesideError
from beside.surfaces.explain import explain
from beside.surfaces.web.faults import status_of
from beside.surfaces.web.visit import Here, Visit
from beside.voices.catalog import Entry
from beside.voices.discover import FoundServer, find_servers
from beside.voices.remote import host_of, is_loopback

router = APIRouter(include_in_schema=False)


@router.get("/voices")
async def voices(here: Here) -> Response:
    """The voices that can be chosen."""
    return await _page(here)


@router.post("/voices/choose")
async def choose(here: Here) -> Response:
    """Let this voice answer; where it would send words off the machine, ask first."""
    try:
        entry = here.beside.catalogue.entry(here.form["voice"])
    except BesideError as error:
        return await _page(here, error=error)
    preferences = await here.keeper.read(lambda journal: journal.preferences())
    if entry.leaves_machine and not here.beside.has_agreed(entry.name, preferences):
        return here.go(f"/voices/agree/{entry.name}")
    await _set(here, "voice", entry.name)
    return here.go("/voices")


@router.get("/voices/agree/{name}")
async def statement(here: Here, name: str) -> Response:
    """What would leave the machine, said plainly."""
    _ = here.keeper
    entry = here.beside.catalogue.entry(name)
    return here.page(
        "agree.html",
        entry=entry,
        host=host_of(entry.where or ""),
        passed_on=is_loopback(entry.where or ""),
        unprotected=(entry.where or "").startswith("http://"),
    )


@router.post("/voices/agree/{name}")
async def agree(here: Here, name: str) -> Response:
    """The person's yes to one voice; it holds until it is taken back."""
    entry = here.beside.catalogue.entry(name)
    await here.keeper.agree(entry.name)
    await _set(here, "voice", entry.name)
    return here.go("/voices")


@router.post("/voices/take-back")
async def take_back(here: Here) -> Response:
    """Take the yes back; from the next turn on this voice is not used."""
    entry = here.beside.catalogue.entry(here.form["voice"])
    await _set(here, f"agreed:{entry.name}", "no")
    if here.session.preferences.get("voice") == entry.name:
        await _set(here, "voice", "authored")
    return here.go("/voices")


@router.post("/voices/look")
async def look(here: Here) -> Response:
    """Look for servers on this machine's usual ports."""
    _ = here.keeper
    return await _page(here, found=await find_servers(own_port=here.house.port))


@router.post("/voices/add")
async def add(here: Here) -> Response:
    """Add a server. A yes that was given to another one of this name does not count for it."""
    form = here.form
    _ = here.keeper
    try:
        entry = await run_in_threadpool(
            here.beside.catalogue.add_server,
            form["name"].strip().lower(),
            form["address"],
            form["model"],
            form["api_key"] or None,
        )
    except BesideError as error:
        return await _page(here, error=error)
    return here.go(f"/voices#voice-{entry.name}")


@router.post("/voices/remove")
async def remove(here: Here) -> Response:
    """Forget a voice that was added."""
    name = here.form["voice"]
    try:
        await run_in_threadpool(here.beside.catalogue.remove, name)
    except BesideError as error:
        return await _page(here, error=error)
    if here.session.preferences.get("voice") == name:
        await _set(here, "voice", "authored")
    return here.go("/voices")


async def _set(here: Visit, name: str, value: str) -> None:
    await here.keeper.set_preference(name, value)
    here.session.preferences[name] = value


async def _page(
    here: Visit, *, error: BesideError | None = None, found: list[FoundServer] | None = None
) -> Response:
    preferences = await here.keeper.read(lambda journal: journal.preferences())
    here.session.preferences = preferences
    entries = await run_in_threadpool(here.beside.catalogue.entries)
    return here.page(
        "voices.html",
        status=status_of(error) if error else 200,
        error=explain(error, here.gettext) if error else None,
        entries=entries,
        chosen=preferences.get("voice") or here.beside.settings.voice,
        agreed={each.name for each in entries if here.beside.has_agreed(each.name, preferences)},
        own={each.name for each in entries if _own(each)},
        found=found,
        weighs=not here.beside.scales.failed and can_weigh(),
        form=here.form,
    )


def _own(entry: Entry) -> bool:
    return entry.kind == "server"
