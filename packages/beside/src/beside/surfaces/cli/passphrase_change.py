"""`beside passphrase`: another passphrase, or another recovery key."""

from pathlib import Path

import click

from beside.surfaces.cli.ask import (
    new_passphrase,
    passphrase_from,
    until_it_opens,
)
from beside.surfaces.cli.first_start import show_recovery_key
from beside.surfaces.cli.opening import folder_of, whose
from beside.surfaces.cli.terminal import Terminal
from beside.surfaces.cli.words import N_
from beside.surfaces.cli.words import command as a_command


@a_command(
    "passphrase",
    help=N_(
        "Change your passphrase or your recovery key.\n\n"
        "What is in the journal stays as it is. Earlier backups keep the passphrase they were "
        "made with."
    ),
)
@click.option(
    "--new-recovery-key",
    is_flag=True,
    help=N_("Make another recovery key instead; the earlier one opens nothing any more."),
)
@click.option(
    "--new-passphrase-file",
    type=click.Path(path_type=Path),
    help=N_("Read the new passphrase from the first line of this file."),
)
@whose
@click.pass_obj
def command(
    terminal: Terminal,
    new_recovery_key: bool,
    new_passphrase_file: Path | None,
    person: str | None,
    passphrase_file: Path | None,
) -> None:
    """Open the journal, and change what opens it."""
    from beside.store.journal import Journal

    _ = terminal.gettext
    folder = folder_of(terminal, person)

    def opened(typed: str) -> tuple[Journal, str]:
        return Journal.open(folder, typed), typed

    journal, old = until_it_opens(terminal, passphrase_file, opened)
    try:
        if new_recovery_key:
            show_recovery_key(terminal, journal.new_recovery_key(old))
            return
        new = (
            passphrase_from(new_passphrase_file)
            if new_passphrase_file
            else new_passphrase(terminal)
        )
        journal.change_passphrase(old, new)
        terminal.say(_("From now on the new passphrase opens your journal."))
    finally:
        journal.lock()
