"""What care adds to an ordinary reply, while the chosen voice speaks: one sentence at its end.

Where it is a question, the voice's own further questions are left out: one at a time.
"""

import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from beside.companion.care import Look
from beside.companion.care_reply import beside_the_reply
from beside.companion.sentences import complete_sentences
from beside.companion.steps import Ending, Step, Words
from beside.voices.base import Message

log = logging.getLogger("beside.care")


async def stay_near(
    look: Look, earlier: Sequence[Message], steps: AsyncGenerator[Step, None]
) -> AsyncGenerator[Step, None]:
    """The same steps, with care's sentence before the end where there is one to say."""
    added = "" if look.by_care else _added(look, earlier)
    held, spoken = "", False
    async with aclosing(steps):
        async for step in steps:
            if isinstance(step, Words) and added and look.asks is not None:
                held += step.text
                whole = complete_sentences(held, ended=False)
                held = held[sum(map(len, whole)) :]
                for sentence in whole:
                    if not (spoken and _asks(sentence)):
                        spoken = True
                        yield Words(text=sentence)
                continue
            if isinstance(step, Ending):
                if held and not (spoken and _asks(held)):
                    spoken = True
                    yield Words(text=held)
                if added and spoken and not step.failed:
                    yield Words(text=f"\n\n{added}")
            spoken = spoken or isinstance(step, Words)
            yield step


def _asks(sentence: str) -> bool:
    return sentence.rstrip(" \n\"'”’)»").endswith("?")


def _added(look: Look, earlier: Sequence[Message]) -> str:
    try:
        return beside_the_reply(look, earlier)
    except Exception as error:  # the reply itself must come
        log.error("care could not add to a reply: %s", type(error).__name__)
        return ""
