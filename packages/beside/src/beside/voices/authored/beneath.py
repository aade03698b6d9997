"""What is received beside a position: a sentence of the person's own, or what lies under it.

Under pressure most words are the demand, and none of these is said back: that would sound like a
yes. Taken up is only what tells of the person; in doubt nothing is, and a written line is said.
"""

from collections.abc import Iterable, Sequence

from beside.voices.authored.book import Book
from beside.voices.authored.own_words import OwnWords, cited, turned
from beside.voices.authored.pressure import Beneath, stands_in
from beside.voices.authored.text import QUOTED, Text

_FEWEST, _MOST = 4, 11
"""Words of a sentence that is taken up."""


def told_of_themselves(text: Text, book: Book) -> OwnWords:
    """The slots `told` and `cited` of a [taking] line; empty where nothing is safe."""
    known = book.pressure
    for clause in reversed(text.clauses()):
        if not _FEWEST <= len(clause.tokens) <= _MOST or book.broken.search(clause.compared):
            continue
        if QUOTED in {token.compared for token in clause.tokens}:
            continue
        if not stands_in(known.telling, clause) or stands_in(known.not_taken, clause):
            continue
        if book.turning:
            if own := turned(clause.tokens, book):
                return {"told": own}
        elif own := cited(clause.tokens, book):
            return {"cited": own}
    return {}


def lying_beneath(text: Text, book: Book) -> tuple[Beneath, ...]:
    """What lies under a turn, by its plain words, in the order of the file."""
    return tuple(
        each
        for each in book.pressure.beneath
        if stands_in(each.hears, text) and not stands_in(each.unless, text)
    )


def lines_beneath(texts: Iterable[Text], book: Book) -> list[Sequence[str]]:
    """The lines for it; what was said last comes first."""
    return [each.says for text in texts for each in lying_beneath(text, book)]
