"""One turn, top to bottom: what the person said, and the words that answer it.

Care looks first and may answer by itself. Otherwise the chosen voice speaks, and what it says is
weighed before it is shown (`speaking.py`). Where it cannot be had, or nothing of it passes, the
floor (a voice that needs no model) answers. Journaling and showing belong to `replies.py`.
"""

import logging
import unicodedata
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from beside.companion import stance
from beside.companion.care import Look, look_at_reply
from beside.companion.care_reply import answer
from beside.companion.helplines import HelplineBook
from beside.companion.sample import pieces
from beside.companion.scales import Scales
from beside.companion.sentences import sentences
from beside.companion.speaking import Authored, Weighing, own_words, speak
from beside.companion.steps import Ending, Step, Words
from beside.companion.watch import Watch
from beside.companion.weigh import Lived
from beside.errors import NothingSaid, TooLong, VoiceBroke, VoiceError
from beside.settings import Settings
from beside.talk.events import Mode
from beside.talk.ids import VoiceName
from beside.voices.base import Message, Voice
from beside.voices.scripted import ScriptedVoice

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
class Heard:
    """What a turn is made from: the visible line, the person's words last, and what care saw."""

    line: tuple[Message, ...]
    look: Look
    mode: Mode
    notes: tuple[str, ...] = ()
    country: str | None = None
    lived: tuple[Lived, ...] = ()
    """The sides of the earlier replies, where they were read."""


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


def care_look(text: str, earlier: Sequence[Message], watch: Watch | None = None) -> Look:
    """What care sees, with the gauge where a watch has it.

    Were care itself to fail, the turn goes on, as one that needs it slow. Only the name of what
    went wrong is logged, never a word of what was said.
    """
    try:
        return (watch or Watch()).look(text, earlier)
    except Exception as error:  # nobody is left without an answer because of a fault of ours
        log.error("care could not read a turn: %s", type(error).__name__)
        return replace(NOTHING_SEEN, level=1, suspend_entrance=True)


def speaker(heard: Heard, voice: VoiceName) -> VoiceName:
    """Who will answer: care itself in danger and right after it, else the chosen voice."""
    return CARE_VOICE if heard.look.by_care else voice


async def take(
    heard: Heard,
    *,
    voice: Voice | VoiceError,
    floor: Authored,
    book: HelplineBook,
    scales: Scales,
    settings: Settings,
    seed: int = 0,
    weighed: bool = True,
) -> AsyncGenerator[Step, None]:
    """The words that answer, in order, then one `Ending`. Closing it stops the voice.

    `voice` is a VoiceError where the chosen voice cannot be had: then the floor answers. With
    another `seed` Beside may choose otherwise among words that are as good. Without `weighed` the
    voice is heard as it is, but for what care holds back.
    """
    if heard.look.by_care:
        yield Words(text=_care_answer(heard, book))
        yield Ending()
        return
    weighing = Weighing(
        messages=stance.compose(heard.line, mode=heard.mode, look=heard.look, notes=heard.notes),
        mode=heard.mode,
        look=heard.look,
        lived=heard.lived,
        floor=floor,
        scales=scales,
        many=settings.candidates,
        first_words_seconds=settings.first_words_seconds,
        seed=seed,
    )
    spoken = False
    if isinstance(voice, VoiceError):
        ending = Ending(reason=voice.code)
    elif voice is floor:
        ending = Ending()
    else:
        ending = Ending(reason="silent")
        chosen = weighed and _is_weighed(voice)
        steps = speak(voice, weighing) if chosen else _as_it_is(voice, weighing)
        try:
            async with aclosing(steps):
                async for step in steps:
                    if isinstance(step, Ending):
                        ending = step if spoken else Ending(reason=step.reason or "silent")
                        break
                    spoken = spoken or isinstance(step, Words)
                    yield step
        except Exception as error:  # whatever happens, the person is answered
            log.error("a turn broke: %s", type(error).__name__)
            ending = Ending(failed=spoken, reason=VoiceBroke.code)
    if spoken:
        yield ending
        return
    async with aclosing(own_words(weighing, ending)) as own:
        async for step in own:
            yield step


def _care_answer(heard: Heard, book: HelplineBook) -> str:
    *earlier, last = heard.line
    try:
        return answer(heard.look, last.text, earlier, country=heard.country, book=book)
    except Exception as error:  # a fault of ours must not leave a person in danger without words
        log.error("care could not answer: %s", type(error).__name__)
        return WORDS_OF_LAST_RESORT


def _is_weighed(voice: Voice) -> bool:
    """Whether what this voice says is a suggestion; a scripted one says what it was given."""
    return not isinstance(voice, ScriptedVoice) or voice.weighed


async def _as_it_is(voice: Voice, weighing: Weighing) -> AsyncGenerator[Step, None]:
    """The voice's sentences that care lets through; an Ending at the first that it does not."""
    try:
        async with (
            aclosing(pieces(voice, weighing.messages)) as said,
            aclosing(sentences(said)) as complete,
        ):
            async for sentence in complete:
                seen = look_at_reply(sentence, weighing.look)
                if not seen.allowed:
                    yield Ending(reason=f"care-{seen.reason}")
                    return
                yield Words(text=sentence)
        yield Ending()
    except VoiceError as error:
        yield Ending(failed=True, reason=error.code)
