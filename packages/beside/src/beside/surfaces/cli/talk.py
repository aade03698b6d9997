"""`beside talk`: the conversation in the terminal, or one answer to what a pipe brings."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from beside.surfaces.cli.loop import Loop
from beside.surfaces.cli.opening import name_of, whose
from beside.surfaces.cli.terminal import Terminal
from beside.surfaces.cli.words import N_
from beside.surfaces.cli.words import command as a_command

if TYPE_CHECKING:
    from beside.surfaces.cli.sitting import Sitting
    from beside.talk.events import Mode
    from beside.wiring import Beside, OpenPerson

MOST_FROM_A_PIPE = 1_000_000
"""Characters read from a pipe; more than a turn can hold, so that too much is told, not cut."""
TURNS_SHOWN = 4
"""How much of a conversation is shown when it is taken up again."""


@a_command(
    "talk",
    help=N_(
        "Talk with Beside, here in the terminal.\n\n"
        "The first time, this makes your journal. Inside, /help shows what can be done, r shows "
        "people you can call, and /quit leaves. With a pipe, what comes in is answered once."
    ),
)
@click.option("--untraced", is_flag=True, help=N_("Keep nothing: no journal, no passphrase."))
@click.option("--continue", "continues", is_flag=True, help=N_("Go on with the newest."))
@click.option("--voice", metavar="NAME", help=N_("Who answers this time."))
@click.option(
    "--mode",
    type=click.Choice(("suffering", "issue", "chat")),
    help=N_("How deep to go: suffering, an issue, or just chatting."),
)
@whose
@click.pass_obj
def command(
    terminal: Terminal,
    untraced: bool,
    continues: bool,
    voice: str | None,
    mode: "Mode | None",
    person: str | None,
    passphrase_file: Path | None,
) -> None:
    """Open the journal, or none, and hold the conversation."""
    from beside.surfaces.cli.sitting import Sitting
    from beside.wiring import Beside

    settings, _origins = terminal.settings()
    beside = Beside.open(settings)
    if voice is not None:
        beside.voice(voice, agreed=True)
    with Loop() as loop:
        try:
            if untraced:
                opened = beside.guest()
            else:
                opened = _opened(terminal, loop, beside, person, passphrase_file)
            sitting = Sitting(
                terminal, loop, beside, opened, untraced=untraced, voice=voice, mode=mode
            )
            if continues:
                _take_up(sitting)
            if sys.stdin.isatty():
                loop.run(opened.get_ready(voice))
                _converse(sitting)
            else:
                _answer_once(sitting)
        finally:
            loop.run(beside.close())


def _opened(
    terminal: Terminal, loop: Loop, beside: "Beside", wanted: str | None, file: Path | None
) -> "OpenPerson":
    """The person's open journal; the first time, a new one."""
    from beside.store.people import FIRST_PERSON
    from beside.surfaces.cli.ask import passphrase_from, until_it_opens
    from beside.surfaces.cli.first_start import (
        choose_passphrase,
        show_recovery_key,
        tell_what_beside_is,
    )

    name = name_of(terminal, wanted)
    if name is not None:
        return until_it_opens(terminal, file, lambda typed: loop.run(beside.unlock(name, typed)))
    tell_what_beside_is(terminal)
    chosen = passphrase_from(file) if file else choose_passphrase(terminal)
    person, key = loop.run(beside.begin(wanted or FIRST_PERSON, chosen))
    show_recovery_key(terminal, key)
    return person


def _take_up(sitting: "Sitting") -> None:
    """Go on with the newest conversation, showing how it stood."""
    newest = sitting.loop.run(sitting.person.read(lambda journal: journal.conversations(limit=1)))
    if not newest:
        return
    from beside.surfaces.cli.conversations import show_turns

    tree = sitting.loop.run(sitting.person.conversation(newest[0].id))
    sitting.conversation = tree.id
    if sys.stdin.isatty():
        show_turns(sitting.terminal, tree.line()[-TURNS_SHOWN:])


def _converse(sitting: "Sitting") -> None:
    from beside.surfaces.cli.slash import obey
    from beside.surfaces.cli.typed import Typed

    _ = sitting.terminal.gettext
    if sitting.untraced:
        sitting.terminal.say(_("This conversation keeps nothing."), tone="quiet")
    sitting.terminal.say(
        _("Say what is on your mind. /help shows what else; r reaches a person; /quit leaves."),
        tone="quiet",
    )
    watch = sitting.loop.start(sitting.beside.keep_watch())
    notice = sitting.loop.start(_tell_when_locked(sitting))
    sitting.hold(Typed(), obey)
    watch.cancel()
    notice.cancel()


def _answer_once(sitting: "Sitting") -> None:
    """What a pipe brings is one message; its answer goes to standard output."""
    sitting.say(sys.stdin.read(MOST_FROM_A_PIPE))


async def _tell_when_locked(sitting: "Sitting") -> None:
    """Clear the screen when Beside has locked itself, while the person is away."""
    import asyncio

    _ = sitting.terminal.gettext
    told = sitting.kept.locked
    while True:
        await asyncio.sleep(0.5)
        if sitting.kept.locked and not told and not sitting.asking:
            sitting.terminal.clear()
            sitting.terminal.say(_("Beside has locked itself. Press Enter to go on."))
        told = sitting.kept.locked
