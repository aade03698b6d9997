"""A reflection as it is shown, on the page, in the report and in the terminal: one view for all.

Nothing of it can be made before there is an own mark: `view` needs it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from beside.mirror import pictures
from beside.mirror.counts import Pointed
from beside.mirror.course import HIGHEST_STAGE
from beside.mirror.moments import Moment
from beside.mirror.reflect import Need, Reflection
from beside.mirror.rewording import Rewording
from beside.mirror.roommap import RoomMap
from beside.mirror.session import Mark, MirrorSession
from beside.mirror.transcript import Transcript
from beside.surfaces.language import Words
from beside.surfaces.mirror import between as whole
from beside.surfaces.mirror import words
from beside.surfaces.mirror.counted import Line, counted
from beside.surfaces.why import dimension_names
from beside.wiring import FLOOR

PARTS = (
    "own", "opened", "closed", "profile", "course", "whole", "room", "counts", "rewordings",
    "question", "transcript",
)  # fmt: skip
"""What a report can hold; only what is ticked is in it."""
POINTED = 5
"""So many things of one kind are pointed at."""
AROUND = 60
HEARD = 240
"""Characters of the other's words that stand above a quoted answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of one turn, with what they answer, and why they are shown.

    `start` and `end` are where the words that it is about stand in the turn.
    """

    place: int
    start: int
    end: int
    heard: str
    before: str
    marked: str
    after: str
    why: str
    how: str | None

    @property
    def words(self) -> str:
        """The quoted words as one."""
        return f"{self.before}{self.marked}{self.after}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Another wording for a turn, what was said there, and the reason in one sentence."""

    place: int
    said: str
    text: str
    why: str
    by: str | None
    """Whose words they are, where a voice proposed them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawing and the table that says the same."""

    title: str
    svg: Markup
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """All that is shown of one session."""

    title: str | None
    at: datetime
    consent: str
    initials: bool
    own: str
    own_words: str | None
    line: Picture
    turns: Picture | None
    opened: tuple[Quote, ...]
    closed: tuple[Quote, ...]
    profile: Picture | None
    course: Picture | None
    stages: Picture | None
    between: Picture | None
    room: Picture
    counts: tuple[Line, ...]
    needs: tuple[Quote, ...]
    pointed: tuple[Quote, ...]
    rewordings: tuple[Other, ...]
    dangers: tuple[int, ...]
    notes: tuple[str, ...]
    question: str
    gauge: str | None


def view(
    session: MirrorSession,
    mark: Mark,
    seen: Reflection,
    others: Sequence[Rewording],
    _: Words,
) -> View:
    """The view of a session that its practitioner has marked."""
    transcript = session.transcript
    name = words.expressions(_)
    return View(
        title=transcript.title,
        at=session.at,
        consent=session.consent,
        initials=session.initials,
        own=own(mark.value, _),
        own_words=mark.words,
        line=_line(mark, seen, _),
        turns=_turns(seen, _),
        opened=tuple(_quote(transcript, each, words.opened(_), _) for each in seen.opened),
        closed=tuple(_quote(transcript, each, words.closed(_), _) for each in seen.closed),
        profile=_profile(seen, _) if seen.read else None,
        course=_course(seen, _) if len(seen.course) > 1 else None,
        stages=_stages(seen, _),
        between=_between(seen, _),
        room=room_picture(seen.room, None, _),
        counts=counted(seen, _),
        needs=tuple(_pointed(transcript, each, words.needs(_)) for each in seen.needs[:POINTED]),
        pointed=_boxes(transcript, seen, _),
        rewordings=tuple(_other(transcript, each, _) for each in others),
        dangers=tuple(place + 1 for place in seen.dangers),
        notes=(*words.unread(seen.unread, _), *whole.said_instead(seen.between, _)),
        question=words.questions(_)[seen.question].format(kind=name.get(seen.about or "", "")),
        gauge=seen.gauge,
    )


def own(value: float, _: Words) -> str:
    """The own mark in words, for whoever does not see the line."""
    return _("at {share} of 100 on the line from far to close").format(share=round(value * 100))


def _line(mark: Mark, seen: Reflection, _: Words) -> Picture:
    names = words.sides(_)
    rows = tuple(
        pictures.Row(name=names[side], estimate=each, said=words.between(each, _))
        for side, each in seen.sides.items()
    )
    title = _("Your own mark, and the estimates beside it")
    return Picture(
        title=title,
        svg=_drawn(
            pictures.lines(title, rows, words.levels(_), own=mark.value, own_name=_("Your mark"))
        ),
        heads=(_("What"), _("Where it lies")),
        rows=((_("Your mark"), own(mark.value, _)), *((row.name, row.said) for row in rows)),
    )


def _turns(seen: Reflection, _: Words) -> Picture | None:
    """The turns that the practitioner marked, each with what was read of it."""
    if not seen.turns:
        return None
    names = words.sides(_)
    return Picture(
        title=_("Turns that you marked"),
        svg=Markup(""),
        heads=(_("Turn"), _("Your mark"), _("Your words"), *names.values()),
        rows=tuple(
            (
                str(each.place + 1),
                own(each.mark.value, _),
                each.mark.words or "",
                *(words.between(each.sides.get(side), _) for side in names),
            )
            for each in seen.turns
        ),
    )


def _profile(seen: Reflection, _: Words) -> Picture:
    names = dimension_names(_)
    rows = tuple(
        pictures.Row(name=names[id], estimate=each, said=words.between(each, _))
        for id, each in seen.profile
    )
    title = _("Eight ways to be with someone, over the session")
    return Picture(
        title=title,
        svg=_drawn(pictures.lines(title, rows, words.levels(_))),
        heads=(_("What"), _("Where it lies")),
        rows=tuple((row.name, row.said) for row in rows),
    )


