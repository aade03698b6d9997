"""Choosing one line that has not been said, begins unlike the others, and takes up what it can."""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_SLOT = re.compile(r"\{([a-z_]+)\}")
_SENTENCE = re.compile(r"[^.!?…]+(?:[.!?…]+[”\"]?|$)")
_BEGIN = re.compile(r"(^|[.!?…][”“»]? )((?:[“„«¿¡] ?)?)([^\W\d_])")
_ENOUGH = 10
"""Characters of a line's own words that make it known again."""

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the companion has said in this conversation, ready to be asked about."""

    words: str
    openers: frozenset[str]
    last: str

    @classmethod
    def of(cls, replies: Sequence[str]) -> "Said":
        """From the companion's turns, oldest first."""
        return cls(
            words=" ¶ ".join(" ".join(reply.lower().split()) for reply in replies),
            openers=frozenset(opener(reply) for reply in replies),
            last=replies[-1] if replies else "",
        )

    def holds(self, line: str) -> bool:
        """Whether this line was said, whatever words stood in its slots."""
        pieces = [piece for piece in _own_pieces(line) if len(piece) >= _ENOUGH]
        return bool(pieces) and all(piece in self.words for piece in pieces)

    def when(self, line: str) -> int:
        """Where the line was last said, to find the one said longest ago; -1 if it was not."""
        pieces = [piece for piece in _own_pieces(line) if len(piece) >= _ENOUGH]
        return max((self.words.rfind(piece) for piece in pieces), default=-1)

    def repeats(self, filled: str) -> bool:
        """Whether a sentence of this was said before, word for word."""
        return any(
            sentence.lower() in self.words
            for sentence in sentences(filled)
            if sentence.count(" ") >= 1
        )


def opener(reply: str) -> str:
    """The first three words, as they are compared."""
    return " ".join(re.sub(r"[^\w' ]", "", reply.lower()).split()[:3])


def sentences(reply: str) -> list[str]:
    """The sentences of a reply."""
    return [found for each in _SENTENCE.findall(reply) if (found := each.strip())]


def slots(line: str) -> frozenset[str]:
    """The names of what a line takes up."""
    return frozenset(_SLOT.findall(line))


def fill(line: str, words: Words) -> str:
    """The line with the person's words in its slots, each sentence beginning with a capital."""
    filled = _SLOT.sub(lambda match: words[match.group(1)], line)
    return _BEGIN.sub(lambda match: match[1] + match[2] + match[3].upper(), filled)


def pick(
    lines: Sequence[str],
    words: Words,
    said: Said,
    chance: random.Random,
    *,
    opens: bool = True,
    asking: bool = True,
) -> str | None:
    """A line, filled; None where every line that fits was said.

    `opens`: the line begins the reply, so it must not begin as another did.
    `asking`: whether it may hold a question.
    """
    fitting: list[tuple[float, str]] = []
    for line in lines:
        chosen = chance.random()
        taken = slots(line)
        if not taken <= words.keys() or ("?" in line and not asking) or said.holds(line):
            continue
        filled = fill(line, words)
        if said.repeats(filled) or (opens and opener(filled) in said.openers):
            continue
        if opens and filled.split()[0] == said.last.split(" ")[0]:
            chosen -= 0.6
        fitting.append((chosen + 0.7 * bool(taken), filled))
    return max(fitting)[1] if fitting else None


def longest_ago(lines: Sequence[str], said: Said) -> str:
    """Where everything has been said: the line without slots that was said longest ago."""
    plain = [line for line in lines if not slots(line)]
    return min(plain, key=lambda line: (said.when(line), line))


def _own_pieces(line: str) -> list[str]:
    return [piece.strip(" .,;:?!“”„«»¿¡") for piece in _SLOT.split(line.lower())[::2]]
