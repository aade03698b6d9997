"""Where concrete things meet: one `Beside` per process, and in it the people who have unlocked.

Surfaces call only this. Everything here is async; the journal's calls run in a thread.
"""

import asyncio
import os
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from beside.companion import memory
from beside.companion.care import look
from beside.companion.helplines import HelplineBook
from beside.companion.replies import Reply, Update
from beside.companion.turn import Ending, Heard, Words, clean, speaker, take
from beside.errors import (
    JournalLocked,
    NoSuchPerson,
    NoSuchTurn,
    StillSpeaking,
    VoiceError,
)
from beside.settings import Settings
from beside.store.journal import Journal, people, person_folder
from beside.store.keys import check_passphrase, open_with_recovery_key, read_keys
from beside.store.people import clean_name
from beside.talk.clock import Clock, utc_now
from beside.talk.conversation import Conversation, PersonTurn, ReplyTurn
from beside.talk.events import (
    CareLooked,
    ConversationBegan,
    Event,
    LineChosen,
    Mode,
    ModeChosen,
    PersonSpoke,
    PreferenceSet,
    ReplyBegan,
    ReplyEnded,
)
from beside.talk.ids import ConversationId, RandomBytes, TurnId, VoiceName, make_id
from beside.voices.base import Message, Voice
from beside.voices.catalog import Catalogue

Value = TypeVar("Value")

FLOOR = VoiceName("authored")
"""The voice that is always there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Where the person's words went, and the reply that has begun."""

    conversation: ConversationId
    person_turn: TurnId
    reply: TurnId


class Beside:
    """Everything that one process shares: settings, voices, helplines, the people who unlocked."""

    def __init__(
        self,
        settings: Settings,
        *,
        voices: Mapping[str, Voice],
        clock: Clock,
        random_bytes: RandomBytes,
    ) -> None:
        self.settings = settings
        self.helplines = HelplineBook.load(settings.data_folder)
        self.catalogue = Catalogue(
            settings.data_folder, timeout_seconds=settings.voice_timeout_seconds
        )
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
    ) -> "Beside":
        """Beside as the settings want it; `voices` adds ready-made voices by name."""
        return cls(settings, voices=voices or {}, clock=clock, random_bytes=random_bytes)

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

    def has_agreed(self, name: str, preferences: Mapping[str, str]) -> bool:
        """Whether the person's yes is to what this voice is now: this model at this address."""
        try:
            agreement = self.catalogue.entry(name).agreement
        except VoiceError:
            return False
        return agreement is not None and preferences.get(f"agreed:{name}") == agreement

    async def rest(self) -> None:
        """Where nobody is here any more, let go of the voices: a model remembers the last words."""
        if all(person.locked for person in [*self._open.values(), *self._guests]):
            await self.catalogue.close()

    async def one_off(
        self, messages: Sequence[Message], *, voice: str | None = None, agreed: bool = False
    ) -> AsyncGenerator[str, None]:
        """A reply to messages that are kept nowhere: the same care, stance and voice."""
        async with aclosing(self.one_off_steps(messages, voice=voice, agreed=agreed)) as steps:
            async for step in steps:
                if isinstance(step, Words):
                    yield step.text

    def one_off_steps(
        self, messages: Sequence[Message], *, voice: str | None = None, agreed: bool = False
    ) -> AsyncGenerator[Words | Ending, None]:
        """The same reply step by step, with how it ended. Raises NothingSaid or TooLong at once."""
        *before, last = messages
        said = Message(role="person", text=clean(last.text))
        earlier = tuple(before)
        heard = Heard(
            line=(*earlier, said),
            look=look(said.text, earlier),
            mode="issue",
            country=self.settings.country,
        )
        return self.take(heard, voice or self.settings.voice, agreed=agreed)

    def take(
        self, heard: Heard, voice: str, *, agreed: bool
    ) -> AsyncGenerator[Words | Ending, None]:
        """The turn's words from this voice, or from the floor where it cannot be had."""
        chosen: Voice | VoiceError
        try:
            chosen = self.voice(voice, agreed=agreed)
        except VoiceError as error:
            chosen = error
        floor = self.voice(FLOOR, agreed=False)
        return take(heard, voice=chosen, floor=floor, book=self.helplines)

    async def keep_watch(self) -> None:
        """Lock whoever has been quiet for longer than they want to be; runs until cancelled."""
        while True:
            await asyncio.sleep(5.0)
            now = self.clock()
            for person in [*self._open.values(), *self._guests]:
                quiet = now - person.last_seen
                if quiet > timedelta(seconds=person.idle_seconds) and not person.speaking:
                    await person.lock()

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


