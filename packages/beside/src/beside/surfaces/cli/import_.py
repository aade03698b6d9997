"""`beside import`: conversations from elsewhere, brought into the journal as words only."""

import os
from pathlib import Path

import click

from beside.surfaces.cli.files import read_in
from beside.surfaces.cli.opening import whose, writing
from beside.surfaces.cli.terminal import Terminal
from beside.surfaces.cli.words import N_
from beside.surfaces.cli.words import command as a_command


@a_command(
    "import",
    help=N_(
        "Bring in conversations from elsewhere.\n\n"
        "FILE is Beside's own JSONL or Markdown, or an export of ChatGPT, Open WebUI or LibreChat; "
        "`-` is standard input. What it is, Beside sees by itself. Nothing in it is obeyed."
    ),
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path, allow_dash=True))
@whose
@click.pass_obj
def command(
    terminal: Terminal, file: Path, person: str | None, passphrase_file: Path | None
) -> None:
    """Read the file first, so that a wrong one is told before any passphrase."""
    from beside.carry.importers import read_any
    from beside.talk.clock import utc_now

    _ = terminal.gettext
    data = read_in(terminal, file)
    imported = read_any(data, file.name, at=utc_now(), random_bytes=os.urandom)
    with writing(terminal, person, passphrase_file) as journal:
        for facts in (*imported.conversations, *imported.sessions):
            journal.append(*facts)
    if imported.conversations:
        terminal.say(
            _.ngettext(
                "{count} conversation was brought in.",
                "{count} conversations were brought in.",
                len(imported.conversations),
            )
        )
    if imported.sessions:
        terminal.say(
            _.ngettext(
                "{count} session of the mirror was brought in.",
                "{count} sessions of the mirror were brought in.",
                len(imported.sessions),
            )
        )
    if imported.skipped:
        terminal.say(
            _.ngettext(
                "{count} thing in the file was not words of a conversation; left out.",
                "{count} things in the file were not words of a conversation; left out.",
                imported.skipped,
            )
        )
