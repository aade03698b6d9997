"""`beside serve`: the page and the API, on this machine's own address only."""

import secrets
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from beside.surfaces.cli.refused import Refused
from beside.surfaces.cli.terminal import Terminal
from beside.surfaces.cli.words import N_
from beside.surfaces.cli.words import command as a_command

if TYPE_CHECKING:
    from collections.abc import Callable

    from uvicorn import Config, Server

HOST = "127.0.0.1"
PORTS_TRIED = 20
"""Where the usual port is taken, the next free one of this many is used."""
LEAST_TOKEN = 20
SECONDS_TO_FINISH = 3
"""How long pages that are open may hold up the end."""


@a_command(
    "serve",
    help=N_(
        "Open Beside as a page in your browser, and as an API for chat apps.\n\n"
        "It answers only on this machine. Ctrl-C ends it and locks every journal."
    ),
)
@click.option("--port", type=click.IntRange(0, 65535), help=N_("The port; 0 takes any."))
@click.option("--no-browser", is_flag=True, help=N_("Do not open the browser."))
@click.option(
    "--token-file",
    type=click.Path(path_type=Path),
    help=N_("Read the API's token from the first line of this file; else it is new each time."),
)
@click.pass_obj
def command(
    terminal: Terminal, port: int | None, no_browser: bool, token_file: Path | None
) -> None:
    """Take a port, say where the page is, and serve until Ctrl-C."""
    settings, origins = terminal.settings(port=port)
    token = _token(terminal, token_file)
    usual = origins["port"] == "default"
    listening = take_port(terminal, settings.port, and_next=usual)
    taken = int(listening.getsockname()[1])
    if usual and taken != settings.port:
        terminal.aside(
            terminal.gettext("Port {usual} is taken, so Beside uses {port}.").format(
                usual=settings.port, port=taken
            )
        )
    from beside.surfaces.web.app import create_app
    from beside.wiring import Beside

    app = create_app(Beside.open(settings), port=taken, api_token=token)
    address = f"http://{HOST}:{taken}/"

    def ready() -> None:
        _tell(terminal, address, token)
        if settings.open_browser and not no_browser:
            open_browser(address)

    import uvicorn

    config = uvicorn.Config(
        app,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
    )
    try:
        _server(config, ready).run(sockets=[listening])
    except KeyboardInterrupt:
        pass
    finally:
        listening.close()
    terminal.say(terminal.gettext("Beside has stopped, and every journal is locked."))


def take_port(terminal: Terminal, port: int, *, and_next: bool) -> socket.socket:
    """A listening socket on this machine's own address."""
    last = min(port + PORTS_TRIED, 65536) if and_next and port else port + 1
    for each in range(port, last):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if sys.platform != "win32":  # there it would let two programs share the port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, each))
            listening.listen(128)
        except OSError:
            listening.close()
            continue
        return listening
    raise Refused(
        terminal.gettext(
            "Port {port} is taken, perhaps by a Beside that runs already. `--port 0` takes any "
            "free one."
        ).format(port=port)
    )


def open_browser(address: str) -> None:
    """Open the page where there is a browser with a window."""
    import os
    import threading
    import webbrowser

    windows = sys.platform in ("win32", "darwin")
    if windows or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _server(config: "Config", ready: "Callable[[], None]") -> "Server":
    """A server that says when it is ready, and ends without noise."""
    import logging

    import uvicorn

    class Announced(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                ready()

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            # What is cut off from here on is cut off on purpose: nothing to report of it.
            logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
            await super().shutdown(sockets)

    return Announced(config)


def _token(terminal: Terminal, file: Path | None) -> str:
    if file is None:
        return secrets.token_urlsafe(24)
    from beside.surfaces.cli.ask import passphrase_from

    token = passphrase_from(file)
    if len(token) < LEAST_TOKEN or not token.isascii() or not token.isprintable():
        raise Refused(
            terminal.gettext(
                "A token has at least {count} letters, digits or signs, without accents."
            ).format(count=LEAST_TOKEN)
        )
    return token


def _tell(terminal: Terminal, address: str, token: str) -> None:
    _ = terminal.gettext
    terminal.say(_("Beside is here: {address}").format(address=address), tone="strong")
    terminal.say(_("For chat apps: {address}v1").format(address=address))
    terminal.say(_("The token for them: {token}").format(token=token))
    terminal.say(_("Ctrl-C ends Beside."), tone="quiet")
    sys.stdout.flush()
