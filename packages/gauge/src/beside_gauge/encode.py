"""From words to the numbers that the model reads. The same here and where the model is made."""

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

    The newest turn keeps 120 pieces (its beginning and its end), up to three before it 60 each; the
    reply is cut at 384, which `Gauge` says openly instead of reading it.
    """
    said = tokenizer().encode(reply, add_special_tokens=False)
    own = list(said.ids[:LONGEST_REPLY])
    ids = [_special("[CLS]"), *own, _special("[SEP]")]
    first = len(ids)
    for back, turn in enumerate(reversed(turns[-TURNS:])):
        ids.append(_special("[unused1]" if turn.role == "person" else "[unused2]"))
        words = list(tokenizer().encode(turn.text, add_special_tokens=False).ids)
        ids += _shortened(words, LONGEST_BEFORE if back else LONGEST_TURN)
    ids.append(_special("[SEP]"))
    return Encoded(
        ids=tuple(ids),
        parts=(0,) * first + (1,) * (len(ids) - first),
        places=tuple(said.offsets[:LONGEST_REPLY]),
    )


def _shortened(ids: list[int], longest: int) -> list[int]:
    """Beginning and end: what a long turn is about, and what it ends on."""
    if len(ids) <= longest:
        return ids
    head = longest * 2 // 5
    return ids[:head] + ids[head - longest :]
