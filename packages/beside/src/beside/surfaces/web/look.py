"""How the page looks and which country's numbers it shows: chosen before any passphrase, too.

A cookie keeps three short codes and nothing else; an open journal keeps them for the person.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from beside.surfaces.language import LANGUAGES

Theme = Literal["system", "light", "dark", "contrast"]
THEMES: tuple[Theme, ...] = get_args(Theme)
COOKIE = "beside_look"
COOKIE_SECONDS = 400 * 24 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The choices; None and "system" follow the reader's own settings."""

    language: str | None = None
    theme: Theme = "system"
    country: str | None = None

    def to_cookie(self) -> str:
        """As it stands in the cookie."""
        return f"{self.language or '-'}.{self.theme}.{self.country or '-'}"

    def with_choices(self, given: Mapping[str, str]) -> "Look":
        """The same, with the choices that are among these; what is not a choice is passed by."""
        chosen = self
        if "language" in given:
            language = given["language"]
            chosen = replace(chosen, language=language if language in LANGUAGES else None)
        for theme in THEMES:
            if given.get("theme") == theme:
                chosen = replace(chosen, theme=theme)
        if "country" in given:
            country = given["country"]
            known = re.fullmatch("[A-Z]{2}", country) is not None
            chosen = replace(chosen, country=country if known else None)
        return chosen


def from_cookie(cookie: str | None) -> Look:
    """The choices that a cookie holds; anything strange in it is passed by."""
    parts = (cookie or "").split(".")
    if len(parts) != 3:
        return Look()
    return Look().with_choices(dict(zip(("language", "theme", "country"), parts, strict=True)))
