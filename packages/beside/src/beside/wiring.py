"""Where concrete things meet: one `Beside` per process, and in it the people who have unlocked.

Surfaces call only this. Everything here is async; the journal's calls run in a thread.
"""

import asyncio
import logging
import os
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing, suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from beside.companion.helplines import HelplineBook
from beside.companion.near import stay_near
from beside.companion.person import OpenPerson, Said
from beside.companion.scales import Scales
from beside.companion.steps import Step, Words
from beside.companion.turn import FLOOR, Heard, care_look, clean, take
from beside.companion.watch import Watch
from beside.errors import NoSuchPerson, VoiceError, VoiceTimedOut
from beside.settings import Settings
from beside.store.journal import Journal, people, person_folder
from beside.store.keys import check_passphrase, open_with_recovery_key, read_keys
from beside.store.people import clean_name
from beside.talk.clock import Clock, utc_now
from beside.talk.ids import RandomBytes
from beside.voices.base import Message, Voice
from beside.voices.catalog import Catalogue

if TYPE_CHECKING:
    from beside.mirror.looking import Look
    from beside.mirror.roleplay import Simulated
    from beside.mirror.session import Mark, MirrorSession

log = logging.getLogger("beside")

RETOLD_SECONDS = 30.0
"""How long a voice may take to put a simulated person's answer into its own words."""

__all__ = ["FLOOR", "Beside", "OpenPerson", "Said"]


