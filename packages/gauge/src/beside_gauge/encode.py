"""From words to the numbers that the model reads. The same here and where the model is made."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from beside_gauge.exchange import Turn

if TYPE_CHECKING:
    from tokenizers import Tokenizer

ASSETS = Path(__file__).parent / "assets"
LONGEST_REPLY = 384
LONGEST_TURN = 120
LONGEST_BEFORE = 60
TURNS = 4
MOST_PIECES = 512
MOST_WINDOWS = 600
WINDOW = 40
_sentence = re.compile(r"(?<=[.!?…])\s+|\n+")
_private = re.compile("[\ue000-\ue004]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """One text for the model: token ids, the part each belongs to, and the reply's places.

    `parts` is 0 on the reply, 1 on the turns. `places[i]` is where token i + 1 stands in the reply,
    as (first character, behind the last).
    """

    ids: tuple[int, ...]
    parts: tuple[int, ...]
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Pieces that are no words: where a text begins, a part ends, a person or a helper speaks."""

    begins: int
    ends: int
    person: int
    helper: int
    hidden: int
    """Stands where a word was put out of sight, in learning."""


_MARKS = (
    ("[CLS]", "[SEP]", "[unused1]", "[unused2]", "[MASK]"),
    ("\ue000", "\ue001", "\ue002", "\ue003", "\ue004"),
)
"""As the two tokenizers call them; the second takes characters that mean nothing."""


@cache
def tokenizer(folder: Path = ASSETS) -> "Tokenizer":
    """The word pieces of the encoder whose files lie in `folder`, read once."""
    from tokenizers import Tokenizer

    pieces = Tokenizer.from_file(str(folder / "tokenizer.json"))
    pieces.no_truncation()
    pieces.no_padding()
    pieces.encode_special_tokens = True  # "[SEP]" in somebody's words is words
    return pieces


@cache
def marks(folder: Path = ASSETS) -> Marks:
    """The marks of that encoder."""
    for names in _MARKS:
        found = [tokenizer(folder).token_to_id(name) for name in names]
        begins, ends, person, helper, hidden = (-1 if each is None else each for each in found)
        if None not in found:
            return Marks(begins=begins, ends=ends, person=person, helper=helper, hidden=hidden)
    raise ValueError("the tokenizer lacks a mark that the encoder needs")


def length(text: str, folder: Path = ASSETS) -> int:
    """How many pieces a text has."""
    return len(_pieces(text, folder))


def encode(turns: Sequence[Turn], reply: str = "", folder: Path = ASSETS) -> Encoded:
    """A reply with the turns before it (newest first), or only the turns where it is empty.

    The newest turn keeps 120 pieces (its beginning and its end), up to three before it 60 each, as
    far as 512 pieces reach; the reply is cut at 384, which `Gauge` says openly instead of reading.
    """
    mark = marks(folder)
    said = tokenizer(folder).encode(_clean(reply), add_special_tokens=False)
    own = list(said.ids[:LONGEST_REPLY])
    ids = [mark.begins, *own, mark.ends]
    first = len(ids)
    for back, turn in enumerate(reversed(turns[-TURNS:])):
        room = min(LONGEST_BEFORE if back else LONGEST_TURN, MOST_PIECES - len(ids) - 2)
        if room < 2:
            break
        ids.append(mark.person if turn.role == "person" else mark.helper)
        ids += _shortened(_pieces(turn.text, folder), room)
    ids.append(mark.ends)
    return Encoded(
        ids=tuple(ids),
        parts=(0,) * first + (1,) * (len(ids) - first),
        places=tuple(said.offsets[:LONGEST_REPLY]),
    )


def windows(turns: Sequence[Turn], folder: Path = ASSETS) -> list[Encoded]:
    """The newest turn in overlapping pieces where it is too long to be read at once; else nothing.

    So that what stands in the middle of a long turn is looked at too: forty pieces at a time, and
    each sentence by itself, since calm words around one can drown it; at most 600 windows of each.
    """
    text = turns[-1].text
    words = _pieces(text, folder)
    if len(words) <= LONGEST_TURN:
        return []
    pieces = [words[at : at + WINDOW] for at in range(0, len(words), WINDOW // 2)][:MOST_WINDOWS]
    for sentence in dict.fromkeys(_sentence.split(text)[:MOST_WINDOWS]):
        own = _pieces(sentence, folder)[:LONGEST_TURN]
        pieces += [own] if own else []
    mark = marks(folder)
    made = []
    for piece in pieces:
        ids = [mark.begins, mark.ends, mark.person, *piece, mark.ends]
        made.append(Encoded(ids=tuple(ids), parts=(0, 0) + (1,) * (len(ids) - 2), places=()))
    return made


def _pieces(text: str, folder: Path) -> list[int]:
    return list(tokenizer(folder).encode(_clean(text), add_special_tokens=False).ids)


def _clean(text: str) -> str:
    """The characters that a tokenizer takes for marks are nobody's words."""
    return _private.sub(" ", text)


def _shortened(ids: list[int], longest: int) -> list[int]:
    """Beginning and end: what a long turn is about, and what it ends on."""
    if len(ids) <= longest:
        return ids
    head = longest * 2 // 5
    return ids[:head] + ids[head - longest :]
