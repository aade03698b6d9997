"""A sentence that remembers what it was made of, so that a surface can say it in any language.

What lies below the surfaces speaks English and knows no catalogue. `Sentence("... {name} ...",
name=name)` is that English, as plain text; `told` puts its template into another language and
fills the same values in.
"""

from collections.abc import Callable, Mapping
from typing import Self

Gettext = Callable[[str], str]


class Sentence(str):
    """English text with its template and its values beside it.

    >>> Sentence("{name} is not here.", name="Noor")
    'Noor is not here.'
    """

    _pieces: tuple[tuple[str, Mapping[str, object]], ...]

    def __new__(cls, template: str, **values: object) -> Self:
        """The template, which translators see, and what is filled in."""
        made = super().__new__(cls, template.format(**values))
        made._pieces = ((template, values),)
        return made

    def then(self, *others: "Sentence") -> "Sentence":
        """This one and then the others; each is translated by itself."""
        made = str.__new__(Sentence, " ".join((self, *others)))
        made._pieces = tuple(piece for each in (self, *others) for piece in each._pieces)
        return made

    def told(self, _: Gettext) -> str:
        """The same in the language of `_`."""
        return " ".join(_(template).format(**values) for template, values in self._pieces)


def told(text: str, _: Gettext) -> str:
    """A text in the language of `_`, as far as the language has it."""
    if isinstance(text, Sentence):
        return text.told(_)
    return _(text) if text else text
