"""Templates become pages. One set of compiled templates for each language."""

import re
from collections.abc import Callable, Sequence
from gettext import NullTranslations
from hashlib import sha256
from pathlib import Path
from typing import Any

import jinja2
from babel import Locale
from markupsafe import Markup

from beside.surfaces.language import LANGUAGES, Words, bare, translation

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

    def gettext(self, language: str) -> Words:
        """What turns a sentence into this language."""
        return Words(language, self._translate(language))

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
        catalogue = self._translate(language)
        environment.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]
        words = Words(language, catalogue)
        locale = Locale.parse(language if language in LANGUAGES else "en")
        environment.globals.update(
            version=self.version,
            languages=LANGUAGES,
            country_name=lambda code: locale.territories.get(code, code),
            country_names=lambda codes: in_order(codes, words.language),
            as_name=_as_name,
        )
        environment.filters.update(
            multiplied=lambda number, by: number * by,
            moment=words.moment,
            day=words.day,
            hour=words.hour,
        )
        return environment


def fingerprint() -> str:
    """A short name for the static files as they are now."""
    seen = sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            seen.update(path.name.encode() + path.read_bytes())
    return seen.hexdigest()[:12]


def in_order(codes: Sequence[str], language: str) -> list[tuple[str, str]]:
    """Countries with their names, in the order of the names; accents do not move them."""
    names = Locale.parse(language).territories
    return sorted(((code, names.get(code, code)) for code in codes), key=lambda each: bare(each[1]))


def _as_name(model: str) -> str:
    """A name for a voice, made from the name of its model."""
    return re.sub("[^a-z0-9._-]+", "-", model.lower()).strip("-._")[:64] or "model"
