"""One turn, top to bottom: what the person said, and the words that answer it.

Care looks first and may answer by itself. Otherwise the chosen voice speaks; each sentence is read
by care before it is shown. Where the voice cannot be had at all, the floor (a voice that needs no
model) answers instead. Journaling and showing belong to `replies.py`.
"""

import logging
import unicodedata
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from beside.companion import stance
from beside.companion.care import Look, look, look_at_reply
from beside.companion.care_reply import answer
from beside.companion.helplines import HelplineBook
from beside.companion.sentences import sentences
from beside.errors import NothingSaid, TooLong, VoiceBroke, VoiceError
from beside.talk.events import Mode
from beside.talk.ids import VoiceName
from beside.voices.base import Message, Voice

log = logging.getLogger("beside.care")

LONGEST_TURN = 20_000
"""Characters that a person can say at once."""

CARE_VOICE = VoiceName("care")
FLOOR = VoiceName("authored")
"""The voice that is always there."""

WORDS_OF_LAST_RESORT = (
    "I take this seriously, and I'm here. Please let a person be with you now: your local "
    "emergency number, or someone you trust. “Reach a person” shows how. Are you safe right now?"
)
"""What is said in danger where everything else of ours has failed."""

NOTHING_SEEN = Look(
    level=0,
    kinds=(),
    language="en",
    carried=False,
    minor=False,
    someone_near_unsafe=False,
    suspend_entrance=False,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words of the reply that may be shown."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How the reply came to its end; `reason` is a code of `errors` or of care, if any."""

    failed: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a turn is made from: the visible line, the person's words last, and what care saw."""

    line: tuple[Message, ...]
    look: Look
    mode: Mode
    notes: tuple[str, ...] = ()
    country: str | None = None


def clean(text: str) -> str:
    """The person's words, fit to be kept: broken characters replaced, control characters gone.

    Raises NothingSaid where no visible character is left, TooLong beyond `LONGEST_TURN`.
    """
    whole = (
        text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    )
    kept = "".join(c for c in whole if c in "\n\t" or unicodedata.category(c) != "Cc").strip()
    if not any(unicodedata.category(c)[0] not in "ZC" for c in kept):
        raise NothingSaid("There are no words here yet. Say it in your own time.")
    if len(kept) > LONGEST_TURN:
        raise TooLong(
            f"This is longer than one turn can hold ({LONGEST_TURN:,} characters). "
            "Nothing was lost: it can be said in two parts."
        )
    return kept


def care_look(text: str, earlier: Sequence[Message]) -> Look:
    """What care sees. Were care itself to fail, the turn goes on, as one that needs it slow.

    Only the name of what went wrong is logged, never a word of what was said.
    """
    try:
        return look(text, earlier)
    except Exception as error:  # nobody is left without an answer because of a fault of ours
        log.error("care could not read a turn: %s", type(error).__name__)
        return replace(NOTHING_SEEN, level=1, suspend_entrance=True)


def speaker(heard: Heard, voice: VoiceName) -> VoiceName:
    """Who will answer: care itself when there is danger, else the chosen voice."""
    return CARE_VOICE if heard.look.level >= 2 else voice


async def take(
    heard: Heard, *, voice: Voice | VoiceError, floor: Voice, book: HelplineBook
) -> AsyncGenerator[Words | Ending, None]:
    """The words that answer, in order, then one `Ending`. Closing it stops the voice.

    `voice` is a VoiceError where the chosen voice cannot be had: then the floor answers.
    """
    if heard.look.level >= 2:
        yield Words(text=_care_answer(heard, book))
        yield Ending()
        return
    messages = stance.compose(heard.line, mode=heard.mode, look=heard.look, notes=heard.notes)
    spoken = False
    ending = Ending()
    try:
        if isinstance(voice, VoiceError):
            raise voice
        async with aclosing(_weighed(voice, messages, heard.look)) as words:
            async for step in words:
                if isinstance(step, Ending):
                    ending = step
                    break
                spoken = True
                yield step
    except VoiceError as error:
        ending = Ending(failed=True, reason=error.code)
    except Exception as error:  # whatever a voice does, the person is answered
        log.error("a voice broke: %s", type(error).__name__)
        ending = Ending(failed=True, reason=VoiceBroke.code)
    if spoken or (ending.reason is None and voice is floor):
        yield ending
        return
    async with aclosing(_as_words(floor, messages)) as words:
        async for step in words:
            yield step
    yield Ending(reason=ending.reason or "silent")


def _care_answer(heard: Heard, book: HelplineBook) -> str:
    *earlier, last = heard.line
    try:
        return answer(heard.look, last.text, earlier, country=heard.country, book=book)
    except Exception as error:  # a fault of ours must not leave a person in danger without words
        log.error("care could not answer: %s", type(error).__name__)
        return WORDS_OF_LAST_RESORT


async def _weighed(
    voice: Voice, messages: Sequence[Message], look: Look
) -> AsyncGenerator[Words | Ending, None]:
    """The voice's sentences that care lets through; an Ending at the first that it does not."""
    async with (
        aclosing(_pieces(voice, messages)) as pieces,
        aclosing(sentences(pieces)) as complete,
    ):
        async for sentence in complete:
            seen = look_at_reply(sentence, look)
            if not seen.allowed:
                yield Ending(reason=f"care-{seen.reason}")
                return
            yield Words(text=sentence)


async def _pieces(voice: Voice, messages: Sequence[Message]) -> AsyncGenerator[str, None]:
    stream = voice.stream(messages)
    try:
        async for piece in stream:
            yield piece
    finally:
        if isinstance(stream, AsyncGenerator):
            await stream.aclose()


async def _as_words(voice: Voice, messages: Sequence[Message]) -> AsyncGenerator[Words, None]:
    async with aclosing(_pieces(voice, messages)) as pieces:
        async for piece in pieces:
            yield Words(text=piece)
