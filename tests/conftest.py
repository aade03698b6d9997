"""A Beside that is served on this machine, and the system's chromium in front of it."""

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from beside.settings import Settings
from beside.voices.base import Voice
from beside.voices.scripted import ScriptedVoice
from beside.wiring import Beside

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

PASSPHRASE = "warm rain on slate"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--no-first-run",
)
"""Chromium stays on this machine and does nothing of its own accord."""


class Served:
    """A Beside that runs, and where."""

    def __init__(self, beside: Beside, port: int) -> None:
        self.beside = beside
        self.address = f"http://127.0.0.1:{port}"


@pytest.fixture
def voices() -> dict[str, Voice]:
    """Who can speak, by name; "scripted" is the one that does, unless a test says otherwise."""
    line = "You have carried that for a while. I am here with it. What is it like, tonight?"
    return {"scripted": ScriptedVoice([line, "And what is it like now?"], pieces_per_second=40)}


@pytest.fixture
def served(tmp_path: Path, voices: dict[str, Voice]) -> Iterator[Served]:
    with serving(tmp_path / "data", voices) as there:
        yield there


@pytest.fixture(name="serving")
def _serving() -> Callable[..., AbstractContextManager[Served]]:
    return serving


@contextmanager
def serving(
    data_folder: Path, voices: dict[str, Voice], voice: str = "scripted"
) -> Iterator[Served]:
    """A Beside in a thread of its own, until the block ends."""
    import uvicorn

    from beside.surfaces.web.app import create_app

    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        settings = Settings(data_folder=data_folder, voice=voice, port=port, country="NL")
        beside = Beside.open(settings, voices=voices)
        config = uvicorn.Config(
            create_app(beside, port=port), log_level="error", timeout_graceful_shutdown=1
        )
        server = uvicorn.Server(config)
        ready = threading.Event()
        startup = server.startup

        async def announced(sockets: list[socket.socket] | None = None) -> None:
            await startup(sockets)
            ready.set()

        shutdown = server.shutdown

        async def locked_first(sockets: list[socket.socket] | None = None) -> None:
            await beside.close()
            await shutdown(sockets)

        server.startup, server.shutdown = announced, locked_first
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        ready.wait(60)
        try:
            yield Served(beside, port)
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="module")
def chromium() -> Iterator["Browser"]:
    """The system's chromium; without one the browser tests are skipped, but never under CI."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        missing = "the system's chromium is not here; `make test` says how to get it"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: "Browser") -> Iterator["BrowserContext"]:
    """A browser window that remembers nothing of the tests before."""
    context = chromium.new_context(
        viewport={"width": 1000, "height": 720}, locale="en-GB", color_scheme="light"
    )
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.fixture
def page(context: "BrowserContext") -> Iterator["Page"]:
    """A page in which nothing may go wrong unseen."""
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    yield page
    kind = ("the server responded with a status of", "net::ERR_FAILED")  # saying no is tested, too
    assert [each for each in wrong if not any(part in each for part in kind)] == []


def begin(page: "Page", served: Served) -> None:
    """Make a journal and be at its front page."""
    page.goto(served.address)
    page.fill("#passphrase", PASSPHRASE)
    page.fill("#again", PASSPHRASE)
    page.click("main button.main")
    page.check("#kept")
    page.click("main button.main")
    page.wait_for_url(served.address + "/")


@pytest.fixture
def begun(page: "Page", served: Served) -> "Page":
    """A page that is open and unlocked."""
    begin(page, served)
    return page
