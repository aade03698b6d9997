"""A voice's pieces, gathered into sentences, so that each can be read before it is shown."""

import re
from collections.abc import AsyncGenerator, AsyncIterator

LONGEST_SENTENCE = 400
"""Characters after which words are let through at the next blank, full stop or not."""

_END = re.compile(r"""[.!?…。！？]+["'”’»)\]]*(?=\s)\s+|\n+""")


async def sentences(pieces: AsyncIterator[str]) -> AsyncGenerator[str, None]:
    """The same characters in the same order, a sentence (with the blank after it) at a time."""
    held = ""
    async for piece in pieces:
        held += piece
        while held:
            end = _boundary(held)
            if end is None:
                break
            yield held[:end]
            held = held[end:]
    if held:
        yield held


def complete_sentences(text: str, *, ended: bool) -> list[str]:
    """The sentences that stand in it so far; with `ended` also what has no full stop.

    >>> complete_sentences("Yes. And", ended=False)
    ['Yes. ']
    """
    found = []
    while text and (end := _boundary(text)) is not None:
        found.append(text[:end])
        text = text[end:]
    return [*found, text] if ended and text else found


def _boundary(held: str) -> int | None:
    if match := _END.search(held):
        return match.end()
    if len(held) > LONGEST_SENTENCE:
        blank = held.rfind(" ", 0, LONGEST_SENTENCE)
        return blank + 1 if blank > 0 else LONGEST_SENTENCE
    return None
