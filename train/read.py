"""Scores of a learned gauge over many texts, in torch; used while learning and calibrating."""

from collections.abc import Sequence

import numpy as np
import torch

from beside_gauge.encode import Encoded
from train.fit import padded
from train.model import Gauge


def scores(model: Gauge, texts: Sequence[Encoded]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Raw scores of the reply (n, 18), of the turns (n, 24), and the mean token (n, 384)."""
    order = sorted(range(len(texts)), key=lambda i: len(texts[i].ids))
    reply = np.zeros((len(texts), 18), np.float32)
    turn = np.zeros((len(texts), 24), np.float32)
    whole = np.zeros((len(texts), 384), np.float32)
    model.eval()
    with torch.inference_mode():
        for start in range(0, len(order), 32):
            chosen = order[start : start + 32]
            out = model(*padded([texts[i] for i in chosen]))
            reply[chosen] = out.reply.numpy()
            turn[chosen] = out.turn.numpy()
            whole[chosen] = out.whole.numpy()
    return reply, turn, whole
