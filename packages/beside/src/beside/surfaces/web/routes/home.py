"""The front page, what Beside is, and the card with the numbers of any country."""

import re

from fastapi import APIRouter
from starlette.responses import Response

from beside.surfaces.web.talking import new_page
from beside.surfaces.web.visit import UNTRACED, Here

_PLACE = re.compile(r"/(?!/)[A-Za-z0-9/-]*")

router = APIRouter(include_in_schema=False)


@router.get("/")
async def home(here: Here) -> Response:
    """A place to say something; before that, the door."""
    if here.session.left and here.request.headers.get("sec-fetch-site", "none") != "none":
        return here.go("/away")  # "back" leads here too; only the typed address opens the door
    here.session.left = False
    if here.unlocked:
        if here.session.recovery_key is not None:
            return here.go("/recovery-key")
        return await new_page(here)
    if here.session.untraced is not None:
        return here.go(f"{UNTRACED}/talk")
    return here.go("/unlock" if here.beside.people() else "/begin")


@router.get("/about")
async def about(here: Here) -> Response:
    """What Beside is, is not and keeps."""
    return here.page("about.html")


@router.get("/reach")
async def reach(here: Here) -> Response:
    """A page with nothing on it but the card."""
    return here.page("reach.html")


@router.post("/reach")
async def choose_country(here: Here) -> Response:
    """Show the numbers of this country from now on; back to where the reader was."""
    here.choose(here.look.with_choices({"country": here.form["country"]}))
    if here.session.person is not None:
        await here.session.person.set_preference("country", here.look.country or "")
        here.session.preferences["country"] = here.look.country or ""
    if here.session.untraced is not None:
        await here.session.untraced.set_preference("country", here.look.country or "")
    back = here.form["back"]
    return here.go(f"{back if _PLACE.fullmatch(back) else '/reach'}?card")
