"""`beside completion`: what a shell needs to complete these commands."""

import click

from beside.surfaces.cli.terminal import Terminal
from beside.surfaces.cli.words import N_
from beside.surfaces.cli.words import command as a_command


@a_command(
    "completion",
    help=N_(
        "Print what makes your shell complete these commands.\n\n"
        "For bash, put this in ~/.bashrc:\n\n"
        '    eval "$(beside completion bash)"'
    ),
)
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print it."""
    from click.shell_completion import ShellComplete, get_completion_class

    terminal: Terminal = context.obj
    kind = get_completion_class(shell)
    if kind is None:  # the choices above are those that click knows
        context.exit(2)
    complete = kind(context.find_root().command, {}, "beside", "_BESIDE_COMPLETE")
    terminal.write(ShellComplete.source(complete) + "\n")
