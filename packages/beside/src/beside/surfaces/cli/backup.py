"""`beside backup`: the whole journal in one encrypted file."""

from pathlib import Path

import click

from beside.surfaces.cli.ask import passphrase_from, until_it_opens
from beside.surfaces.cli.opening import folder_of, whose
from beside.surfaces.cli.refused import Refused
from beside.surfaces.cli.terminal import Terminal
from beside.surfaces.cli.words import N_
from beside.surfaces.cli.words import command as a_command


@a_command(
    "backup",
    help=N_(
        "Write an encrypted backup of your journal to a new file.\n\n"
        "Your passphrase of today opens it, also after you have changed the journal's."
    ),
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@whose
@click.pass_obj
def command(
    terminal: Terminal, file: Path, person: str | None, passphrase_file: Path | None
) -> None:
    """Write the backup."""
    from beside.store.journal import Journal

    _ = terminal.gettext
    if file.exists():
        raise Refused(_("There is a file of this name already. Choose another name."))
    folder = folder_of(terminal, person)

    def write(typed: str) -> None:
        journal = Journal.open_reader(folder, typed)
        try:
            journal.backup(file, typed)
        finally:
            journal.lock()

    if passphrase_file is not None:
        write(passphrase_from(passphrase_file))
    else:
        until_it_opens(terminal, None, write)
    terminal.say(_("The backup is written. `beside restore` brings it back, here or elsewhere."))
