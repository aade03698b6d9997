"""The card "reach a person": the numbers of a country, each with where it was seen and when."""

import logging
from dataclasses import dataclass

from beside.companion.helplines import HelplineBook, Line
from beside.surfaces.quietly import log_quietly

log = logging.getLogger("beside.web")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What the card shows. No country: the reader is asked for it, and told what holds anywhere."""

    country: str | None
    emergency: Line | None
    lines: tuple[Line, ...]
    countries: tuple[str, ...]


def card(book: HelplineBook, country: str | None, kinds: tuple[str, ...] = ()) -> Card:
    """The card for a country; for these kinds of danger, where they are known.

    It is there whatever happens: where the book fails, it says what holds anywhere.
    """
    try:
        return _card(book, country, kinds)
    except Exception as error:
        log_quietly(log, error)
        return Card(country=None, emergency=None, lines=(), countries=())


def _card(book: HelplineBook, country: str | None, kinds: tuple[str, ...]) -> Card:
    emergency = book.emergency(country, kinds)
    lines = book.lines(country, kinds) or book.lines(country)
    return Card(
        country=country,
        emergency=emergency,
        lines=tuple(line for line in lines if line != emergency),
        countries=book.countries(),
    )
