"""What can safely be taken up from a person's own words, as they would hear it said back.

Where there is doubt (odd signs, words to the companion, long clauses) nothing is taken: a plain
line is better than a clumsy one. It knows nothing of moments.
"""

import re
from collections.abc import Sequence

from beside.voices.authored.book import Book
from beside.voices.authored.recognise import Heard
from beside.voices.authored.text import QUOTED, Text, Token

MOST_CHARACTERS = 70
"""No words of a person that are taken up are longer than this."""

_ONE = r"(?:[^\W\d_]+(?:['’-][^\W\d_]+)*|\d{1,2})"
_PLAIN = re.compile(rf"{_ONE}(?:,? {_ONE})*")
_SUBJECTS = frozenset({"i", "he", "she", "they", "we", "i'm", "he's", "she's", "they're", "i've"})
_ASKING = frozenset({"does", "do", "did", "can", "but"})
_WAS_WRONG = re.compile(
    r"\byou (?:\w+ )?(?:was|am|has|is)\b|\byou \w+ you\b"
    r"|\byou \w+ (?!(?:and|but|that|if|when|what|how|because|so|or|as|than) )\w+ you\b"
)

_NEVER_CITED = re.compile(
    r"\b(?:fuck\w*|shit|cunt|bitch|bastard|asshole|whore|slut|dick|kut|klootzak|hoer|trut|scheiß\w*|"
    r"arschloch|hure|fotze|merde|putain|salope|connard|mierda|put[ao]|coño|cabrón|kill\w*|suicid\w*|"
    r"rap(?:e|ed)|zelfmoord|verkracht\w*|selbstmord|vergewaltig\w*|viol(?:ée?|ación)|matar\w*|töten|"
    r"vermoord\w*|tuer)\b",
    re.IGNORECASE,
)
"""Words that are heard, and not set in quotation marks."""

OwnWords = dict[str, str]
"""Slot to words: `relative`, `long`, `word`, `quote`, `echo`, and what a language's file names."""


def take_up(heard: Heard, book: Book) -> OwnWords:
    """Everything in a turn that a line may take up."""
    found: OwnWords = {}
    for slot, words in heard.named:
        _keep(found, slot, _capitals(words, book))
    for clause in heard.text.clauses():
        for slot, match in book.own.find(clause.compared):
            for name, got in match.groupdict().items():
                if not got:
                    continue
                tokens = _between(clause, match.span(name))
                own = _wanted(tokens, book) if name == slot else _said(tokens, book)
                if own and slot not in found:
                    _keep(found, name, own)
    _keep(found, "word", _striking(heard.text, book))
    if not heard.odd and not (heard.asks and len(heard.text.tokens) < 12):
        _keep(found, "echo", _echo(heard.text, book))
        if "echo" not in found and not book.joins:
            _keep(found, "quote", _quote(heard.text, book))
        _keep(found, "fragment", _fragment(heard.text, book))
    if "relative" in found:
        _pronouns(found, heard.text, book)
    return found


def told(text: Text, book: Book) -> str | None:
    """A short sentence of these words, turned toward the person; None where there is none."""
    found: OwnWords = {}
    _keep(found, "told", _echo(text, book))
    return found.get("told")


def cited(tokens: Sequence[Token], book: Book) -> str | None:
    """These words as they were written, to be set in quotation marks; None where they may not."""
    if QUOTED in {token.compared for token in tokens}:
        return None
    said = " ".join(token.shown + "," * (token.ends_clause and token is not tokens[-1])
                    for token in tokens)  # fmt: skip
    said = _capitals(said, book)
    if len(said) > MOST_CHARACTERS or not _PLAIN.fullmatch(said) or _NEVER_CITED.search(said):
        return None
    return said[:1].upper() + said[1:]


def _keep(found: OwnWords, slot: str, words: str | None) -> None:
    if words and slot not in found and len(words) <= MOST_CHARACTERS and _PLAIN.fullmatch(words):
        found[slot] = words


def _between(clause: Text, span: tuple[int, int]) -> tuple[Token, ...]:
    begin = clause.compared[: span[0]].count(" ")
    return clause.tokens[begin : begin + clause.compared[span[0] : span[1]].count(" ")]


def _wanted(tokens: tuple[Token, ...], book: Book) -> str | None:
    """What is wanted, feared, missed: turned, and cut where another sentence begins."""
    for index in range(1, len(tokens) - 1):
        begins = tokens[index + 1].compared in book.echo_starts
        if tokens[index].compared in book.cut_before and begins:
            tokens = tokens[:index]
            break
    return turned(tokens, book)


def _said(tokens: tuple[Token, ...], book: Book) -> str:
    return _capitals(" ".join(token.shown for token in tokens), book)


def _capitals(words: str, book: Book) -> str:
    return " ".join(book.capitals.get(word.lower(), word) for word in words.split())


def is_past(heard: Heard, book: Book) -> bool:
    """Whether the end of a turn tells of something past."""
    sentences = heard.text.sentences()
    words = [token.compared for token in sentences[-1].tokens] if sentences else []
    if book.not_past & set(words):
        return False
    return any(word in book.past or word.endswith(book.past_endings) for word in words)


def turned(tokens: tuple[Token, ...], book: Book) -> str | None:
    """The words turned toward the person: "my mother" is "your mother"."""
    if not book.turning or any(token.compared in book.never_taken for token in tokens):
        return None
    said: list[str] = []
    index = 0
    while index < len(tokens):
        pair = " ".join(token.compared for token in tokens[index : index + 2])
        if index + 1 < len(tokens) and pair in book.turning:
            said.append(book.turning[pair])
            index += 2
            continue
        token = tokens[index]
        said.append(book.turning.get(token.compared, token.shown))
        index += 1
    words = _capitals(" ".join(said), book)
    wrong = _WAS_WRONG.search(words) or book.not_said_back.search(words)
    return None if wrong or len(tokens) > 12 else words


