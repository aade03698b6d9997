"""The first start in the terminal: what Beside is, is not and keeps; a passphrase; a key."""

from beside.surfaces.cli.ask import line, new_passphrase
from beside.surfaces.cli.terminal import Terminal


def tell_what_beside_is(terminal: Terminal) -> None:
    """The plain statement, before anything is asked."""
    _ = terminal.gettext
    terminal.say(_("Welcome."), tone="strong")
    terminal.say()
    terminal.say(
        _(
            "What Beside is: a companion to talk with, about what hurts, what moves you, or "
            "nothing much. It is a program, not a human being."
        )
    )
    terminal.say(
        _(
            "What it is not: a therapist, a doctor or an emergency service. It makes no diagnosis, "
            "it can be wrong, it cannot see you, and it cannot call anyone for you."
        )
    )
    terminal.say(
        _(
            "What it keeps: your conversations, in one encrypted file on this machine. Only your "
            "passphrase or your recovery key opens it. Nothing leaves this machine unless you "
            "choose a voice that answers from elsewhere, and Beside says so before it does. You "
            "can take everything along or erase it at any time."
        )
    )
    terminal.say(_("`beside talk --untraced` holds a conversation that keeps nothing at all."))
    terminal.say()


def choose_passphrase(terminal: Terminal) -> str:
    """The passphrase of a journal that is about to be made."""
    _ = terminal.gettext
    terminal.say(
        _("Your journal needs a passphrase. Nobody can find it out for you, Beside neither.")
    )
    return new_passphrase(terminal)


def show_recovery_key(terminal: Terminal, key: str) -> None:
    """The recovery key, this once; gone from the screen when the person has it."""
    _ = terminal.gettext
    terminal.say()
    terminal.say(_("Your recovery key:"), tone="strong")
    terminal.say(key, indent=2)
    terminal.say(
        _(
            "It opens your journal if you lose the passphrase. Write it down or print it, and keep "
            "it where only you find it. Beside shows it only now."
        )
    )
    if terminal.is_live():
        line(terminal, _("Press Enter when you have it; then it leaves the screen."))
        terminal.clear()
