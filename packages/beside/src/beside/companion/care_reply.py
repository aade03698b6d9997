"""What Beside says by itself when care sees danger: authored words, no model, no waiting."""

from collections.abc import Sequence

from beside.companion.care import Look
from beside.companion.helplines import HelplineBook
from beside.voices.base import Message


def answer(
    look: Look, text: str, earlier: Sequence[Message], *, country: str | None, book: HelplineBook
) -> str:
    """The reply to a turn of level 2 or 3."""
    emergency = book.emergency(country, look.kinds)
    number = emergency.number if emergency else "your local emergency number"
    if look.level >= 3:
        return f"Please call {number} now. I am here. Are you safe at this moment?"
    return "Thank you for saying this. Are you thinking of ending your life? I am here."
