"""A person's folder appears whole or not at all: it is made beside, then given its name."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from beside.errors import DiskFull, PersonExists, StoreError
from beside.store.people import flush_folder, make_private_folder


@contextmanager
def begin_folder(folder: Path) -> Iterator[Path]:
    """A private folder to fill; when the block ends well it becomes `folder`, else it is gone.

    Raises PersonExists where there is something at `folder` already, which is never touched.
    """
    refuse_existing(folder)
    beginning = folder.with_name(f".{secrets.token_hex(8)}.new")
    try:
        make_private_folder(beginning)
        yield beginning
        flush_folder(beginning)
        if folder.is_dir():
            folder.rmdir()
        beginning.rename(folder)
        flush_folder(folder.parent)
    except OSError as error:
        refuse_existing(folder)
        raise _cannot_begin(folder, error) from None
    finally:
        shutil.rmtree(beginning, ignore_errors=True)


def refuse_existing(folder: Path) -> None:
    """Raise PersonExists where the folder holds anything."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PersonExists(
            f"There is a journal under the name {folder.name!r} already. It was not touched; "
            "please unlock it, or choose another name."
        )


def private_file(path: Path) -> Path:
    """The path, now of an empty file that only this account can read."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return path


def _cannot_begin(folder: Path, error: OSError) -> StoreError:
    import errno

    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DiskFull(
            f"There is no room left on the disk to begin the journal {folder.name!r}. Please make "
            "some room and try again; nothing was written."
        )
    return StoreError(
        f"The journal {folder.name!r} cannot be begun here ({error.strerror}). Please see to it "
        "that this account may write to the data folder, and try again."
    )
