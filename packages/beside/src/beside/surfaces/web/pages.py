"""Templates become pages. One set of compiled templates for each language."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from gettext import NullTranslations
from hashlib import sha256
from pathlib import Path
from typing import Any

import jinja2
from babel import Locale
from babel.dates import format_date, format_datetime, format_time
from markupsafe import Markup

from beside.surfaces.language import LANGUAGES, translation

HERE = Path(__file__).parent
STATIC = HERE / "static"
Translate = Callable[[str | None], NullTranslations]


class Pages:
    """Renders templates by name, in a language."""

    def __init__(self, translate: Translate = translation) -> None:
        self._translate = translate
        self._environments: dict[str, jinja2.Environment] = {}
        self.version = fingerprint()
        """Changes when a static file does, so that no browser keeps an old one."""

    def render(self, name: str, language: str, /, **values: Any) -> Markup:
        """The page of this template."""
        template = self._environment(language).get_template(name)
        return Markup(template.render(values))  # noqa: S704 - the template escapes

    def gettext(self, language: str) -> Callable[[str], str]:
        """What turns a sentence into this language."""
        return self._translate(language).gettext

    def _environment(self, language: str) -> jinja2.Environment:
        if language not in self._environments:
            self._environments[language] = self._made(language)
        return self._environments[language]

    def _made(self, language: str) -> jinja2.Environment:
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )
        words = self._translate(language)
        environment.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
        locale = Locale.parse(language if language in LANGUAGES else "en")
        environment.globals.update(
            version=self.version,
            languages=LANGUAGES,
            country_name=lambda code: locale.territories.get(code, code),
            country_names=lambda codes: _named(codes, locale),
            as_name=_as_name,
        )
        environment.filters.update(
            multiplied=lambda number, by: number * by,
            moment=lambda at: format_datetime(_local(at), "d MMMM y, HH:mm", locale=locale),
            day=lambda at: format_date(_local(at), "d MMMM y", locale=locale),
            hour=lambda at: format_time(_local(at), "HH:mm", locale=locale),
        )
        return environment


def fingerprint() -> str:
    """A short name for the static files as they are now."""
    seen = sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            seen.update(path.name.encode() + path.read_bytes())
    return seen.hexdigest()[:12]


def _named(codes: Sequence[str], locale: Locale) -> list[tuple[str, str]]:
    """Countries with their names, in the order of the names."""
    named = [(code, locale.territories.get(code, code)) for code in codes]
    return sorted(named, key=lambda each: each[1].casefold())


def _as_name(model: str) -> str:
    """A name for a voice, made from the name of its model."""
    return re.sub("[^a-z0-9._-]+", "-", model.lower()).strip("-._")[:64] or "model"


def _local(at: datetime) -> datetime:
    """A moment by the clock of this machine, which is the reader's."""
    return at.astimezone()
