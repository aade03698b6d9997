"""`beside reach`: the card, at once."""

import click

from beside.surfaces.cli.card import show_card
from beside.surfaces.cli.terminal import Terminal
from beside.surfaces.cli.words import N_
from beside.surfaces.cli.words import command as a_command


@a_command(
    "reach",
    help=N_(
        "Reach a person: numbers to call, without any passphrase.\n\n"
        "COUNTRY is two letters, such as NL; without it your setting is used, or all are shown."
    ),
)
@click.argument("country", required=False)
@click.pass_obj
def command(terminal: Terminal, country: str | None) -> None:
    """Show the card."""
    show_card(terminal, country.strip().upper()[:2] if country else None)
