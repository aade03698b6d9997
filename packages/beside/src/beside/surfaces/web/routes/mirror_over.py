"""The mirror over all sessions: the room map, the way over time; and what is taken along."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from beside.errors import PassphraseTooShort
from beside.mirror.progress import Progress, progress
from beside.mirror.session import replay_mirror
from beside.surfaces.explain import explain
from beside.surfaces.mirror.over import over_time, part_names
from beside.surfaces.mirror.report import report, sealed
from beside.surfaces.mirror.view import PARTS, room_picture, view
from beside.surfaces.web import proposers
from beside.surfaces.web.visit import Here, Visit
from beside.talk.ids import MirrorId

router = APIRouter(prefix="/mirror", include_in_schema=False)

Session = Annotated[str, Path(pattern="^[0-9a-z]{26}$")]


@router.get("/room")
async def room(here: Here) -> Response:
    """The room map of all marked sessions."""
    way = await _way(here)
    return here.page(
        "mirror_room.html",
        room=room_picture(way.room, way.before, here.gettext),
        compared=way.before is not None,
    )


@router.get("/time")
async def time(here: Here) -> Response:
    """Marks and estimates, session by session."""
    way = await _way(here)
    pictures = over_time(way, here.gettext) if len(way.steps) > 1 else ()
    return here.page("mirror_time.html", pictures=pictures)


@router.get("/{session}/take")
async def choose(here: Here, session: Session) -> Response:
    """What can be taken along; the words of the other are not ticked."""
    return _choose(here, session, ticked=frozenset(PARTS) - {"transcript"})


@router.post("/{session}/take")
async def take(here: Here, session: Session) -> Response:
    """One file with what was ticked; encrypted where a passphrase is given."""
    facts = await here.keeper.read(lambda journal: journal.mirror_session(MirrorId(session)))
    found = replay_mirror(facts)[0]
    if found.mark is None:
        return here.go(f"/mirror/{session}")
    ticked = frozenset(part for part in PARTS if f"part-{part}" in here.form)
    if not ticked:
        error = here.gettext("Tick at least one thing.")
        return _choose(here, session, ticked=ticked, error=error)
    looking = await proposers.look(here, found, found.mark)
    look = await looking.wait(600)
    if look is None:
        return here.go(f"/mirror/{session}")
    seen = view(found, found.mark, look.seen, look.others, here.gettext)
    content = report(here.house.pages, here.language, seen, found.transcript, ticked)
    kind, ending = "text/html; charset=utf-8", "html"
    if passphrase := here.form["passphrase"]:
        try:
            content = sealed(content, passphrase)
        except PassphraseTooShort as error:
            said = explain(error, here.gettext)
            return _choose(here, session, ticked=ticked, error=said)
        kind, ending = "application/octet-stream", "html.age"
    name = f"beside-mirror-{here.beside.clock().astimezone():%Y-%m-%d}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return here.seal(Response(content, media_type=kind, headers=headers))


async def _way(here: Visit) -> Progress:
    outlines = await here.keeper.read(lambda journal: journal.mirror_outlines())
    return progress(replay_mirror(outlines))


def _choose(
    here: Visit, session: str, *, ticked: frozenset[str], error: str | None = None
) -> Response:
    _ = here.keeper
    return here.page(
        "mirror_take.html",
        status=200 if error is None else 422,
        error=error,
        session={"id": session},
        names=part_names(here.gettext),
        ticked=ticked,
    )
