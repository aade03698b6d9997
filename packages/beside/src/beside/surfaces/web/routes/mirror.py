"""The mirror: bring a conversation in, correct the speakers, mark it first, and then see it.

Nothing is kept before consent is stated, and nothing is estimated before the own mark.
"""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Path
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from beside.errors import BesideError, NotAConversation
from beside.mirror.progress import figures
from beside.mirror.session import MirrorSession, kept, marked, replay_mirror
from beside.mirror.transcript import (
    Role,
    Transcript,
    from_conversation,
    initials,
    read,
    with_roles,
)
from beside.sentence import told
from beside.surfaces.explain import explain
from beside.surfaces.mirror.margins import all_beside, margins
from beside.surfaces.mirror.report import said
from beside.surfaces.mirror.view import PARTS, view
from beside.surfaces.web import mirrors, proposers
from beside.surfaces.web.faults import status_of
from beside.surfaces.web.visit import Here, Visit
from beside.talk.events import MirrorRead
from beside.talk.ids import ConversationId, MirrorId, make_id

router = APIRouter(prefix="/mirror", include_in_schema=False)

Session = Annotated[str, Path(pattern="^[0-9a-z]{26}$")]
PAGE_TURNS = 100
MOST_SPEAKERS = 20
"""So many speakers can be corrected on one page; those who say least stand at the end."""
SHOWN = 6
"""Turns that are shown of what was brought in, so that the speakers can be told apart."""
LONGEST_CONSENT = 500
LONGEST_WORDS = 2_000
PATIENCE_SECONDS = 6.0
"""A look that takes longer is waited for on a page of its own."""
ROLES: tuple[Role, ...] = ("practitioner", "person", "other")


@router.get("")
async def front(here: Here) -> Response:
    """The sessions that are kept, and the way to bring one in."""
    return await _front(here)


@router.post("/read")
async def bring_in(here: Here) -> Response:
    """A file or pasted words become a transcript in memory; nothing is kept."""
    person = here.keeper
    data, name = here.form.file or b"", here.form.file_name or None
    if not data:
        data, name = here.form["words"].encode("utf-8", "replace"), None
    if not data.strip():
        error = here.gettext("Choose a file first, or paste a conversation.")
        return await _front(here, error=error, status=422)
    try:
        transcript = await run_in_threadpool(read, data, name=name)
    except NotAConversation as error:
        return await _front(here, error=_unread(here, error), status=422, words=not name)
    return here.go(f"/mirror/new/{mirrors.wait(person, mirrors.Waiting(transcript=transcript))}")


@router.post("/from/{conversation}")
async def from_beside(here: Here, conversation: str) -> Response:
    """A conversation that was held in Beside."""
    person = here.keeper
    tree = await person.conversation(ConversationId(conversation))
    try:
        transcript = from_conversation(tree)
    except BesideError as error:
        return await _front(here, error=explain(error, here.gettext), status=status_of(error))
    return here.go(f"/mirror/new/{mirrors.wait(person, mirrors.Waiting(transcript=transcript))}")


@router.get("/new/{name}")
async def check(here: Here, name: str) -> Response:
    """Who speaks, as it was guessed, to be corrected before anything is kept."""
    found = mirrors.waiting(here.keeper, name)
    return here.go("/mirror") if found is None else _check(here, name, found)


@router.post("/new/{name}")
async def correct(here: Here, name: str) -> Response:
    """The speakers corrected; names replaced by initials; or the session kept, with consent."""
    person = here.keeper
    found = mirrors.waiting(person, name)
    if found is None:
        return here.go("/mirror")
    transcript, names = _corrected(here, found.transcript), found.found
    changed = found.initials
    if "initials" in here.form:
        transcript, names = await run_in_threadpool(initials, transcript)
        changed = True
    found = mirrors.Waiting(transcript=transcript, found=names, initials=changed)
    mirrors.wait(person, found, name)
    if here.form["do"] != "keep":
        return here.go(f"/mirror/new/{name}")
    consent = here.form["consent"].strip()[:LONGEST_CONSENT]
    roles = {each.role for each in transcript.speakers}
    if not {"practitioner", "person"} <= roles:
        error = here.gettext("Say who of them is you, and who is the other.")
        return _check(here, name, found, error=error)
    if not consent:
        error = here.gettext("Say in a sentence who agreed that you keep this, and when.")
        return _check(here, name, found, error=error)
    at = here.beside.clock()
    session = MirrorId(make_id(at, here.beside.random_bytes))
    title = here.form["title"].strip()[:200] or None
    fact = kept(
        _named(transcript, title), id=session, at=at, consent=consent, initials=found.initials
    )
    await person.read(lambda journal: journal.append(fact))
    mirrors.forget(person, name)
    return here.go(f"/mirror/{session}")


@router.get("/{session}")
async def see(here: Here, session: Session, before: int = 0) -> Response:
    """The session as it is seen; where it has no own mark yet, the mark is asked for first."""
    person = here.keeper
    found = await _find(here, session)
    begin = max(0, min(before, max(0, len(found.transcript.turns) - 1)))
    turns = said(found.transcript, begin, begin + PAGE_TURNS)
    later = begin + PAGE_TURNS if begin + PAGE_TURNS < len(found.transcript.turns) else None
    earlier = max(0, begin - PAGE_TURNS) if begin else None
    shelf: dict[str, Any] = {"session": found, "turns": turns, "earlier": earlier, "later": later}
    if found.mark is None or "mark" in here.request.query_params:
        far = await proposers.far(here, found)
        return here.page("mirror_mark.html", error=None, far=far, **shelf)
    looking = await proposers.look(here, found, found.mark)
    look = await looking.wait(PATIENCE_SECONDS)
    if look is None:
        return _waiting(here, found, looking)
    if found.read is None or found.read.gauge != look.seen.gauge:
        fact = MirrorRead(
            at=here.beside.clock(),
            session=found.id,
            gauge=look.seen.gauge,
            figures=figures(look.seen),
        )
        await person.read(lambda journal: journal.append(fact))
    seen = view(found, found.mark, look.seen, look.others, here.gettext)
    return here.page(
        "mirror_see.html",
        seen=seen,
        parts=frozenset(PARTS),
        margins=margins(turns, seen),
        all_beside=all_beside(turns, seen),
        **shelf,
    )


