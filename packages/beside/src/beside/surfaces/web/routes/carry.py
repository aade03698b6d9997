"""To take along and to bring in: Markdown, JSONL, an encrypted backup, exports from elsewhere.

Conversations and sessions of the mirror go together, or one by one.

A file that is taken along is named after the day and holds no words in its name.
"""

import io
import tempfile
import zipfile
from pathlib import Path

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from beside.carry import jsonl, markdown
from beside.carry.importers import Imported, read_any
from beside.errors import BesideError
from beside.store.journal import Journal
from beside.surfaces.explain import explain
from beside.surfaces.export import every, facts_of_sessions, kept_session, labels
from beside.surfaces.mirror.taken import session_files, session_text
from beside.surfaces.web.faults import status_of
from beside.surfaces.web.visit import Here, Visit
from beside.talk.ids import ConversationId, MirrorId

router = APIRouter(include_in_schema=False)


@router.get("/carry")
async def carry(here: Here) -> Response:
    """What can be taken along and brought in."""
    _ = here.keeper
    return _page(here)


@router.post("/carry/export")
async def export(here: Here) -> Response:
    """Everything, or one conversation, as Markdown or as JSONL; or sessions of the mirror."""
    if here.form["what"] == "sessions":
        return await _sessions(here)
    one = here.form["conversation"]
    named = labels(here.gettext, companion=here.gettext("Beside"))
    if here.form["form"] == "markdown" and one:
        tree = await here.keeper.conversation(ConversationId(one))
        text = markdown.write(tree, named)
        return _file(here, text.encode(), "text/markdown; charset=utf-8", "md")
    if here.form["form"] == "markdown":
        _ = here.gettext

        def all_of_it(journal: Journal) -> bytes:
            return _packed({**_conversation_files(journal, named), **session_files(journal, _)})

        packed = await here.keeper.read(all_of_it)
        return _file(here, packed, "application/zip", "zip")
    which = ConversationId(one) if one else None
    lines = await here.keeper.read(lambda journal: jsonl.write(journal.events(which)))
    return _file(here, lines, "application/jsonl", "jsonl")


@router.post("/carry/import")
async def bring_in(here: Here) -> Response:
    """Conversations from a file: all of them, or none and a reason."""
    person = here.keeper
    if not here.form.file:
        return _page(here, error=here.gettext("Choose a file first."), status=422)
    data, name = here.form.file, here.form.file_name
    beside = here.beside

    def read() -> Imported:
        return read_any(data, name, at=beside.clock(), random_bytes=beside.random_bytes)

    try:
        imported = await run_in_threadpool(read)
        facts = imported.facts()
        await person.read(lambda journal: journal.append(*facts))
    except BesideError as error:
        return _page(here, error=explain(error, here.gettext), status=status_of(error))
    return _page(here, imported=imported)


@router.post("/carry/backup")
async def backup(here: Here) -> Response:
    """The whole journal as one encrypted file, opened by the passphrase."""
    person, given = here.keeper, here.form["passphrase"]

    def write(journal: Journal) -> bytes:
        journal.verify(given)
        with tempfile.TemporaryDirectory(dir=here.beside.settings.data_folder) as folder:
            to = Path(folder) / "backup.age"
            journal.backup(to, given)
            return to.read_bytes()

    try:
        content = await here.house.door.try_opening(person.name, lambda: person.read(write))
    except BesideError as error:
        return _page(here, error=explain(error, here.gettext), status=status_of(error))
    return _file(here, content, "application/octet-stream", "age")


async def _sessions(here: Visit) -> Response:
    """Sessions of the mirror: one, or all that are kept."""
    _ = here.gettext
    which = MirrorId(here.form["session"]) if here.form["session"] else None
    if here.form["form"] == "markdown":
        if which is not None:
            session = await here.keeper.read(lambda journal: kept_session(journal, which))
            text = session_text(session, _).encode("utf-8", "replace")
            return _file(here, text, "text/markdown; charset=utf-8", "md")
        packed = await here.keeper.read(lambda journal: _packed(session_files(journal, _)))
        return _file(here, packed, "application/zip", "zip")
    lines = await here.keeper.read(lambda j: jsonl.write(facts_of_sessions(j, which)))
    return _file(here, lines, "application/jsonl", "jsonl")


def _conversation_files(journal: Journal, named: markdown.Labels) -> dict[str, str]:
    return {
        f"{each.began_at.astimezone():%Y-%m-%d %H.%M} {each.id[-4:]}.md": markdown.write(
            journal.conversation(each.id), named
        )
        for each in every(journal)
    }


def _packed(files: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text.encode("utf-8", "replace"))
    return packed.getvalue()


def _file(here: Visit, content: bytes, kind: str, ending: str) -> Response:
    name = f"beside-{here.beside.clock().astimezone():%Y-%m-%d}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return here.seal(Response(content, media_type=kind, headers=headers))


def _page(
    here: Visit,
    *,
    error: str | None = None,
    imported: Imported | None = None,
    status: int = 200,
) -> Response:
    return here.page("carry.html", status=status, error=error, imported=imported)
