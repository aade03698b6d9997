"""A backup: one age file, opened by a passphrase of its own, with the journal as it was then.

Inside is a tar of `beside.json`, `journal.db` (still encrypted) and `keys.json` (still sealed), so
the journal's own passphrase opens what was restored. Nothing readable ever touches the disk.
"""

import io
import json
import secrets
import tarfile
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Engine

from beside.errors import BackupUnreadable, JournalNewer, StoreError
from beside.store.file import JOURNAL, check_outside, run_alone
from beside.store.keys import KEYS, check_passphrase, one_form, parse_keys
from beside.store.private import (
    begin_folder,
    begin_private_file,
    refuse_existing,
    room_needed,
    write_private,
)

_ABOUT = "beside.json"
_FORMAT = 1


def write_backup(to: Path, passphrase: str, journal: bytes, keys: bytes) -> None:
    """Seal the journal's files into a file at `to`, whole or not at all.

    Raises PassphraseTooShort, DiskFull, or StoreError where there is a file already.
    """
    import pyrage

    refuse_file(to)
    check_passphrase(passphrase)
    about = json.dumps({"format": _FORMAT}).encode()
    packed = pack({_ABOUT: about, KEYS: keys, JOURNAL: journal})
    with room_needed(to.name):
        write_private(to, pyrage.passphrase.encrypt(packed, one_form(passphrase)))


def refuse_file(to: Path) -> None:
    """Raise StoreError where something is at `to` already, or there is no folder to put it in."""
    if not to.parent.is_dir():
        raise StoreError(
            f"{to.name!r} could not be written, because there is no folder {to.parent.name!r}. "
            "Please make it, or choose another place for the backup."
        )
    if to.exists():
        raise StoreError(
            f"There is a file at {to.name!r} already. Please choose another name for the backup; "
            "nothing was written."
        )


def snapshot(engine: Engine, folder: Path) -> bytes:
    """The journal's file as it is at this moment, encrypted with the same key."""
    copy = folder / f"{JOURNAL}.snapshot-{secrets.token_hex(4)}"
    try:
        begin_private_file(copy)
        [(query_only,)] = run_alone(engine, "PRAGMA query_only")
        run_alone(engine, "PRAGMA query_only = OFF")
        run_alone(engine, "VACUUM INTO ?", str(copy))
        run_alone(engine, f"PRAGMA query_only = {int(query_only)}")
        return copy.read_bytes()
    finally:
        copy.unlink(missing_ok=True)


def read_backup(from_: Path, passphrase: str) -> dict[str, bytes]:
    """The files in a backup by name. Raises BackupUnreadable or JournalNewer."""
    import pyrage

    try:
        packed = pyrage.passphrase.decrypt(from_.read_bytes(), one_form(passphrase))
    except OSError as error:
        raise BackupUnreadable(
            f"The backup {from_.name!r} cannot be read ({error.strerror}). Please look whether it "
            "is there and whether this account may read it."
        ) from None
    except pyrage.DecryptError:
        raise BackupUnreadable(
            f"This passphrase does not open {from_.name!r}, or the file is not a whole backup. A "
            "backup has the passphrase that was chosen when it was made. Nothing was changed."
        ) from None
    return unpack(packed, from_.name)


def pack(files: Mapping[str, bytes]) -> bytes:
    """The files as one tar."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(content), 0o600
            tar.addfile(member, io.BytesIO(content))
    return packed.getvalue()


def unpack(packed: bytes, backup: str) -> dict[str, bytes]:
    """The files in the tar of a backup by name. Raises BackupUnreadable or JournalNewer."""
    try:
        with tarfile.open(fileobj=io.BytesIO(packed), mode="r:") as tar:
            files = {member.name: _content(tar, member) for member in tar.getmembers()}
        about = json.loads(files[_ABOUT])["format"]
        whole = isinstance(about, int) and {KEYS, JOURNAL} <= files.keys()
    except (tarfile.TarError, ValueError, KeyError, TypeError):
        whole = False
    if not whole:
        raise BackupUnreadable(
            f"The file {backup!r} was opened, but it is not a backup of Beside's. Nothing was "
            "changed."
        )
    if about > _FORMAT:
        raise JournalNewer(
            f"The backup {backup!r} was made by a later version of Beside. Please restore it with "
            "that version; nothing was changed."
        )
    return files


def restore(from_: Path, passphrase: str, folder: Path) -> None:
    """Bring a backup back as a new folder, whole or not at all; never over a journal.

    Raises PersonExists, BackupUnreadable, JournalNewer, JournalDamaged or DiskFull.
    """
    refuse_existing(folder)
    install(read_backup(from_, passphrase), folder)


def install(files: Mapping[str, bytes], folder: Path) -> None:
    """Make the folder of a journal from the files of a backup; what else was in it stays out."""
    parse_keys(files[KEYS])
    with begin_folder(folder) as beginning:
        for name in (KEYS, JOURNAL):
            write_private(beginning / name, files[name])
        check_outside(beginning / JOURNAL)


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = tar.extractfile(member)
    if file is None:
        raise ValueError("a member that is not a file")
    return file.read()
