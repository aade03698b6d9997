"""A conversation as it stands: a tree of turns with a visible line, replayed from its facts.

Trying again and editing make branches; the visible line is the way from the beginning to one leaf.
Nothing here reads or writes anything.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from beside.talk.events import (
    CareLooked,
    ConversationBegan,
    ConversationEvent,
    ConversationNamed,
    Event,
    LineChosen,
    Mode,
    ModeChosen,
    NoteDropped,
    NoteKept,
    PersonSpoke,
    PlanKept,
    PreferenceSet,
    ReplyBegan,
    ReplyEnded,
    ReplyPart,
    ReplyWeighed,
)
from beside.talk.ids import ConversationId, NoteId, TurnId, VoiceName

ReplyState = Literal["speaking", "done", "stopped", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonTurn:
    """What the person said, and what care saw in it."""

    id: TurnId
    parent: TurnId | None
    at: datetime
    text: str
    care_level: int = 0
    care_kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyTurn:
    """What a voice answered, so far or in full; `reason` is a short code where it failed.

    `weighed` says why it has these words, where it was chosen from several.
    """

    id: TurnId
    parent: TurnId
    at: datetime
    voice: VoiceName
    text: str = ""
    state: ReplyState = "speaking"
    reason: str | None = None
    weighed: ReplyWeighed | None = None


Turn = PersonTurn | ReplyTurn

_Family = tuple[type[Turn], TurnId | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One conversation: every turn that was taken, in the order they began, and the visible line.

    `leaf` is the last turn of the visible line; None before anything was said.
    """

    id: ConversationId
    title: str | None
    source: str | None
    began_at: datetime
    last_at: datetime
    mode: Mode
    turns: Mapping[TurnId, Turn]
    leaf: TurnId | None
    _families: dict[_Family, tuple[TurnId, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def line(self) -> tuple[Turn, ...]:
        """The turns that are visible, from the beginning to the leaf."""
        line: list[Turn] = []
        step = self.leaf
        while step is not None:
            line.append(self.turns[step])
            step = line[-1].parent
        return tuple(reversed(line))

    def siblings(self, turn: TurnId) -> tuple[TurnId, ...]:
        """The branches at this turn: of the same kind and parent, in the order they began.

        The turn itself is among them. Raises KeyError where there is no such turn.
        """
        own = self.turns[turn]
        if not self._families:
            families: dict[_Family, list[TurnId]] = {}
            for each in self.turns.values():
                families.setdefault((type(each), each.parent), []).append(each.id)
            self._families.update({key: tuple(value) for key, value in families.items()})
        return self._families[type(own), own.parent]

    def speaking(self) -> tuple[ReplyTurn, ...]:
        """The replies that have not ended."""
        return tuple(
            turn
            for turn in self.turns.values()
            if isinstance(turn, ReplyTurn) and turn.state == "speaking"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something the person allowed Beside to remember."""

    id: NoteId
    at: datetime
    text: str


def replay(events: Iterable[ConversationEvent]) -> Conversation:
    """The conversation that these facts make.

    Raises ValueError where they cannot have happened: a reply to nothing, words after the end.
    """
    told = Replay()
    for event in events:
        told.add(event)
    return told.conversation()


def replay_notes(events: Iterable[Event]) -> tuple[Note, ...]:
    """The notes that are kept and were not taken back, oldest first; other facts are passed by."""
    notes: dict[NoteId, Note] = {}
    for event in events:
        if isinstance(event, NoteKept):
            notes[event.note] = Note(id=event.note, at=event.at, text=event.text)
        elif isinstance(event, NoteDropped):
            notes.pop(event.note, None)
    return tuple(notes.values())


def replay_preferences(events: Iterable[Event]) -> dict[str, str]:
    """The newest value of every preference; other facts are passed by."""
    return {event.name: event.value for event in events if isinstance(event, PreferenceSet)}


def replay_plan(events: Iterable[Event]) -> PlanKept | None:
    """The person's safety plan as it stands; None where there is none."""
    return next((each for each in reversed(list(events)) if isinstance(each, PlanKept)), None)


class Replay:
    """A conversation in the making: facts go in one by one, the conversation comes out any time.

    A fact that cannot have happened raises ValueError and leaves everything as it was.
    """

    def __init__(self) -> None:
        self._began: ConversationBegan | None = None
        self._title: str | None = None
        self._mode: Mode = "issue"
        self._last_at: datetime | None = None
        self._turns: dict[TurnId, Turn] = {}
        self._words: dict[TurnId, list[str]] = {}
        self._line_through: TurnId | None = None
        self._made: Conversation | None = None

    @property
    def begun(self) -> bool:
        """Whether anything was taken in yet."""
        return self._began is not None

    @property
    def id(self) -> ConversationId:
        """Which conversation this is."""
        return self._beginning().conversation

    @property
    def title(self) -> str | None:
        """Its name, where it has one."""
        return self._title

    @property
    def began_at(self) -> datetime:
        """When it began."""
        return self._beginning().at

    @property
    def last_at(self) -> datetime:
        """When something last happened in it."""
        return self._last_at or self._beginning().at

    @property
    def turns(self) -> Mapping[TurnId, Turn]:
        """The turns so far, live; the words of a reply being spoken are in `text_of` only."""
        return MappingProxyType(self._turns)

    def add(self, event: Event) -> None:
        """Take in the fact that happened next."""
        if not isinstance(event, ConversationEvent):
            raise ValueError(f"a {type(event).__name__} is not part of a conversation")
        if self._began is None:
            if not isinstance(event, ConversationBegan):
                raise ValueError("a conversation begins with ConversationBegan")
            self._began, self._title, self._last_at = event, event.title, event.at
            return
        if event.conversation != self._began.conversation:
            raise ValueError("a fact of another conversation")
        match event:
            case ReplyPart():
                self._speaking(event.turn)
                self._words[event.turn].append(event.text)
            case PersonSpoke():
                self._person_spoke(event)
            case CareLooked():
                self._care_looked(event)
            case ReplyBegan():
                self._reply_began(event)
            case ReplyWeighed():
                self._reply_weighed(event)
            case ReplyEnded():
                self._reply_ended(event)
            case LineChosen():
                if event.turn not in self._turns:
                    raise ValueError("the line cannot lead through a turn that is not there")
                self._line_through = event.turn
            case ConversationNamed():
                self._title = event.title
            case ModeChosen():
                self._mode = event.mode
            case _:
                raise ValueError(f"a {type(event).__name__} cannot happen here")
        self._made = None
        if self._last_at is None or event.at > self._last_at:
            self._last_at = event.at

    def text_of(self, turn: TurnId) -> str:
        """The words of a turn so far. Raises KeyError where there is no such turn."""
        if turn in self._words:
            return "".join(self._words[turn])
        return self._turns[turn].text

    def conversation(self) -> Conversation:
        """The conversation as it stands now. Raises ValueError before it began."""
        if self._made is None:
            began = self._beginning()
            for turn in self._words:
                self._settle_words(turn)
            self._line_through = self._newest_below(self._line_through)
            self._made = Conversation(
                id=began.conversation,
                title=self._title,
                source=began.source,
                began_at=began.at,
                last_at=self.last_at,
                mode=self._mode,
                turns=MappingProxyType(dict(self._turns)),
                leaf=self._line_through,
            )
        return self._made

    def _beginning(self) -> ConversationBegan:
        if self._began is None:
            raise ValueError("a conversation begins with ConversationBegan")
        return self._began

    def _person_spoke(self, event: PersonSpoke) -> None:
        self._unused(event.turn)
        if event.parent is not None and event.parent not in self._turns:
            raise ValueError("the person cannot go on from a turn that is not there")
        self._turns[event.turn] = PersonTurn(
            id=event.turn, parent=event.parent, at=event.at, text=event.text
        )
        self._line_through = event.turn

    def _care_looked(self, event: CareLooked) -> None:
        turn = self._turns.get(event.turn)
        if not isinstance(turn, PersonTurn):
            raise ValueError("care looks at a person's turn, and this is none")
        self._turns[turn.id] = PersonTurn(
            id=turn.id,
            parent=turn.parent,
            at=turn.at,
            text=turn.text,
            care_level=event.level,
            care_kinds=event.kinds,
        )

    def _reply_began(self, event: ReplyBegan) -> None:
        self._unused(event.turn)
        above = self._turns.get(event.parent)
        if above is None or (isinstance(above, ReplyTurn) and above.state != "failed"):
            raise ValueError("a reply answers a person's turn, or goes on where one broke off")
        self._turns[event.turn] = ReplyTurn(
            id=event.turn, parent=event.parent, at=event.at, voice=event.voice
        )
        self._words[event.turn] = []
        self._line_through = event.turn

    def _reply_weighed(self, event: ReplyWeighed) -> None:
        turn = self._turns.get(event.turn)
        if not isinstance(turn, ReplyTurn):
            raise ValueError("only a reply is weighed, and this is none")
        self._turns[turn.id] = replace(turn, weighed=event)

    def _reply_ended(self, event: ReplyEnded) -> None:
        self._speaking(event.turn)
        self._settle_words(event.turn, event.why, event.reason)
        del self._words[event.turn]

    def _settle_words(
        self, id: TurnId, state: ReplyState = "speaking", reason: str | None = None
    ) -> None:
        turn = self._turns[id]
        if isinstance(turn, ReplyTurn):
            self._turns[id] = ReplyTurn(
                id=id,
                parent=turn.parent,
                at=turn.at,
                voice=turn.voice,
                text="".join(self._words[id]),
                state=state,
                reason=reason,
                weighed=turn.weighed,
            )

    def _newest_below(self, turn: TurnId | None) -> TurnId | None:
        """The turn that was begun last among this one and all that follow it."""
        if turn is None:
            return None
        order = list(self._turns)
        newest, below = turn, {turn}
        for id in order[order.index(turn) + 1 :]:
            if self._turns[id].parent in below:
                below.add(id)
                newest = id
        return newest

    def _unused(self, turn: TurnId) -> None:
        if turn in self._turns:
            raise ValueError("a turn of this name is there already")

    def _speaking(self, turn: TurnId) -> None:
        if turn not in self._words:
            raise ValueError("the reply is not being spoken")
