"""One SQLCipher file, opened with its key; what the database says becomes a sentence for people.

SQLAlchemy sees one connection and hides every parameter, so that no error holds anyone's words.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from beside.errors import (
    DiskFull,
    JournalBusy,
    JournalDamaged,
    NotAJournal,
    StoreError,
)

JOURNAL = "journal.db"
PAGE_BYTES = 4096
_BUSY_MILLISECONDS = 5_000
_PLAIN_SQLITE = b"SQLite format 3\x00"
_WRITE_FAILED = {dbapi2.SQLITE_IOERR | extended << 8 for extended in (3, 4, 5, 6, 19)}
"""Writing, flushing the file, flushing the folder, truncating, growing the shared index."""


def open_file(
    path: Path | None, data_key: bytes | None, *, writing: bool, fresh: bool = False
) -> Engine:
    """The encrypted file, ready to use; a path of None is a place in memory that needs no key.

    Every write is flushed to the disk before it is answered (WAL, `synchronous=FULL`), what is
    deleted is overwritten, and nothing temporary touches the disk. `fresh` is a file that is being
    made. Errors: see `in_sentences`.
    """
    if path is not None and not fresh:
        check_outside(path)

    def connect() -> Any:
        connection = dbapi2.connect(
            ":memory:" if path is None else str(path),
            isolation_level=None,
            check_same_thread=False,
            timeout=_BUSY_MILLISECONDS / 1000,
        )
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute("PRAGMA temp_store = MEMORY")
        if path is None or data_key is None:
            return connection
        connection.set_key(f"x'{data_key.hex()}'".encode())
        connection.execute("PRAGMA cipher_compatibility = 4")
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            for pragma in (
                "journal_mode = WAL",
                "synchronous = FULL",
                "secure_delete = ON",
                f"query_only = {'OFF' if writing else 'ON'}",
            ):
                connection.execute(f"PRAGMA {pragma}").fetchone()
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine(
        "sqlite://",
        creator=connect,
        module=dbapi2,
        poolclass=StaticPool,
        hide_parameters=True,
    )
    begin = "BEGIN IMMEDIATE" if writing else "BEGIN"

    @event.listens_for(engine, "begin")
    def begin_at_once(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    with in_sentences(path), engine.connect():
        return engine


def check_outside(path: Path) -> None:
    """Look at the file before any key is tried. Raises JournalDamaged or NotAJournal."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(len(_PLAIN_SQLITE))
    except FileNotFoundError:
        raise JournalDamaged(
            f"The keys of {path.parent.name!r} are here, but the file {path.name} is not. Put it "
            "back, or restore a backup into another folder; the keys were not touched."
        ) from None
    except OSError as error:
        raise StoreError(
            f"The file {path.name} of {path.parent.name!r} cannot be read ({error.strerror}). "
            "Please see to it that this account may read and write it; nothing was changed."
        ) from None
    if start == _PLAIN_SQLITE:
        raise NotAJournal(
            f"The file {path.name} of {path.parent.name!r} is a plain database and not an "
            "encrypted journal. It was left as it is; move it away and restore a backup."
        )
    if size == 0 or size % PAGE_BYTES:
        raise damaged(path)


def run_alone(engine: Engine, statement: str, *values: str) -> list[tuple[Any, ...]]:
    """Run what SQLite allows only outside a transaction (VACUUM, a checkpoint); what it answers."""
    with engine.connect() as connection:
        own: Any = connection.connection.driver_connection
        rows: list[tuple[Any, ...]] = own.execute(statement, values).fetchall()
        return rows


def is_whole(engine: Engine) -> bool:
    """Whether every page is as it was written, and every table fits its indexes."""
    if run_alone(engine, "PRAGMA cipher_integrity_check"):
        return False
    return run_alone(engine, "PRAGMA quick_check") == [("ok",)]


@contextmanager
def in_sentences(path: Path | None) -> Iterator[None]:
    """What goes wrong in the file within this block is raised as a StoreError."""
    try:
        yield
    except DBAPIError as error:
        raise sentence_for(path, error.orig) from None
    except dbapi2.Error as error:
        raise sentence_for(path, error) from None


def sentence_for(path: Path | None, error: BaseException | None) -> StoreError:
    """The error of ours that stands for one of the database's."""
    name = path.parent.name if path is not None else "in memory"
    extended = getattr(error, "sqlite_errorcode", None) or 0
    code = extended & 0xFF
    if code == dbapi2.SQLITE_FULL or extended in _WRITE_FAILED:
        return DiskFull(
            f"There is no room left on the disk to write to the journal {name!r}. What was kept "
            "before is safe. Please make some room; then what you say can be kept again."
        )
    if code == dbapi2.SQLITE_BUSY:
        return busy(name)
    if code == dbapi2.SQLITE_NOTADB:
        return NotAJournal(
            f"The file of the journal {name!r} is not one that these keys belong to, or its "
            "beginning is damaged. It was left as it is; move it away and restore a backup."
        )
    if code == dbapi2.SQLITE_CORRUPT:
        return damaged(path)
    if code == dbapi2.SQLITE_IOERR:
        return StoreError(
            f"The disk did not do what was asked of it for the journal {name!r}. What was kept "
            "before is safe. The disk may be full, taken away, or failing: please look at it, "
            "make a backup, and try again."
        )
    return StoreError(
        f"The journal {name!r} could not be used (database error {extended}). What was kept is "
        "untouched; please try again, and run `beside doctor` if it goes on."
    )


def busy(name: str) -> JournalBusy:
    """The error for a second writer."""
    return JournalBusy(
        f"Another Beside has the journal {name!r} open at this moment. Close it there, or go on "
        "there; nothing was changed."
    )


def damaged(path: Path | None) -> JournalDamaged:
    """The error for a file that is cut short or altered."""
    name = path.parent.name if path is not None else "in memory"
    return JournalDamaged(
        f"The journal {name!r} is cut short or damaged. It was left as it is: please copy it to "
        "a safe place first, then restore your newest backup into another folder."
    )
