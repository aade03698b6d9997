"""A model's thinking aloud, taken out of what it says: a person is shown only the words for them.

Servers mostly separate the two. Where one does not, the thoughts stand between marks in the text,
and a mark may come in pieces.
"""

import re

_MARKS = {
    "<think>": "</think>",
    "<thinking>": "</thinking>",
    "<thought>": "</thought>",
    "<reasoning>": "</reasoning>",
    "[THINK]": "[/THINK]",
    "◁think▷": "◁/think▷",
    "<|channel|>analysis<|message|>": "<|channel|>final<|message|>",
}
_OPENING = re.compile("|".join(re.escape(mark) for mark in _MARKS))
_CLOSING = re.compile("|".join(re.escape(mark) for mark in _MARKS.values()))
_EITHER = re.compile(f"{_OPENING.pattern}|{_CLOSING.pattern}")
_LONGEST = max(len(mark) for pair in _MARKS.items() for mark in pair)
_THINKERS = re.compile(r"(?<![a-z])(r1|qwq|thinking|reasoner|reasoning|magistral)(?![a-z])")


def thinks_aloud(model: str) -> bool:
    """Whether the name of a model says that it may begin with thoughts without marking them."""
    return bool(_THINKERS.search(model.lower()))


class Spoken:
    """The words that are for the person, out of pieces that may hold thoughts as well.

    With `wait` nothing is given before a mark says that the thoughts are over; where none comes,
    all of it was meant for the person and `end` gives it.
    """

    def __init__(self, *, wait: bool = False) -> None:
        self.strayed = False
        """Whether thoughts turned out to have been given as words, because nothing marked them."""
        self._waiting = wait
        self._closing: str | None = None
        self._held = ""
        self._begun = False

    def words(self, piece: str) -> str:
        """What can be said after this piece; nothing where it may be a thought, or half a mark."""
        self._held += piece
        said = ""
        while True:
            if self._closing is not None:
                before, mark, after = self._held.partition(self._closing)
                if not mark:
                    self._held = before[-_LONGEST:]
                    break
                self._held, self._closing = after, None
                continue
            found = (_CLOSING if self._waiting else _EITHER).search(self._held)
            if found is None:
                break
            mark = found.group()
            if mark in _MARKS:
                said += self._held[: found.start()]
                self._closing = _MARKS[mark]
            else:
                self.strayed = self.strayed or self._begun or bool(said.strip())
                self._waiting = False
                said = ""
            self._held = self._held[found.end() :]
        if self._closing is None and not self._waiting:
            keep = _beginning_of_a_mark(self._held)
            said += self._held[: len(self._held) - keep]
            self._held = self._held[len(self._held) - keep :]
        return self._given(said)

    def stop_waiting(self) -> str:
        """What was held back, where the server turns out to send thoughts apart from words."""
        self._waiting = False
        return self.words("")

    def end(self, *, cut_off: bool = False) -> str:
        """What is left to say when no more pieces come; cut off while waiting, it was thoughts."""
        held, self._held = self._held, ""
        thought = self._closing is not None or (cut_off and self._waiting)
        return "" if thought else self._given(held)

    def _given(self, said: str) -> str:
        if not self._begun:
            said = said.lstrip()
            self._begun = bool(said)
        return said


def _beginning_of_a_mark(text: str) -> int:
    """How many characters at the end of a text may be the beginning of a mark."""
    marks = [mark for pair in _MARKS.items() for mark in pair]
    for length in range(min(_LONGEST - 1, len(text)), 0, -1):
        if any(mark.startswith(text[-length:]) for mark in marks):
            return length
    return 0
