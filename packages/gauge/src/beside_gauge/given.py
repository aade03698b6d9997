"""Is this what the gauge takes? Wrong types and broken text get a sentence that says what to do."""

from collections.abc import Sequence
from typing import Any

from beside_gauge.errors import NotReadable
from beside_gauge.exchange import Exchange, Turn


def checked(exchange: Any) -> Exchange:
    """The exchange as it was given; NotReadable, in a sentence, where it is none."""
    if not isinstance(exchange, Exchange):
        raise NotReadable(
            f"the gauge reads an Exchange, not {type(exchange).__name__}: "
            "Exchange(context=(Turn(role='person', text=...),), reply=...)"
        )
    checked_turns(exchange.context)
    if not isinstance(exchange.reply, str):
        raise NotReadable(f"a reply is text, not {type(exchange.reply).__name__}")
    if not _whole_characters(exchange.reply):
        raise NotReadable("the reply has half a character in it (a lone surrogate); save it again")
    return exchange


def checked_turns(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """The turns as a tuple; NotReadable where they are no turns or the last is not a person's."""
    if not turns or not all(isinstance(turn, Turn) for turn in turns):
        raise NotReadable("the turns are Turn objects, the person's last, and at least one")
    if not all(isinstance(turn.text, str) for turn in turns):
        raise NotReadable("what a turn says is text")
    if not all(_whole_characters(turn.text) for turn in turns):
        raise NotReadable("a turn has half a character in it (a lone surrogate); save it again")
    if turns[-1].role != "person":
        raise NotReadable("the last turn has to be the person's")
    return tuple(turns)


def _whole_characters(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
