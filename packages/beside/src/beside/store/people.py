"""Where each person's folder is: `<data_folder>/people/<name>/`, for this account alone."""

import unicodedata
from pathlib import Path

from beside.errors import NameUnusable

LONGEST_NAME = 60
FIRST_PERSON = "me"
"""The name of a journal that is begun where no name is given."""
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
        and clean[0].isalnum()
        and _is_word(clean[-1])
        and clean.split(".")[0].strip().lower() not in _RESERVED
    )
    if not fits:
        raise NameUnusable(
            "This name cannot be used here, because a folder is named after it. Please choose "
            f"one of at most {LONGEST_NAME} letters and digits, with a letter or digit first and "
            "last; spaces, dots, hyphens and apostrophes may stand between."
        )
    return clean


def _is_word(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LMN"
