"""Files that a command writes for the person: readable by them alone, and never over another."""

import os
import sys
from pathlib import Path

from beside.surfaces.cli.plain import plain
from beside.surfaces.cli.refused import Refused
from beside.surfaces.cli.terminal import Terminal

LARGEST_READ = 256 * 1024 * 1024


def write_out(terminal: Terminal, content: bytes, to: Path | None) -> None:
    """The bytes to a new file, or to standard output where none is named."""
    _ = terminal.gettext
    if to is None or str(to) == "-":
        sys.stdout.flush()
        if sys.stdout.isatty():  # a file may hold what a terminal would obey
            content = plain(content.decode("utf-8", "replace")).encode()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        with os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise Refused(_("There is a file of this name already. Choose another name.")) from None
    except OSError:
        to.unlink(missing_ok=True)
        raise Refused(
            _("The file could not be written there. Is there room, and may you write there?")
        ) from None


def can_be_written(terminal: Terminal, to: Path) -> None:
    """Refuse early, before long work, where there is a file of this name."""
    if str(to) != "-" and to.exists():
        raise Refused(
            terminal.gettext("There is a file of this name already. Choose another name.")
        )


def read_in(terminal: Terminal, path: Path) -> bytes:
    """The bytes of a file that the person named; `-` is standard input."""
    _ = terminal.gettext
    try:
        if str(path) == "-":
            content = sys.stdin.buffer.read(LARGEST_READ + 1)
        else:
            with path.open("rb") as file:
                content = file.read(LARGEST_READ + 1)
    except OSError:
        raise Refused(_("The file could not be read. Is its name right?")) from None
    if len(content) > LARGEST_READ:
        raise Refused(
            _("The file is larger than {size} MB, more than can be brought in at once.").format(
                size=LARGEST_READ // 1024 // 1024
            )
        )
    return content
