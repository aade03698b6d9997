"""Bring a file to the shape this version of Beside writes, keeping a copy of what it was.

Alembic is loaded only where there is something to do.
"""

import os
import shutil
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, Engine, text

from beside.errors import JournalNewer, NotAJournal, StoreError
from beside.store.file import in_sentences, run_alone
from beside.store.private import begin_private_file, flush_folder, room_needed
from beside.store.schema import REVISIONS

_SCRIPTS = Path(__file__).parent / "migrations"
_one_at_a_time = Lock()
"""Alembic keeps what it works on in one place for the whole process: two at once mix up."""


def make_tables(engine: Engine) -> None:
    """Make everything in a new file."""
    with engine.begin() as connection:
        _run(connection, _SCRIPTS)


def bring_up_to_date(
    engine: Engine,
    path: Path,
    *,
    revisions: tuple[str, ...] = REVISIONS,
    scripts: Path = _SCRIPTS,
) -> None:
    """Migrate an earlier file; the copy stays beside it as `journal.db.before-REVISION`.

    Raises JournalNewer where a later Beside wrote the file, NotAJournal where nothing of ours is
    in it. Either way, and where the migration fails, the file stays as it was.
    """
    revision = revision_of(engine, path)
    if revision == revisions[-1]:
        return
    if revision not in revisions:
        raise JournalNewer(
            f"The journal {path.parent.name!r} was written by a later version of Beside. Please "
            "use that version; nothing was changed."
        )
    with in_sentences(path):
        _keep_copy(engine, path, path.with_name(f"{path.name}.before-{revisions[-1]}"))
        with engine.begin() as connection:
            _run(connection, scripts)


def check_up_to_date(engine: Engine, path: Path) -> None:
    """For a reader, which must not migrate. Raises JournalNewer, NotAJournal or StoreError."""
    revision = revision_of(engine, path)
    if revision in REVISIONS[:-1]:
        raise StoreError(
            f"The journal {path.parent.name!r} was last used with an earlier Beside. Unlock it "
            "once to bring it up to date; then it can be read."
        )
    bring_up_to_date(engine, path)


def revision_of(engine: Engine, path: Path) -> str:
    """The revision that the file is stamped with. Raises NotAJournal where it has none."""
    with in_sentences(path), engine.begin() as connection:
        tables = connection.execute(
            text("SELECT count(*) FROM sqlite_master WHERE name IN ('alembic_version', 'events')")
        ).scalar_one()
        stamped = (
            connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            if tables == 2
            else None
        )
    if stamped is None:
        raise NotAJournal(
            f"The file of the journal {path.parent.name!r} opens with its key, but holds no "
            "journal. It was left as it is; move it away and restore a backup."
        )
    return str(stamped)


def copies_before_migrations(path: Path) -> list[Path]:
    """The copies that migrations kept beside a file."""
    return sorted(path.parent.glob(f"{path.name}.before-*"))


def _keep_copy(engine: Engine, path: Path, copy: Path) -> None:
    run_alone(engine, "PRAGMA wal_checkpoint(TRUNCATE)")
    partial = copy.with_name(copy.name + ".new")
    partial.unlink(missing_ok=True)
    with room_needed(path.parent.name):
        with path.open("rb") as source, begin_private_file(partial).open("wb") as file:
            shutil.copyfileobj(source, file)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(copy)
        flush_folder(copy.parent)


def _run(connection: Connection, scripts: Path) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    with _one_at_a_time:
        command.upgrade(config, "head")
