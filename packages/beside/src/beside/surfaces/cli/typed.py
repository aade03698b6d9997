"""What the person types in a conversation: one message, however many lines it has.

Nothing typed is kept in a history. Lines that were pasted together belong together, and a line
that ends in a backslash goes on in the next.
"""

import sys
from contextlib import suppress

from beside.surfaces.cli.card import card_wanted

PASTE_SECONDS = 0.05
"""Lines that follow each other this closely were pasted."""


class Typed:
    """The person's side of the terminal."""

    def __init__(self) -> None:
        self._edits = False
        with suppress(ImportError):  # Windows has no readline; its terminal edits lines itself
            import readline

            readline.set_auto_history(False)
            self._edits = True

    def message(self, prompt: str) -> str | None:
        """The next message; None when the input has ended (Ctrl-D)."""
        try:
            lines = [input(prompt)]
            if stands_alone(lines[0]):
                return lines[0]
            while lines[-1].endswith("\\") or _more_is_waiting():
                lines[-1] = lines[-1].removesuffix("\\")
                lines.append(input())
        except EOFError:
            return None
        return "\n".join(lines)


def stands_alone(line: str) -> bool:
    """Whether a line is a whole message, whatever was typed after it: a command, or the card."""
    return line.startswith("/") or card_wanted(line) is not None


def _more_is_waiting() -> bool:
    """Whether more was typed or pasted already, at a real terminal."""
    if not sys.stdin.isatty():
        return False
    import select

    try:
        ready, _, _ = select.select([sys.stdin], [], [], PASTE_SECONDS)
    except (OSError, ValueError):  # Windows can only select sockets
        return False
    return bool(ready)
