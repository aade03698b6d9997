"""Words wrapped to the window while they are still coming."""

import re
from collections.abc import Callable, Iterator

from beside.surfaces.cli.plain import plain

_WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_PIECES = re.compile(rf"\n|[^\S\n]+|[{_WIDE}]|[^\s{_WIDE}]+")
_MAY_BREAK = re.compile(rf"[\s{_WIDE}](?=[^\s{_WIDE}]*\Z)")


class Flow:
    """Writes streamed words, breaking lines between words; scripts without spaces anywhere.

    A word is held until what follows it has come, so that none is broken by the way it arrived.
    """

    def __init__(self, write: Callable[[str], None], width: int | None) -> None:
        """`width` in cells; None leaves the lines as they come."""
        self._write = write
        self._width = width
        self._column = 0
        self._turned = False
        self._held = ""

    def add(self, text: str) -> None:
        """More words have come."""
        self._held += text
        if found := _MAY_BREAK.search(self._held):
            ready, self._held = self._held[: found.end()], self._held[found.end() :]
            self._put(plain(ready))

    def end(self) -> None:
        """No more words will come; the line is closed."""
        self._put(plain(self._held))
        self._held = ""
        if self._column:
            self._write("\n")
            self._column = 0

    def _put(self, text: str) -> None:
        if self._width is None:
            self._write(text)
            if text:
                self._column = 0 if text.endswith("\n") else 1
            return
        for piece, cells in _fitting(text, self._width):
            if piece == "\n":
                self._write("\n")
                self._column, self._turned = 0, False
                continue
            if self._column and self._column + cells > self._width:
                self._write("\n")
                self._column, self._turned = 0, True
            if piece.isspace() and self._turned and not self._column:
                continue  # the space that the line was broken at
            self._write(piece)
            self._column += cells


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text, none wider than this."""
    lines: list[str] = []
    flow = Flow(lines.append, width)
    flow.add(text)
    flow.end()
    return "".join(lines).rstrip("\n").split("\n")


def _fitting(text: str, width: int) -> Iterator[tuple[str, int]]:
    """The pieces of a text, each with its cells, none wider than a line."""
    from rich.cells import cell_len, chop_cells

    for piece in _PIECES.findall(text):
        for part in chop_cells(piece, width) if cell_len(piece) > width else [piece]:
            yield part, cell_len(part)
