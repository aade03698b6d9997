"""Real journals in real files; only the passphrase's work is lighter than people have it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from beside.store.journal import Journal, PassphraseWork
from beside.talk.events import (
    ConversationBegan,
    PersonSpoke,
    ReplyBegan,
    ReplyEnded,
    ReplyPart,
)

PASSPHRASE = "seven quiet herons"
LIGHT = PassphraseWork(memory_kib=64, passes=1, lanes=1)
BEGAN = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


class Talk:
    """Says things in one conversation of a journal, one second after another."""

    def __init__(self, journal: Journal, conversation: str = "c", title: str | None = None) -> None:
        self.journal, self.conversation, self.second, self.last = journal, conversation, 0, None
        journal.append(ConversationBegan(at=self.now(), conversation=conversation, title=title))

    def now(self) -> datetime:
        self.second += 1
        return BEGAN + timedelta(seconds=self.second)

    def fact(self, kind, **values):
        return kind(at=self.now(), conversation=self.conversation, **values)

    def say(self, turn: str, text: str, parent: str | None = None) -> None:
        self.journal.append(self.fact(PersonSpoke, turn=turn, parent=parent, text=text))

    def begin_answer(self, turn: str, parent: str, *parts: str) -> None:
        self.journal.append(self.fact(ReplyBegan, turn=turn, parent=parent, voice="scripted"))
        for part in parts:
            self.journal.append(self.fact(ReplyPart, turn=turn, text=part))

    def end_answer(self, turn: str, why: str = "done") -> None:
        self.journal.append(self.fact(ReplyEnded, turn=turn, why=why))

    def answer(self, turn: str, parent: str, *parts: str) -> None:
        self.begin_answer(turn, parent, *parts)
        self.end_answer(turn)

    def line(self) -> list[str]:
        return [turn.id for turn in self.journal.conversation(self.conversation).line()]


@pytest.fixture
def talk() -> type[Talk]:
    return Talk


@pytest.fixture
def passphrase() -> str:
    return PASSPHRASE


@pytest.fixture
def light() -> PassphraseWork:
    return LIGHT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a journal may be made; nothing is there yet."""
    return tmp_path / "people" / "anna"


@pytest.fixture
def opened() -> Iterator[Callable[[Journal], Journal]]:
    """Sees to it that a journal is locked when the test is over."""
    journals: list[Journal] = []

    def keep(journal: Journal) -> Journal:
        journals.append(journal)
        return journal

    yield keep
    for journal in journals:
        journal.lock()


@pytest.fixture
def journal(folder: Path, opened: Callable[[Journal], Journal]) -> Journal:
    """A journal that was just begun."""
    return opened(Journal.create(folder, PASSPHRASE, work=LIGHT)[0])
