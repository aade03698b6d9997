"""Any life of a journal, beside a plain model of what it must hold at every moment."""

import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from beside.errors import JournalLocked, NoSuchConversation, NoSuchTurn
from beside.store.journal import Journal, PassphraseWork
from beside.talk.conversation import PersonTurn, replay
from beside.talk.events import (
    CareLooked,
    ConversationBegan,
    ConversationNamed,
    LineChosen,
    PersonSpoke,
    ReplyBegan,
    ReplyEnded,
    ReplyPart,
)

VOCABULARY = ["river", "stone", "häuser", "één", "tired"]
WORDS = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=4).map(" ".join)
TITLES = st.none() | WORDS
PARTS = st.lists(WORDS, max_size=3)
ENDS = st.sampled_from(["done", "stopped", "failed", None])
PICK = st.integers(0, 29)
LIGHT = PassphraseWork(memory_kib=8, passes=1, lanes=1)


@dataclass
class Said:
    """A turn as the model sees it; `state` is None for the person's own."""

    parent: str | None
    text: str
    state: str | None = None
    care: int = 0


@dataclass
class Told:
    """A conversation as the model sees it: turns in the order they began, and the leaf."""

    title: str | None = None
    turns: dict[str, Said] = field(default_factory=dict)
    leaf: str | None = None

    def line(self) -> list[str]:
        line, step = [], self.leaf
        while step is not None:
            line.append(step)
            step = self.turns[step].parent
        return line[::-1]

    def go(self, turn: str) -> None:
        below = [turn]
        for id, said in self.turns.items():
            if said.parent in below:
                below.append(id)
        self.leaf = max(below, key=list(self.turns).index)

    def erase(self, turn: str) -> None:
        line = self.line()
        answers = [id for id, said in self.turns.items() if said.parent == turn and said.state]
        gone = {turn, *(answers if self.turns[turn].state is None else [])}
        heir = self.turns[turn].parent
        for said in self.turns.values():
            if said.parent in gone:
                said.parent = heir
        for each in gone:
            del self.turns[each]
        left = [id for id in line if id not in gone]
        if left or self.turns:
            self.go(left[-1] if left else list(self.turns)[-1])
        else:
            self.leaf = None


