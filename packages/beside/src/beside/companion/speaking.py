"""How a voice is let speak: whole replies are weighed where it is quick, else each sentence.

Its speed is measured as it goes. Beside's own words stand ready from the beginning, and are the
reply where nothing of the voice has passed when the first words are due.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Protocol

from beside.companion.care import Look
from beside.companion.sample import Sample
from beside.companion.scales import Scales
from beside.companion.sentences import complete_sentences
from beside.companion.steps import Ending, Step, Weighed, Words
from beside.companion.weigh import (
    Candidate,
    Choice,
    Judged,
    Lived,
    choice_of,
    judge,
    pick,
    stands,
)
from beside.errors import VoiceBroke, VoiceError
from beside.talk.events import Mode
from beside.voices.base import Message, Voice

log = logging.getLogger("beside.weigh")

TIME_TO_WEIGH = 0.3
"""Seconds kept back from the time for the first words, to weigh and to show them."""
CAN_STAND_ALONE = 8
"""Words after which a reply may end where its next sentence may not be said."""


class Authored(Voice, Protocol):
    """The voice that is always there, and has its words at once."""

    def candidates(self, messages: Sequence[Message], many: int) -> Sequence[str]:
        """Up to `many` different replies, the best first."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """What words are weighed by, in one turn."""

    messages: Sequence[Message]
    mode: Mode
    look: Look
    lived: tuple[Lived, ...]
    floor: Authored
    scales: Scales
    many: int
    first_words_seconds: float
    seed: int

    async def own(self) -> list[Candidate]:
        """What Beside itself could say."""
        lines = await asyncio.to_thread(self.floor.candidates, self.messages, self.many)
        return [Candidate(text=each, source=self.floor.name) for each in lines]

    async def judge(self, candidates: Sequence[Candidate]) -> tuple[Judged, ...]:
        """Each candidate with what is for and against it."""
        return await asyncio.to_thread(
            judge,
            candidates,
            self.messages,
            mode=self.mode,
            look=self.look,
            gauge=self.scales.gauge,
            lived=self.lived,
        )

    def pick(self, judged: Sequence[Judged]) -> Choice:
        """The best of these."""
        return pick(judged, floor=self.floor.name, seed=self.seed)


async def own_words(weighing: Weighing, ending: Ending) -> AsyncGenerator[Step, None]:
    """The best of what Beside itself has to say; the gauge is not waited for."""
    own = await weighing.own()
    try:
        choice = weighing.pick(await weighing.judge(own))
    except Exception as error:  # a fault in weighing leaves nobody without an answer
        log.error("words could not be weighed: %s", type(error).__name__)
        choice = choice_of(None, ())
    for step in _say(choice):
        yield step
    if choice.chosen is None:
        yield Words(text=next((each.text for each in own), ""))
    yield ending


async def speak(voice: Voice, weighing: Weighing) -> AsyncGenerator[Step, None]:
    """What this voice says, weighed; Beside's own words where nothing of it passes in time."""
    first = Sample(voice, weighing.messages)
    due = first.began + weighing.first_words_seconds - TIME_TO_WEIGH
    opening = asyncio.ensure_future(weighing.scales.open())
    turn = _Spoken(voice, weighing, first, due, opening)
    try:
        turn.own = await weighing.own()
        steps = turn.whole() if await _is_quick(first, weighing, due) else turn.by_sentence()
        async with aclosing(steps):
            async for step in steps:
                yield step
    finally:
        await turn.stop()
        opening.cancel()


async def _is_quick(first: Sample, weighing: Weighing, due: float) -> bool:
    """Whether the first reply came whole in half of the time that there is."""
    half = first.began + weighing.first_words_seconds / 2
    if not await first.until(lambda: bool(first.sentences()), at=due):
        return False
    if first.ends_at() <= half:
        await first.until(lambda: False, at=half)
    return first.whole


