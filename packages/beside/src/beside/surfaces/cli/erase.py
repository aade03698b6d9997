"""`beside erase`: a turn, a conversation, a session or everything, gone for good."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from beside.surfaces.cli.ask import line
from beside.surfaces.cli.conversations import find, heading, moment
from beside.surfaces.cli.opening import whose, writing
from beside.surfaces.cli.sessions import SESSION, called, find_session
from beside.surfaces.cli.terminal import Terminal
from beside.surfaces.cli.words import N_
from beside.surfaces.cli.words import command as a_command
from beside.surfaces.language import bare

if TYPE_CHECKING:
    from beside.store.journal import Journal


@a_command(
    "erase",
    help=N_(
        "Erase a conversation, one turn of it, a session of the mirror, or everything. It cannot "
        "be brought back.\n\n"
        "WHICH is a number from `beside conversations` (1 is the newest) or a conversation's own "
        "long name. Backups and exports that you made are yours to delete."
    ),
)
@click.argument("which", required=False)
@click.option(
    "--turn",
    type=click.IntRange(min=1),
    metavar="NUMBER",
    help=N_("Only this turn of the conversation, counted from its beginning."),
)
@click.option("--session", metavar="WHICH", help=SESSION)
@click.option("--everything", is_flag=True, help=N_("The whole journal."))
@click.option("--yes", is_flag=True, help=N_("Do it without asking once more."))
@whose
@click.pass_context
def command(
    context: click.Context,
    which: str | None,
    turn: int | None,
    session: str | None,
    everything: bool,
    yes: bool,
    person: str | None,
    passphrase_file: Path | None,
) -> None:
    """Say what would be erased, ask, and erase it."""
    terminal: Terminal = context.obj
    _ = terminal.gettext
    asked = (everything, which is not None, session is not None)
    if sum(asked) != 1 or (which is None and turn is not None):
        raise click.UsageError(
            "erase needs one of: a conversation, --session, or --everything", ctx=context
        )
    with writing(terminal, person, passphrase_file) as journal:
        if session is not None:
            _session(terminal, journal, session, yes=yes)
            return
        if everything or which is None:
            if yes or _sure(terminal, _("Everything in this journal would be gone.")):
                journal.erase_everything()
                terminal.say(_("Everything is erased."))
            return
        tree = find(terminal, journal, which)
        if turn is not None:
            visible = tree.line()
            if turn > len(visible):
                terminal.aside(
                    _.ngettext(
                        "This conversation has {count} turn.",
                        "This conversation has {count} turns.",
                        len(visible),
                    )
                )
                context.exit(1)
            if yes or _sure(terminal, _("This one turn would be gone.")):
                journal.erase_turn(tree.id, visible[turn - 1].id)
                terminal.say(_("The turn is erased."))
            return
        summary = next(s for s in journal.conversations(limit=10_000) if s.id == tree.id)
        what = _("The conversation of {moment} would be gone: {heading}").format(
            moment=moment(tree.last_at), heading=heading(terminal, summary)
        )
        if yes or _sure(terminal, what):
            journal.erase_conversation(tree.id)
            terminal.say(_("The conversation is erased."))


def _session(terminal: Terminal, journal: "Journal", which: str, *, yes: bool) -> None:
    """Erase one session of the mirror, with its marks and estimates."""
    _ = terminal.gettext
    found = find_session(terminal, journal, which)
    what = _("The session of {moment} would be gone, with its marks: {heading}").format(
        moment=moment(found.at), heading=called(terminal, found)
    )
    if yes or _sure(terminal, what):
        journal.erase_mirror(found.id)
        terminal.say(_("The session is erased."))


def _sure(terminal: Terminal, what: str) -> bool:
    """Whether the person wrote the one word that erases."""
    _ = terminal.gettext
    terminal.aside(what)
    word = _("erase")
    said = line(terminal, _("Write {word} to erase it:").format(word=word))
    if is_word(said, word):
        return True
    terminal.aside(_("Nothing was erased."))
    return False


def is_word(typed: str, word: str) -> bool:
    """Whether this is the word, also in capitals, without accents, or with oe for ö."""
    spelled = word.lower().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    return bare(typed) in {bare(word), bare(spelled)}
