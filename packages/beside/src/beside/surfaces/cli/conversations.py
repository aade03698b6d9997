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
    from beside.talk.conversation import Conversation, ReplyTurn, Turn

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
@click.option("--why", is_flag=True, help=N_("Under each reply, why it has these words."))
@whose
@click.pass_obj
def command(
    terminal: Terminal,
    which: str | None,
    limit: int,
    why: bool,
    person: str | None,
    passphrase_file: Path | None,
) -> None:
    """List them, or show the one that is asked for."""
    _ = terminal.gettext
    with reading(terminal, person, passphrase_file) as journal:
        if which is not None:
            show_conversation(terminal, find(terminal, journal, which), why=why)
            return
        summaries = journal.conversations(limit=limit)
        if not summaries:
            terminal.say(_("There are no conversations yet."))
        for number, summary in enumerate(summaries, 1):
            turns = _.ngettext("{count} turn", "{count} turns", summary.turns)
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


def show_conversation(terminal: Terminal, tree: "Conversation", *, why: bool = False) -> None:
    """A conversation's visible line; with `why`, why each reply has its words."""
    title = plain_line(tree.title or "")
    terminal.say(f"{title}  {moment(tree.began_at)}".strip(), tone="strong")
    show_turns(terminal, tree.line(), why=why)


def show_turns(terminal: Terminal, turns: "Sequence[Turn]", *, why: bool = False) -> None:
    """Turns as they were said, each under who said it."""
    from beside.talk.conversation import PersonTurn

    _ = terminal.gettext
    for turn in turns:
        terminal.say()
        own = isinstance(turn, PersonTurn)
        terminal.say(_("You:") if own else _("Beside:"), tone="quiet")
        terminal.say(turn.text, indent=2)
        if why and not isinstance(turn, PersonTurn):
            show_why(terminal, turn, values=True)
    terminal.say()


def show_why(terminal: Terminal, turn: "ReplyTurn", *, values: bool) -> None:
    """Why a reply has its words; the values of the gauge where they are asked for."""
    from beside.surfaces.why import explain_choice

    _ = terminal.gettext
    why = explain_choice(turn, _)
    if why is None:
        terminal.say(
            _("These words were not chosen among others: they came as they are."), tone="quiet"
        )
        return
    for sentence in why.sentences:
        terminal.say(sentence, tone="quiet")
    if why.aside:
        terminal.say(_("What was put aside"), tone="quiet")
    for sentence in why.aside:
        terminal.say(sentence, tone="quiet", indent=4)
    if values and why.gauge and why.values:
        terminal.say(_("What the gauge read in it"), tone="quiet")
        for each in why.values:
            terminal.say(f"{each.name}: {each.sentence}", tone="quiet", indent=4)
        told = _("Nine times in ten the value lies in between. Gauge: {gauge}")
        terminal.say(told.format(gauge=plain_line(why.gauge)), tone="quiet")


def heading(terminal: Terminal, summary: "Summary") -> str:
    """What a conversation is called in a list: its title, else how it began."""
    named = plain_line(summary.title or summary.first_words)
    return named or terminal.gettext("(without words)")


def moment(at: datetime) -> str:
    """A moment in the reader's own time zone, to the minute."""
    return f"{at.astimezone():%Y-%m-%d %H:%M}"
