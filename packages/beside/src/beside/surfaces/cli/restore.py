"""`beside restore`: a journal brought back from a backup. It never writes over a journal."""

from pathlib import Path

import click

from beside.surfaces.cli.ask import passphrase, passphrase_from
from beside.surfaces.cli.terminal import Terminal
from beside.surfaces.cli.words import N_
from beside.surfaces.cli.words import command as a_command


@a_command(
    "restore",
    help=N_(
        "Bring a journal back from a backup.\n\n"
        "A journal that is here stays as it is; the backup then needs a name of its own."
    ),
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--person", metavar="NAME", help=N_("The name that the journal will have here."))
@click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path),
    help=N_("Read the backup's passphrase from the first line of this file."),
)
@click.pass_obj
def command(
    terminal: Terminal, file: Path, person: str | None, passphrase_file: Path | None
) -> None:
    """Restore it."""
    from beside.store.journal import Journal
    from beside.store.people import FIRST_PERSON, person_folder

    _ = terminal.gettext
    folder = person_folder(terminal.settings()[0].data_folder, person or FIRST_PERSON)
    typed = (
        passphrase_from(passphrase_file)
        if passphrase_file
        else passphrase(terminal, _("The backup's passphrase (or r to reach a person):"))
    )
    Journal.restore(file, typed, folder)
    terminal.say(_("The journal is back, as it was in the backup. `beside talk` opens it."))
