"""`beside settings`: every setting with its value and origin; one changed, or left to default."""

import click

from beside.surfaces.cli.refused import Refused
from beside.surfaces.cli.terminal import Terminal
from beside.surfaces.cli.words import N_, listing

ORIGINS = (N_("command line"), N_("environment"), N_("file"), N_("default"))
"""How each origin is called; the words come from `beside.settings`."""

MEANINGS: dict[str, str] = {
    "data_folder": N_("Where journals, weights and settings are kept."),
    "port": N_("The port on 127.0.0.1; 0 is any."),
    "language": N_(
        "The language of the screens (en, nl, de, fr, es); nothing chosen follows the reader."
    ),
    "country": N_("Two letters; makes `beside reach` short."),
    "voice": N_("Who answers; see `beside voices`."),
    "idle_seconds": N_("Beside locks itself after this much quiet."),
    "voice_timeout_seconds": N_("How long a silent voice is waited for."),
    "candidates": N_("How often a quick voice is asked, to choose the best of what it says."),
    "first_words_seconds": N_("How long first words may take; then Beside answers in its own."),
    "several_people": N_("Whether a further person may begin from the first page."),
    "open_browser": N_("Whether `beside serve` opens the browser."),
}
"""What each setting is, for the person."""


@listing(
    "settings",
    help=N_(
        "See every setting, what it is and where that comes from; or change one.\n\n"
        "The command line counts first, then the environment (BESIDE_...), then the settings "
        "file, then the default."
    ),
)
def command(terminal: Terminal) -> None:
    """Show them all."""
    from beside.settings import Settings, settings_file

    _ = terminal.gettext
    settings, origins = terminal.settings()
    for name in Settings.model_fields:
        value = getattr(settings, name)
        shown = _("(nothing chosen)") if value is None else str(value)
        terminal.say(f"{name} = {shown}  ({_(origins[name])})")
        terminal.say(_(MEANINGS[name]), tone="quiet", indent=4)
    where = _("The settings file is {path}.").format(path=settings_file(settings.data_folder))
    terminal.say(where, tone="quiet")


@command.command(
    "set",
    help=N_("Keep a setting in the settings file.\n\nNAME and VALUE as `beside settings` shows."),
)
@click.argument("name")
@click.argument("value")
@click.pass_obj
def set_one(terminal: Terminal, name: str, value: str) -> None:
    """Check the value as the settings would, and keep it."""
    from beside.settings import load
    from beside.surfaces.cli.settings_file import put

    _ = terminal.gettext
    _known(terminal, name)
    folder = terminal.settings()[0].data_folder
    checked = load({"data_folder": folder, name: value})[0]
    put(folder, name, getattr(checked, name))
    now, origins = terminal.settings()
    terminal.say(f"{name} = {getattr(now, name)}  ({_(origins[name])})")
    if origins[name] != "file":
        terminal.say(_("It is kept in the file, but another place counts before the file."))


@command.command("unset", help=N_("Take a setting out of the settings file again."))
@click.argument("name")
@click.pass_obj
def unset(terminal: Terminal, name: str) -> None:
    """Leave the setting to its default."""
    from beside.surfaces.cli.settings_file import drop

    _known(terminal, name)
    drop(terminal.settings()[0].data_folder, name)
    now, origins = terminal.settings()
    terminal.say(f"{name} = {getattr(now, name)}  ({terminal.gettext(origins[name])})")


def _known(terminal: Terminal, name: str) -> None:
    from beside.settings import Settings

    _ = terminal.gettext
    if name == "data_folder":
        raise Refused(
            _(
                "The settings file is inside the data folder, so it cannot say where that is. Use "
                "`--data-folder` or BESIDE_DATA_FOLDER."
            )
        )
    if name not in Settings.model_fields:
        raise Refused(_("There is no such setting. `beside settings` shows them all."))
