"""`beside search`: words found in the conversations, inside the encrypted file."""

from pathlib import Path

import click

from beside.surfaces.cli.ask import line
from beside.surfaces.cli.conversations import moment
from beside.surfaces.cli.opening import reading, whose
from beside.surfaces.cli.plain import plain_line, whole
from beside.surfaces.cli.terminal import Terminal
from beside.surfaces.cli.words import N_
from beside.surfaces.cli.words import command as a_command


@a_command(
    "search",
    help=N_(
        "Find words in your conversations.\n\n"
        "Without WORDS they are asked for, so that they stay out of your shell's history."
    ),
)
@click.argument("words", nargs=-1)
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=20,
    help=N_("How many places are shown; 20 where nothing is said."),
)
@whose
@click.pass_obj
def command(
    terminal: Terminal,
    words: tuple[str, ...],
    limit: int,
    person: str | None,
    passphrase_file: Path | None,
) -> None:
    """Show where the words were said."""
    _ = terminal.gettext
    with reading(terminal, person, passphrase_file) as journal:
        wanted = whole(" ".join(words) or line(terminal, _("Which words?")))
        found = journal.search(wanted, limit=limit)
        if not found:
            terminal.say(_("These words were not found."))
        for each in found:
            who = _("You:") if each.role == "person" else _("Beside:")
            terminal.say(
                f"{who} " + plain_line(f"{each.before}>{each.match}<{each.after}"),
            )
            terminal.say(f"{moment(each.at)}; {each.conversation}", tone="quiet", indent=4)
