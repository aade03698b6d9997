"""Names for things: made from a moment and some randomness, so that they sort by time."""

from collections.abc import Callable
from datetime import datetime
from typing import NewType

ConversationId = NewType("ConversationId", str)
TurnId = NewType("TurnId", str)
NoteId = NewType("NoteId", str)
MirrorId = NewType("MirrorId", str)
VoiceName = NewType("VoiceName", str)

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32, in lower case: no letter that reads like another."""

RandomBytes = Callable[[int], bytes]


def make_id(at: datetime, random_bytes: RandomBytes) -> str:
    """A name of 26 characters: 10 for the millisecond (they sort), 16 of randomness."""
    number = int(at.timestamp() * 1000) << 80 | int.from_bytes(random_bytes(10), "big")
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(125, -1, -5))
