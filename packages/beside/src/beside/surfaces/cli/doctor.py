"""`beside doctor`: whether all that Beside needs is in place. No words, secrets or network."""

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from beside.errors import BesideError
from beside.surfaces.cli.terminal import Terminal
from beside.surfaces.cli.words import N_
from beside.surfaces.cli.words import command as a_command

if TYPE_CHECKING:
    from beside.settings import Settings

ENOUGH_FREE_BYTES = 200 * 1024 * 1024
"""Less room than this on the disk is worth saying."""


class Check(NamedTuple):
    """One thing looked at: whether it is well, and a sentence about it."""

    well: bool
    sentence: str


@a_command(
    "doctor",
    help=N_(
        "Check that everything Beside needs is in place.\n\n"
        "It opens no journal and shows no word or key, so its answer can be shared."
    ),
)
@click.pass_context
def command(context: click.Context) -> None:
    """Say what is well and what is not."""
    terminal: Terminal = context.obj
    _ = terminal.gettext
    ill = 0
    for check in checks(terminal):
        ill += not check.well
        mark = _("well:") if check.well else _("look here:")
        terminal.say(f"{mark} {check.sentence}")
    if ill:
        terminal.say(_("Something above asks for your attention."), tone="strong")
        context.exit(1)
    terminal.say(_("Everything Beside needs is in place."))


def checks(terminal: Terminal) -> Iterator[Check]:
    """Every check, one after another."""
    _ = terminal.gettext
    yield _python(terminal)
    yield _encryption(terminal)
    try:
        settings, _origins = terminal.settings()
    except BesideError as error:
        yield Check(False, terminal.explain(error))
        return
    yield Check(True, _("The settings can be read."))
    yield from _folder(terminal, settings.data_folder)
    yield from _journals(terminal, settings.data_folder)
    yield from _voices(terminal, settings)
    yield _helplines(terminal, settings)


def _python(terminal: Terminal) -> Check:
    _ = terminal.gettext
    version = sys.version.split()[0]
    return Check(
        sys.version_info >= (3, 11),
        _("Python is {version}; Beside needs 3.11 or newer.").format(version=version),
    )


def _encryption(terminal: Terminal) -> Check:
    _ = terminal.gettext
    from beside.store.cipher import cipher_version

    version = cipher_version()
    if not version:
        return Check(
            False,
            _("The encryption library is missing: `pip install sqlcipher3` brings it."),
        )
    return Check(True, _("The encryption library works: {name}.").format(name=version))


def _folder(terminal: Terminal, folder: Path) -> Iterator[Check]:
    _ = terminal.gettext
    if not folder.exists():
        yield Check(
            True, _("{folder} is not there yet; the first start makes it.").format(folder=folder)
        )
        place = next(parent for parent in folder.absolute().parents if parent.exists())
    else:
        place = folder
        others = stat.S_IMODE(folder.stat().st_mode) & 0o077
        yield Check(
            os.name == "nt" or not others,
            _("{folder} is for your account alone.").format(folder=folder)
            if not others
            else _(
                "Other accounts can look into {folder}. `chmod 700` on it closes that door."
            ).format(folder=folder),
        )
    yield Check(
        writable := os.access(place, os.W_OK),
        _("It can be written to.") if writable else _("It cannot be written to."),
    )
    free = shutil.disk_usage(place).free
    yield Check(
        free > ENOUGH_FREE_BYTES,
        _("{size} MB are free on this disk.").format(size=free // 1024 // 1024),
    )


def _journals(terminal: Terminal, folder: Path) -> Iterator[Check]:
    from beside.store.people import people, person_folder

    _ = terminal.gettext
    names = people(folder)
    yield Check(True, _("Journals here: {count}.").format(count=len(names)))
    for number, name in enumerate(names, 1):
        place = person_folder(folder, name)
        whole = (place / "journal.db").exists() and (place / "keys.json").exists()
        yield Check(
            whole,
            _("Journal {number} has its file and its keys.").format(number=number)
            if whole
            else _(
                "Journal {number} misses its file or its keys. Put them back from a backup."
            ).format(number=number),
        )


def _voices(terminal: Terminal, settings: "Settings") -> Iterator[Check]:
    from beside.voices.catalog import Catalogue

    _ = terminal.gettext
    try:
        entries = {entry.name: entry for entry in Catalogue(settings.data_folder).entries()}
    except BesideError as error:
        yield Check(False, terminal.explain(error))
        return
    ready = [name for name, entry in entries.items() if entry.ready]
    yield Check(bool(ready), _("Voices that are ready: {names}.").format(names=", ".join(ready)))
    chosen = next((e for name, e in entries.items() if name == settings.voice), None)
    if settings.voice == "scripted":
        return
    yield Check(
        chosen is not None and chosen.ready,
        _("The voice that is chosen: {name}.").format(name=settings.voice)
        if chosen is not None and chosen.ready
        else _(
            "The voice that is chosen ({name}) is not ready. Beside answers by itself meanwhile; "
            "`beside voices` says what the voice needs."
        ).format(name=settings.voice),
    )


def _helplines(terminal: Terminal, settings: "Settings") -> Check:
    from beside.companion.helplines import HelplineBook

    _ = terminal.gettext
    book = HelplineBook.load(settings.data_folder)
    if settings.country is None:
        return Check(
            True,
            _(
                "No country is chosen, so the card shows every country. `beside settings set "
                "country NL` (yours) makes it short."
            ),
        )
    return Check(
        bool(book.lines(settings.country)),
        _("Numbers of people for {country}: {count}.").format(
            country=settings.country, count=len(book.lines(settings.country))
        ),
    )
