"""`beside practise`: talk with a simulated person, and take any turn anew."""

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import click

from beside.surfaces.cli.terminal import Terminal
from beside.surfaces.cli.words import N_
from beside.surfaces.cli.words import command as a_command

if TYPE_CHECKING:
    from beside.mirror.person import Person
    from beside.surfaces.cli.practising import Practising


@a_command(
    "practise",
    help=N_(
        "Practise with a simulated person: nobody is hurt, and any turn can be taken anew.\n\n"
        "Without a name, the persons are listed. All of them are invented, and nothing is kept."
    ),
)
@click.argument("who", required=False, metavar="NAME")
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=N_("Somebody of your own: a small TOML file (docs/practise/persons.md)."),
)
@click.option("--seed", type=int, help=N_("The same number gives the same day again."))
@click.option("--voice", metavar="VOICE", help=N_("A voice that says the person’s words freely."))
@click.pass_obj
def command(
    terminal: Terminal, who: str | None, file: Path | None, seed: int | None, voice: str | None
) -> None:
    """List the persons, or begin with one."""
    from beside.surfaces.cli.practising import hold

    if who is None and file is None:
        _list(terminal)
        return
    with _begun(terminal, _somebody(who, file), seed, voice) as practising:
        hold(practising)


def _somebody(who: str | None, file: Path | None) -> "Person":
    from beside.errors import NotAPerson
    from beside.mirror.person import LARGEST_FILE, person, person_in
    from beside.sentence import Sentence

    if file is None:
        return person(who or "")
    try:
        with file.open("rb") as opened:
            return person_in(opened.read(4 * LARGEST_FILE + 1), id=file.stem)
    except OSError:
        raise NotAPerson(Sentence("This file cannot be read as text.")) from None


def _begun(
    terminal: Terminal, person: "Person", seed: int | None, voice: str | None
) -> "Practising":
    import asyncio

    from beside.companion.scales import Scales
    from beside.mirror.roleplay import Simulated
    from beside.surfaces.cli.practising import Practising

    scales = Scales()
    asyncio.run(scales.open())
    day = secrets.randbelow(1_000_000) if seed is None else seed
    return Practising(terminal, Simulated(person, day, scales.gauge), voice)


def _list(terminal: Terminal) -> None:
    from beside.mirror.person import persons
    from beside.surfaces.practise import settings

    _ = terminal.gettext
    names = settings(_)
    shown = None
    for each in persons():
        if each.setting != shown:
            shown = each.setting
            terminal.say()
            terminal.say(names[shown], tone="strong")
        terminal.say(f"{each.id}: {each.name}, {each.who}", indent=2)
    terminal.say()
    terminal.say(
        _("`beside practise NAME` begins. All of them are invented; nothing is kept."),
        tone="quiet",
    )
