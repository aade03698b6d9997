"""Questions to the person at the terminal. A passphrase is never shown and never an argument.

At every question for a passphrase, `r` and Enter shows the card "reach a person" first.
"""

import warnings
from collections.abc import Callable
from getpass import GetPassWarning
from pathlib import Path
from typing import TypeVar

import click

from beside.errors import WrongPassphrase
from beside.surfaces.cli.card import card_wanted, show_card
from beside.surfaces.cli.plain import plain_line
from beside.surfaces.cli.refused import Refused
from beside.surfaces.cli.terminal import Terminal
from beside.surfaces.cli.words import N_
from beside.surfaces.language import bare

T = TypeVar("T")

LONGEST_PASSPHRASE_FILE = 4096


def passphrase(terminal: Terminal, prompt: str | None = None) -> str:
    """The passphrase that the person types; nothing of it is shown."""
    _ = terminal.gettext
    prompt = prompt or _("Enter your passphrase (or r to reach a person):")
    while True:
        typed = _hidden(terminal, prompt)
        if wanted := card_wanted(typed):
            show_card(terminal, wanted.country)
        elif typed:
            return typed


def new_passphrase(terminal: Terminal) -> str:
    """A passphrase that the person has chosen and typed twice."""
    from beside.store.journal import MINIMUM_PASSPHRASE

    _ = terminal.gettext
    while True:
        first = passphrase(terminal, _("Choose a passphrase (or r to reach a person):"))
        if len(first) < MINIMUM_PASSPHRASE:
            terminal.aside(
                _("Please take at least {count} characters; a few words are good.").format(
                    count=MINIMUM_PASSPHRASE
                )
            )
            continue
        if _hidden(terminal, _("The same once more:")) == first:
            return first
        terminal.aside(_("These were not the same. Please begin again."))


def passphrase_from(path: Path) -> str:
    """The first line of a file that holds a passphrase."""
    try:
        with path.open("rb") as file:
            line = file.read(LONGEST_PASSPHRASE_FILE + 1).split(b"\n")[0].rstrip(b"\r")
        text = line.decode("utf-8")
    except (OSError, UnicodeDecodeError):
        raise Refused(
            N_(
                "The passphrase file cannot be read. It should be a text file whose first line is "
                "the passphrase."
            )
        ) from None
    if not text or len(line) > LONGEST_PASSPHRASE_FILE:
        raise Refused(N_("The first line of the passphrase file should be the passphrase."))
    return text


def until_it_opens(
    terminal: Terminal, file: Path | None, attempt: Callable[[str], T], prompt: str | None = None
) -> T:
    """What `attempt` gives with the passphrase; a mistyped one can be typed again."""
    if file is not None:
        return attempt(passphrase_from(file))
    while True:
        try:
            return attempt(passphrase(terminal, prompt))
        except WrongPassphrase as error:
            terminal.aside(terminal.explain(error))


def agree(terminal: Terminal, question: str) -> bool:
    """Whether the person says yes; anything else is no."""
    _ = terminal.gettext
    yes, no = _("yes"), _("no")
    try:
        answer = click.prompt(
            plain_line(question) + f" ({yes}/{no})",
            default="",
            show_default=False,
            prompt_suffix=" ",
            err=True,
        )
    except click.Abort:
        terminal.aside()
        return False
    said, agreed = bare(str(answer)), bare(yes)
    return said in {agreed, agreed[0]}


def line(terminal: Terminal, prompt: str) -> str:
    """One line of the person's, as they type it."""
    del terminal
    return str(click.prompt(prompt, default="", show_default=False, prompt_suffix=" ", err=True))


def _hidden(terminal: Terminal, prompt: str) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", GetPassWarning)
            return str(
                click.prompt(
                    prompt,
                    hide_input=True,
                    default="",
                    show_default=False,
                    prompt_suffix=" ",
                    err=True,
                )
            )
    except GetPassWarning:
        raise Refused(
            terminal.gettext(
                "There is no terminal here in which a passphrase can be typed unseen. "
                "`--passphrase-file FILE` reads it from a file."
            )
        ) from None
