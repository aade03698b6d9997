"""Weights fetched with their progress shown; only what has the right SHA-256 is kept."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from beside.surfaces.cli.terminal import Terminal

if TYPE_CHECKING:
    from beside.voices.catalog import Catalogue


def fetch_weights(
    terminal: Terminal, catalogue: "Catalogue", name: str, *, url: str | None, sha256: str | None
) -> None:
    """One of the pinned weights, or a file by its address and its SHA-256."""
    from beside.voices import fetched, weights

    folder: Path = catalogue.weights_folder
    with shown_progress(terminal, name) as progress:
        if url is None or sha256 is None:
            weights.add(name, folder, progress=progress)
        else:
            path = fetched.fetch(url, sha256, weights.path_of(name, folder), progress=progress)
            catalogue.add_gguf(name, path)


@contextmanager
def shown_progress(terminal: Terminal, what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar where there is a terminal to draw it in; elsewhere silence."""
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    console = terminal.console(error=True)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    ) as bar:
        task = bar.add_task(what, total=None)

        def progress(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield progress
