"""`beside recover`: the journal opened with its recovery key, under a new passphrase."""

from pathlib import Path

import click

from beside.surfaces.cli.ask import new_passphrase, passphrase, passphrase_from
from beside.surfaces.cli.first_start import show_recovery_key
from beside.surfaces.cli.opening import folder_of
from beside.surfaces.cli.terminal import Terminal
from beside.surfaces.cli.words import N_
from beside.surfaces.cli.words import command as a_command


@a_command(
    "recover",
    help=N_(
        "Open your journal with the recovery key, and choose a new passphrase.\n\n"
        "You get a new recovery key; the one you used opens nothing any more."
    ),
)
@click.option("--person", metavar="NAME", help=N_("Whose journal, where there are several."))
@click.option(
    "--recovery-key-file",
    type=click.Path(path_type=Path),
    help=N_("Read the recovery key from the first line of this file."),
)
@click.option(
    "--new-passphrase-file",
    type=click.Path(path_type=Path),
    help=N_("Read the new passphrase from the first line of this file."),
)
@click.pass_obj
def command(
    terminal: Terminal,
    person: str | None,
    recovery_key_file: Path | None,
    new_passphrase_file: Path | None,
) -> None:
    """Recover it."""
    from beside.store.journal import Journal

    _ = terminal.gettext
    folder = folder_of(terminal, person)
    key = (
        passphrase_from(recovery_key_file)
        if recovery_key_file
        else passphrase(terminal, _("Enter your recovery key (or r to reach a person):"))
    )
    new = passphrase_from(new_passphrase_file) if new_passphrase_file else new_passphrase(terminal)
    journal, fresh = Journal.recover(folder, key, new)
    journal.lock()
    terminal.say(_("Your journal opens with the new passphrase."))
    show_recovery_key(terminal, fresh)
