"""`beside voices`: who can answer; choose one, try one, add one, let one go."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from beside.surfaces.cli.ask import agree, passphrase_from
from beside.surfaces.cli.terminal import Terminal
from beside.surfaces.cli.words import N_, listing

if TYPE_CHECKING:
    from beside.voices.catalog import Catalogue
    from beside.wiring import Beside


@listing(
    "voices",
    help=N_(
        "See, choose, try and add the voices that can answer.\n\n"
        "Beside's own voice needs no language model and is always there."
    ),
)
def command(terminal: Terminal) -> None:
    """List them."""
    from beside.companion.scales import can_weigh

    _ = terminal.gettext
    settings, _origins = terminal.settings()
    for entry in catalogue_of(terminal).entries():
        marks = [_("chosen")] if entry.name == settings.voice else []
        marks += [] if entry.ready else [_("not ready")]
        marks += [_("words leave this machine")] if entry.leaves_machine else []
        note = f"  ({', '.join(marks)})" if marks else ""
        terminal.say(f"{entry.name}{note}", tone="strong")
        terminal.say(terminal.told(entry.description), indent=4)
    if not can_weigh():
        terminal.say(
            _(
                "The gauge that weighs words is not working here. Beside still leaves out what "
                "plain checks and care see."
            ),
            tone="quiet",
        )


def catalogue_of(terminal: Terminal) -> "Catalogue":
    """The voices of this data folder."""
    from beside.voices.catalog import Catalogue

    settings, _origins = terminal.settings()
    return Catalogue(settings.data_folder, timeout_seconds=settings.voice_timeout_seconds)


@command.command("choose", help=N_("Let this voice answer from now on."))
@click.argument("name")
@click.pass_obj
def choose(terminal: Terminal, name: str) -> None:
    """Keep the choice in the settings."""
    _ = terminal.gettext
    catalogue = catalogue_of(terminal)
    entry = catalogue.entry(name)
    catalogue.choose(name)
    terminal.say(_("From now on {name} answers.").format(name=name))
    if not entry.ready:
        terminal.say(terminal.told(entry.description))
    if entry.leaves_machine:
        terminal.say(
            _("Its words leave this machine, so each journal is asked once before it is used.")
        )


@command.command(
    "try",
    help=N_("Hear one reply of a voice; nothing is kept.\n\nWithout WORDS it gets a sample line."),
)
@click.argument("name")
@click.argument("words", nargs=-1)
@click.pass_obj
def try_one(terminal: Terminal, name: str, words: tuple[str, ...]) -> None:
    """Say something to the voice."""
    from beside.errors import ConsentNeeded
    from beside.wiring import Beside

    _ = terminal.gettext
    settings, _origins = terminal.settings()
    beside = Beside.open(settings)
    agreed = False
    try:
        beside.voice(name, agreed=False)
    except ConsentNeeded as error:
        terminal.say(terminal.told(error.sentence))
        agreed = agree(terminal, _("Do you agree to that, this once?"))
        if not agreed:
            return
    text = " ".join(words) or _("It has been a long day.")
    asyncio.run(_one_reply(terminal, beside, name, text, agreed=agreed))


async def _one_reply(
    terminal: Terminal, beside: "Beside", name: str, text: str, *, agreed: bool
) -> None:
    from beside.surfaces.cli.flow import Flow
    from beside.voices.base import Message

    flow = Flow(terminal.write, terminal.width() if terminal.is_live() else None)
    try:
        said = [Message(role="person", text=text)]
        async for piece in beside.one_off(said, voice=name, agreed=agreed, weighed=False):
            flow.add(piece)
    finally:
        flow.end()
        await beside.close()


@command.command("find", help=N_("Look for language model servers that run on this machine."))
@click.pass_obj
def find(terminal: Terminal) -> None:
    """Ask the usual ports what they are."""
    from beside.voices.discover import find_servers

    _ = terminal.gettext
    settings, _origins = terminal.settings()
    found = asyncio.run(find_servers(own_port=settings.port))
    if not found:
        terminal.say(_("No server was found on this machine's usual ports."))
    for server in found:
        terminal.say(f"{server.kind}: {server.base_url}", tone="strong")
        for model in server.models:
            terminal.say(
                f"beside voices add-server NAME {server.base_url} --model {model}", indent=4
            )


@command.command("remove", help=N_("Let a voice go; weights that Beside fetched are deleted."))
@click.argument("name")
@click.pass_obj
def remove(terminal: Terminal, name: str) -> None:
    """Remove it from the list."""
    catalogue_of(terminal).remove(name)
    terminal.say(terminal.gettext("{name} is no longer in the list.").format(name=name))


@command.command(
    "add-server",
    help=N_(
        "Add a server that speaks the OpenAI way: Ollama, llama.cpp, vLLM, LM Studio, a cloud.\n\n"
        "NAME is what you will call it; ADDRESS is like http://localhost:11434/v1."
    ),
)
@click.argument("name")
@click.argument("address")
@click.option("--model", required=True, metavar="MODEL", help=N_("The model to ask there."))
@click.option(
    "--api-key-file",
    type=click.Path(path_type=Path),
    help=N_("Read the server's key from the first line of this file."),
)
@click.pass_obj
def add_server(
    terminal: Terminal, name: str, address: str, model: str, api_key_file: Path | None
) -> None:
    """Keep the server in the list."""
    _ = terminal.gettext
    key = passphrase_from(api_key_file) if api_key_file else None
    entry = catalogue_of(terminal).add_server(name, address, model, key)
    terminal.say(_("{name} is in the list.").format(name=name))
    if entry.leaves_machine:
        from beside.voices.remote import what_leaves

        terminal.say(terminal.told(what_leaves(entry.where or address, model)))


@command.command(
    "add",
    help=N_(
        "Fetch and check a small model, or add a GGUF file.\n\n"
        "NAME is one from `beside voices`, or with --path or --url the name you give it. An "
        "interrupted download goes on where it stopped."
    ),
)
@click.argument("name")
@click.option(
    "--path",
    type=click.Path(path_type=Path),
    help=N_("A GGUF file on this machine; it stays there."),
)
@click.option("--url", metavar="ADDRESS", help=N_("The address of a GGUF file to fetch."))
@click.option("--sha256", metavar="HEX", help=N_("The SHA-256 that the fetched file must have."))
@click.pass_context
def add(
    context: click.Context, name: str, path: Path | None, url: str | None, sha256: str | None
) -> None:
    """Add weights."""
    terminal: Terminal = context.obj
    _ = terminal.gettext
    if (path and url) or (url is None) != (sha256 is None):
        raise click.UsageError("--url and --sha256 go together, without --path", ctx=context)
    catalogue = catalogue_of(terminal)
    if path is not None:
        catalogue.add_gguf(name, path)
    else:
        from beside.surfaces.cli.fetching import fetch_weights

        fetch_weights(terminal, catalogue, name, url=url, sha256=sha256)
    terminal.say(
        _("{name} is ready. `beside voices choose {name}` lets it answer.").format(name=name)
    )