class Life(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp())
        self.told: dict[str, Told] = {}
        self.count = 0
        self.passphrase = "seven quiet herons"
        self.journal, self.recovery_key = Journal.create(
            self.root / "anna", self.passphrase, work=LIGHT
        )

    def teardown(self) -> None:
        self.journal.lock()
        shutil.rmtree(self.root)

    def fact(self, kind: Any, conversation: str, **values: Any) -> Any:
        self.count += 1
        at = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(seconds=self.count)
        return kind(at=at, conversation=conversation, **values)

    def new(self, letter: str) -> str:
        self.count += 1
        return f"{letter}{self.count}"

    def one(self, pick: int) -> str:
        """One of the conversations."""
        return list(self.told)[pick % len(self.told)]

    def answer(self, conversation: str, parent: str, parts: list[str], why: str | None) -> None:
        turn = self.new("r")
        self.journal.append(
            self.fact(ReplyBegan, conversation, turn=turn, parent=parent, voice="v")
        )
        for part in parts:
            self.journal.append(self.fact(ReplyPart, conversation, turn=turn, text=part))
        if why is not None:
            self.journal.append(self.fact(ReplyEnded, conversation, turn=turn, why=why))
        told = self.told[conversation]
        told.turns[turn], told.leaf = Said(parent, "".join(parts), why or "speaking"), turn

    @initialize(title=TITLES)
    def begin_once(self, title: str | None) -> None:
        self.begin(title)

    @rule(title=TITLES)
    @precondition(lambda self: len(self.told) < 3)
    def begin(self, title: str | None) -> None:
        conversation = self.new("c")
        self.journal.append(self.fact(ConversationBegan, conversation, title=title))
        self.told[conversation] = Told(title)

    @rule(pick=PICK, text=WORDS, parts=PARTS, why=ENDS, care=st.integers(0, 3))
    def say(self, pick: int, text: str, parts: list[str], why: str | None, care: int) -> None:
        """Go on from the visible line, or (with the same parent as another turn) edit."""
        conversation, turn = self.one(pick), self.new("p")
        told = self.told[conversation]
        parents = [None, *told.turns]
        parent = told.leaf if pick % 2 else parents[pick % len(parents)]
        facts = [self.fact(PersonSpoke, conversation, turn=turn, parent=parent, text=text)]
        if care:
            facts.append(self.fact(CareLooked, conversation, turn=turn, level=care, kinds=("x",)))
        self.journal.append(*facts)
        told.turns[turn], told.leaf = Said(parent, text, care=care), turn
        if parts:
            self.answer(conversation, turn, parts, why)

    @rule(pick=PICK, parts=PARTS, why=ENDS)
    def try_again(self, pick: int, parts: list[str], why: str | None) -> None:
        conversation = self.one(pick)
        turns = self.told[conversation].turns
        people = [id for id, said in turns.items() if said.state is None]
        if people:
            self.answer(conversation, people[pick % len(people)], parts, why)

    @rule(pick=PICK, text=WORDS)
    def go_on_speaking(self, pick: int, text: str) -> None:
        for conversation, turn in self.speaking(pick):
            self.journal.append(self.fact(ReplyPart, conversation, turn=turn, text=text))
            self.told[conversation].turns[turn].text += text

    @rule(pick=PICK, why=st.sampled_from(["done", "stopped", "failed"]))
    def end_or_stop(self, pick: int, why: str) -> None:
        for conversation, turn in self.speaking(pick):
            self.journal.append(self.fact(ReplyEnded, conversation, turn=turn, why=why))
            self.told[conversation].turns[turn].state = why

    @rule(pick=PICK)
    def go_to_a_branch(self, pick: int) -> None:
        conversation = self.one(pick)
        told = self.told[conversation]
        if told.turns:
            turn = list(told.turns)[pick % len(told.turns)]
            self.journal.append(self.fact(LineChosen, conversation, turn=turn))
            told.go(turn)

    @rule(pick=PICK, title=WORDS)
    def give_a_name(self, pick: int, title: str) -> None:
        self.journal.append(self.fact(ConversationNamed, self.one(pick), title=title))
        self.told[self.one(pick)].title = title

    @rule(pick=PICK)
    def erase_a_turn(self, pick: int) -> None:
        conversation = self.one(pick)
        told = self.told[conversation]
        if not told.turns:
            return
        turn = list(told.turns)[pick % len(told.turns)]
        self.journal.erase_turn(conversation, turn)
        told.erase(turn)
        with pytest.raises(NoSuchTurn):
            self.journal.append(self.fact(LineChosen, conversation, turn=turn))

    @rule(pick=PICK)
    @precondition(lambda self: len(self.told) > 1)
    def erase_a_conversation(self, pick: int) -> None:
        conversation = self.one(pick)
        self.journal.erase_conversation(conversation)
        with pytest.raises(NoSuchConversation):
            self.journal.conversation(conversation)
        del self.told[conversation]

    @rule(pick=PICK)
    def fail_to_say(self, pick: int) -> None:
        """All or nothing: the second fact cannot be, so the first is not kept either."""
        with pytest.raises(NoSuchTurn):
            self.journal.append(
                self.fact(PersonSpoke, self.one(pick), turn="never", parent=None, text="river"),
                self.fact(ReplyPart, self.one(pick), turn="nobody", text="stone"),
            )

    @rule(way=st.sampled_from(["passphrase", "recovery key", "crash"]))
    def reopen(self, way: str) -> None:
        """Lock and unlock; or let what the disk holds at this moment be what Beside finds next."""
        folder, left = self.root / "anna", self.root / self.new("left")
        if way == "crash":
            shutil.copytree(folder, left)
        self.journal.lock()
        with pytest.raises(JournalLocked):
            self.journal.conversations()
        if way == "crash":
            shutil.rmtree(folder)
            left.rename(folder)
        if way == "recovery key":
            self.passphrase += "!"
            self.journal, self.recovery_key = Journal.recover(
                folder, self.recovery_key, self.passphrase
            )
        else:
            self.journal = Journal.open(folder, self.passphrase)

    @rule()
    def change_the_passphrase(self) -> None:
        self.journal.change_passphrase(self.passphrase, self.passphrase + "?")
        self.passphrase += "?"

    def speaking(self, pick: int) -> list[tuple[str, str]]:
        """One of the replies that are being spoken, where there are any."""
        open_ = [
            (name, id)
            for name, told in self.told.items()
            for id, said in told.turns.items()
            if said.state == "speaking"
        ]
        return [open_[pick % len(open_)]] if open_ else []

    @invariant()
    def the_journal_holds_what_the_model_does(self) -> None:
        listed = {each.id: each for each in self.journal.conversations()}
        assert listed.keys() == self.told.keys()
        for name, told in self.told.items():
            conversation = self.journal.conversation(name)
            assert conversation == replay(self.journal.events(name))
            assert [turn.id for turn in conversation.line()] == told.line()
            assert conversation.title == listed[name].title == told.title
            assert (listed[name].turns, listed[name].last_at) == (
                len(told.turns),
                conversation.last_at,
            )
            assert list(conversation.turns) == list(told.turns)
            for id, said in told.turns.items():
                turn = conversation.turns[id]
                assert (turn.parent, turn.text) == (said.parent, said.text)
                if isinstance(turn, PersonTurn):
                    assert (said.state, turn.care_level) == (None, said.care)
                else:
                    assert turn.state == said.state

    @invariant()
    def search_finds_what_the_model_does(self) -> None:
        for word in VOCABULARY[:2]:
            found = {(each.conversation, each.turn) for each in self.journal.search(word)}
            assert found == {
                (name, id)
                for name, told in self.told.items()
                for id, said in told.turns.items()
                if any(each.startswith(word) for each in said.text.split())
                and said.state != "speaking"
            }
        unfinished = {(name, turn) for name, turn in self.journal.unfinished_replies()}
        assert unfinished == {
            (name, id)
            for name, told in self.told.items()
            for id, said in told.turns.items()
            if said.state == "speaking"
        }


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=25, stateful_step_count=50, deadline=None)
