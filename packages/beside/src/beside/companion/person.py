"""Someone whose journal is open: what they can say, hear, stop, change and keep.

Everything here is async; the journal's calls run in a thread. What is shared with others (voices,
settings, helplines) belongs to the house.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, TypeVar

from beside.companion import memory
from beside.companion.line import lived_to, messages_to, person_above, replies_to
from beside.companion.replies import Reply, Update
from beside.companion.stance import compose
from beside.companion.steps import Step
from beside.companion.turn import (
    FLOOR,
    NOTHING_SEEN,
    Heard,
    care_look,
    clean,
    speaker,
)
from beside.companion.watch import Watch
from beside.errors import JournalLocked, NoSuchTurn, StillSpeaking
from beside.settings import Settings
from beside.store.journal import Journal
from beside.talk.clock import Clock
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
from beside.voices.base import Message

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Where the person's words went, and the reply that has begun."""

    conversation: ConversationId
    person_turn: TurnId
    reply: TurnId


class House(Protocol):
    """What an open person needs of the process that they are in."""

    settings: Settings
    clock: Clock
    random_bytes: RandomBytes
    watch: Watch

    def take(
        self, heard: Heard, voice: str, *, agreed: bool, again: int = 0
    ) -> AsyncGenerator[Step, None]:
        """The turn's words; `again` counts the replies that the same words had before."""
        ...

    async def warm(self, voice: str, messages: Sequence[Message], *, agreed: bool) -> None:
        """Let a voice get ready, if it can."""
        ...

    def agreement(self, voice: str) -> str | None:
        """What a yes to this voice would be to; None where nothing leaves the machine."""
        ...

    def has_agreed(self, name: str, preferences: Mapping[str, str]) -> bool:
        """Whether the person's yes is to what this voice is now."""
        ...

    def guest(self) -> "OpenPerson":
        """Someone whose conversation leaves no trace."""
        ...

    async def rest(self) -> None:
        """Let go of the voices where nobody is here any more."""
        ...


class OpenPerson:
    """Someone whose journal is open: what they can do with their conversations."""

    def __init__(self, house: House, *, name: str, journal: Journal) -> None:
        self.name = name
        self.journal = journal
        self.locked = False
        self.last_seen: datetime = house.clock()
        self.idle_seconds = house.settings.idle_seconds
        """Quiet after which the idle lock falls; the preference "idle_seconds", if there is one."""
        self.held: dict[str, object] = {}
        """What a surface holds in memory for this person; let go of at the lock."""
        self._house = house
        self._replies: dict[TurnId, Reply] = {}
        self._beginning: dict[ConversationId, asyncio.Lock] = {}
        self._untraced: OpenPerson | None = None
        self._ready: set[str] = set()
        self._warming: asyncio.Task[None] | None = None

    def touch(self) -> None:
        """The person is here: the time to the idle lock begins again."""
        self.last_seen = self._house.clock()

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
            asked = person_above(tree, reply)
            return await self._answer(tree, asked, parent=asked.id, voice=voice)

    async def go_on(self, conversation: ConversationId, reply: TurnId) -> Said:
        """Where a voice broke off, Beside's own words go on after those that arrived."""
        async with self._one_at_a_time(conversation):
            tree = self._quiet(await self.conversation(conversation))
            asked = person_above(tree, reply)
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
            raise _locked()
        self.touch()
        return await asyncio.to_thread(function, self.journal)

    async def get_ready(self, voice: str | None = None) -> None:
        """Let the voice that will answer get ready in the background, once for each voice."""
        preferences = await self.read(lambda journal: journal.preferences())
        notes = await self.read(lambda journal: journal.notes())
        name = voice or preferences.get("voice") or self._house.settings.voice
        if name in self._ready:
            return
        self._ready.add(name)
        begun = compose((), mode="issue", look=NOTHING_SEEN, notes=memory.recall(notes))
        agreed = self._house.has_agreed(name, preferences)
        self._warming = asyncio.create_task(self._house.warm(name, begun, agreed=agreed))

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
        await self.set_preference(f"agreed:{voice}", self._house.agreement(voice) or "no")

    def untraced(self) -> "OpenPerson":
        """The same person, in a journal that is only in memory."""
        if self._untraced is None or self._untraced.locked:
            self._untraced = self._house.guest()
        return self._untraced

    async def lock(self) -> None:
        """Stop what is being written (its words stay), close the journal and drop the key."""
        if self.locked:
            return
        self.locked = True
        self.held.clear()
        try:
            if self._warming is not None:
                self._warming.cancel()
                await asyncio.wait([self._warming])
            for reply in list(self._replies.values()):
                await reply.stop("locked")
            if self._untraced is not None:
                await self._untraced.lock()
        finally:
            await asyncio.to_thread(self.journal.lock)
            await self._house.rest()

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
        line = messages_to(tree, asked.id)
        seen = await asyncio.to_thread(care_look, asked.text, line[:-1], self._house.watch)
        preferences = await self.read(lambda journal: journal.preferences())
        notes = await self.read(lambda journal: journal.notes())
        name = voice or preferences.get("voice") or self._house.settings.voice
        heard = Heard(
            line=line,
            look=seen,
            mode=tree.mode,
            notes=memory.recall(notes),
            country=preferences.get("country") or self._house.settings.country,
            lived=lived_to(tree, asked.id),
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
        agreed = self._house.has_agreed(name, preferences)
        if self.locked:
            raise _locked()
        self._replies[reply] = Reply(
            conversation=tree.id,
            turn=reply,
            steps=self._house.take(heard, name, agreed=agreed, again=replies_to(tree, parent)),
            keep=self._keep_reply,
            clock=self._house.clock,
        )
        self._forget_old_replies()
        return Said(conversation=tree.id, person_turn=asked.id, reply=reply)

    async def _keep_reply(self, *events: Event) -> None:
        """Append to the journal also while it is being locked: the last words are still kept."""
        await asyncio.to_thread(self.journal.append, *events)

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
        return self._house.clock()

    def _new_id(self) -> str:
        return make_id(self._now(), self._house.random_bytes)


def _locked() -> JournalLocked:
    return JournalLocked("Beside is locked. Unlock it to go on.")
