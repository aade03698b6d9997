"""The card "reach a person": numbers of people, each from a dated source. No passphrase needed."""

from typing import TYPE_CHECKING, NamedTuple

from beside.errors import BesideError
from beside.surfaces.cli.terminal import Terminal

if TYPE_CHECKING:
    from beside.companion.helplines import HelplineBook, Line


class Wanted(NamedTuple):
    """Someone typed that they want the card, perhaps of a country."""

    country: str | None


def card_wanted(typed: str) -> Wanted | None:
    """Whether a line is the two keys that reach a person: `r`, or `r nl` for a country.

    No passphrase can be as short as that.
    """
    words = typed.strip().lower().split()
    if words[:1] != ["r"] or len(words) > 2:
        return None
    if len(words) == 1:
        return Wanted(None)
    return Wanted(words[1].upper()) if len(words[1]) == 2 and words[1].isalpha() else None


def show_card(terminal: Terminal, country: str | None = None) -> None:
    """Show the card: of this country, of the settings' country, or of every country in short."""
    from beside.companion.helplines import HelplineBook

    _ = terminal.gettext
    folder = terminal.data_folder
    try:
        settings, _origins = terminal.settings()
        folder = settings.data_folder
        country = country or settings.country
    except BesideError:
        pass  # settings that cannot be read must never stand between a person and help
    book = HelplineBook.load(folder)
    terminal.say()
    terminal.say(_("Reach a person"), tone="strong")
    terminal.say(
        _("If you or someone near you is in danger now, call your local emergency number.")
    )
    own = book.own_lines()
    for line in own:
        _show_line(terminal, line)
    here = [line for line in book.lines(country) if not line.own] if country else []
    for line in here:
        _show_line(terminal, line)
    if country and not here:
        terminal.say(
            _("Beside knows no line in {country} yet. These are the ones it knows:").format(
                country=country
            )
        )
    if not here:
        _show_all(terminal, book)
    terminal.say(
        _(
            "A doctor, a nurse, or someone you trust counts too. Elsewhere, searching for "
            '"crisis line" with the name of your country finds one.'
        )
    )
    terminal.say()


def _show_line(terminal: Terminal, line: "Line") -> None:
    """One line with what is known of it, its source and its date."""
    _ = terminal.gettext
    terminal.say(f"{line.number}  {line.name}", tone="strong", indent=2)
    for known in (line.text_or_chat, line.hours, line.languages):
        if known:
            terminal.say(known, indent=4)
    seen = _("Source: {source}; {seen}.").format(source=line.source, seen=line.seen)
    if line.please_check:
        seen += " " + _("Please check this number before you need it.")
    terminal.say(seen, tone="quiet", indent=4)


def _show_all(terminal: Terminal, book: "HelplineBook") -> None:
    """Every country in a line: its emergency number, and a line for suicidal thoughts."""
    _ = terminal.gettext
    from babel import Locale

    names = Locale(terminal.language).territories
    days: set[str] = set()
    for country in sorted(book.countries(), key=lambda code: names.get(code, code)):
        emergency = book.emergency(country)
        lines = book.lines(country, ("suicide",))
        shown = [line for line in (emergency, *[ln for ln in lines if not ln.own][:1]) if line]
        days |= {line.seen[:10] for line in shown}
        terminal.say(
            f"{names.get(country, country)} ({country}): "
            + "; ".join(f"{line.number} ({line.name})" for line in shown),
            indent=2,
        )
    terminal.say(
        _(
            "These numbers were seen in their sources on {days}. `beside reach NL` (or your "
            "country's two letters) shows each source, opening hours and more lines."
        ).format(days=", ".join(sorted(days)))
    )
