"""The authored voice as a `Voice`: a pure function of the messages, given sentence by sentence."""

import asyncio
import hashlib
import random
from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from beside.talk.ids import VoiceName
from beside.voices.authored.bank import Means as BankMeans
from beside.voices.authored.bank import open_bank
from beside.voices.authored.book import Book, elsewhere, open_book
from beside.voices.authored.language import language_of_talk
from beside.voices.authored.learned import Means as TalkMeans
from beside.voices.authored.offers import offers, receiving
from beside.voices.authored.pick import Said, longest_ago, pick, sentences
from beside.voices.authored.pressed import Pressed
from beside.voices.authored.reply import reply
from beside.voices.authored.thread import Thread, follow
from beside.voices.base import Message


class Means(BankMeans, TalkMeans, Protocol):
    """What knows what turns and talks mean: the gauge's encoders, where they are open."""


_TOLD = 3
"""Turns before the last by which its setting is guessed."""


class AuthoredVoice:
    """Answers offline, in milliseconds, and never says the same line twice in a conversation.

    The same messages and the same `seed` give the same reply; another seed, another reply.
    """

    def __init__(
        self, *, seed: int = 0, name: str = "authored", means: Means | None = None
    ) -> None:
        self._seed = seed
        self._name = VoiceName(name)
        self._means = means

    @property
    def name(self) -> VoiceName:
        """The name under which it stands in the catalogue and the journal."""
        return self._name

    def answer(self, messages: Sequence[Message]) -> str:
        """The whole reply to the last person's message."""
        language, book = self._language(messages)
        chance = random.Random(_number(messages, self._seed))
        if book is not None:
            return reply(follow(messages, book, self._means), book, chance)
        return _in_few_words(language, messages, chance)

    def candidates(self, messages: Sequence[Message], many: int) -> tuple[str, ...]:
        """Up to `many` different replies; the first is the one that `stream` says.

        Under pressure all hold the same position. Else the others are the bank's, for situations
        that the turn is near to, and where it is not known at all a short line that only receives.
        """
        language, book = self._language(messages)
        turns = [each.text for each in messages if each.role == "person"]
        if many < 2 or not turns or book is None:
            return (self.answer(messages),)
        thread = follow(messages, book, self._means)
        said = reply(thread, book, random.Random(_number(messages, self._seed)))
        chance = random.Random(_number(messages, self._seed) + 1)
        if thread.pressed != Pressed():
            others = (reply(thread, book, chance) for _ in range(many - 1))
            return tuple(dict.fromkeys([said, *others]))
        if language != "en":
            return (said,)
        more = self._from_the_bank(turns, thread, book, chance, many - 1)
        if not more and (short := receiving(thread, book, chance)) is not None:
            more = [short]
        return tuple(dict.fromkeys([said, *more]))

    def _language(self, messages: Sequence[Message]) -> tuple[str, Book | None]:
        language = language_of_talk([each.text for each in messages if each.role == "person"])
        return language, open_book(language)

    def _from_the_bank(
        self, turns: Sequence[str], thread: Thread, book: Book, chance: random.Random, many: int
    ) -> list[str]:
        if (bank := open_bank()) is None:
            return []
        near = bank.nearest(
            turns[-1],
            self._means,
            moment=thread.now.moment.name if thread.now.moment is not None else None,
            mode=thread.mode,
            told=" ".join(turns[-1 - _TOLD : -1]),
        )
        return offers(thread, book, near, chance, many)

    async def stream(self, messages: Sequence[Message]) -> AsyncIterator[str]:
        """The sentences of one reply to the last person's message."""
        whole = await asyncio.to_thread(self.answer, messages)
        for index, sentence in enumerate(sentences(whole)):
            yield f" {sentence}" if index else sentence

    async def warm(self, messages: Sequence[Message]) -> None:
        """Read the lines of this conversation's language, so that the first reply is quick too."""
        language = language_of_talk([each.text for each in messages if each.role == "person"])
        open_book(language)
        if language == "en":
            open_bank()

    async def close(self) -> None:
        """Nothing is held open."""


def _number(messages: Sequence[Message], seed: int) -> int:
    digest = hashlib.blake2b(str(seed).encode(), digest_size=8)
    for message in messages:
        if message.role != "stance":
            digest.update(f"\x1f{message.role}\x1e{message.text}".encode(errors="replace"))
    return int.from_bytes(digest.digest(), "big")


def _in_few_words(language: str, messages: Sequence[Message], chance: random.Random) -> str:
    """An honest sentence in a language without lines; after those, plain ones in English."""
    said = Said.of([each.text for each in messages if each.role == "companion"])
    english: Book | None = open_book("en")
    few = elsewhere().get(language, ()) + elsewhere()["other"]
    more = english.pool("hold") if english else ()
    return pick(few, {}, said, chance) or pick(more, {}, said, chance) or longest_ago(few, said)