@router.post("/{session}/mark")
async def mark(here: Here, session: Session) -> Response:
    """The practitioner's own mark, of the whole or of one turn."""
    person = here.keeper
    found = await _find(here, session)
    place = _place(here, found)
    value = _share(here.form["mark"])
    if value is None or ("turn" in here.form and place is None):
        turns = said(found.transcript, 0, PAGE_TURNS)
        error = here.gettext("That turn is not one of yours. Its number stands before its words.")
        return here.page(
            "mirror_mark.html", status=422, error=error, session=found, turns=turns,
            far=await proposers.far(here, found), earlier=None, later=None,
        )  # fmt: skip
    words = here.form["words"].strip()[:LONGEST_WORDS] or None
    fact = marked(found.id, value, at=here.beside.clock(), place=place, words=words)
    await person.read(lambda journal: journal.append(fact))
    if place is None:
        mirrors.let_ask(person, found.id, yes="ask-voice" in here.form)
    return here.go(f"/mirror/{session}" + ("" if place is None else "?mark#turn-form"))


@router.get("/{session}/erase")
async def ask(here: Here, session: Session) -> Response:
    """Ask before a session is erased."""
    found = await _find(here, session)
    return here.page("mirror_erase.html", session=found)


@router.post("/{session}/erase")
async def erase(here: Here, session: Session) -> Response:
    """Erase it, with its marks and estimates: it is really gone."""
    person = here.keeper
    mirrors.drop(person, MirrorId(session))
    await person.read(lambda journal: journal.erase_mirror(MirrorId(session)))
    return here.go("/mirror")


async def _front(
    here: Visit, *, error: str | None = None, status: int = 200, words: bool = False
) -> Response:
    outlines = await here.keeper.read(lambda journal: journal.mirror_outlines())
    sessions = sorted(replay_mirror(outlines), key=lambda each: each.at, reverse=True)
    return here.page(
        "mirror.html",
        status=status,
        error=error,
        sessions=sessions,
        words=here.form["words"] if words else "",
    )


async def _find(here: Visit, session: str) -> MirrorSession:
    facts = await here.keeper.read(lambda journal: journal.mirror_session(MirrorId(session)))
    return replay_mirror(facts)[0]


def _check(here: Visit, name: str, found: mirrors.Waiting, *, error: str | None = None) -> Response:
    transcript = found.transcript
    return here.page(
        "mirror_check.html",
        status=200 if error is None else 422,
        error=error,
        name=name,
        transcript=transcript,
        speakers=_speakers(transcript),
        roles=ROLES,
        found=found.found,
        replaced=found.initials,
        turns=said(transcript, 0, SHOWN),
        consent=here.form["consent"],
        title=here.form["title"] or transcript.title or "",
        longest=LONGEST_CONSENT,
    )


def _speakers(transcript: Transcript) -> list[tuple[str, str, Role, int]]:
    """Id, name, role and how many turns, whoever says most first."""
    counts = dict.fromkeys((each.id for each in transcript.speakers), 0)
    for turn in transcript.turns:
        counts[turn.speaker] += 1
    listed = [(each.id, each.name, each.role, counts[each.id]) for each in transcript.speakers]
    return sorted(listed, key=lambda each: -each[3])[:MOST_SPEAKERS]


def _corrected(here: Visit, transcript: Transcript) -> Transcript:
    roles: dict[str, Role] = {}
    names: dict[str, str] = {}
    for each in transcript.speakers:
        given = here.form[f"role-{each.id}"]
        for role in ROLES:
            if role == given:
                roles[each.id] = role
        if name := here.form[f"name-{each.id}"].strip()[:80]:
            names[each.id] = name
    return with_roles(transcript, roles, names)


def _named(transcript: Transcript, title: str | None) -> Transcript:
    return replace(transcript, title=title)


def _place(here: Visit, found: MirrorSession) -> int | None:
    """The place of the turn that is marked: one of the practitioner's; None for the whole."""
    given = here.form["turn"]
    if not (given.isdecimal() and 1 <= int(given) <= len(found.transcript.turns)):
        return None
    place = int(given) - 1
    mine = found.transcript.role_of(found.transcript.turns[place].speaker) == "practitioner"
    return place if mine else None


def _share(given: str) -> float | None:
    """A mark as the form gives it, 0 to 100, on the line from 0 to 1."""
    try:
        value = float(given) / 100
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None


def _unread(here: Visit, error: NotAConversation) -> str:
    """Why a file is no conversation: exactly, where the reader's language has words for it."""
    exact = told(error.sentence, here.gettext)
    if here.language == "en" or exact != str(error):
        return exact
    return here.gettext(
        "This does not look like a conversation between two or more people. Text with a name "
        "before each turn is read best."
    )


def _waiting(here: Visit, found: MirrorSession, looking: mirrors.Looking) -> Response:
    response = here.page("mirror_waiting.html", session=found, done=looking.done, all=looking.all)
    response.headers["Refresh"] = f"4; url=/mirror/{found.id}"
    return response
