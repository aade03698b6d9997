"""A person's words as tokens: each as it is compared and as it is shown.

It knows the spelling variants of a language; it knows nothing of meaning.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

_TOKEN = re.compile(r"[^\W_]+(?:['-][^\W_]+)*|[.!?…\n;:()\[\]\"“”«»—–]+|,|[^\s]")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})
QUOTED = "quotedwords"
"""Stands where words of somebody else stood."""

_READ_AT_MOST = 24_000
"""Characters that are read of one turn; a turn cannot be longer than this by Beside's own limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word: how it is compared, how it is shown, and whether a clause or sentence ends after."""

    compared: str
    shown: str
    ends_clause: bool = False
    ends_sentence: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Tokens, and the one string that phrases are matched on (a blank after every token)."""

    tokens: tuple[Token, ...]

    @property
    def compared(self) -> str:
        """The words as they are compared, with a full stop as a token between sentences."""
        parts: list[str] = []
        for token in self.tokens:
            parts.append(token.compared)
            if token.ends_sentence:
                parts.append(".")
        if parts and parts[-1] == ".":
            parts.pop()
        return " ".join(parts) + " "

    def clauses(self) -> tuple["Text", ...]:
        """The pieces between commas and full stops."""
        return self._cut(at_clause=True)

    def sentences(self) -> tuple["Text", ...]:
        """The pieces between full stops."""
        return self._cut(at_clause=False)

    def shown(self) -> str:
        """The words as the person wrote them, without punctuation between them."""
        return " ".join(token.shown for token in self.tokens)

    def _cut(self, *, at_clause: bool) -> tuple["Text", ...]:
        pieces: list[Text] = []
        begin = 0
        for index, token in enumerate(self.tokens):
            if token.ends_sentence or (at_clause and token.ends_clause):
                pieces.append(Text(self.tokens[begin : index + 1]))
                begin = index + 1
        if begin < len(self.tokens):
            pieces.append(Text(self.tokens[begin:]))
        return tuple(pieces)


def read(text: str, same: Mapping[str, str]) -> Text:
    """The tokens of a turn; `same` maps a spelling (one or two words) to the one compared."""
    text = unicodedata.normalize("NFC", text[:_READ_AT_MOST]).translate(_QUOTES)
    tokens: list[Token] = []
    starts = True
    for piece in _TOKEN.findall(text):
        if piece[0].isalnum():
            compared = _compared(piece, same)
            bare = compared.replace("'", "")
            mended = compared if bare == piece.lower() != compared else piece
            tokens.append(Token(compared=compared, shown=_shown(mended, starts)))
            starts = False
        elif tokens and (piece == "," or not re.search(r"[.!?…\n;:()\[\]\"“”«»—–]", piece)):
            if piece == ",":
                tokens[-1] = _ended(tokens[-1], sentence=False)
        else:
            starts = starts or bool(re.search(r"[.!?…\n]", piece))
            if tokens:
                tokens[-1] = _ended(tokens[-1], sentence=True)
    return Text(_joined(tokens, same))


def _compared(word: str, same: Mapping[str, str]) -> str:
    lower = word.lower()
    return same.get(lower, lower)


def _shown(word: str, starts: bool) -> str:
    lower = word.lower()
    if lower == "i" or lower.startswith("i'"):
        return "I" + lower[1:]
    if starts or (word.isupper() and len(word) > 4):
        return lower
    return word


def _ended(token: Token, *, sentence: bool) -> Token:
    return Token(
        compared=token.compared,
        shown=token.shown,
        ends_clause=True,
        ends_sentence=token.ends_sentence or sentence,
    )


def _joined(tokens: list[Token], same: Mapping[str, str]) -> tuple[Token, ...]:
    """Two words that are one in `same` ("i am") become one token."""
    joined: list[Token] = []
    for token in tokens:
        before = joined[-1] if joined else None
        pair = f"{before.compared} {token.compared}" if before and not before.ends_clause else ""
        if before is not None and pair in same:
            joined[-1] = Token(
                compared=same[pair],
                shown=f"{before.shown} {token.shown}",
                ends_clause=token.ends_clause,
                ends_sentence=token.ends_sentence,
            )
        else:
            joined.append(token)
    return tuple(joined)