class Beside:
    """Everything that one process shares: settings, voices, helplines, the people who unlocked."""

    def __init__(
        self,
        settings: Settings,
        *,
        voices: Mapping[str, Voice],
        clock: Clock,
        random_bytes: RandomBytes,
        scales: Scales | None = None,
    ) -> None:
        self.settings = settings
        self.helplines = HelplineBook.load(settings.data_folder)
        self.catalogue = Catalogue(
            settings.data_folder, timeout_seconds=settings.voice_timeout_seconds
        )
        self.scales = scales or Scales()
        self.watch = Watch(self.scales.read_person)
        self.clock = clock
        self.random_bytes = random_bytes
        self._ready_made = dict(voices)
        self._open: dict[str, OpenPerson] = {}
        self._guests: list[OpenPerson] = []
        self._opening = asyncio.Lock()

    @classmethod
    def open(
        cls,
        settings: Settings,
        *,
        voices: Mapping[str, Voice] | None = None,
        clock: Clock = utc_now,
        random_bytes: RandomBytes = os.urandom,
        scales: Scales | None = None,
    ) -> "Beside":
        """Beside as the settings want it; `voices` adds ready-made voices by name.

        `scales` hold the gauge; where none are given, those with the gauge that is installed.
        """
        return cls(
            settings,
            voices=voices or {},
            clock=clock,
            random_bytes=random_bytes,
            scales=scales,
        )

    def people(self) -> tuple[str, ...]:
        """The names of those who have a journal here."""
        return people(self.settings.data_folder)

    async def begin(self, name: str, passphrase: str) -> tuple["OpenPerson", str]:
        """A new journal for `name`, unlocked, and its recovery key (shown once)."""
        async with self._opening:
            name = clean_name(name)
            folder = person_folder(self.settings.data_folder, name)
            journal, recovery_key = await asyncio.to_thread(Journal.create, folder, passphrase)
            return await self._opened(name, journal), recovery_key

    async def unlock(self, name: str, passphrase: str) -> "OpenPerson":
        """The person's journal, opened. The passphrase is checked also where it is open already."""
        async with self._opening:
            name = clean_name(name)
            folder = person_folder(self.settings.data_folder, name)
            if not folder.is_dir():
                raise NoSuchPerson("There is no journal under this name on this machine.")
            known = self._open.get(name)
            if known is not None and not known.locked:
                await known.read(lambda journal: journal.verify(passphrase))
                return known
            journal = await asyncio.to_thread(Journal.open, folder, passphrase)
            return await self._opened(name, journal)

    async def recover(
        self, name: str, recovery_key: str, new_passphrase: str
    ) -> tuple["OpenPerson", str]:
        """The journal opened by its recovery key, under a new passphrase and a new key."""
        async with self._opening:
            name = clean_name(name)
            folder = person_folder(self.settings.data_folder, name)
            await asyncio.to_thread(_check_recovery, folder, recovery_key, new_passphrase)
            if known := self._open.pop(name, None):
                await known.lock()
            journal, fresh_key = await asyncio.to_thread(
                Journal.recover, folder, recovery_key, new_passphrase
            )
            return await self._opened(name, journal), fresh_key

    def guest(self) -> "OpenPerson":
        """Someone whose conversation leaves no trace: a journal in memory."""
        person = OpenPerson(self, name="", journal=Journal.in_memory())
        self._guests = [each for each in self._guests if not each.locked]
        self._guests.append(person)
        return person

    def voice(self, name: str, *, agreed: bool) -> Voice:
        """The voice of this name. Raises a VoiceError where it cannot be had."""
        if name in self._ready_made:
            return self._ready_made[name]
        return self.catalogue.get(name, agreed=agreed)

    def agreement(self, voice: str) -> str | None:
        """What a yes to this voice would be to; None where nothing leaves. Raises VoiceMissing."""
        return self.catalogue.entry(voice).agreement

    def has_agreed(self, name: str, preferences: Mapping[str, str]) -> bool:
        """Whether the person's yes is to what this voice is now: this model at this address."""
        try:
            agreement = self.agreement(name)
        except VoiceError:
            return False
        return agreement is not None and preferences.get(f"agreed:{name}") == agreement

    async def rest(self) -> None:
        """Where nobody is here any more, let go of the voices: a model remembers the last words."""
        if all(person.locked for person in [*self._open.values(), *self._guests]):
            await self.catalogue.close()

    async def one_off(
        self,
        messages: Sequence[Message],
        *,
        voice: str | None = None,
        agreed: bool = False,
        weighed: bool = True,
    ) -> AsyncGenerator[str, None]:
        """A reply to messages that are kept nowhere: the same care, stance and voice.

        Without `weighed` the voice is heard as it is, but for what care holds back.
        """
        steps = self.one_off_steps(messages, voice=voice, agreed=agreed, weighed=weighed)
        async with aclosing(steps):
            async for step in steps:
                if isinstance(step, Words):
                    yield step.text

    def one_off_steps(
        self,
        messages: Sequence[Message],
        *,
        voice: str | None = None,
        agreed: bool = False,
        weighed: bool = True,
    ) -> AsyncGenerator[Step, None]:
        """The same reply step by step, with how it ended. Raises NothingSaid or TooLong at once."""
        *before, last = messages
        line = (*before, Message(role="person", text=clean(last.text)))
        return self._steps_to(line, voice or self.settings.voice, agreed=agreed, weighed=weighed)

    async def _steps_to(
        self, line: tuple[Message, ...], voice: str, *, agreed: bool, weighed: bool
    ) -> AsyncGenerator[Step, None]:
        seen = await asyncio.to_thread(care_look, line[-1].text, line[:-1], self.watch)
        heard = Heard(line=line, look=seen, mode="issue", country=self.settings.country)
        async with aclosing(self.take(heard, voice, agreed=agreed, weighed=weighed)) as steps:
            async for step in steps:
                yield step

    async def warm(self, voice: str, messages: Sequence[Message], *, agreed: bool) -> None:
        """Let a voice get ready; where it cannot, the turn itself will say so."""
        weighing = asyncio.create_task(self._get_ready_to_weigh(messages))
        with suppress(VoiceError):
            await self.voice(voice, agreed=agreed).warm(messages)
        await weighing

    async def _get_ready_to_weigh(self, messages: Sequence[Message]) -> None:
        """The gauge and Beside's own lines, so that the first reply need not wait for them."""
        from beside.voices.authored.voice import AuthoredVoice

        await self.scales.open()
        voice = AuthoredVoice(means=self.scales)
        await asyncio.to_thread(voice.candidates, messages, self.settings.candidates)

    def take(
        self, heard: Heard, voice: str, *, agreed: bool, again: int = 0, weighed: bool = True
    ) -> AsyncGenerator[Step, None]:
        """The turn's words from this voice, or from the floor where it cannot be had.

        `again` counts the replies that the same words had before: the floor says another then.
        Without `weighed` the voice is heard as it is, but for what care holds back.
        """
        from beside.voices.authored.voice import AuthoredVoice

        floor = AuthoredVoice(seed=again, means=self.scales)
        chosen: Voice | VoiceError
        try:
            chosen = floor if voice == FLOOR else self.voice(voice, agreed=agreed)
        except VoiceError as error:
            chosen = error
        steps = take(
            heard,
            voice=chosen,
            floor=floor,
            book=self.helplines,
            scales=self.scales,
            settings=self.settings,
            seed=again,
            weighed=weighed,
        )
        return stay_near(heard.look, heard.line[:-1], steps)

    async def look_at(
        self,
        session: "MirrorSession",
        mark: "Mark",
        on_way: Callable[[int], None] = lambda _: None,
        *,
        voice: str | None = None,
        agreed: bool = False,
    ) -> "Look":
        """What the mirror shows of a session that its practitioner has marked themselves.

        `voice` (else the one of the settings) proposes other words too. One that would send words
        off the machine is asked only with `agreed`: a yes to that voice, and to this session.
        """
        from beside.mirror.looking import look
        from beside.voices.authored.voice import AuthoredVoice

        await self.scales.open()
        gauge = self.scales.gauge
        own = AuthoredVoice(means=self.scales)
        proposing = self._proposing(voice or self.settings.voice, agreed=agreed)

        async def looked(reads: Scales | None) -> "Look":
            return await look(
                session, mark, reads, own=own, voice=proposing, many=self.settings.candidates,
                on_way=on_way,
            )  # fmt: skip

        try:
            return await looked(gauge)
        except Exception as error:  # whatever the gauge cannot read, what can be counted is shown
            if gauge is None:
                raise
            log.error("the mirror could not be read by the gauge: %s", type(error).__name__)
            return await looked(None)

    async def practise(
        self, simulated: "Simulated", words: str, *, voice: str | None = None, agreed: bool = False
    ) -> VoiceError | None:
        """Say these words to a simulated person; a `voice` may put the answer into its own words.

        Raises NothingSaid and TooLong. What steps out of the person is put aside. A voice that
        cannot be had or breaks leaves the written words as they are, and its error is given back;
        so they stay, too, where the practitioner went on meanwhile. Beside's own is no such voice.
        """
        from beside.mirror.retold import fits, tidied, told_to_voice

        await asyncio.to_thread(simulated.answer, words)
        if voice is None or voice == FLOOR:
            return None
        line = simulated.line()
        try:
            speaking = self.voice(voice, agreed=agreed)
            messages = told_to_voice(simulated.person, simulated.begins, line)
            async with asyncio.timeout(RETOLD_SECONDS):
                said = "".join([piece async for piece in speaking.stream(messages)])
        except VoiceError as error:
            return error
        except TimeoutError:
            return VoiceTimedOut("The voice was silent for too long.")
        still_there = simulated.line()[-1:] == line[-1:]
        if still_there and fits(simulated.person, line[-1], told := tidied(said, simulated.person)):
            simulated.retell(told)
        return None

    def _proposing(self, name: str, *, agreed: bool) -> Voice | None:
        """The voice that may propose other words; Beside's own need none, a missing one is none."""
        if name == FLOOR:
            return None
        try:
            return self.voice(name, agreed=agreed)
        except VoiceError:
            return None

    async def keep_watch(self) -> None:
        """Lock whoever has been quiet for longer than they want to be; runs until cancelled."""
        while True:
            await asyncio.sleep(5.0)
            now = self.clock()
            for person in [*self._open.values(), *self._guests]:
                quiet = now - person.last_seen
                if quiet > timedelta(seconds=person.idle_seconds) and not person.speaking:
                    try:
                        await person.lock()
                    except Exception as error:  # one that fails must not keep others open
                        log.error("a lock failed: %s", type(error).__name__)

    async def close(self) -> None:
        """Lock everyone and let go of every voice."""
        for person in [*self._open.values(), *self._guests]:
            await person.lock()
        for voice in self._ready_made.values():
            await voice.close()
        await self.catalogue.close()

    async def _opened(self, name: str, journal: Journal) -> "OpenPerson":
        person = OpenPerson(self, name=name, journal=journal)
        await person.end_interrupted()
        await person.read_idle_seconds()
        self._open[name] = person
        return person


def _check_recovery(folder: Path, recovery_key: str, new_passphrase: str) -> None:
    """Raise where the recovery would fail, before anyone's open journal is locked for it."""
    check_passphrase(new_passphrase)
    open_with_recovery_key(read_keys(folder), recovery_key)
