"""What went on between the two, in plain words: nine lines with their regions, none a grade.

Where nothing could be read for one of them it says why; where nothing could be read at all, one
sentence stands in the picture's place.
"""

from collections.abc import Sequence

from beside.mirror import pictures
from beside.mirror.between import Scale, ScaleId, Why
from beside.sentence import Gettext
from beside.surfaces.language import Words
from beside.surfaces.mirror.words import between


def scales(_: Gettext) -> dict[ScaleId, str]:
    """The nine, each as something that went on between two people."""
    return {
        "C1": _("Both sides were lived"),
        "C2": _("Following the other’s last move"),
        "C3": _("What was found was their own"),
        "C4": _("The barest turn was there too"),
        "C5": _("A miss was seen and mended"),
        "C6": _("The other, toward what hurts"),
        "C7": _("The other, toward themselves"),
        "C8": _("Strength went home with them"),
        "C9": _("The same all through"),
    }


def levels(_: Gettext) -> tuple[str, ...]:
    """What the line means; no movement is no reproach."""
    return (_("narrower"), _("hardly"), _("in part"), _("all through"))


def missing(_: Gettext) -> dict[Why, str]:
    """Why there is nothing to read for one of them."""
    return {
        "too-short": _("read from three answers on"),
        "language": _("read in English only, so far"),
        "nothing-went-wrong": _("no miss was spoken of"),
        "not-spoken-of": _("too seldom spoken of"),
    }


def can_be_drawn(read: Sequence[Scale]) -> bool:
    """Whether anything of the whole was read."""
    return any(each.estimate is not None for each in read)


def said_instead(read: Sequence[Scale], _: Gettext) -> tuple[str, ...]:
    """The sentence where nothing of the whole was read; none where something was."""
    if not read or can_be_drawn(read):
        return ()
    if any(each.why == "language" for each in read):
        return (_("What went on between you, over the whole, is read in English only so far."),)
    return (_("What went on between you, over the whole, is read from three answers on."),)


def drawn(read: Sequence[Scale], title: str, _: Words) -> str:
    """The picture: a region for each, as wide as the reading is unsure."""
    return pictures.lines(title, _rows(read, _), levels(_))


def table(read: Sequence[Scale], _: Words) -> tuple[tuple[str, ...], ...]:
    """The rows of the table: what, where it lies, and the turns that carry it most."""
    return tuple(
        (row.name, row.said, ", ".join(str(place + 1) for place in each.turns))
        for row, each in zip(_rows(read, _), read, strict=True)
    )


def _rows(read: Sequence[Scale], _: Words) -> tuple[pictures.Row, ...]:
    names, why = scales(_), missing(_)
    return tuple(
        pictures.Row(
            name=names[each.scale],
            estimate=each.estimate,
            said=between(each.estimate, _)
            if each.estimate is not None or each.why is None
            else why[each.why],
        )
        for each in read
    )
