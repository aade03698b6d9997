"""How the person wants Beside to be: looks, lock, keys, notes, own lines, and erasing it all."""

from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from beside.companion.helplines import own_line
from beside.errors import BesideError
from beside.surfaces.explain import explain
from beside.surfaces.web.faults import status_of
from beside.surfaces.web.routes.door import keep_look, lock_all
from beside.surfaces.web.visit import Here, Visit
from beside.talk.events import NoteKept
from beside.talk.ids import NoteId, make_id

IDLE_MINUTES = (2, 5, 15, 30, 60, 240)
LONGEST_NOTE = 500

router = APIRouter(include_in_schema=False)


@router.get("/settings")
async def settings(here: Here) -> Response:
    """Everything that can be set, on one page."""
    return await _page(here)


@router.post("/settings/look")
async def look(here: Here) -> Response:
    """Language, country and theme."""
    here.choose(here.look.with_choices(here.form.fields))
    await keep_look(here, here.keeper)
    here.session.preferences = await here.keeper.read(lambda journal: journal.preferences())
    return here.go("/settings#look")


@router.post("/settings/idle")
async def idle(here: Here) -> Response:
    """After how much quiet Beside locks itself."""
    minutes = here.form["minutes"]
    if minutes in {str(each) for each in IDLE_MINUTES}:
        await here.keeper.set_preference("idle_seconds", str(int(minutes) * 60))
    return here.go("/settings#lock")


@router.post("/settings/passphrase")
async def passphrase(here: Here) -> Response:
    """Another passphrase."""
    form = here.form
    person = here.keeper
    if form["passphrase"] != form["again"]:
        unlike = here.gettext("The two new passphrases are not the same. Nothing was changed.")
        return await _page(here, section="passphrase", error=unlike)
    try:
        await here.house.door.try_opening(
            person.name,
            lambda: person.read(lambda j: j.change_passphrase(form["old"], form["passphrase"])),
        )
    except BesideError as error:
        return await _refused(here, "passphrase", error)
    return await _page(here, section="passphrase", done=here.gettext("The passphrase is changed."))


@router.post("/settings/recovery-key")
async def recovery_key(here: Here) -> Response:
    """A new recovery key; the earlier one opens nothing any more."""
    person = here.keeper
    try:
        here.session.recovery_key = await here.house.door.try_opening(
            person.name,
            lambda: person.read(lambda j: j.new_recovery_key(here.form["passphrase"])),
        )
    except BesideError as error:
        return await _refused(here, "recovery-key", error)
    return here.go("/recovery-key")


@router.post("/settings/notes")
async def keep_note(here: Here) -> Response:
    """Something that Beside may remember from one conversation to the next."""
    text = " ".join(here.form["note"].split())[:LONGEST_NOTE]
    if text:
        moment = here.beside.clock()
        note = NoteId(make_id(moment, here.beside.random_bytes))
        kept = NoteKept(at=moment, note=note, text=text)
        await here.keeper.read(lambda journal: journal.append(kept))
    return here.go("/settings#notes")


@router.post("/settings/notes/drop")
async def drop_note(here: Here) -> Response:
    """Take a note back: it is really gone."""
    note = NoteId(here.form["note"])
    await here.keeper.read(lambda journal: journal.erase_note(note))
    return here.go("/settings#notes")


@router.post("/settings/lines")
async def add_line(here: Here) -> Response:
    """A number of the person's own, on the card of every page."""
    _ = here.keeper
    book, form = here.beside.helplines, here.form
    today = here.beside.clock().astimezone().date()
    try:
        line = own_line(
            form["name"], form["number"], added=date(today.year, today.month, today.day)
        )
        book.set_own([*book.own_lines(), line])
    except BesideError as error:
        return await _refused(here, "lines", error)
    return here.go("/settings#lines")


@router.post("/settings/lines/drop")
async def drop_line(here: Here) -> Response:
    """Take a number of one's own off the card."""
    _ = here.keeper
    book = here.beside.helplines
    gone = (here.form["name"], here.form["number"])
    book.set_own([line for line in book.own_lines() if (line.name, line.number) != gone])
    return here.go("/settings#lines")


@router.get("/settings/erase")
async def ask(here: Here) -> Response:
    """Ask before everything is erased."""
    return _ask_page(here)


@router.post("/settings/erase")
async def erase_everything(here: Here) -> Response:
    """Erase everything that was ever said here."""
    person = here.keeper
    try:
        await here.house.door.try_opening(
            person.name, lambda: person.read(lambda j: j.verify(here.form["passphrase"]))
        )
    except BesideError as error:
        return _ask_page(here, error)
    await person.read(lambda journal: journal.erase_everything())
    here.house.drafts.forget(person)
    await lock_all(here)
    return here.page("erased.html")


async def _refused(here: Visit, section: str, error: BesideError) -> Response:
    sentence = explain(error, here.gettext)
    return await _page(here, section=section, error=sentence, status=status_of(error))


async def _page(
    here: Visit,
    *,
    section: str = "",
    error: str | None = None,
    done: str | None = None,
    status: int | None = None,
) -> Response:
    person = here.keeper
    return here.page(
        "settings.html",
        status=status or (422 if error else 200),
        look=here.look,
        country=here.country,
        minutes=IDLE_MINUTES,
        notes=await person.read(lambda journal: journal.notes()),
        lines=here.beside.helplines.own_lines(),
        voice=here.session.preferences.get("voice") or here.beside.settings.voice,
        section=section,
        error=error,
        done=done,
        form=here.form,
        longest_note=LONGEST_NOTE,
    )


def _ask_page(here: Visit, error: BesideError | None = None) -> Response:
    _ = here.keeper
    return here.page(
        "erase_everything.html",
        status=status_of(error) if error else 200,
        error=explain(error, here.gettext) if error else None,
    )
