"""The card "reach a person": the numbers of a country, each with where it was seen and when."""

from dataclasses import dataclass

from beside.companion.helplines import HelplineBook, Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What the card shows. No country: the reader is asked for it, and told what holds anywhere."""

    country: str | None
    emergency: Line | None
    lines: tuple[Line, ...]
    countries: tuple[str, ...]


def card(book: HelplineBook, country: str | None, kinds: tuple[str, ...] = ()) -> Card:
    """The card for a country; for these kinds of danger, where they are known."""
    emergency = book.emergency(country, kinds)
    lines = book.lines(country, kinds) or book.lines(country)
    return Card(
        country=country,
        emergency=emergency,
        lines=tuple(line for line in lines if line != emergency),
        countries=book.countries(),
    )
