"""First start, unlock, recover, the recovery key, lock."""

from fastapi import APIRouter
from starlette.responses import Response

from beside.errors import BesideError, PassphraseTooShort, StoreError
from beside.store.people import FIRST_PERSON
from beside.surfaces.explain import explain
from beside.surfaces.web.visit import UNTRACED, Here, Visit
from beside.wiring import OpenPerson

router = APIRouter(include_in_schema=False)


@router.get("/begin")
async def first_start(here: Here) -> Response:
    """What Beside is, is not and keeps; and a passphrase."""
    return _begin_page(here) if _may_begin(here) else here.go("/unlock")


@router.post("/begin")
async def begin(here: Here) -> Response:
    """Make a journal; then show its recovery key."""
    if not _may_begin(here):
        return here.go("/unlock")
    form = here.form
    here.choose(here.look.with_choices(form.fields))
    if form["passphrase"] != form["again"]:
        return _begin_page(here, status=422, unlike=True)
    name = (form["name"] if here.beside.people() else "") or FIRST_PERSON
    try:
        person, recovery_key = await here.beside.begin(name, form["passphrase"])
    except StoreError as error:
        return _begin_page(here, status=422, error=explain(error, here.gettext))
    await keep_look(here, person)
    await _enter(here, person)
    here.session.recovery_key = recovery_key
    return here.go("/recovery-key")


@router.get("/unlock")
async def locked(here: Here) -> Response:
    """The lock page."""
    if here.unlocked:
        return here.go("/")
    return unlock_page(here) if here.beside.people() else here.go("/begin")


@router.post("/unlock")
async def unlock(here: Here) -> Response:
    """Open a journal; words that a form had brought to the locked page are in the box again."""
    form = here.form
    name = _name(here)
    try:
        person = await here.house.door.try_opening(
            name, lambda: here.beside.unlock(name, form["passphrase"])
        )
    except BesideError as error:
        status = 403 if error.code == "wrong-passphrase" else 409
        return unlock_page(here, status=status, error=explain(error, here.gettext))
    await _enter(here, person)
    if not form["held"]:
        return here.go("/")
    where = form["held_for"]
    await here.house.drafts.keep(person, where, form["held"])
    return here.go(f"/talk/{where}#say" if where.isalnum() else "/#say")


@router.get("/recover")
async def recovery(here: Here) -> Response:
    """Ask for the recovery key and a new passphrase."""
    return _recover_page(here) if here.beside.people() else here.go("/begin")


@router.post("/recover")
async def recover(here: Here) -> Response:
    """Open the journal by its recovery key; then show the one that takes its place."""
    form = here.form
    if form["passphrase"] != form["again"]:
        return _recover_page(here, status=422, unlike=True)
    name = _name(here)
    try:
        person, recovery_key = await here.house.door.try_opening(
            name, lambda: here.beside.recover(name, form["recovery_key"], form["passphrase"])
        )
    except PassphraseTooShort as error:
        return _recover_page(here, status=422, error=explain(error, here.gettext))
    except BesideError as error:
        return _recover_page(here, status=403, error=explain(error, here.gettext))
    await _enter(here, person)
    here.session.recovery_key = recovery_key
    return here.go("/recovery-key")


@router.get("/recovery-key")
async def recovery_key(here: Here) -> Response:
    """The recovery key, until the person has said that it is kept."""
    if here.session.recovery_key is None:
        return here.go("/")
    return here.page("recovery_key.html", recovery_key=here.session.recovery_key, unkept=False)


@router.post("/recovery-key")
async def recovery_key_kept(here: Here) -> Response:
    """Forget the recovery key: from here on only the person has it."""
    if here.session.recovery_key is not None and here.form["kept"] != "yes":
        return here.page(
            "recovery_key.html",
            status=422,
            recovery_key=here.session.recovery_key,
            unkept=True,
        )
    here.session.recovery_key = None
    return here.go("/")


@router.post("/lock")
async def lock(here: Here) -> Response:
    """Lock everything that is open for this browser."""
    await lock_all(here)
    return here.go("/unlock")


def unlock_page(here: Visit, *, status: int = 200, error: str | None = None) -> Response:
    """The lock page. Words that a form brought while Beside was locked stay in it, unseen."""
    held = here.form["words"] or here.form["held"]
    where = here.form["held_for"] or here.request.path_params.get("conversation", "new")
    if not here.beside.people():
        return here.go("/begin")
    return here.page(
        "unlock.html",
        status=status,
        error=error,
        names=here.beside.people(),
        name=here.form["name"],
        several=here.beside.settings.several_people,
        held=held,
        held_for=where,
    )


async def lock_all(here: Visit) -> None:
    """Lock the open journal and the conversation that leaves no trace; drop the session."""
    session = here.session
    here.house.sessions.drop(session)
    for person in (session.untraced, session.person):
        if person is not None:
            await person.lock()
    here.session = here.house.sessions.begin()


async def keep_look(here: Visit, person: OpenPerson) -> None:
    """Keep in the person's journal how they want the page to be."""
    look = here.look
    for name, value in (
        ("language", look.language or ""),
        ("theme", look.theme),
        ("country", look.country or ""),
    ):
        await person.set_preference(name, value)


async def _enter(here: Visit, person: OpenPerson) -> None:
    here.session = here.house.sessions.open_for(here.session, person)
    here.session.preferences = await person.read(lambda journal: journal.preferences())
    here.choose(here.look.with_choices(here.session.preferences))


def _may_begin(here: Visit) -> bool:
    return not here.beside.people() or here.beside.settings.several_people


def _name(here: Visit) -> str:
    names = here.beside.people()
    return names[0] if len(names) == 1 else here.form["name"]


def _begin_page(
    here: Visit, *, status: int = 200, error: str | None = None, unlike: bool = False
) -> Response:
    return here.page(
        "begin.html",
        status=status,
        error=error,
        unlike=unlike,
        name=here.form["name"],
        named=bool(here.beside.people()),
        look=here.look,
        country=here.country,
        untraced=UNTRACED,
    )


def _recover_page(
    here: Visit, *, status: int = 200, error: str | None = None, unlike: bool = False
) -> Response:
    return here.page(
        "recover.html",
        status=status,
        error=error,
        unlike=unlike,
        names=here.beside.people(),
        name=here.form["name"],
        recovery_key=here.form["recovery_key"],
    )
