"""`beside plan`: the person's own safety plan, to read, to write, to erase."""

from pathlib import Path

import click

from beside.surfaces.cli.ask import line
from beside.surfaces.cli.opening import reading, whose, writing
from beside.surfaces.cli.terminal import Terminal
from beside.surfaces.cli.words import N_
from beside.surfaces.cli.words import command as a_command

EMPTY = "-"
"""Typed in the place of words, it leaves a part empty."""


@a_command(
    "plan",
    help=N_(
        "Read your plan for hard hours, or write it: a safety plan in your own words.\n\n"
        "It is kept encrypted in your journal. Every part may stay empty."
    ),
)
@click.option("--edit", is_flag=True, help=N_("Write it: each part is asked for in turn."))
@click.option("--erase", is_flag=True, help=N_("Erase it; it is really gone."))
@whose
@click.pass_context
def command(
    context: click.Context,
    edit: bool,
    erase: bool,
    person: str | None,
    passphrase_file: Path | None,
) -> None:
    """Show it, ask for its parts, or erase it."""
    terminal: Terminal = context.obj
    _ = terminal.gettext
    if edit and erase:
        raise click.UsageError("plan takes --edit or --erase, not both", ctx=context)
    if edit:
        with writing(terminal, person, passphrase_file) as journal:
            from beside.surfaces.plan import is_empty, parts, written
            from beside.talk.clock import utc_now

            terminal.say(
                _("Enter keeps a part as it is; {sign} leaves it empty.").format(sign=EMPTY),
                tone="quiet",
            )
            told: dict[str, str] = {}
            for part in parts(journal.plan(), _):
                terminal.say()
                terminal.say(part.label, tone="strong")
                terminal.say(part.words or part.hint, tone="quiet", indent=2)
                typed = line(terminal, ">").strip()
                told[part.name] = "" if typed == EMPTY else typed or part.words or ""
            plan = written(told, utc_now())
            if is_empty(plan):
                journal.erase_plan()
            else:
                journal.keep_plan(plan)
            terminal.say(_("It is kept."))
        return
    if erase:
        with writing(terminal, person, passphrase_file) as journal:
            journal.erase_plan()
        terminal.say(_("The plan is erased."))
        return
    with reading(terminal, person, passphrase_file) as journal:
        from beside.surfaces.plan import parts

        kept = journal.plan()
        if kept is None:
            terminal.say(_("There is no plan yet. `beside plan --edit` writes one."))
            return
        for part in parts(kept, _):
            if part.words:
                terminal.say(part.label, tone="strong")
                terminal.say(part.words, indent=2)
