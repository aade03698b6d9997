"""`beside conversations`: the list, newest first, or one of them in full."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from beside.surfaces.cli.opening import reading, whose
from beside.surfaces.cli.plain import plain_line
from beside.surfaces.cli.refused import Refused
from beside.surfaces.cli.terminal import Terminal
from beside.surfaces.cli.words import N_
from beside.surfaces.cli.words import command as a_command

if TYPE_CHECKING:
    from beside.store.journal import Journal, Summary
    from beside.talk.conversation import Conversation, Turn

MOST_LISTED = 10_000


@a_command(
    "conversations",
    help=N_(
        "List your conversations, newest first, or read one.\n\n"
        "WHICH is a number from the list (1 is the newest) or a conversation's own long name."
    ),
)
@click.argument("which", required=False)
@click.option(
    "--limit",
    type=click.IntRange(1, MOST_LISTED),
    default=20,
    help=N_("How many are listed; 20 where nothing is said."),
)
@whose
@click.pass_obj
def command(
    terminal: Terminal,
    which: str | None,
    limit: int,
    person: str | None,
    passphrase_file: Path | None,
) -> None:
    """List them, or show the one that is asked for."""
    _ = terminal.gettext
    with reading(terminal, person, passphrase_file) as journal:
        if which is not None:
            show_conversation(terminal, find(terminal, journal, which))
            return
        summaries = journal.conversations(limit=limit)
        if not summaries:
            terminal.say(_("There are no conversations yet."))
        for number, summary in enumerate(summaries, 1):
            turns = _("{count} turns").format(count=summary.turns)
            terminal.say(f"{number}. {heading(terminal, summary)}")
            terminal.say(
                f"{moment(summary.last_at)}; {turns}; {summary.id}", tone="quiet", indent=4
            )


def find(terminal: Terminal, journal: "Journal", which: str) -> "Conversation":
    """The conversation that a number of the list, or its own name, means."""
    from beside.talk.ids import ConversationId

    if not (which.isascii() and which.isdecimal() and len(which) < 10):
        return journal.conversation(ConversationId(which))
    number = int(which)
    summaries = journal.conversations(limit=min(number, MOST_LISTED))
    if not 0 < number <= len(summaries):
        raise Refused(terminal.gettext("There is no conversation with this number in the list."))
    return journal.conversation(summaries[number - 1].id)


def show_conversation(terminal: Terminal, tree: "Conversation") -> None:
    """A conversation's visible line."""
    title = plain_line(tree.title or "")
    terminal.say(f"{title}  {moment(tree.began_at)}".strip(), tone="strong")
    show_turns(terminal, tree.line())


def show_turns(terminal: Terminal, turns: "Sequence[Turn]") -> None:
    """Turns as they were said, each under who said it."""
    from beside.talk.conversation import PersonTurn

    _ = terminal.gettext
    for turn in turns:
        terminal.say()
        own = isinstance(turn, PersonTurn)
        terminal.say(_("You:") if own else _("Beside:"), tone="quiet")
        terminal.say(turn.text, indent=2)
    terminal.say()


def heading(terminal: Terminal, summary: "Summary") -> str:
    """What a conversation is called in a list: its title, else how it began."""
    named = plain_line(summary.title or summary.first_words)
    return named or terminal.gettext("(without words)")


def moment(at: datetime) -> str:
    """A moment in the reader's own time zone, to the minute."""
    return f"{at.astimezone():%Y-%m-%d %H:%M}"
