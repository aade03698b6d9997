"""One model, opened: texts in, raw scores out. What the scores mean is said in `saying.py`.

`reply.onnx` and `person.onnx` are two encoders with one vocabulary; a model for several languages
is one encoder that does both, in `both.onnx`, and has no words of its own beside it.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from beside_gauge.calibration import Calibration
from beside_gauge.encode import ASSETS, Encoded, encode
from beside_gauge.errors import AssetsMissing
from beside_gauge.exchange import Exchange, Turn
from beside_gauge.feed import alone, person_scores
from beside_gauge.reading import Unscored
from beside_gauge.scope import limits, out_of_scope
from beside_gauge.words import OUTPUTS, Words

if TYPE_CHECKING:
    import onnxruntime as ort

Scores = NDArray[np.float32]
BOTH, REPLY, PERSON = "both.onnx", "reply.onnx", "person.onnx"
VOCABULARY = "vocabulary.bin"


@dataclass(frozen=True, slots=True)
class Replies:
    """Raw scores of n replies (n, 18), each word's share of them, and the texts as encoded."""

    scores: Scores
    words: list[NDArray[np.float32]]
    texts: list[Encoded]


class Reader:
    """One model, opened."""

    def __init__(
        self,
        replies: "ort.InferenceSession",
        persons: "ort.InferenceSession",
        calibration: Calibration,
        words: Words | None,
        folder: Path,
        pieces: Path,
        threads: int,
    ) -> None:
        self._replies = replies
        self._persons = persons
        self.calibration = calibration
        self._words = words
        self._folder = folder
        self._pieces = pieces
        self._threads = threads

    @classmethod
    def load(cls, folder: Path, *, threads: int = 1) -> "Reader":
        """The model with the files of `folder`; AssetsMissing where they are not there.

        A folder without a tokenizer of its own has the one of the package.
        """
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3

        def opened(name: str) -> "ort.InferenceSession":
            return ort.InferenceSession(str(folder / name), options, ["CPUExecutionProvider"])

        try:
            calibration = Calibration.load(folder / "gauge.json")
            limits(folder)
            words = None
            if (folder / BOTH).exists():
                replies = persons = opened(BOTH)
            else:
                words = Words.load(folder / "words.npz")
                replies, persons = opened(REPLY), opened(PERSON)
        except (OSError, ValueError, KeyError) as error:
            raise AssetsMissing(f"the gauge's model in {folder} cannot be read; install "
                                "beside-gauge again") from error  # fmt: skip
        except Exception as error:  # onnxruntime's own errors have no common class
            raise AssetsMissing(f"the gauge's model in {folder} cannot be opened; install "
                                "beside-gauge again") from error  # fmt: skip
        pieces = folder if (folder / "tokenizer.json").exists() else ASSETS
        return cls(replies, persons, calibration, words, folder, pieces, threads)

    def refuses(self, turns: Sequence[Turn], reply: str) -> Unscored | None:
        """Why a reply is not scored; None where it is."""
        return out_of_scope(turns, reply, self._folder, self._pieces)

    @cached_property
    def hash(self) -> str:
        """The SHA-256 of what turns words into numbers."""
        digest = hashlib.sha256((self._pieces / "tokenizer.json").read_bytes())
        for name in (BOTH, REPLY, PERSON, VOCABULARY):
            if (self._folder / name).exists():
                digest.update((self._folder / name).read_bytes())
        return digest.hexdigest()

    def replies(self, exchanges: Sequence[Exchange]) -> Replies:
        """Scores of replies, the words' opinion added where there is one."""
        texts = [encode(one.context, one.reply, self._pieces) for one in exchanges]
        made = alone(self._replies, ["reply", "words"], texts, self._threads)
        scores = np.array([reply for reply, _ in made], np.float32).reshape(-1, 18)
        if self._words is not None and len(scores):
            said = self._words.scores([one.reply for one in exchanges])
            scores[:, :OUTPUTS] += said * self.calibration.blend
        return Replies(scores, [words for _, words in made], texts)

    def turns(self, many: Sequence[Sequence[Turn]]) -> Scores:
        """Raw scores of persons' turns (n, 24); long ones part by part."""
        return person_scores(self._run_turns, many, self._pieces)

    def turns_whole(self, many: Sequence[Sequence[Turn]]) -> Scores:
        """Raw scores of persons' turns (n, 24), each read once, shortened where it is long."""
        return self._run_turns([encode(turns, folder=self._pieces) for turns in many])

    def reply_states(self, exchanges: Sequence[Exchange]) -> Scores:
        """(n, 384) the mean token of each exchange."""
        texts = [encode(one.context, one.reply, self._pieces) for one in exchanges]
        return self._states(self._replies, texts)

    def turn_states(self, many: Sequence[Sequence[Turn]]) -> Scores:
        """(n, 384) the mean token of persons' turns alone."""
        return self._states(self._persons, [encode(t, folder=self._pieces) for t in many])

    def _run_turns(self, texts: Sequence[Encoded]) -> Scores:
        made = alone(self._persons, ["turn"], texts, self._threads)
        return np.array([turn for (turn,) in made], np.float32).reshape(-1, 24)

    def _states(self, session: "ort.InferenceSession", texts: Sequence[Encoded]) -> Scores:
        made = alone(session, ["whole"], texts, self._threads)
        return np.array([whole for (whole,) in made], np.float32).reshape(-1, 384)
