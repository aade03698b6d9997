"""How a command comes to an open journal: whose it is, and the passphrase."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from beside.surfaces.cli.ask import until_it_opens
from beside.surfaces.cli.refused import Refused
from beside.surfaces.cli.terminal import Terminal
from beside.surfaces.cli.words import N_

if TYPE_CHECKING:
    from beside.store.journal import Journal


def whose(function: Callable[..., Any]) -> Callable[..., Any]:
    """Options that say whose journal, and where its passphrase can be read."""
    function = click.option(
        "--passphrase-file",
        type=click.Path(path_type=Path),
        help=N_("Read the passphrase from the first line of this file."),
    )(function)
    return click.option(
        "--person", metavar="NAME", help=N_("Whose journal, where there are several.")
    )(function)


def name_of(terminal: Terminal, wanted: str | None) -> str | None:
    """The name of the person at the terminal; None where no journal is here yet."""
    from beside.store.people import people

    here = people(terminal.settings()[0].data_folder)
    if wanted is not None:
        return wanted if wanted in here else None
    if len(here) > 1:
        raise Refused(
            terminal.gettext(
                "There are several journals here: {names}. Say which with `--person NAME`."
            ).format(names=", ".join(here))
        )
    return here[0] if here else None


def folder_of(terminal: Terminal, wanted: str | None) -> Path:
    """The folder of the person's journal. Raises Refused where there is none."""
    from beside.store.people import person_folder

    name = name_of(terminal, wanted)
    if name is None:
        raise Refused(terminal.gettext("There is no journal here yet. `beside talk` begins one."))
    return person_folder(terminal.settings()[0].data_folder, name)


@contextmanager
def reading(terminal: Terminal, wanted: str | None, file: Path | None) -> Iterator["Journal"]:
    """The journal, to read; also while Beside is open elsewhere."""
    from beside.store.journal import Journal

    folder = folder_of(terminal, wanted)
    journal = until_it_opens(terminal, file, lambda typed: Journal.open_reader(folder, typed))
    try:
        yield journal
    finally:
        journal.lock()


@contextmanager
def writing(terminal: Terminal, wanted: str | None, file: Path | None) -> Iterator["Journal"]:
    """The journal, to write; no other Beside may have it open."""
    from beside.store.journal import Journal

    folder = folder_of(terminal, wanted)
    journal = until_it_opens(terminal, file, lambda typed: Journal.open(folder, typed))
    try:
        yield journal
    finally:
        journal.lock()
