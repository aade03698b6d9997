"""`beside` itself: which commands there are, and what is said when one cannot go on.

Nothing but click is imported here, so that help appears at once.
"""

import importlib
import os
import sys
from pathlib import Path
from typing import Any, NamedTuple

import click

from beside.errors import BesideError
from beside.surfaces.cli.reader import language
from beside.surfaces.cli.terminal import Terminal
from beside.surfaces.cli.words import N_, Group, terminal_of, usage_sentence
from beside.surfaces.language import LANGUAGES


class Lazy(NamedTuple):
    """A command that is imported when it is used: its file, and one line about it."""

    module: str
    short: str


COMMANDS: dict[str, Lazy] = {
    "talk": Lazy("talk", N_("Talk with Beside, here in the terminal.")),
    "reach": Lazy("reach", N_("Reach a person: numbers to call, without any passphrase.")),
    "serve": Lazy("serve", N_("Open Beside as a page in your browser.")),
    "voices": Lazy("voices", N_("See, choose, try and add the voices that can answer.")),
    "conversations": Lazy("conversations", N_("List your conversations, or read one.")),
    "search": Lazy("search", N_("Find words in your conversations.")),
    "mirror": Lazy("mirror", N_("Look at your own words in a conversation; your mark is first.")),
    "practise": Lazy("practise", N_("Practise with a simulated person, and take turns anew.")),
    "plan": Lazy("plan", N_("Read or write your own plan for hard hours.")),
    "export": Lazy("export", N_("Take what is yours along, as Markdown or JSONL.")),
    "import": Lazy("import_", N_("Bring in conversations from elsewhere.")),
    "backup": Lazy("backup", N_("Write an encrypted backup of your journal.")),
    "restore": Lazy("restore", N_("Bring a journal back from a backup.")),
    "erase": Lazy("erase", N_("Erase a conversation, or everything, for good.")),
    "passphrase": Lazy("passphrase_change", N_("Change your passphrase or your recovery key.")),
    "recover": Lazy("recover", N_("Open your journal with the recovery key.")),
    "settings": Lazy("settings", N_("See every setting and where it comes from; change one.")),
    "doctor": Lazy("doctor", N_("Check that everything Beside needs is in place.")),
    "completion": Lazy("completion", N_("Print what makes your shell complete these commands.")),
}


class Program(Group):
    """The group of all commands. It turns what goes wrong into one kind sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Every command, the most needed first."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of this name, imported now."""
        lazy = COMMANDS.get(cmd_name)
        if lazy is None:
            return None
        found = importlib.import_module(f"beside.surfaces.cli.{lazy.module}").command
        return found if isinstance(found, click.Command) else None

    def short(self, ctx: click.Context, name: str) -> str:
        """One line about a command, without importing it."""
        return terminal_of(ctx).gettext(COMMANDS[name].short)

    def main(self, args: Any = None, **extra: Any) -> Any:  # type: ignore[override]  # one way
        """Run the command line and leave with its exit code: 0, 1 (it could not), 2 (usage)."""
        forgive_broken_text()
        extra = {k: v for k, v in extra.items() if k not in ("prog_name", "standalone_mode")}
        terminal = Terminal(language(os.environ))
        try:
            code = super().main(args, "beside", standalone_mode=False, obj=terminal, **extra)
        except click.Abort:
            code = 130
        except click.UsageError as error:
            terminal.aside(usage_sentence(error, terminal))
            path = error.ctx.command_path if error.ctx else "beside"
            hint = terminal.gettext("`{command} --help` shows what it takes.")
            terminal.aside(hint.format(command=path))
            code = 2
        except click.ClickException:
            terminal.aside(terminal.gettext("That could not be read or written."))
            code = 1
        except BesideError as error:
            terminal.aside(terminal.explain(error))
            code = 1
        except BrokenPipeError:
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - to the end
            code = 1
        except Exception as error:
            report_unexpected(error, terminal)
            code = 1
        sys.exit(code if isinstance(code, int) else 0)


def report_unexpected(error: Exception, terminal: Terminal) -> None:
    """Say that something unforeseen happened, and where to look; never what was being said.

    Even in `--debug` only places in the code and kinds of errors are shown: the message of an
    unforeseen error may hold a person's words.
    """
    import traceback

    _ = terminal.gettext
    terminal.aside(
        _("Something went wrong that Beside did not foresee. What you said is kept as it was.")
    )
    if not terminal.debug:
        terminal.aside(_("`beside --debug ...` shows where in the code; `beside doctor` may help."))
        return
    for frame in traceback.extract_tb(error.__traceback__):
        terminal.aside(f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}")
    terminal.aside(f"  {type(error).__name__}")


def forgive_broken_text() -> None:
    """Bytes that are not text become the replacement sign instead of an error."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _speak(ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    if value:
        terminal_of(ctx).speak(value)
    return value


def _settle(ctx: click.Context, _param: click.Parameter, value: Path | None) -> Path | None:
    if value:
        terminal = terminal_of(ctx)
        terminal.data_folder = value
        if not ctx.params.get("language"):
            terminal.speak(language(os.environ, value))
    return value


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from beside import __version__

        click.echo(f"beside {__version__}")
        ctx.exit()


@click.group(
    cls=Program,
    invoke_without_command=True,
    help=N_(
        "Beside: a private companion. What you say stays on this machine, encrypted.\n\n"
        "`beside talk` begins. `beside reach` shows people you can call."
    ),
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 88},
)
@click.option(
    "--data-folder",
    type=click.Path(file_okay=False, path_type=Path),
    is_eager=True,
    callback=_settle,
    help=N_("Where journals, weights and settings are kept."),
)
@click.option(
    "--language",
    type=click.Choice(list(LANGUAGES)),
    is_eager=True,
    callback=_speak,
    help=N_("The language Beside's own screens speak."),
)
@click.option("--debug", is_flag=True, help=N_("Where in the code something went wrong."))
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help=N_("Show the version."),
)
@click.pass_context
def program(
    context: click.Context, data_folder: Path | None, language: str | None, debug: bool
) -> None:
    """Set up the terminal; the help is shown where no command was named."""
    del data_folder, language  # their callbacks have told the terminal
    terminal_of(context).debug = debug
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main() -> None:
    """The console script."""
    program.main()
