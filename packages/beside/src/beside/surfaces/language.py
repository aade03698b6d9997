"""The language that a surface speaks: gettext, with English as the source."""

import gettext
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