class OpenPerson:
    """Someone whose journal is open: what they can do with their conversations."""

    def __init__(self, beside: Beside, *, name: str, journal: Journal) -> None:
        self.name = name
        self.journal = journal
        self.locked = False
        self.last_seen: datetime = beside.clock()
        self.idle_seconds = beside.settings.idle_seconds
        """Quiet after which the idle lock falls; the preference "idle_seconds", if there is one."""
        self._beside = beside
        self._replies: dict[TurnId, Reply] = {}
        self._beginning: dict[ConversationId, asyncio.Lock] = {}
        self._untraced: OpenPerson | None = None

    def touch(self) -> None:
        """The person is here: the time to the idle lock begins again."""
        self.last_seen = self._beside.clock()

    @property
    def speaking(self) -> bool:
        """Whether a reply to this person is being written."""
        return any(reply.state == "speaking" for reply in self._replies.values())

    async def say(
        self,
        text: str,
        *,
        conversation: ConversationId | None = None,
        mode: Mode | None = None,
        voice: str | None = None,
    ) -> Said:
        """Say something at the end of the visible line; without a conversation one begins."""
        words = clean(text)
        where = conversation or ConversationId(self._new_id())
        async with self._one_at_a_time(where):
            before: list[Event] = []
            if conversation is None:
                before.append(ConversationBegan(at=self._now(), conversation=where))
                parent = None
            else:
                parent = self._quiet(await self.conversation(where)).leaf
            if mode is not None:
                before.append(ModeChosen(at=self._now(), conversation=where, mode=mode))
            return await self._speak(where, parent, words, before, voice)

    async def edit(self, conversation: ConversationId, turn: TurnId, text: str) -> Said:
        """Say a turn of one's own differently: a new branch beside it."""
        words = clean(text)
        async with self._one_at_a_time(conversation):
            tree = self._quiet(await self.conversation(conversation))
            old = tree.turns.get(turn)
            if not isinstance(old, PersonTurn):
                raise NoSuchTurn("This turn is not here, or is not one of the person's own.")
            return await self._speak(conversation, old.parent, words, [], None)

    async def try_again(
        self, conversation: ConversationId, reply: TurnId, *, voice: str | None = None
    ) -> Said:
        """Another reply to the same words: a new branch beside the reply."""
        async with self._one_at_a_time(conversation):
            tree = self._quiet(await self.conversation(conversation))
            asked = _person_above(tree, reply)
            return await self._answer(tree, asked, parent=asked.id, voice=voice)

    async def go_on(self, conversation: ConversationId, reply: TurnId) -> Said:
        """Where a voice broke off, Beside's own words go on after those that arrived."""
        async with self._one_at_a_time(conversation):
            tree = self._quiet(await self.conversation(conversation))
            asked = _person_above(tree, reply)
            return await self._answer(tree, asked, parent=reply, voice=FLOOR)

    async def go_to(self, conversation: ConversationId, turn: TurnId) -> None:
        """Let the visible line lead through this turn."""
        tree = await self.conversation(conversation)
        if turn not in tree.turns:
            raise NoSuchTurn("This turn is not in the conversation.")
        await self._keep(LineChosen(at=self._now(), conversation=conversation, turn=turn))

    async def stop(self, reply: TurnId) -> None:
        """Stop a reply; its words stay. Does nothing where it has ended."""
        self.touch()
        if known := self._replies.get(reply):
            await known.stop()

    async def listen(
        self, conversation: ConversationId, reply: TurnId
    ) -> AsyncGenerator[Update, None]:
        """The words so far, then those that come, until the end. Closing it stops nothing."""
        self.touch()
        if known := self._replies.get(reply):
            async with aclosing(known.listen()) as updates:
                async for update in updates:
                    yield update
            return
        turn = (await self.conversation(conversation)).turns.get(reply)
        if not isinstance(turn, ReplyTurn):
            raise NoSuchTurn("This reply is not in the conversation.")
        yield Update(text=turn.text, state=turn.state, reason=turn.reason)

    async def conversation(self, conversation: ConversationId) -> Conversation:
        """The conversation as it is kept, with the words of replies that are being written."""
        tree = await self.read(lambda journal: journal.conversation(conversation))
        turns = dict(tree.turns)
        for turn in tree.speaking():
            if reply := self._replies.get(turn.id):
                turns[turn.id] = replace(
                    turn, text=reply.text, state=reply.state, reason=reply.reason
                )
        return replace(tree, turns=turns)

    async def read(self, function: Callable[[Journal], Value]) -> Value:
        """Run a call on the journal in a thread. Raises JournalLocked after `lock`."""
        if self.locked:
            raise JournalLocked("Beside is locked. Unlock it to go on.")
        self.touch()
        return await asyncio.to_thread(function, self.journal)

    async def set_preference(self, name: str, value: str) -> None:
        """Keep how the person wants something to be."""
        await self._keep(PreferenceSet(at=self._now(), name=name, value=value))
        if name == "idle_seconds":
            await self.read_idle_seconds()

    async def read_idle_seconds(self) -> None:
        """Let the idle lock be as the person chose, if they did."""
        chosen = (await self.read(lambda journal: journal.preferences())).get("idle_seconds", "")
        if chosen.isdecimal() and 30 <= int(chosen) <= 86_400:
            self.idle_seconds = int(chosen)

    async def agree(self, voice: str) -> None:
        """Keep the person's yes to this voice as it is now. Raises VoiceMissing."""
        agreement = self._beside.catalogue.entry(voice).agreement
        await self.set_preference(f"agreed:{voice}", agreement or "no")

    def untraced(self) -> "OpenPerson":
        """The same person, in a journal that is only in memory."""
        if self._untraced is None or self._untraced.locked:
            self._untraced = self._beside.guest()
        return self._untraced

    async def lock(self) -> None:
        """Stop what is being written (its words stay), close the journal and drop the key."""
        if self.locked:
            return
        for reply in list(self._replies.values()):
            await reply.stop("locked")
        self.locked = True
        if self._untraced is not None:
            await self._untraced.lock()
        await asyncio.to_thread(self.journal.lock)
        await self._beside.rest()

    async def end_interrupted(self) -> None:
        """End the replies that a crash left open: their words stay, the reason is named."""

        def mend(journal: Journal) -> None:
            ends = [
                ReplyEnded(
                    at=self._now(),
                    conversation=conversation,
                    turn=turn,
                    why="failed",
                    reason="interrupted",
                )
                for conversation, turn in journal.unfinished_replies()
            ]
            if ends:
                journal.append(*ends)

        await self.read(mend)

    async def _speak(
        self,
        where: ConversationId,
        parent: TurnId | None,
        words: str,
        before: list[Event],
        voice: str | None,
    ) -> Said:
        turn = TurnId(self._new_id())
        spoke = PersonSpoke(
            at=self._now(), conversation=where, turn=turn, parent=parent, text=words
        )
        await self._keep(*before, spoke)
        tree = await self.conversation(where)
        asked = tree.turns[turn]
        assert isinstance(asked, PersonTurn)  # noqa: S101 - it was kept a line ago
        return await self._answer(tree, asked, parent=turn, voice=voice, look_now=True)

    async def _answer(
        self,
        tree: Conversation,
        asked: PersonTurn,
        *,
        parent: TurnId,
        voice: str | None,
        look_now: bool = False,
    ) -> Said:
        line = tuple(_message(each) for each in _path(tree, asked.id))
        seen = look(asked.text, line[:-1])
        preferences = await self.read(lambda journal: journal.preferences())
        notes = await self.read(lambda journal: journal.notes())
        name = voice or preferences.get("voice") or self._beside.settings.voice
        heard = Heard(
            line=line,
            look=seen,
            mode=tree.mode,
            notes=memory.recall(notes),
            country=preferences.get("country") or self._beside.settings.country,
        )
        reply = TurnId(self._new_id())
        began = ReplyBegan(
            at=self._now(),
            conversation=tree.id,
            turn=reply,
            parent=parent,
            voice=speaker(heard, VoiceName(name)),
        )
        looked = CareLooked(
            at=self._now(),
            conversation=tree.id,
            turn=asked.id,
            level=seen.level,
            kinds=tuple(seen.kinds),
        )
        await self._keep(*([looked] if look_now else []), began)
        agreed = self._beside.has_agreed(name, preferences)
        self._replies[reply] = Reply(
            conversation=tree.id,
            turn=reply,
            steps=self._beside.take(heard, name, agreed=agreed),
            keep=self._keep,
            clock=self._beside.clock,
        )
        self._forget_old_replies()
        return Said(conversation=tree.id, person_turn=asked.id, reply=reply)

    async def _keep(self, *events: Event) -> None:
        await self.read(lambda journal: journal.append(*events))

    def _one_at_a_time(self, conversation: ConversationId) -> asyncio.Lock:
        return self._beginning.setdefault(conversation, asyncio.Lock())

    def _quiet(self, tree: Conversation) -> Conversation:
        if any(turn.state == "speaking" for turn in tree.speaking()):
            raise StillSpeaking(
                "A reply is still being written here. Let it finish or stop it, then go on."
            )
        return tree

    def _forget_old_replies(self) -> None:
        ended = [turn for turn, reply in self._replies.items() if reply.state != "speaking"]
        for turn in ended[:-20]:
            del self._replies[turn]

    def _now(self) -> datetime:
        return self._beside.clock()

    def _new_id(self) -> str:
        return make_id(self._now(), self._beside.random_bytes)


def _check_recovery(folder: Path, recovery_key: str, new_passphrase: str) -> None:
    """Raise where the recovery would fail, before anyone's open journal is locked for it."""
    check_passphrase(new_passphrase)
    open_with_recovery_key(read_keys(folder), recovery_key)


def _path(tree: Conversation, turn: TurnId) -> list[PersonTurn | ReplyTurn]:
    """The turns from the beginning to this one."""
    path: list[PersonTurn | ReplyTurn] = []
    at: TurnId | None = turn
    while at is not None:
        path.append(tree.turns[at])
        at = tree.turns[at].parent
    return path[::-1]


def _message(turn: PersonTurn | ReplyTurn) -> Message:
    return Message(role="person" if isinstance(turn, PersonTurn) else "companion", text=turn.text)


def _person_above(tree: Conversation, reply: TurnId) -> PersonTurn:
    turn = tree.turns.get(reply)
    while isinstance(turn, ReplyTurn):
        turn = tree.turns.get(turn.parent)
    if turn is None or reply == turn.id:
        raise NoSuchTurn("This reply is not in the conversation.")
    return turn
