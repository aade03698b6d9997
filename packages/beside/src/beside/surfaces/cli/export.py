"""`beside export`: everything to take along, as Markdown to read or JSONL to bring back."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from beside.surfaces.cli.conversations import find
from beside.surfaces.cli.files import write_out
from beside.surfaces.cli.opening import reading, whose
from beside.surfaces.cli.sessions import SESSION, find_session
from beside.surfaces.cli.terminal import Terminal
from beside.surfaces.cli.words import N_
from beside.surfaces.cli.words import command as a_command

if TYPE_CHECKING:
    from beside.store.journal import Journal
    from beside.talk.ids import ConversationId, MirrorId


@a_command(
    "export",
    help=N_(
        "Take your conversations and sessions of the mirror along: all, or the conversation that "
        "WHICH names, or one session.\n\n"
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
@click.option("--session", metavar="WHICH", help=SESSION)
@whose
@click.pass_context
def command(
    context: click.Context,
    which: str | None,
    form: str,
    to: Path | None,
    session: str | None,
    person: str | None,
    passphrase_file: Path | None,
) -> None:
    """Write them out."""
    if which is not None and session is not None:
        raise click.UsageError("export takes a conversation or a --session", ctx=context)
    from beside.surfaces.export import every, kept_sessions

    terminal: Terminal = context.obj
    _ = terminal.gettext
    with reading(terminal, person, passphrase_file) as journal:
        if session is not None:
            sessions = [find_session(terminal, journal, session).id]
            content = _session(terminal, journal, sessions[0], form)
            conversations: list[ConversationId] = []
        else:
            one = None if which is None else find(terminal, journal, which).id
            conversations = [each.id for each in every(journal)] if one is None else [one]
            sessions = [each.id for each in kept_sessions(journal)] if one is None else []
            content = _content(terminal, journal, one, conversations, form)
    write_out(terminal, content, to)
    if to is None or str(to) == "-":
        return
    if conversations or not sessions:
        terminal.aside(
            _.ngettext(
                "{count} conversation was written.",
                "{count} conversations were written.",
                len(conversations),
            )
        )
    if sessions:
        terminal.aside(
            _.ngettext(
                "{count} session of the mirror was written.",
                "{count} sessions of the mirror were written.",
                len(sessions),
            )
        )


def _session(terminal: Terminal, journal: "Journal", session: "MirrorId", form: str) -> bytes:
    from beside.carry import jsonl
    from beside.surfaces.export import kept_session
    from beside.surfaces.mirror.taken import session_text

    if form == "jsonl":
        return jsonl.write(journal.mirror_session(session))
    text = session_text(kept_session(journal, session), terminal.gettext)
    return text.encode("utf-8", "replace")


def _content(
    terminal: Terminal,
    journal: "Journal",
    one: "ConversationId | None",
    conversations: "list[ConversationId]",
    form: str,
) -> bytes:
    """One conversation, or all and then every session of the mirror."""
    from beside.carry import jsonl, markdown
    from beside.surfaces.export import labels
    from beside.surfaces.mirror.taken import session_files

    if form == "jsonl":
        return jsonl.write(journal.events(one))
    named = labels(terminal.gettext, companion=terminal.gettext("Companion"))
    texts = [markdown.write(journal.conversation(each), named) for each in conversations]
    if one is None:
        texts += session_files(journal, terminal.gettext).values()
    return "\n".join(texts).encode("utf-8", "replace")
