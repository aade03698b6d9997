"""The way over several sessions, in pictures with their tables; and what a report can hold."""

from markupsafe import Markup

from beside.mirror import pictures
from beside.mirror.progress import Progress, Step
from beside.surfaces.language import Words
from beside.surfaces.mirror.view import Picture, own
from beside.surfaces.mirror.words import between, sides


def over_time(way: Progress, _: Words) -> tuple[Picture, ...]:
    """Marks beside the three sides, one picture each; then repair and the fix reflex as a table."""
    names = sides(_)
    made = [_side(way, name, side, _) for side, name in names.items()]
    return (*made, _counted(way, _))


def part_names(_: Words) -> dict[str, str]:
    """What a report can hold, in the order of the report."""
    return {
        "own": _("My own mark, and the estimates beside it"),
        "opened": _("What opened, with quotes"),
        "closed": _("Where it may have narrowed, with quotes"),
        "profile": _("The eight ways, over the session"),
        "course": _("As it went on"),
        "whole": _("What went on between the two, over the whole"),
        "room": _("Room for what is hard to hear"),
        "counts": _("What can be counted"),
        "rewordings": _("Other words, with quotes"),
        "question": _("The question"),
        "transcript": _("All that was said"),
    }


def _side(way: Progress, name: str, side: str, _: Words) -> Picture:
    points = tuple(getattr(step, side) for step in way.steps)
    series = (pictures.Series(name=name, points=points),)
    title = {
        "relief": _("Relief, beside your own mark"),
        "growth": _("Growth, beside your own mark"),
        "frame": _("Freedom and truth, beside your own mark"),
    }[side]
    return Picture(
        title=title,
        svg=Markup(  # noqa: S704 - drawn here; every word in it is escaped
            pictures.course(
                title,
                series,
                top=3.0,
                begin=_.short_day(way.steps[0].at),
                end=_.short_day(way.steps[-1].at),
                high=_("opening"),
                low=_("against"),
                own=tuple(step.mark for step in way.steps),
                own_name=_("Your mark"),
            )
        ),
        heads=(_("Day"), _("Session"), _("Your mark"), name),
        rows=tuple(
            (_.short_day(step.at), _titled(step, _), own(step.mark, _), between(point, _))
            for step, point in zip(way.steps, points, strict=True)
        ),
    )


def _counted(way: Progress, _: Words) -> Picture:
    none = _("not there")
    return Picture(
        title=_("Repair and the fix reflex"),
        svg=Markup(""),
        heads=(
            _("Day"),
            _("Session"),
            _("Said that they were missed"),
            _("Owned in the answer"),
            _("Answers from something heavy to the first advice"),
        ),
        rows=tuple(
            (
                _.short_day(step.at),
                _titled(step, _),
                none if step.ruptures is None else str(step.ruptures),
                none if not step.ruptures else str(step.owned),
                none if step.reflex is None else _.decimal(step.reflex, "0.#"),
            )
            for step in way.steps
        ),
    )


def titled(title: str | None, _: Words, *, practised: bool) -> str:
    """What a session is called in a list."""
    return title or (_("practice") if practised else _("Conversation"))


def _titled(step: Step, _: Words) -> str:
    return titled(step.title, _, practised=step.practised)
