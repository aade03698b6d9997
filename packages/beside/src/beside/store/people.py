"""Where each person's folder is: `<data_folder>/people/<name>/`, private to the account."""

import os
import unicodedata
from pathlib import Path

from beside.errors import NameUnusable

LONGEST_NAME = 60
_RESERVED = {"con", "prn", "aux", "nul"} | {
    f"{port}{digit}" for port in ("com", "lpt") for digit in range(10)
}


def people_folder(data_folder: Path) -> Path:
    """The folder that holds one folder for each person."""
    return data_folder / "people"


def person_folder(data_folder: Path, name: str) -> Path:
    """The folder of one person; it need not exist. Raises NameUnusable."""
    return people_folder(data_folder) / clean_name(name)


def people(data_folder: Path) -> tuple[str, ...]:
    """The names that have a journal here, in order."""
    folder = people_folder(data_folder)
    if not folder.is_dir():
        return ()
    return tuple(
        sorted(
            each.name
            for each in folder.iterdir()
            if not each.name.startswith(".")
            and any((each / name).exists() for name in ("journal.db", "keys.json"))
        )
    )


def clean_name(name: str) -> str:
    """The name as it is used for a folder: blanks trimmed, one form for each letter.

    A name is letters and digits of any language, spaces, and `- _ . '`, at most 60 characters; it
    begins and ends with a letter or digit. Raises NameUnusable.
    """
    clean = " ".join(unicodedata.normalize("NFC", name).split())
    fits = (
        0 < len(clean) <= LONGEST_NAME
        and all(_is_word(each) or each in " -_.'" for each in clean)
        and _is_word(clean[0])
        and (_is_word(clean[-1]))
        and clean.split(".")[0].strip().lower() not in _RESERVED
    )
    if not fits:
        raise NameUnusable(
            "This name cannot be used here, because a folder is named after it. Please choose "
            f"one of at most {LONGEST_NAME} letters and digits, with a letter or digit first and "
            "last; spaces, dots, hyphens and apostrophes may stand between."
        )
    return clean


def make_private_folder(folder: Path) -> None:
    """Make the folder and those above it, for this account alone (0700)."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)


def write_private(path: Path, content: bytes) -> None:
    """Put `content` at `path`, for this account alone (0600), whole or not at all.

    It is written beside, flushed to the disk and then renamed: whoever looks, also after a loss
    of power, finds either what was there or what was written.
    """
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    try:
        opened = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "wb") as file:
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
    if os.name == "nt":  # Windows cannot flush a folder; NTFS journals its names itself
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _is_word(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LMN"
