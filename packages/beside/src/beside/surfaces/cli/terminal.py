"""The terminal of one command: its language, its width, and the way things are said in it.

Everything is said line by line, without boxes or columns, so that it can be read in a narrow
window, by a screen reader, or from a pipe.
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from beside.sentence import told
from beside.surfaces.cli.plain import plain
from beside.surfaces.language import Words

if TYPE_CHECKING:
    from rich.console import Console

    from beside.errors import BesideError
    from beside.settings import Origin, Settings

Tone = Literal["plain", "quiet", "strong"]
WIDEST = 88
"""Lines longer than this many cells are tiring to read."""


class Terminal:
    """Where a command is run: what was chosen for it, and how to speak there."""

    def __init__(self, language: str = "en") -> None:
        self.data_folder: Path | None = None
        self.debug = False
        self.speak(language)

    def speak(self, language: str) -> None:
        """Go on in this language."""
        self.language = language
        self.gettext = Words(language)

    def settings(self, **chosen: Any) -> "tuple[Settings, dict[str, Origin]]":
        """The settings of this command, with where each came from."""
        from beside.settings import load

        return load({"data_folder": self.data_folder, **chosen})

    def explain(self, error: "BesideError") -> str:
        """What went wrong, for the person here: as exactly as their language has words for it."""
        exact = self.told(error.sentence)
        if self.language == "en" or exact != str(error):
            return exact
        from beside.surfaces.explain import explain

        return explain(error, self.gettext)

    def told(self, text: str) -> str:
        """What something below the surfaces says, in the language spoken here."""
        return told(text, self.gettext)

    def say(self, text: str = "", *, tone: Tone = "plain", indent: int = 0) -> None:
        """Say something on standard output, wrapped where there is a window to wrap it in."""
        self._print(text, tone, indent, error=False)

    def aside(self, text: str = "", *, tone: Tone = "plain") -> None:
        """Say something beside what was asked for (a prompt, a note), on standard error."""
        self._print(text, tone, 0, error=True)

    def write(self, text: str) -> None:
        """Put words on standard output as they are, at once."""
        click.echo(text, nl=False)

    def is_live(self) -> bool:
        """Whether a person sits at both ends: they type here and read here."""
        return sys.stdin.isatty() and sys.stdout.isatty()

    def width(self) -> int:
        """How many cells a line may have here."""
        import shutil

        return max(20, min(WIDEST, shutil.get_terminal_size().columns - 1))

    def clear(self) -> None:
        """Take what is on the screen away, what was scrolled off it included."""
        if sys.stdout.isatty():
            sys.stdout.write("\x1b[H\x1b[2J\x1b[3J")
            sys.stdout.flush()

    def console(self, *, error: bool = False) -> "Console":
        """A rich console for what a plain line cannot do, such as progress."""
        from rich.console import Console

        return Console(stderr=error, highlight=False, markup=False, emoji=False)

    def _print(self, text: str, tone: Tone, indent: int, *, error: bool) -> None:
        stream = sys.stderr if error else sys.stdout
        if not stream.isatty():
            lines = plain(text).split("\n")
        else:
            from beside.surfaces.cli.flow import wrapped

            lines = wrapped(plain(text), self.width() - indent)
        for line in lines:
            shown = f"{' ' * indent}{line}".rstrip()
            click.echo(styled(shown, tone) if shown else "", err=error)


def styled(text: str, tone: Tone) -> str:
    """The text in its tone; `echo` takes that away again where no terminal shows it."""
    if tone == "plain" or "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb":
        return text  # what every program in a terminal is asked to heed
    return click.style(text, bold=tone == "strong" or None, dim=tone == "quiet" or None)
