"""Files and folders that only this account may read, each of which appears whole or not at all."""

import errno
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from beside.errors import DiskFull, PersonExists, StoreError

LEFT_AFTER_SECONDS = 600
"""A half-made folder that nothing was written to for this long was left by a process that died."""
_HALF_MADE = re.compile(r"\.[0-9a-f]{16}\.new")


@contextmanager
def begin_folder(folder: Path) -> Iterator[Path]:
    """A private folder to fill; when the block ends well it becomes `folder`, else it is gone.

    Raises PersonExists where there is something at `folder` already, which is never touched, and
    what `room_needed` raises. What a process that was killed left half made beside it is removed.
    """
    refuse_existing(folder)
    _remove_half_made(folder.parent)
    beginning = folder.with_name(f".{secrets.token_hex(8)}.new")
    with room_needed(folder.name):
        try:
            make_private_folder(beginning)
            yield beginning
            flush_folder(beginning)
            _give_name(beginning, folder)
        finally:
            shutil.rmtree(beginning, ignore_errors=True)


def refuse_existing(folder: Path) -> None:
    """Raise PersonExists where the folder holds anything."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PersonExists(
            f"There is a journal under the name {folder.name!r} already. It was not touched; "
            "please unlock it, or choose another name."
        )


def make_private_folder(folder: Path) -> None:
    """Make the folder, and those above it that are missing, for this account alone (0700)."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)


def begin_private_file(path: Path) -> Path:
    """The path, now of an empty file that only this account can read (0600)."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return path


def write_private(path: Path, content: bytes) -> None:
    """Put `content` at `path`, for this account alone (0600), whole or not at all.

    It is written beside, flushed to the disk and then renamed: whoever looks, also after a loss
    of power, finds either what was there or what was written.
    """
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    try:
        with begin_private_file(beside).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Make sure that names given in a folder survive a loss of power, where the system can."""
    if os.name == "nt":  # Windows cannot flush a folder; its file system keeps a log of names
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some file systems cannot either
            raise
    finally:
        os.close(opened)


@contextmanager
def room_needed(name: str) -> Iterator[None]:
    """What the system refuses within this block is raised as DiskFull or StoreError."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise DiskFull(
                f"There is no room left on the disk to write {name!r}. Please make some room and "
                "try again; what was there before was not touched."
            ) from None
        raise StoreError(
            f"{name!r} could not be written ({error.strerror}). Please see to it that this "
            "account may write there, and try again; what was there before was not touched."
        ) from None


def _remove_half_made(people: Path) -> None:
    for each in people.iterdir() if people.is_dir() else ():
        if not _HALF_MADE.fullmatch(each.name) or each.is_symlink():
            continue
        try:
            touched = max(path.stat().st_mtime for path in (each, *each.iterdir()))
        except OSError:  # it has just been given its name, or is no folder
            continue
        if time.time() - touched > LEFT_AFTER_SECONDS:
            shutil.rmtree(each, ignore_errors=True)


def _give_name(beginning: Path, folder: Path) -> None:
    try:
        if folder.is_dir():
            folder.rmdir()
        beginning.rename(folder)
    except OSError:
        refuse_existing(folder)  # someone else was quicker
        raise
    flush_folder(folder.parent)
