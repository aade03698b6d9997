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


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """One text for the model: token ids, the part each belongs to, and the reply's places.

    `parts` is 0 on the reply, 1 on the turns. `places[i]` is where token i + 1 stands in the reply,
    as (first character, behind the last).
    """

    ids: tuple[int, ...]
    parts: tuple[int, ...]
    places: tuple[tuple[int, int], ...]


@cache
def tokenizer() -> "Tokenizer":
    """The word pieces of the encoder, read once."""
    from tokenizers import Tokenizer

    pieces = Tokenizer.from_file(str(ASSETS / "tokenizer.json"))
    pieces.no_truncation()
    pieces.no_padding()
    pieces.encode_special_tokens = True  # "[SEP]" in somebody's words is words
    return pieces


@cache
def _special(piece: str) -> int:
    found = tokenizer().token_to_id(piece)
    if found is None:
        raise ValueError(f"the tokenizer has no piece {piece}")
    return int(found)


def length(text: str) -> int:
    """How many pieces a text has."""
    return len(tokenizer().encode(text, add_special_tokens=False).ids)


def encode(turns: Sequence[Turn], reply: str = "") -> Encoded:
    """A reply with the turns before it (newest first), or only the turns where it is empty.

    The newest turn keeps 120 pieces (its beginning and its end), up to three before it 60 each, as
    far as 512 pieces reach; the reply is cut at 384, which `Gauge` says openly instead of reading.
    """
    said = tokenizer().encode(reply, add_special_tokens=False)
    own = list(said.ids[:LONGEST_REPLY])
    ids = [_special("[CLS]"), *own, _special("[SEP]")]
    first = len(ids)
    for back, turn in enumerate(reversed(turns[-TURNS:])):
        room = min(LONGEST_BEFORE if back else LONGEST_TURN, MOST_PIECES - len(ids) - 2)
        if room < 2:
            break
        ids.append(_special("[unused1]" if turn.role == "person" else "[unused2]"))
        words = list(tokenizer().encode(turn.text, add_special_tokens=False).ids)
        ids += _shortened(words, room)
    ids.append(_special("[SEP]"))
    return Encoded(
        ids=tuple(ids),
        parts=(0,) * first + (1,) * (len(ids) - first),
        places=tuple(said.offsets[:LONGEST_REPLY]),
    )


def windows(turns: Sequence[Turn]) -> list[Encoded]:
    """The newest turn in overlapping pieces where it is too long to be read at once; else nothing.

    So that what stands in the middle of a long turn is looked at too: forty pieces at a time, and
    each sentence by itself, since calm words around one can drown it; at most 600 windows of each.
    """
    text = turns[-1].text
    words = list(tokenizer().encode(text, add_special_tokens=False).ids)
    if len(words) <= LONGEST_TURN:
        return []
    pieces = [words[at : at + WINDOW] for at in range(0, len(words), WINDOW // 2)][:MOST_WINDOWS]
    for sentence in dict.fromkeys(_sentence.split(text)[:MOST_WINDOWS]):
        own = list(tokenizer().encode(sentence, add_special_tokens=False).ids)[:LONGEST_TURN]
        pieces += [own] if own else []
    made = []
    for piece in pieces:
        ids = [_special("[CLS]"), _special("[SEP]"), _special("[unused1]"), *piece,
               _special("[SEP]")]  # fmt: skip
        made.append(Encoded(ids=tuple(ids), parts=(0, 0) + (1,) * (len(ids) - 2), places=()))
    return made


def _shortened(ids: list[int], longest: int) -> list[int]:
    """Beginning and end: what a long turn is about, and what it ends on."""
    if len(ids) <= longest:
        return ids
    head = longest * 2 // 5
    return ids[:head] + ids[head - longest :]
