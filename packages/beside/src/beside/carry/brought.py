"""A conversation brought from elsewhere, as a plain tree, and the facts that it becomes.

Every importer hands on a `Brought`. The tree may be broken in any way a file can be broken
(missing parents, circles, two of one name); the facts that come out always replay.
"""

import heapq
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from beside.carry import plain
from beside.talk.events import (
    ConversationBegan,
    ConversationEvent,
    EndReason,
    LineChosen,
    PersonSpoke,
    ReplyBegan,
    ReplyEnded,
    ReplyPart,
)
from beside.talk.ids import ConversationId, RandomBytes, TurnId, VoiceName, make_id

Role = Literal["person", "companion"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message of the file. Without a role it is left out, and what follows is hung above it.

    `key` and `parent` are the file's own names for it and for the message that it follows.
    """

    key: str | None
    parent: str | None
    role: Role | None
    text: str = ""
    at: datetime | None = None
    voice: str | None = None
    ended: EndReason = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """One conversation of the file: its messages in any order, and the one that is visible last.

    `skipped` counts the messages that held something and are left out.
    """

    title: str | None = None
    began_at: datetime | None = None
    said: tuple[Said, ...] = ()
    current: str | None = None
    skipped: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The facts of one brought conversation; none where nothing was said in it."""

    events: tuple[ConversationEvent, ...]
    skipped: int


@dataclass(slots=True, kw_only=True)
class _Turn:
    role: Role
    parent: int | None
    texts: list[str]
    at: datetime | None
    voice: str
    ended: EndReason


def become_facts(
    brought: Brought, *, source: str, at: datetime, random_bytes: RandomBytes
) -> Facts:
    """The facts that this conversation becomes, with names of their own and their own times.

    Replies in a row are one reply. A reply that answers nothing cannot be kept, and is counted.
    `at` (the moment of the import) stands where the file gives no moment.
    """
    tree = _Tree(brought, source)
    turns = tree.turns
    if not turns:
        return Facts(events=(), skipped=brought.skipped + tree.skipped)
    known = [turn.at for turn in turns.values() if turn.at is not None]
    began = min([*known, brought.began_at or at]) if known else brought.began_at or at

    conversation = ConversationId(make_id(began, random_bytes))
    events: list[ConversationEvent] = [
        ConversationBegan(conversation=conversation, at=began, title=brought.title, source=source)
    ]
    ids: dict[int, TurnId] = {}
    last: int | None = None
    latest = began
    for place, moment in _in_order(turns, began):
        turn = turns[place]
        latest = max(latest, moment)
        ids[place] = TurnId(make_id(moment, random_bytes))
        parent = None if turn.parent is None else ids[turn.parent]
        events += _turn_facts(turn, conversation, ids[place], parent, moment)
        last = place
    shown = tree.shown(brought.current)
    if shown is not None and shown != last:
        events.append(LineChosen(conversation=conversation, at=latest, turn=ids[shown]))
    return Facts(events=tuple(events), skipped=brought.skipped + tree.skipped)


def _turn_facts(
    turn: _Turn, conversation: ConversationId, id: TurnId, parent: TurnId | None, at: datetime
) -> list[ConversationEvent]:
    words = "\n\n".join(turn.texts)
    if parent is None or turn.role == "person":
        return [PersonSpoke(conversation=conversation, at=at, turn=id, parent=parent, text=words)]
    voice = VoiceName(turn.voice)
    return [
        ReplyBegan(conversation=conversation, at=at, turn=id, parent=parent, voice=voice),
        ReplyPart(conversation=conversation, at=at, turn=id, text=words),
        ReplyEnded(conversation=conversation, at=at, turn=id, why=turn.ended),
    ]


def _in_order(turns: dict[int, _Turn], began: datetime) -> list[tuple[int, datetime]]:
    """The turns by time, none before the one it follows; without a time it has that one's."""
    below: dict[int | None, list[int]] = {}
    for place, turn in turns.items():
        below.setdefault(turn.parent, []).append(place)
    ready = [(turns[place].at or began, place) for place in below.get(None, [])]
    heapq.heapify(ready)
    order: list[tuple[int, datetime]] = []
    while ready:
        moment, place = heapq.heappop(ready)
        order.append((place, moment))
        for child in below.get(place, []):
            heapq.heappush(ready, (turns[child].at or moment, child))
    return order


class _Tree:
    """The messages that are kept, hung onto each other so that persons and replies fit."""

    def __init__(self, brought: Brought, source: str) -> None:
        self.turns: dict[int, _Turn] = {}
        self.skipped = 0
        self._source = source
        self._said = [replace(each, text=plain.words(each.text)) for each in brought.said]
        self._places: dict[str, int] = {}
        for place, each in enumerate(self._said):
            if each.key is not None:
                self._places.setdefault(each.key, place)
        self._anchors: dict[int, int | None] = {}
        self._build(_without_circles(self._parents()))

    def shown(self, current: str | None) -> int | None:
        """The turn that holds this message, or the nearest kept one above it."""
        place = None if current is None else self._places.get(current)
        return None if place is None else self._anchors[place]

    def _parents(self) -> list[int | None]:
        return [
            None if each.parent is None else self._places.get(each.parent) for each in self._said
        ]

    def _build(self, parents: Sequence[int | None]) -> None:
        below: dict[int | None, list[int]] = {}
        for place, parent in enumerate(parents):
            below.setdefault(parent, []).append(place)
        order = list(below.get(None, []))
        for place in order:  # grows while it is walked: parents always stand before their children
            order += below.get(place, [])
        above: dict[int, int | None] = {}
        for place in order:
            parent = parents[place]
            above[place] = (
                None if parent is None else parent if self._kept(parent) else above[parent]
            )
        followers = Counter(above[place] for place in order if self._kept(place))
        for place in order:
            parent = parents[place]
            anchor = None if parent is None else self._anchors[parent]
            self._anchors[place] = self._hang(place, anchor, only=followers[above[place]] == 1)

    def _kept(self, place: int) -> bool:
        return self._said[place].role is not None and bool(self._said[place].text)

    def _hang(self, place: int, anchor: int | None, *, only: bool) -> int | None:
        """Keep one message under `anchor`, and say where the messages after it belong."""
        said = self._said[place]
        if said.role is None or not said.text:
            return anchor
        if said.role == "companion":
            if anchor is None:
                self.skipped += 1
                return None
            before = self.turns[anchor]
            if before.role == "companion" and only:
                before.texts.append(said.text)
                before.ended = said.ended
                return anchor
            if before.role == "companion":
                anchor = before.parent
        self.turns[place] = _Turn(
            role=said.role,
            parent=anchor,
            texts=[said.text],
            at=said.at,
            voice=plain.name(said.voice) or self._source,
            ended=said.ended,
        )
        return place


def _without_circles(parents: list[int | None]) -> list[int | None]:
    """The same parents, with every circle opened at one place."""
    opened = list(parents)
    settled = [False] * len(opened)
    for start in range(len(opened)):
        way: list[int] = []
        walked: set[int] = set()
        place: int | None = start
        while place is not None and not settled[place]:
            if place in walked:
                opened[place] = None
                break
            walked.add(place)
            way.append(place)
            place = opened[place]
        for each in way:
            settled[each] = True
    return opened