def _striking(text: Text, book: Book) -> str | None:
    """The one word that stands out, where there is one."""
    words = [token.compared for token in text.tokens if token.compared in book.striking]
    return words[-1] if words else None


def _echo(text: Text, book: Book) -> str | None:
    """A short clause turned toward the person: with most feeling, later of equals."""
    best, most = None, 0.0
    if book.broken.search(text.compared):
        return None
    sentences = text.sentences()
    for at, sentence in enumerate(sentences):
        clauses = sentence.clauses()
        for index, clause in enumerate(clauses):
            tokens = _without_fillers(clause.tokens, book)
            bare = tokens[0].compared in book.bare_starts
            if bare and {"me", "i"} & {token.compared for token in tokens[:3]}:
                continue
            if not _stands_alone(tokens, book, first=not index, last=index == len(clauses) - 1):
                continue
            weight = _feeling(clause, tokens, book) + 0.6 * (at == len(sentences) - 1) + 0.01 * at
            if weight >= most and (own := turned(tokens, book)):
                best, most = f"{book.you_word} {own}" if bare else own, weight
    return best


def _without_fillers(tokens: tuple[Token, ...], book: Book) -> tuple[Token, ...]:
    while len(tokens) > 3 and tokens[0].compared in book.fillers:
        tokens = tokens[1:]
    return tokens


def _stands_alone(tokens: tuple[Token, ...], book: Book, *, first: bool, last: bool) -> bool:
    """Whether these words are a sentence by themselves, as far as their form tells."""
    if not 3 <= len(tokens) <= 12:
        return False
    if tokens[0].compared not in (
        book.echo_starts | book.bare_starts if first else book.echo_starts
    ):
        return False
    if not book.verbs and not (first and last):
        return False
    if not first and not last and tokens[0].compared not in ("i", "i'm", "i've"):
        return False
    if len(tokens) < 4 and not (first and last):
        return False
    compared = [token.compared for token in tokens]
    if QUOTED in compared or compared[-1] in book.never_last:
        return False
    if compared[0] in book.needs_verb and not _verb_in(compared[1:7], book):
        return False
    return not _runs_on(compared, book)


def _runs_on(words: Sequence[str], book: Book) -> bool:
    """Whether a second sentence begins without anything that joins it to the first."""
    if not book.joins:
        return False
    lead_in = book.joins | book.verbs | book.past
    return any(
        word in _SUBJECTS
        and words[index - 1] not in lead_in
        and not words[index - 1].endswith("ed")
        for index, word in enumerate(words)
        if index > 1
    )


def _verb_in(words: Sequence[str], book: Book) -> bool:
    return any(
        word in book.past or word in book.verbs or word.endswith((*book.past_endings, "n't"))
        for word in words
    )


def _feeling(clause: Text, tokens: tuple[Token, ...], book: Book) -> float:
    """How much a clause is worth taking up: feeling, a person, a turn in the road."""
    words = [token.compared for token in tokens]
    weight = min(book.scale.load(words), 4.0) + 0.5 * (words[0] in ("i", "i'm", "i've"))
    weight += 0.8 * (clause.tokens[0].compared == "but") - 0.8 * words[0].startswith("it")
    weight -= 0.9 * (words[:2] == ["i'm", "a"]) + 0.9 * (words[:2] == ["i", "don't"])
    return weight + 0.4 * bool(book.turns_road & set(words))


def _fragment(text: Text, book: Book) -> str | None:
    """A turn of a few words without "I" or "he", turned toward the person: often an answer."""
    tokens = text.tokens
    if len(tokens) > 3 and _ASKING & {token.compared for token in tokens}:
        return None
    while tokens and tokens[0].compared in book.fillers:
        tokens = tokens[1:]
    if not 2 <= len(tokens) <= 6:
        return None
    if tokens[0].compared in book.echo_starts | book.never_first:
        return None
    if any(token.ends_sentence for token in tokens[:-1]):
        return None
    pieces = [turned(piece.tokens, book) for piece in Text(tokens).clauses()]
    return None if None in pieces else ", ".join(piece for piece in pieces if piece)


def _quote(text: Text, book: Book) -> str | None:
    """A short sentence as it was said; the one with most weight, the later of equals."""
    best, weight = None, 0
    for sentence in text.sentences():
        tokens = sentence.tokens
        compared = {token.compared for token in tokens}
        if not 2 <= len(tokens) <= 8 or compared & (book.never_taken | {QUOTED}):
            continue
        if any(token.ends_clause for token in tokens[:-1]):
            continue
        own = 2 * len(compared & book.striking) + len(compared & book.echo_starts)
        if own >= max(weight, 1):
            best, weight = sentence.shown(), own
    return best


def _pronouns(found: OwnWords, text: Text, book: Book) -> None:
    """He, she or they for the one who is named; none where the words do not say."""
    compared = [token.compared for token in text.tokens]
    for each in book.pronouns.values():
        if found["relative"].split()[-1].lower() in each.get("of", "").split():
            found.update({slot: each[slot] for slot in ("they", "them", "their")})
            return
    for each in book.pronouns.values():
        own = {each["they"], each["them"], each["their"]}
        others = {
            word for other in book.pronouns.values() if other is not each
            for word in (other["they"], other["them"], other["their"])
        }  # fmt: skip
        if own & set(compared) and not others & set(compared):
            found.update({slot: each[slot] for slot in ("they", "them", "their")})
            return
