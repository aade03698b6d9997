"""The lines where a human answers: from a dated file in the package, and the person's own.

A line without a source and a date is never shown. Nothing here needs a passphrase, so the
person's own lines are kept in plain text: `helplines.json` in the data folder.
"""

import json
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from beside.errors import SettingWrong
from beside.sentence import Sentence

ADDED_BY_YOU = "added by you"
"""The source of a line that the person put in."""

DIRECTORY = "findahelpline.com"
"""Where lines of many countries are listed; named in public pages on crisis help, seen 2026-11-22.
An address only: numbers are shown from the file alone."""

OLDEST_TRUSTED_YEAR = 2022
LONGEST_NAME = 80
LONGEST_NUMBER = 40
MOST_OWN_LINES = 50

_EU = re.compile("AT|BE|BG|HR|CY|CZ|DK|EE|FI|FR|DE|GR|HU|IE|IT|LV|LT|LU|MT|NL|PL|PT|RO|SK|SI|ES|SE")
_LINE_KINDS: dict[str, tuple[str, ...]] = {
    "suicide": ("suicide",),
    "self-harm": ("suicide",),
    "overdose": ("suicide",),
    "violence": ("violence",),
    "child-at-risk": ("child",),
}
"""Which lines of the file serve which kind of danger; the other kinds need a doctor or the
emergency number rather than a line."""
_MEDICAL = re.compile(r"medical|ambulance|samu", re.IGNORECASE)
_POLICE = re.compile(r"police|pol[ií]cia", re.IGNORECASE)
_NUMBER = re.compile(r"[+(]?[0-9][0-9 ()./+\-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One way to reach a person, with where the number was seen and when."""

    country: str
    kind: str
    name: str
    number: str
    text_or_chat: str | None
    hours: str | None
    languages: str | None
    source: str
    seen: str
    confidence: str
    own: bool = False

    @property
    def please_check(self) -> bool:
        """Whether to say "please check": the source is the press, or a page older than 2022."""
        if self.own:
            return False
        dated = re.search(r"(?:dated|copyright) (\d{4})", self.seen)
        return self.confidence == "press" or (
            dated is not None and int(dated[1]) < OLDEST_TRUSTED_YEAR
        )

    def suits(self, kinds: Sequence[str]) -> bool:
        """Whether an emergency number serves these kinds of danger, as far as its name tells."""
        other = _MEDICAL if {"violence", "harm-to-others"} & set(kinds) else _POLICE
        return not other.search(self.name)

    @property
    def tel(self) -> str | None:
        """The number as a `tel:` link wants it; None where it names several numbers."""
        if not _NUMBER.fullmatch(self.number):
            return None
        return re.sub(r"[^0-9+]", "", self.number)


def own_line(
    name: str,
    number: str,
    *,
    added: date,
    country: str = "",
    kind: str = "own",
    text_or_chat: str | None = None,
    hours: str | None = None,
    languages: str | None = None,
) -> Line:
    """A line of the person's own, checked. Raises SettingWrong where it cannot be used.

    With the `country` and `name` of a line in the package it takes that line's place.
    """
    name, number = " ".join(name.split()), " ".join(number.split())
    if not name or len(name) > LONGEST_NAME:
        raise SettingWrong(
            Sentence(
                "A line needs a name of at most {most} characters; please shorten or add it.",
                most=LONGEST_NAME,
            )
        )
    if len(number) > LONGEST_NUMBER or not _NUMBER.fullmatch(number):
        raise SettingWrong(
            Sentence(
                "The number of a line may hold digits, spaces, brackets, points, dashes and a "
                "plus; please write it the way you would dial it."
            )
        )
    if country and not re.fullmatch("[A-Z]{2}", country):
        raise SettingWrong(
            Sentence("The country of a line is two capital letters, such as NL, or nothing.")
        )
    return Line(
        country=country,
        kind=kind,
        name=name,
        number=number,
        text_or_chat=text_or_chat,
        hours=hours,
        languages=languages,
        source=ADDED_BY_YOU,
        seen=added.isoformat(),
        confidence="own",
        own=True,
    )


class HelplineBook:
    """All lines that Beside knows, the person's own first."""

    def __init__(
        self, lines: Iterable[Line], own: Iterable[Line] = (), *, at: Path | None = None
    ) -> None:
        """Lines of the package, lines of the person, and the file that the latter are kept in."""
        self._lines = tuple(line for line in lines if line.source and line.seen)
        self._own = tuple(own)
        self._at = at

    @classmethod
    def load(cls, data_folder: Path | None) -> "HelplineBook":
        """The lines of the package and, with a data folder, the person's own.

        Never raises over the person's file: help must be there even when that file is damaged.
        """
        packaged = json.loads(
            files("beside.companion").joinpath("helplines.json").read_text("utf-8")
        )
        lines = [
            Line(
                source=entry["source_page"],
                seen=entry["source_seen"],
                **{k: v for k, v in entry.items() if k not in ("source_page", "source_seen")},
            )
            for entry in packaged
        ]
        at = data_folder / "helplines.json" if data_folder else None
        return cls(lines, _read_own(at) if at else (), at=at)

    def countries(self) -> tuple[str, ...]:
        """The countries (two letters) that have a line, sorted."""
        return tuple(sorted({line.country for line in self._lines} - {"EU"}))

    def emergency(self, country: str | None, kinds: Sequence[str] = ()) -> Line | None:
        """The emergency number of a country, the one that best fits the kinds of danger.

        In a country of the European Union that has no entry of its own, the European number.
        None where no number with a source is known.
        """
        found = self._of(country, "emergency")
        if not found and _EU.fullmatch(country or ""):
            found = self._of("EU", "emergency")
        fitting = [line for line in found if line.suits(kinds)]
        return next(iter([*fitting, *found]), None)

    def lines(self, country: str | None, kinds: Sequence[str] = ()) -> tuple[Line, ...]:
        """The lines of a country for these kinds of danger, without the emergency number.

        The person's own come first. No kinds: every line of the country, the emergency
        numbers first, as the card "reach a person" shows them.
        """
        if not kinds:
            emergency = self.emergency(country)
            rest = [ln for ln in self._lines if ln.country == country and ln != emergency]
            rest.sort(key=lambda line: line.kind != "emergency")
            here = ([emergency] if emergency else []) + rest
            return self._own + tuple(line for line in here if not self._replaced(line))
        wanted = dict.fromkeys(kind for each in kinds for kind in _LINE_KINDS.get(each, ()))
        return self._own + tuple(line for kind in wanted for line in self._of(country, kind))

    def own_lines(self) -> tuple[Line, ...]:
        """The lines that the person put in."""
        return self._own

    def set_own(self, lines: Sequence[Line]) -> None:
        """Keep these as the person's own lines, in place of the ones before."""
        if len(lines) > MOST_OWN_LINES:
            raise SettingWrong(
                Sentence(
                    "At most {most} lines of your own can be kept.",
                    most=MOST_OWN_LINES,
                )
            )
        checked = tuple(_checked(line) for line in lines)
        if self._at:
            _write_own(self._at, checked)
        self._own = checked

    def _of(self, country: str | None, kind: str) -> tuple[Line, ...]:
        return tuple(
            line
            for line in self._lines
            if line.country == country and line.kind == kind and not self._replaced(line)
        )

    def _replaced(self, line: Line) -> bool:
        return any(own.country == line.country and own.name == line.name for own in self._own)


def _checked(line: Line) -> Line:
    try:
        added = date.fromisoformat(line.seen)
    except ValueError:
        raise SettingWrong(Sentence("A line of your own needs the day it was added.")) from None
    return own_line(
        line.name,
        line.number,
        added=added,
        country=line.country,
        kind=line.kind,
        text_or_chat=line.text_or_chat,
        hours=line.hours,
        languages=line.languages,
    )


def _read_own(at: Path) -> tuple[Line, ...]:
    names = {field.name for field in fields(Line)}
    try:
        entries: Any = json.loads(at.read_text("utf-8"))
        return tuple(
            _checked(Line(**{k: v for k, v in entry.items() if k in names})) for entry in entries
        )
    except (OSError, ValueError, TypeError, AttributeError, SettingWrong):
        return ()


def _write_own(at: Path, lines: Sequence[Line]) -> None:
    at.parent.mkdir(parents=True, exist_ok=True)
    if at.exists() and not _read_own(at) and at.stat().st_size > len("[]\n"):
        at.replace(at.with_suffix(".damaged.json"))
    new = at.with_suffix(".new")
    opened = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8") as out:
        json.dump([asdict(line) for line in lines], out, ensure_ascii=False, indent=1)
        out.write("\n")
        out.flush()
        os.fsync(out.fileno())
    new.replace(at)
