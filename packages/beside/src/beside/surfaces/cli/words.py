"""Help and usage in the reader's language.

Commands are described in English with `N_("...")`, which only marks a sentence for translation;
the classes here translate it at the moment it is shown.
"""

from collections.abc import Callable
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from beside.surfaces.cli.terminal import Terminal


def N_(text: str) -> str:  # noqa: N802 - the name that gettext tools look for
    """The sentence itself; marked, so that translators find it."""
    return text


def terminal_of(context: click.Context) -> "Terminal":
    """The terminal of a running command."""
    from beside.surfaces.cli.terminal import Terminal

    return context.ensure_object(Terminal)


class _Translated(click.Command):
    """A command whose help is shown in the reader's language."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows this help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = N_("Show this help.")
        return option

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - click's signature
        """One line about the command."""
        context = click.get_current_context(silent=True)
        text = self.short_help or self.help or ""
        told = terminal_of(context).gettext(text) if context and text else text
        return told.partition("\n")[0]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """How it is written."""
        _ = terminal_of(ctx).gettext
        formatter.write_usage(
            ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=_("Usage:") + " "
        )

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it does."""
        if self.help:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(terminal_of(ctx).gettext(self.help))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What can be chosen."""
        _ = terminal_of(ctx).gettext
        rows = []
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is None or not isinstance(parameter, click.Option):
                continue
            names, text = record
            if parameter.help:
                text = text.replace(parameter.help, _(parameter.help), 1)
            if parameter.required:
                text = text.replace("[required]", _("(needed)"))
            rows.append((names, text))
        with formatter.section(_("Options")):
            formatter.write_dl(rows)


class Command(_Translated):
    """One command."""


class Group(_Translated, click.Group):
    """A command with commands of its own."""

    command_class = Command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What can be chosen."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands of this group."""
        _ = terminal_of(ctx).gettext
        rows = [(name, self.short(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section(_("Commands")):
            formatter.write_dl(rows)

    def short(self, ctx: click.Context, name: str) -> str:
        """One line about a command of this group."""
        command = self.get_command(ctx, name)
        return command.get_short_help_str() if command else ""


command: Callable[..., Callable[[Callable[..., Any]], Command]] = partial(
    click.command, cls=Command
)
group: Callable[..., Callable[[Callable[..., Any]], Group]] = partial(click.group, cls=Group)


def listing(name: str, *, help: str) -> "Callable[[Callable[[Terminal], None]], Group]":
    """A group of commands that shows its list where none of them is named."""

    def made(show: "Callable[[Terminal], None]") -> Group:
        @group(name, invoke_without_command=True, help=help)
        @click.pass_context
        def listed(context: click.Context) -> None:
            if context.invoked_subcommand is None:
                show(terminal_of(context))

        return listed

    return made


def usage_sentence(error: click.ClickException, terminal: "Terminal") -> str:
    """What is wrong with a command line, in one sentence of the reader's language."""
    _ = terminal.gettext
    context = getattr(error, "ctx", None)
    if isinstance(error, click.NoSuchOption):
        return _("There is no option {option} here.").format(option=error.option_name)
    if isinstance(error, click.MissingParameter):
        name = error.param.make_metavar(context) if error.param and context else "?"
        if isinstance(error.param, click.Option):
            name = error.param.opts[0]
        return _("Something is missing: {name}.").format(name=name)
    if isinstance(error, click.BadParameter):
        name = error.param.opts[0] if error.param else "?"
        return _("{name} cannot be used as it was given.").format(name=name) + _choices(
            error, terminal
        )
    if isinstance(error, click.BadOptionUsage):
        return _("The option {option} was given in a way it cannot be used.").format(
            option=error.option_name
        )
    unknown = getattr(error, "command_name", None)
    if isinstance(unknown, str) and context and isinstance(context.command, click.Group):
        near = get_close_matches(unknown, context.command.list_commands(context), n=1)
        if near:
            return _("There is no such command. Did you mean {command}?").format(command=near[0])
        return _("There is no such command.")
    return _("The command was given words or options that it has no place for.")


def _choices(error: click.BadParameter, terminal: "Terminal") -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return " " + terminal.gettext("It may be: {choices}.").format(
            choices=", ".join(map(str, kind.choices))
        )
    return ""
