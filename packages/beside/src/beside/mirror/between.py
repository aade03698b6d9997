"""What went on between the two over a whole session: nine scales, from readings made already.

The scales were fitted to English conversations and abstain elsewhere, with the reason. Each is
shown with its interval and by itself: they are never made into one number here.
"""

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from beside.mirror.exchanges import Answered
from beside.mirror.figures import Estimate

if TYPE_CHECKING:
    from beside_gauge import ConversationReader, Exchange, Reading

ScaleId = Literal["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9"]
Why = Literal["too-short", "language", "nothing-went-wrong", "not-spoken-of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """One scale of the whole: its estimate, and the places of the turns that carry it.

    Without an estimate, `why` says what was missing.
    """

    scale: ScaleId
    estimate: Estimate | None
    turns: tuple[int, ...] = ()
    why: Why | None = None


class Between:
    """Takes in the answers of a session one by one, each with its reading; its memory is flat."""

    def __init__(self, model: str | None) -> None:
        self._reader = _reader(model)
        self._places = array("l")
        self._answers = 0

    def add(self, each: Answered, exchange: "Exchange", reading: "Reading") -> None:
        """An answer with the person's part before it."""
        from beside_gauge import Turn

        if self._reader is None:
            return
        self._reader.take(exchange.context[-1], reading.person)
        self._reader.take(Turn(role="companion", text=exchange.reply), reading)
        self._places.extend((each.person.place, each.reply.place))
        self._answers += 1

    def scales(self) -> tuple[Scale, ...]:
        """The nine scales, in their order; none where the gauge has no lines for them."""
        if self._reader is None or not self._answers:
            return ()
        made = []
        for each in self._reader.reading().scales:
            estimate = None
            if each.value is not None and each.low is not None and each.high is not None:
                estimate = Estimate(
                    value=each.value, low=each.low, high=each.high, count=self._answers
                )
            places = tuple(self._places[at] for at in each.turns)
            made.append(
                Scale(
                    scale=each.scale,
                    estimate=estimate,
                    turns=places if estimate is not None else (),
                    why=each.reason,
                )
            )
        return tuple(made)


def _reader(model: str | None) -> "ConversationReader | None":
    from beside_gauge import AssetsMissing, ConversationReader

    if model is None:
        return None
    try:
        return ConversationReader(model=model)
    except AssetsMissing:  # lines of another gauge: what they would say is not known
        return None
