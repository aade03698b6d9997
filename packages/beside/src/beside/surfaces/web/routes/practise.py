"""Practising in the page: choose somebody, talk, take any turn anew, compare, and look at it.

A practice lives in memory. Keeping it makes it a session of the mirror: the own mark comes first.
"""

import re
import secrets
from importlib.resources import files
from pathlib import PurePath

from fastapi import APIRouter
from starlette.responses import Response

from beside.carry import plain
from beside.errors import BesideError, NotAPerson
from beside.mirror.person import SETTINGS, Person, person, person_in, persons
from beside.mirror.roleplay import Simulated, Step
from beside.sentence import told
from beside.surfaces.explain import explain
from beside.surfaces.practise import Quiet, beside_each_other, quiet_line, settings
from beside.surfaces.practised import Practice, facts
from beside.surfaces.web import practices, proposers
from beside.surfaces.web.faults import status_of
from beside.surfaces.web.visit import Here, Visit
from beside.talk.ids import MirrorId, make_id

router = APIRouter(prefix="/practise", include_in_schema=False)

LONGEST = 20_000
OWN = "TOML"
"""What a person of one's own is called where nothing in it says so."""
EXAMPLE = "ines"
"""Whose file may be taken to write another one from."""


@router.get("")
async def choose(here: Here) -> Response:
    """Everyone there is to practise with."""
    here.keeper.touch()
    return await _everyone(here)


@router.get("/example")
async def example(here: Here) -> Response:
    """A whole person as a file, to write another one from."""
    _ = here.keeper
    content = files("beside.mirror").joinpath("persons", f"{EXAMPLE}.toml").read_bytes()
    headers = {"Content-Disposition": f'attachment; filename="{EXAMPLE}.toml"'}
    return here.seal(Response(content, media_type="application/toml", headers=headers))


@router.post("/begin")
async def begin(here: Here) -> Response:
    """Somebody comes in: one of those who are here."""
    return await _begun(here, person(here.form["person"]))


@router.post("/own")
async def begin_own(here: Here) -> Response:
    """Somebody of the practitioner's own comes in, from a file or pasted; nothing of it is kept."""
    _ = here.keeper
    file, words = here.form.file or b"", here.form["words"].strip()
    if not file.strip() and not words:
        error = here.gettext("Choose a file first, or paste one.")
        return await _everyone(here, error=error)
    name = plain.name(PurePath(here.form.file_name).stem if file else _named(words))
    try:
        other = person_in(file or words.encode("utf-8", "replace"), id=name or OWN)
    except NotAPerson as error:
        return await _everyone(here, error=told(error.sentence, here.gettext), words=words)
    return await _begun(here, other)


def _named(words: str) -> str:
    """What somebody is called in words that were pasted; no name where it does not say."""
    found = re.search(r'^name *= *"([^"\n]{1,60})"', words, re.M)
    return found[1] if found is not None else ""


async def _begun(here: Visit, other: Person) -> Response:
    keeper = here.keeper
    scales = here.beside.scales
    await scales.open()
    simulated = Simulated(other, secrets.randbelow(1_000_000), scales.gauge)
    practice = Practice(simulated=simulated)
    if "ask-voice" in here.form and (speaks := await proposers.speaks(here)) is not None:
        practice.voice, practice.agreed = speaks.name, True
    return here.go(f"/practise/{practices.begin(keeper, practice)}")


@router.get("/{name}")
async def practise(here: Here, name: str) -> Response:
    """The practice as it stands."""
    found = practices.find(here.keeper, name)
    return here.go("/practise") if found is None else _page(here, name, found)


@router.post("/{name}/say")
async def say(here: Here, name: str) -> Response:
    """The practitioner's words, and the answer."""
    found = practices.find(here.keeper, name)
    if found is None:
        return here.go("/practise")
    words = here.form["words"].replace("\r\n", "\n").strip()
    if found.holds_back(words):
        return _page(here, name, found, words=words, own=True)
    try:
        await here.beside.practise(found.simulated, words, voice=found.voice, agreed=found.agreed)
    except BesideError as error:
        return _page(here, name, found, words=words, error=error)
    return here.go(f"/practise/{name}#newest")


@router.post("/{name}/back")
async def back(here: Here, name: str) -> Response:
    """A turn is taken anew; its words come back into the box."""
    found = practices.find(here.keeper, name)
    if found is None:
        return here.go("/practise")
    given = here.form["turn"]
    line = found.simulated.line()
    turn = int(given) if given.isdecimal() else 0
    found.simulated.rewind(turn)
    return _page(here, name, found, words=line[turn - 1].words)


@router.get("/{name}/compare")
async def compare(here: Here, name: str, one: int = 0, other: int = 0) -> Response:
    """Two ways beside each other."""
    found = practices.find(here.keeper, name)
    if found is None or (count := len(found.simulated.ways())) < 2:  # noqa: PLR2004
        return here.go("/practise" if found is None else f"/practise/{name}")
    one, other = one or count - 1, other or count
    compared = found.simulated.compare(one, other)
    return here.page(
        "practise_compare.html",
        name=name,
        other_name=found.simulated.person.name,
        shared=_told(here, compared.shared),
        ways=[(one, _told(here, compared.first)), (other, _told(here, compared.second))],
        sentences=beside_each_other(compared, here.gettext),
        count=count,
    )


@router.post("/{name}/keep")
async def keep(here: Here, name: str) -> Response:
    """The way that was gone becomes a session of the mirror; the own mark is asked for first."""
    keeper = here.keeper
    found = practices.find(keeper, name)
    if found is None or not (line := found.simulated.line()):
        return here.go("/practise")
    if (known := found.kept.get(line[-1].id)) is not None:
        return here.go(f"/mirror/{known}")
    at = here.beside.clock()
    session = MirrorId(make_id(at, here.beside.random_bytes))
    made = facts(found, session, at, here.gettext)
    await keeper.read(lambda journal: journal.append(*made))
    found.kept[line[-1].id] = session
    return here.go(f"/mirror/{session}")


async def _everyone(here: Visit, *, error: str | None = None, words: str = "") -> Response:
    names = settings(here.gettext)
    groups = [(names[s], [p for p in persons() if p.setting == s]) for s in SETTINGS]
    return here.page(
        "practise.html",
        status=200 if error is None else 422,
        groups=groups,
        speaks=await proposers.speaks(here),
        example=person(EXAMPLE).name,
        error=error,
        words=words,
    )


def _page(
    here: Visit,
    name: str,
    found: Practice,
    *,
    words: str = "",
    error: BesideError | None = None,
    own: bool = False,
) -> Response:
    simulated = found.simulated
    return here.page(
        "practise_talk.html",
        status=200 if error is None else status_of(error),
        name=name,
        other=simulated.person,
        begins=simulated.begins,
        turns=_told(here, simulated.line()),
        ways=len(simulated.ways()),
        words=words,
        own=own,
        error=None if error is None else explain(error, here.gettext),
        longest=LONGEST,
    )


def _told(here: Visit, steps: tuple[Step, ...]) -> list[tuple[Step, Quiet]]:
    return [(step, quiet_line(step.answer.moved, here.gettext)) for step in steps]
