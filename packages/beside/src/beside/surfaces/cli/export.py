"""`beside export`: conversations to take along, as Markdown to read or JSONL to bring back."""

from pathlib import Path

import click

from beside.surfaces.cli.conversations import MOST_LISTED, find
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

    _ = terminal.gettext
    with reading(terminal, person, passphrase_file) as journal:
        if which is not None:
            chosen = [find(terminal, journal, which).id]
        else:
            chosen = [each.id for each in reversed(journal.conversations(limit=MOST_LISTED))]
        if form == "jsonl":
            events = journal.events(chosen[0]) if which is not None and chosen else journal.events()
            content = jsonl.write(events)
        else:
            labels = markdown.Labels(
                person=_("You"),
                companion=_("Companion"),
                begun=_("Begun {moment}."),
                source=_("Brought from {source}."),
                stopped=_("stopped"),
                failed=_("broke off"),
                speaking=_("not ended yet"),
            )
            texts = [markdown.write(journal.conversation(each), labels) for each in chosen]
            content = "\n".join(texts).encode("utf-8", "replace")
    write_out(terminal, content, to)
    if to is not None and str(to) != "-":
        terminal.aside(_("{count} conversations were written.").format(count=len(chosen)))
