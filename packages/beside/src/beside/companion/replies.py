"""The replies that are being written, one task each: they belong to the house, not to a page.

A reply is shown to whoever listens as its words come, and journaled at least every half second.
Closing a page ends the listening and nothing else; `stop` keeps the words.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import Literal

from beside.companion.steps import Ending, Step, Weighed, Words
from beside.companion.weigh import Choice
from beside.talk.clock import Clock
from beside.talk.events import EndReason, Event, ReplyEnded, ReplyPart, ReplyWeighed
from beside.talk.ids import ConversationId, TurnId

State = Literal["speaking", "done", "stopped", "failed"]
Keep = Callable[..., Awaitable[None]]
"""Appends events durably; returns when they are safe."""

SECONDS_BETWEEN_KEEPING = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """Words that came since the last update, and where the reply stands."""

    text: str
    state: State
    reason: str | None = None


class Reply:
    """One reply, from its first word to its end."""

    def __init__(
        self,
        *,
        conversation: ConversationId,
        turn: TurnId,
        steps: AsyncGenerator[Step, None],
        keep: Keep,
        clock: Clock,
    ) -> None:
        self.conversation = conversation
        self.turn = turn
        self.state: State = "speaking"
        self.reason: str | None = None
        self._steps = steps
        self._keep = keep
        self._clock = clock
        self._text = ""
        self._choice: Choice | None = None
        self._kept = 0
        self._changed = asyncio.Event()
        self._begun = asyncio.Event()
        self._ending = False
        self._keeping = asyncio.Lock()
        self._task = asyncio.create_task(self._run())

    @property
    def text(self) -> str:
        """What has been said so far."""
        return self._text

    async def stop(self, reason: str | None = None) -> None:
        """End the reply here; its words stay. Does nothing where it has ended."""
        await self._begun.wait()
        if not self._ending:
            self._ending = True
            self._task.cancel(reason)
        await asyncio.wait([self._task])

    async def finished(self) -> None:
        """Wait for the end."""
        await asyncio.wait([self._task])

    async def listen(self) -> AsyncGenerator[Update, None]:
        """What has been said so far, then what comes, until the end."""
        given = 0
        while True:
            changed = self._changed
            state, reason, text = self.state, self.reason, self._text[given:]
            given += len(text)
            yield Update(text=text, state=state, reason=reason)
            if state != "speaking":
                return
            if self._changed is changed:
                await changed.wait()

    def _tell(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def _run(self) -> None:
        self._begun.set()
        keeping = asyncio.create_task(self._keep_regularly())
        why: EndReason = "done"
        reason: str | None = None
        try:
            async with aclosing(self._steps) as steps:
                async for step in steps:
                    if isinstance(step, Words):
                        self._text += step.text
                        self._tell()
                    elif isinstance(step, Weighed):
                        self._choice = step.choice
                    elif isinstance(step, Ending):
                        why, reason = ("failed" if step.failed else "done"), step.reason
        except asyncio.CancelledError as stopped:
            why, reason = "stopped", (str(stopped.args[0]) if stopped.args else None)
        except Exception as error:  # a broken voice must not lose the words
            why, reason = "failed", getattr(error, "code", "broke")
        self._ending = True
        keeping.cancel()
        await asyncio.wait([keeping])
        try:
            await self._keep_fresh(*self._why_these_words(), self._end(why, reason))
        except Exception as error:  # a full disk, a turn that was erased meanwhile, a fault of ours
            why, reason = "failed", getattr(error, "code", "broke")
        finally:
            self.state, self.reason = why, reason
            self._tell()

    def _why_these_words(self) -> list[Event]:
        """The newest choice, where words of it were said."""
        choice = self._choice
        if choice is None or choice.chosen is None or not self._text:
            return []
        return [
            ReplyWeighed(
                at=self._clock(),
                conversation=self.conversation,
                turn=self.turn,
                source=choice.chosen.source,
                reasons=choice.reasons,
                sources=choice.sources,
                aside=choice.aside,
                gauge=choice.gauge,
                reading=choice.reading,
            )
        ]

    def _end(self, why: EndReason, reason: str | None) -> Event:
        return ReplyEnded(
            at=self._clock(), conversation=self.conversation, turn=self.turn, why=why, reason=reason
        )

    async def _keep_regularly(self) -> None:
        while True:
            await asyncio.sleep(SECONDS_BETWEEN_KEEPING)
            if self._kept < len(self._text):
                with suppress(Exception):  # tried again with the next words, and told at the end
                    await asyncio.shield(asyncio.ensure_future(self._keep_fresh()))

    async def _keep_fresh(self, *ending: Event) -> None:
        """Append the words that are not yet kept, and the end; in order, one at a time."""
        async with self._keeping:
            fresh = self._text[self._kept :]
            events: list[Event] = list(ending)
            if fresh:
                part = ReplyPart(
                    at=self._clock(), conversation=self.conversation, turn=self.turn, text=fresh
                )
                events.insert(0, part)
            await self._keep(*events)
            self._kept += len(fresh)
