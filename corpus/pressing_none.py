"""Turns of everyday talk, from the corpus: what the head must not take for pressing.

Written turns that do not press stand near those that do. Most of what people say stands far from
both, and a head that has never met it calls half of it pressing (measured: 29% of 500 turns).
"""

import hashlib
from collections.abc import Iterator

from beside.voices.authored.book import open_book
from beside.voices.authored.pressed import Pressed, press
from beside.voices.authored.text import read
from beside.voices.base import Message
from corpus.conversations import Talk, files, talks
from corpus.settled import PersonTurn, corpus
from corpus.shapes import OTHERS

HAND = "everyday"
"""What a hand's name ends with here: `en-everyday`."""
MANY = {"en": (1800, 600), **dict.fromkeys(OTHERS, (150, 100))}
"""How many are taken by language: with something said before, and without."""
TEST_CONVERSATIONS = "710"
"""From this number on the written conversations are for testing, and are left out."""


def everyday() -> Iterator[tuple[str, str, tuple[Message, ...]]]:
    """Hand, id and talk of the turns that are taken; those where a phrase presses are left out.

    Every turn is drawn by the hash of its id, so that more turns in the corpus change few of them.
    Of the written conversations (English) every turn of the person is taken.
    """
    for path in files():
        if path.name < TEST_CONVERSATIONS:
            for talk in talks(path)[0]:
                yield from _every_turn(talk)
    for language, (after, first) in MANY.items():
        turns = corpus("train", language=language).turns
        by_lot = sorted(turns, key=lambda turn: hashlib.sha256(turn.id.encode()).digest())
        left = {True: after, False: first}
        for turn in by_lot:
            goes_on = len(turn.turns) > 1
            if left[goes_on] and not _presses(turn, language):
                left[goes_on] -= 1
                yield f"{language}-{HAND}", turn.id, _talk(turn)


def _every_turn(talk: Talk) -> Iterator[tuple[str, str, tuple[Message, ...]]]:
    if (book := open_book("en")) is None:
        return
    line = [_message(*turn) for turn in talk.turns]
    own = [at for at, each in enumerate(line) if each.role == "person"]
    does = press([read(line[at].text, book.same) for at in own], book.pressure)
    for at, pressed in zip(own, does, strict=True):
        if not pressed.outright:
            yield f"en-{HAND}", f"{talk.id}:{at}", tuple(line[: at + 1])


def _message(role: str, text: str) -> Message:
    return Message(role="person" if role == "person" else "companion", text=text)


def _talk(turn: PersonTurn) -> tuple[Message, ...]:
    return tuple(_message(role, text) for role, text in turn.turns)


def _presses(turn: PersonTurn, language: str) -> bool:
    """Whether the written shapes find that it presses or is right."""
    if (book := open_book(language)) is None:
        return False
    own = [read(text, book.same) for role, text in turn.turns if role == "person"]
    return press(own, book.pressure)[-1] != Pressed()
