"""What somebody puts right, in their own words: what is so, what isn't, and what they said before.

Only what is short and plain is taken; in doubt nothing is, and a line without slots is said.
"""

from collections.abc import Sequence

from beside.voices.authored.book import Book
from beside.voices.authored.own_words import OwnWords, cited, told, turned
from beside.voices.authored.phrases import Phrase
from beside.voices.authored.pressure import Shapes, stands_in
from beside.voices.authored.text import Text, Token

_NOT = "not"
_MOST = 4
"""Words of which each side of "this, not that" may be made."""
_NO_NAME = frozenset(
    {"i", "you", "because", "i'm", "i've", "it's", "he's", "she's", "they're", "we're"}
)
"""Words with which a few words say something, and name nothing."""
_MOST_CITED = 12
"""Words of what is said back as it was written, at most."""
_FEW_CITED = 3
"""Fewer are said back only where they are a sentence by themselves: "Tuba." """


def put_right(text: Text, before: Text | None, book: Book) -> OwnWords:
    """The slots that a line of `yields` may take up.

    `fact`, `rather` and `not_this`, `earlier`; where none can be turned, `cited`: word for word.
    """
    found: OwnWords = {}
    if sides := _sides(text, book):
        found["rather"], found["not_this"] = sides
    elif fact := _fact(text, book):
        found["fact"] = fact
    elif own := _cited(text, book):
        found["cited"] = own
    if before is not None and (earlier := told(before, book)):
        found["earlier"] = earlier
    return found


def _fact(text: Text, book: Book) -> str | None:
    """The clause that puts something right; else the first that can be said back by itself."""
    shapes = book.pressure
    clauses = [each for each in text.clauses() if not stands_in(shapes.excuses, each)]
    hears = [phrase for right in shapes.rights.values() for phrase in right.hears]
    nearest = sorted(clauses, key=lambda clause: not stands_in(hears, clause))
    said = (told(_begun(clause, shapes.openers), book) for clause in nearest)
    return next((each for each in said if each), None)


def _cited(text: Text, book: Book) -> str | None:
    """A short sentence as it was written: the first, or one with a number or a name in it."""
    best, most = None, 0.0
    whole = text.sentences()
    for place, piece in enumerate((*whole, *text.clauses())):
        tokens = _begun(piece, book.pressure.openers).tokens
        if not tokens or len(tokens) > _MOST_CITED or stands_in(book.pressure.excuses, piece):
            continue
        alone = place < len(whole) and tokens[-1].ends_sentence
        named = any(each.shown[0].isdigit() or each.shown[0].isupper() for each in tokens[1:])
        said = {each.compared for each in tokens}
        if len(tokens) < _FEW_CITED and (not alone or said <= book.pressure.empty):
            continue
        weight = 1.0 + 0.3 * named - 0.2 * place - 0.8 * bool(said & book.pressure.to_us)
        if weight > most and (own := cited(tokens, book)):
            best, most = own, weight
    return best


def _sides(text: Text, book: Book) -> tuple[str, str] | None:
    """What is so and what isn't, where both are named: "my sister, not my mother"."""
    for sentence in text.sentences():
        tokens = sentence.tokens
        for at, token in enumerate(tokens):
            if token.compared != _NOT or at + 1 == len(tokens):
                continue
            other = _clause_from(tokens, at + 1)
            left = _before(tokens, at, book.pressure)
            right = _clause_from(tokens, at + 1 + len(other))
            this = _plain(left, book) or (None if left else _plain(right, book))
            that = _plain(other, book)
            if this and that:
                return this, that
    return None


def _clause_from(tokens: Sequence[Token], begin: int) -> tuple[Token, ...]:
    for at in range(begin, len(tokens)):
        if tokens[at].ends_clause:
            return tuple(tokens[begin : at + 1])
    return tuple(tokens[begin:])


def _before(tokens: Sequence[Token], at: int, shapes: Shapes) -> tuple[Token, ...]:
    """The words before a "not", in their clause and without "no, it was"."""
    begin = at - 1
    while begin > 0 and not tokens[begin - 1].ends_clause:
        begin -= 1
    clause = tuple(tokens[max(begin, 0) : at])
    if at and len(clause) == 1 and clause[0].compared == "no":
        return ()
    return _begun(Text(clause), shapes.leads).tokens


def _begun(clause: Text, openers: Sequence[Phrase]) -> Text:
    """The clause without the words that only lead up to it."""
    for each in openers:
        if match := each.find(clause.compared):
            return Text(clause.tokens[match.group().count(" ") :])
    return clause


def _plain(tokens: tuple[Token, ...], book: Book) -> str | None:
    """A few words that name something; None where they hold a verb or cannot be said back."""
    words = {token.compared for token in tokens}
    if not 1 <= len(tokens) <= _MOST or words & (book.verbs | book.past | _NO_NAME):
        return None
    return turned(tokens, book)
