"""CSV and its kin: one turn a row, the columns found by their names or by what is in them."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from beside.mirror.importers.found import Found
from beside.mirror.importers.records import CONVERSATION, SPEAKER, WHEN, WORDS, lines_of, when

_DELIMITERS = (",", ";", "\t", "|")
_LONGEST_CELL = 16 * 1024 * 1024


class _Columns(NamedTuple):
    speaker: int
    words: int
    when: int | None
    conversation: int | None
    headed: bool


def read(text: str, *, sure: bool) -> list[Found]:
    """The conversations in this table, nothing where it is none.

    `sure` says that the file calls itself a table; otherwise only named columns are believed.
    """
    for delimiter in _DELIMITERS:
        first = text[: text.find("\n", 1) + 1 or len(text)]
        if delimiter not in first:
            continue
        rows = _rows(text, delimiter)
        columns = _columns(rows, guess=sure)
        if columns is not None:
            return _conversations(rows, columns)
    return []


def _rows(text: str, delimiter: str) -> list[list[str]]:
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return [row for row in reader if any(cell.strip() for cell in row)]
    except csv.Error:
        return []
    finally:
        csv.field_size_limit(before)


def _columns(rows: Sequence[Sequence[str]], *, guess: bool) -> _Columns | None:
    if len(rows) < 2:
        return None
    head = [cell.strip().strip("\ufeff").casefold().replace(" ", "_").replace("-", "_")
            for cell in rows[0]]  # fmt: skip
    speaker, words = _first(head, SPEAKER), _first(head, WORDS)
    if speaker is not None and words is not None and speaker != words:
        return _Columns(speaker, words, _first(head, WHEN), _first(head, CONVERSATION), True)
    return _by_content(rows) if guess else None


def _first(head: Sequence[str], names: Sequence[str]) -> int | None:
    return next((head.index(name) for name in names if name in head), None)


def _by_content(rows: Sequence[Sequence[str]]) -> _Columns | None:
    """The longest cells are the words; a column of few and returning cells is the speaker."""
    width = Counter(len(row) for row in rows).most_common(1)[0][0]
    columns = list(zip(*(row for row in rows[:500] if len(row) == width), strict=True))
    if width < 2:
        return None
    lengths = [sum(len(cell) for cell in column) for column in columns]
    words = lengths.index(max(lengths))
    for speaker, column in enumerate(columns):
        different = len({cell.strip().casefold() for cell in column})
        lettered = all(any(each.isalpha() for each in cell) for cell in column)
        if speaker != words and lettered and 2 <= different <= max(2, len(column) // 2):
            return _Columns(speaker, words, None, None, False)
    return None


def _conversations(rows: Sequence[Sequence[str]], columns: _Columns) -> list[Found]:
    sorted_out: dict[str, list[tuple[str, str, float | datetime | None]]] = {}
    left_out = 0
    for row in rows[1:] if columns.headed else rows:
        said = _cell(row, columns.words)
        if not said.strip() or not _cell(row, columns.speaker).strip():
            left_out += 1
            continue
        sorted_out.setdefault(_cell(row, columns.conversation).strip(), []).append(
            (_cell(row, columns.speaker), said, when(_cell(row, columns.when)))
        )
    return [
        Found(source="CSV", lines=lines_of(turns), left_out=left_out if number == 0 else 0)
        for number, turns in enumerate(sorted_out.values())
    ]


def _cell(row: Sequence[str], column: int | None) -> str:
    return row[column] if column is not None and column < len(row) else ""
