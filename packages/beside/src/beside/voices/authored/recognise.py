"""What kind of turn this is. It reads one turn, and the companion's words just before it."""

import re
from dataclasses import dataclass

from beside.voices.authored.book import Book, Moment
from beside.voices.authored.sure import is_sure
from beside.voices.authored.text import QUOTED, Text, read
from beside.voices.authored.tone import Tone, Wants, wants

_FACES = {
    "emoji_sad": "😢😭😞😔😟😣😖😩😫🥺💔😿☹🙁😥😓😪🥀😨😰😱",
    "emoji_glad": "😀😃😄😁😆😅🤣😂🙂😊🥰😍🎉🥳❤💛💚💙💜🧡😎🤗👍🙏✨😋😌☺😉",
}
_ODD = re.compile(r"[<>{}\[\]%/\\#@=_|^~$*]")
"""Signs of something other than talk: it is answered, and not said back."""
_PAGE_WORDS = 170
_SHORT_QUESTION = 16
_QUOTED = re.compile(r"[\"“„«](?=\S)[^\"”“»\n]{1,300}[\"”“»]")
"""Words of somebody else, or of a book: they are not the person's own."""
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{6,}")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A turn as it was heard: its words, its moment (None: not recognised), what it named.

    `asks`: it ends as a question; `eager`: so, or with an exclamation mark; `odd`: it holds signs
    that are not of talk; `page`: it is as long as a page. `tone`, `glad` and `wants`: how heavy
    or light it is (`weight` in a number), whether it rejoices, and what it asks for.
    """

    text: Text
    moment: Moment | None
    also: tuple[Moment, ...] = ()
    named: tuple[tuple[str, str], ...] = ()
    asks: bool = False
    eager: bool = False
    odd: bool = False
    page: bool = False
    glad: bool = False
    tone: Tone = "plain"
    weight: float = 0.0
    wants: Wants | None = None


def hear(turn: str, book: Book, *, before: str = "", after_door: bool = False) -> Heard:
    """What this turn is; `before` is what the companion said just before it."""
    text = read(_without_quotes(turn), book.same)
    page = len(text.tokens) > _PAGE_WORDS
    asks = turn.rstrip().endswith("?") or ("?" in turn and len(text.tokens) <= _SHORT_QUESTION)
    if name := _by_shape(turn, text):
        return Heard(text=text, moment=book.moments.get(name))
    tone, weight = book.scale.weigh(turn, text)
    hits: dict[str, list[re.Match[str]]] = {}
    scores: dict[str, float] = {}
    named: dict[str, dict[str, str]] = {}
    compared, said_before = text.compared, read(before, book.same).compared
    for name, match in book.heard.find(compared):
        moment = book.moments[name]
        if not _fits(moment, text, compared, said_before, "?" in before, after_door):
            continue
        hits.setdefault(name, []).append(match)
        words = match.group().count(" ")
        late = match.end() / len(compared) if page else 0.0
        score = moment.rank + 0.2 * words + late
        scores[name] = max(scores.get(name, 0.0), score) + (1.0 if name in scores else 0.0)
        groups = {slot: _shown(text, match, slot) for slot, got in match.groupdict().items() if got}
        named.setdefault(name, {}).update(groups)
    for name, matches in hits.items():
        if book.scale and not is_sure(book.moments[name], matches, text, tone):
            del scores[name]
    ranked = sorted(scores, key=lambda name: (-scores[name], name))
    everything = {slot: got for name in reversed(ranked) for slot, got in named[name].items()}
    return Heard(
        text=text,
        moment=book.moments[ranked[0]] if ranked else None,
        also=tuple(book.moments[name] for name in ranked[1:]),
        named=tuple(everything.items()),
        asks=asks,
        odd=_ODD.search(turn) is not None,
        eager=turn.rstrip().endswith(("?", "!")),
        page=page,
        glad=tone == "light" and "!" in turn,
        tone=tone,
        weight=weight,
        wants=wants(turn, text, book.asks),
    )


def _without_quotes(turn: str) -> str:
    """The turn with a stand-in for what is quoted; as it is where little else would be left."""
    bare = _QUOTED.sub(f" {QUOTED} ", turn)
    return bare if len(bare.split()) >= 4 else turn


def _fits(
    moment: Moment, text: Text, compared: str, before: str, asked: bool, after_door: bool
) -> bool:
    if moment.most_words is not None and len(text.tokens) > moment.most_words:
        return False
    if moment.after_question and not asked:
        return False
    if moment.after_door and not after_door:
        return False
    if moment.after and not any(phrase.find(before) for phrase in moment.after):
        return False
    return not any(phrase.find(compared) for phrase in moment.unless)


def _shown(text: Text, match: re.Match[str], slot: str) -> str:
    """The words of a match's slot as the person wrote them."""
    begin, end = match.span(slot)
    shown: list[str] = []
    at = 0
    for token in text.tokens:
        if begin <= at < end:
            shown.append(token.shown)
        at += len(token.compared) + 1 + (2 if token.ends_sentence else 0)
    return " ".join(shown)


def _by_shape(turn: str, text: Text) -> str | None:
    """Turns that are known by their shape and not by their words."""
    letters = [character for character in turn if character.isalnum()]
    if not letters:
        for name, faces in _FACES.items():
            if any(character in faces for character in turn):
                return name
        return "silence" if re.fullmatch(r"[\s.…,\-–—_*~]*", turn) else "signs"
    if len(text.tokens) <= 4 and all(_mash(token.compared) for token in text.tokens):
        return "nonsense"
    return None


def _mash(word: str) -> bool:
    if not word.isascii() or len(word) < 4:
        return False
    if _CONSONANTS.search(word) or len(set(word)) * 4 <= len(word):
        return True
    return len(word) > 4 and any(word[:5] in row for row in _ROWS)