def _course(seen: Reflection, _: Words) -> Picture:
    names = words.sides(_)
    title = _("Both sides over the session: relief and growth")
    series = (
        pictures.Series(name=names["relief"], points=tuple(e.relief for e in seen.course)),
        pictures.Series(name=names["growth"], points=tuple(e.growth for e in seen.course)),
    )
    return _over_the_session(seen, title, series, top=3.0, low=_("against"), high=_("opening"), _=_)


def _stages(seen: Reflection, _: Words) -> Picture | None:
    points = [(each.symptom, each.self_relation) for each in seen.course]
    if len(points) < 2 or not any(any(pair) for pair in points):
        return None
    title = _("The other over the session: toward what hurts, and toward themselves")
    series = (
        pictures.Series(name=_("Toward what hurts"), points=tuple(each for each, _k in points)),
        pictures.Series(name=_("Toward themselves"), points=tuple(each for _s, each in points)),
    )
    return _over_the_session(
        seen, title, series, top=HIGHEST_STAGE, low=_("in battle"), high=_("at peace"), _=_
    )


def _between(seen: Reflection, _: Words) -> Picture | None:
    if not whole.can_be_drawn(seen.between):
        return None
    title = _("What went on between you, over the whole")
    return Picture(
        title=title,
        svg=_drawn(whole.drawn(seen.between, title, _)),
        heads=(_("What"), _("Where it lies"), _("Turns that carry it most")),
        rows=whole.table(seen.between, _),
    )


def _over_the_session(
    seen: Reflection,
    title: str,
    series: Sequence[pictures.Series],
    *,
    top: float,
    low: str,
    high: str,
    _: Words,
) -> Picture:
    turns = [
        _("turn {turn}").format(turn=each.first + 1)
        if each.first == each.last
        else _("turns {first} to {last}").format(first=each.first + 1, last=each.last + 1)
        for each in seen.course
    ]
    rows = tuple(
        (turns[at], *(words.between(each.points[at], _, top=int(top)) for each in series))
        for at in range(len(turns))
    )
    return Picture(
        title=title,
        svg=_drawn(
            pictures.course(
                title, series, top=top, begin=turns[0], end=turns[-1], high=high, low=low
            )
        ),
        heads=(_("Turns"), *(each.name for each in series)),
        rows=rows,
    )


def room_picture(room: RoomMap, before: RoomMap | None, _: Words) -> Picture:
    """The room map, with the room of earlier sessions as a thin line where it is given."""
    names = words.expressions(_)
    unknown = _("not yet known")
    earlier = {each.kind: each for each in before.sectors} if before is not None else {}
    slices = []
    rows = []
    for sector in room.sectors:
        name = names[sector.kind]
        said = words.between(sector.room, _) if sector.room is not None else unknown
        was = earlier.get(sector.kind)
        slices.append(
            pictures.Slice(
                name=name,
                reach=sector.room,
                before=was.room if was is not None else None,
                said=said,
            )
        )
        sides = [
            words.between(each, _) if each is not None and sector.known else unknown
            for each in (sector.relief, sector.growth, sector.frame)
        ]
        rows.append((name, str(sector.met), *sides))
    title = _("Room for what is hard to hear")
    return Picture(
        title=title,
        svg=_drawn(pictures.room(title, slices, unknown=unknown)),
        heads=(_("Kind"), _("Times met"), *words.sides(_).values()),
        rows=tuple(rows),
    )


def _quote(transcript: Transcript, each: Moment, why: dict[str, str], _: Words) -> Quote:
    text = transcript.turns[each.place].text
    low, high = each.mark or (each.start, each.end)
    how = None
    if each.estimate is not None and each.dimension is not None:
        how = _("{what}: {where}").format(
            what=dimension_names(_)[each.dimension], where=words.between(each.estimate, _)
        )
    return Quote(
        place=each.place + 1,
        start=low,
        end=high,
        heard=_shortened(transcript.turns[each.person].text),
        before=text[each.start : low],
        marked=text[low:high],
        after=text[high : each.end],
        why=why.get(each.check or each.dimension or "", ""),
        how=how,
    )


def _boxes(transcript: Transcript, seen: Reflection, _: Words) -> tuple[Quote, ...]:
    told = words.pointed(_)
    found = [each for each in seen.counts.pointed if each.what in told]
    return tuple(_pointed(transcript, each, told) for each in found[:POINTED])


def _pointed(transcript: Transcript, each: Need | Pointed, why: dict[str, str]) -> Quote:
    text = transcript.turns[each.place].text
    low, high = max(0, each.start - AROUND), min(len(text), each.end + AROUND)
    return Quote(
        place=each.place + 1,
        start=each.start,
        end=each.end,
        heard="",
        before=("… " if low else "") + text[low : each.start],
        marked=text[each.start : each.end],
        after=text[each.end : high] + (" …" if high < len(text) else ""),
        why=why[each.what],
        how=None,
    )


def _other(transcript: Transcript, each: Rewording, _: Words) -> Other:
    return Other(
        place=each.place + 1,
        said=transcript.turns[each.place].text,
        text=each.text,
        why=words.rewording(_)[each.dimension],
        by=None
        if each.source == FLOOR
        else _("Proposed by the voice “{voice}”.").format(voice=each.source),
    )


def _shortened(text: str) -> str:
    return text if len(text) <= HEARD else f"… {text[-HEARD:]}"


def _drawn(svg: str) -> Markup:
    return Markup(svg)  # noqa: S704 - drawn here; every word in it is escaped
