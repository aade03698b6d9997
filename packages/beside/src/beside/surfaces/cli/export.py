"""`beside export`: conversations to take along, as Markdown to read or JSONL to bring back."""

from pathlib import Path

import click

from beside.surfaces.cli.conversations import find
from beside.surfaces.cli.files import write_out
from beside.surfaces.cli.opening import reading, whose
from beside.surfaces.cli.terminal import Terminal
from beside.surfaces.cli.words import N_
from beside.surfaces.cli.words import command as a_command


@a_command(
    "export",
    help=N_(
        "Take your conversations along: all, or the one that WHICH names.\n\n"
        "Markdown is for reading; JSONL holds everything and can be brought back exactly. Both are "
        "plain text that anyone who finds the file can read."
    ),
)
@click.argument("which", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(("markdown", "jsonl")),
    default="markdown",
    help=N_("Markdown where nothing is said."),
)
@click.option(
    "--to",
    type=click.Path(dir_okay=False, path_type=Path),
    help=N_("A new file to write; without it, standard output."),
)
@whose
@click.pass_obj
def command(
    terminal: Terminal,
    which: str | None,
    form: str,
    to: Path | None,
    person: str | None,
    passphrase_file: Path | None,
) -> None:
    """Write them out."""
    from beside.carry import jsonl, markdown
    from beside.surfaces.export import every, labels

    _ = terminal.gettext
    with reading(terminal, person, passphrase_file) as journal:
        one = None if which is None else find(terminal, journal, which).id
        chosen = [each.id for each in every(journal)] if one is None else [one]
        if form == "jsonl":
            content = jsonl.write(journal.events(one))
        else:
            named = labels(_, companion=_("Companion"))
            texts = [markdown.write(journal.conversation(each), named) for each in chosen]
            content = "\n".join(texts).encode("utf-8", "replace")
    write_out(terminal, content, to)
    if to is not None and str(to) != "-":
        terminal.aside(
            _.ngettext(
                "{count} conversation was written.",
                "{count} conversations were written.",
                len(chosen),
            )
        )
