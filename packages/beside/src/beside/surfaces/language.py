"""The language that a surface speaks: gettext, with English as the source."""

import gettext
import unicodedata
from datetime import datetime
from pathlib import Path

LOCALE_FOLDER = Path(__file__).parent.parent / "locale"
LANGUAGES: dict[str, str] = {
    "en": "English",
    "nl": "Nederlands",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
}
"""The languages of the interface, each by its own name."""


def translation(language: str | None) -> gettext.NullTranslations:
    """The words of a language; English where it is not one of ours."""
    wanted = [language] if language else []
    return gettext.translation("beside", LOCALE_FOLDER, languages=wanted, fallback=True)


class Words:
    """What a surface says in one language: `_("...")`, and its plurals, numbers and days."""

    def __init__(self, language: str, catalogue: gettext.NullTranslations | None = None) -> None:
        self.language = language if language in LANGUAGES else "en"
        self._catalogue = catalogue or translation(language)
        self._locale = "en_GB" if self.language == "en" else self.language

    def __call__(self, sentence: str) -> str:
        """The sentence in this language."""
        return self._catalogue.gettext(sentence)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The form of a sentence for this many, with `{count}` filled in."""
        return self._catalogue.ngettext(one, many, count).format(count=count)

    def decimal(self, value: float, form: str = "0.0") -> str:
        """A number as it is written in this language."""
        from babel.numbers import format_decimal

        return format_decimal(value, form, locale=self._locale)

    def day(self, at: datetime) -> str:
        """A day by the reader's clock, such as 23 November 2026."""
        from babel.dates import format_date

        return format_date(at.astimezone(), "long", locale=self._locale)

    def short_day(self, at: datetime) -> str:
        """The same where there is little room."""
        from babel.dates import format_date

        return format_date(at.astimezone(), "medium", locale=self._locale)

    def hour(self, at: datetime) -> str:
        """The hour and minute by the reader's clock."""
        return f"{at.astimezone():%H:%M}"

    def moment(self, at: datetime) -> str:
        """The day, and the hour of it."""
        return f"{self.day(at)}, {self.hour(at)}"


def bare(word: str) -> str:
    """A word as it is typed in a hurry: small letters, no accents ("si" is "sí")."""
    apart = unicodedata.normalize("NFD", word.strip().casefold())
    return "".join(each for each in apart if not unicodedata.combining(each))


def choose(accept_language: str | None, setting: str | None = None) -> str:
    """The interface language: the setting, else the reader's first that we have, else English."""
    if setting in LANGUAGES:
        return setting
    ranked: list[tuple[float, str]] = []
    for part in (accept_language or "").split(","):
        tag, _, weight = part.strip().partition(";q=")
        try:
            ranked.append((-float(weight or 1), tag.split("-")[0].lower()))
        except ValueError:
            continue
    return next((tag for _, tag in sorted(ranked, key=lambda r: r[0]) if tag in LANGUAGES), "en")
