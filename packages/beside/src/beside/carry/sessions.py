"""Sessions of the mirror in a file that Beside wrote: the same facts, under names of their own."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from beside.carry import plain
from beside.talk.events import (
    MirrorEvent,
    MirrorMarked,
    MirrorPractised,
    MirrorRead,
    MirrorSessionKept,
)
from beside.talk.ids import MirrorId, RandomBytes, make_id


def copies(
    events: Sequence[MirrorEvent], *, at: datetime, random_bytes: RandomBytes
) -> tuple[tuple[MirrorEvent, ...], ...]:
    """Each session's facts, tidied. Raises ValueError where they do not fit together."""
    names: dict[MirrorId, MirrorId] = {}
    sessions: dict[MirrorId, list[MirrorEvent]] = {}
    turns: dict[MirrorId, int] = {}
    for event in events:
        moment = plain.moment(event.at.isoformat()) or at
        if isinstance(event, MirrorSessionKept):
            if event.session in names:
                raise ValueError("a session that is kept twice")
            names[event.session] = MirrorId(make_id(moment, random_bytes))
            turns[event.session] = len(event.words)
        elif event.session not in names:
            raise ValueError("something is told of a session that is not there")
        tidied = _tidied(event, names, turns[event.session])
        named = replace(tidied, session=names[event.session], at=moment)
        sessions.setdefault(event.session, []).append(named)
    return tuple(tuple(each) for each in sessions.values())


def _tidied(event: MirrorEvent, names: dict[MirrorId, MirrorId], turns: int) -> MirrorEvent:
    if isinstance(event, MirrorSessionKept):
        return _kept(event)
    if isinstance(event, MirrorMarked):
        if not 0 <= event.mark <= 1 or not (event.place is None or 0 <= event.place < turns):
            raise ValueError("a mark that is not on the line, or of no turn")
        return replace(event, words=None if event.words is None else plain.tidy(event.words))
    if isinstance(event, MirrorPractised):
        return replace(
            event,
            person=plain.name(event.person) or "own",
            branch_of=None if event.branch_of is None else names.get(event.branch_of),
        )
    if isinstance(event, MirrorRead):
        figures = tuple(filter(None, map(plain.name, event.figures)))
        return replace(event, gauge=plain.name(event.gauge), figures=figures)
    raise ValueError("a fact that no session has")


def _kept(event: MirrorSessionKept) -> MirrorSessionKept:
    fits = len(event.names) == len(event.roles) and (
        len(event.spoke) == len(event.words) == len(event.seconds)
    )
    if not fits or not all(0 <= each < len(event.names) for each in event.spoke):
        raise ValueError("a session whose columns do not fit together")
    return replace(
        event,
        title=plain.name(event.title),
        source=plain.name(event.source) or "Beside",
        names=tuple(plain.name(each) or "?" for each in event.names),
        roles=tuple(plain.name(each) or "other" for each in event.roles),
        words=tuple(plain.tidy(each) for each in event.words),
        seconds=tuple(
            each if each is not None and math.isfinite(each) else None for each in event.seconds
        ),
        left_out=min(max(event.left_out, 0), 10**9),
        consent=plain.tidy(event.consent),
    )