class _Spoken:
    """What one turn of a voice holds open: its samples, and what they are weighed against."""

    def __init__(
        self,
        voice: Voice,
        weighing: Weighing,
        first: Sample,
        due: float,
        opening: asyncio.Future[None],
    ) -> None:
        self.voice = voice
        self.weighing = weighing
        self.due = due
        self.own: list[Candidate] = []
        self._samples = [first]
        self._opening = opening
        self._clock = asyncio.get_running_loop().time

    async def stop(self) -> None:
        """Stop what is still speaking."""
        for each in self._samples:
            await each.stop()

    async def whole(self) -> AsyncGenerator[Step, None]:
        """The best of several whole replies, as many as there is time for."""
        again = self._clock() + self._samples[0].took
        if self.weighing.many > 1 and again <= self.due:
            more = [
                Sample(self.voice, self.weighing.messages) for _ in range(self.weighing.many - 1)
            ]
            self._samples += more
            for each in more:
                await each.until(lambda: False, at=self.due)
        said = [each.text for each in self._samples if each.whole]
        theirs = [self._candidate(text) for text in dict.fromkeys(said)]
        judged = await self._judged([*theirs, *self.own])
        for step in _say(self.weighing.pick(judged)):
            yield step
        yield Ending()

    async def by_sentence(self) -> AsyncGenerator[Step, None]:
        """Sentence by sentence, each shown once it has passed; else the reply goes on otherwise."""
        first = self._samples[0]
        shown, at = "", 0
        choice: Choice | None = None
        while (to := await self._heard_to(at)) > at:
            fresh = "".join(first.sentences()[at:to])
            this, *own = await self._judged([self._candidate(shown + fresh), *self.own])
            if not self._may_be_said(this, own):
                for step in self._otherwise(shown, this, own, choice):
                    yield step
                return
            choice = choice_of(this, [this, *own], "by-sentence")
            yield Weighed(choice=choice)
            yield Words(text=fresh)
            shown, at = shown + fresh, to
        if shown:
            yield _ending(first)
            return
        late = not first.done
        for step in _say(self.weighing.pick(await self._judged(self.own))):
            yield step
        yield Ending(reason="late" if late else _ending(first).reason or "silent")

    async def _heard_to(self, at: int) -> int:
        """Wait for the next sentence, at first for enough to be read; how many there are then."""
        first = self._samples[0]
        if at:
            await first.until(lambda: len(first.sentences()) > at)
            return min(at + 1, len(first.sentences()))
        await first.until(lambda: _reaches(first.sentences()) is not None, at=self.due)
        return _reaches(first.sentences()) or len(first.sentences())

    def _may_be_said(self, this: Judged, own: Sequence[Judged]) -> bool:
        """Whether a reply so far may be shown; a few words are too little to be compared."""
        best = self._best(own)
        if best is None or len(this.candidate.text.split()) < CAN_STAND_ALONE:
            return not this.vetoes
        return stands(this, best)

    def _otherwise(
        self, shown: str, failed: Judged, own: Sequence[Judged], choice: Choice | None
    ) -> list[Step]:
        """The next sentence may not be said: the reply ends here, or goes on in Beside's words."""
        code = failed.vetoes[0] if failed.vetoes else "worse"
        aside = (f"{failed.candidate.source}:{code}",)
        ending = Ending(reason=code if code.startswith("care-") else None)
        if choice is not None and len(shown.split()) >= CAN_STAND_ALONE:
            return [Weighed(choice=_with(choice, aside, "ended-there")), ending]
        standing = self.weighing.pick(own)
        if shown and standing.chosen is not None and choice is not None:
            further = f"{'' if shown[-1:].isspace() else ' '}{standing.chosen.text}"
            went_on = _with(choice, aside, "went-on")
            return [Weighed(choice=went_on), Words(text=further), ending]
        sources = (failed.candidate.source, *standing.sources)
        return [*_say(_with(standing, aside, sources=sources)), ending]

    async def _judged(self, candidates: Sequence[Candidate]) -> tuple[Judged, ...]:
        left = max(0.05, self.due - self._clock())
        await asyncio.wait([self._opening], timeout=left)
        return await self.weighing.judge(candidates)

    def _best(self, own: Sequence[Judged]) -> Judged | None:
        chosen = self.weighing.pick(own).chosen
        return next((each for each in own if each.candidate is chosen), None)

    def _candidate(self, text: str) -> Candidate:
        return Candidate(text=text, source=self.voice.name)


def _reaches(sentences: Sequence[str]) -> int | None:
    """How many of these sentences it takes to say something that can stand alone."""
    words = 0
    for number, sentence in enumerate(sentences, 1):
        words += len(sentence.split())
        if words >= CAN_STAND_ALONE:
            return number
    return None


def _ending(sample: Sample) -> Ending:
    """How the voice itself came to its end."""
    if sample.error is None:
        return Ending()
    code = sample.error.code if isinstance(sample.error, VoiceError) else VoiceBroke.code
    return Ending(failed=True, reason=code)


def _say(choice: Choice) -> list[Step]:
    """The chosen words, sentence by sentence."""
    said = choice.chosen.text if choice.chosen is not None else ""
    return [Weighed(choice=choice), *(Words(text=s) for s in complete_sentences(said, ended=True))]


def _with(
    choice: Choice, aside: tuple[str, ...], *how: str, sources: tuple[str, ...] | None = None
) -> Choice:
    """The same choice, with what was put aside beside it."""
    return replace(
        choice,
        reasons=(*how, *(each for each in choice.reasons if not how or each != "by-sentence")),
        aside=(*aside, *choice.aside),
        sources=sources if sources is not None else choice.sources,
    )
