"""Leaving quickly, and the conversation of which nothing is kept."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from beside.surfaces.web.routes.door import lock_all
from beside.surfaces.web.visit import LEAVE, UNTRACED, Here

COPIED = ("voice", "country", "idle_seconds")
"""What of an open journal's choices also holds where nothing is kept; agreements do, too."""

router = APIRouter(include_in_schema=False)


@router.post(LEAVE)
async def leave_quickly(here: Here) -> Response:
    """Lock, and show a page that says nothing."""
    await lock_all(here)
    here.session.left = True
    return here.go("/away")


@router.get("/away")
async def away(here: Here) -> Response:
    """A page that says nothing. What was open in this browser before shows it too."""
    here.session.left = not here.unlocked
    empty = HTMLResponse(here.render("away.html"))
    empty.headers["Clear-Site-Data"] = '"storage"'
    return here.seal(empty)


@router.post(f"{UNTRACED}/begin")
async def begin_untraced(here: Here) -> Response:
    """Open the room where nothing is kept; no passphrase is asked."""
    session = here.session
    session.left = False
    if session.person is None:
        session.untraced = here.beside.guest()
        return here.go(f"{UNTRACED}/talk")
    session.untraced = session.person.untraced()
    for name, value in session.preferences.items():
        if name in COPIED or name.startswith("agreed:"):
            await session.untraced.set_preference(name, value)
    return here.go(f"{UNTRACED}/talk")


@router.post(f"{UNTRACED}/leave")
async def end_untraced(here: Here) -> Response:
    """Let go of everything that was said there."""
    if here.session.untraced is not None:
        await here.session.untraced.lock()
    here.session.settle()
    return here.go("/")
