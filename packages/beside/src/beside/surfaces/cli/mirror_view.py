"""A session of the mirror in the terminal: line by line, without boxes or columns."""

from beside.surfaces.cli.terminal import Terminal
from beside.surfaces.mirror.view import Picture, Quote, View


def show(terminal: Terminal, seen: View) -> None:
    """All of it, in the order of the page."""
    _ = terminal.gettext
    if seen.dangers:
        terminal.say(
            _(
                "There may be words of danger in turn {turns}. People come first: `beside reach` "
                "is for the other and for you."
            ).format(turns=", ".join(str(each) for each in seen.dangers)),
            tone="strong",
        )
    _table(terminal, seen.line)
    if seen.own_words:
        terminal.say(seen.own_words, indent=2)
    _quotes(terminal, _("What opened"), seen.opened)
    _quotes(terminal, _("Where it may have narrowed"), seen.closed)
    _quotes(terminal, _("Whose need was it?"), seen.needs)
    _quotes(terminal, _("Boxes, and questions that know already"), seen.pointed)
    if seen.rewordings:
        _head(terminal, _("Other words, to think about"))
        for other in seen.rewordings:
            terminal.say(f"{other.place}. {other.text}", indent=2)
            terminal.say(f"{other.why} {other.by or ''}".rstrip(), tone="quiet", indent=5)
    for picture in (seen.profile, seen.course, seen.stages, seen.between):
        if picture is not None:
            _table(terminal, picture)
    _known_room(terminal, seen)
    _head(terminal, _("What can be counted"))
    for each in seen.counts:
        terminal.say(f"{each.name}: {each.said}", indent=2)
    for note in seen.notes:
        terminal.say(note, tone="quiet")
    terminal.say()
    terminal.say(seen.question, tone="strong")


def _head(terminal: Terminal, words: str) -> None:
    terminal.say()
    terminal.say(words, tone="strong")


def _table(terminal: Terminal, picture: Picture) -> None:
    _head(terminal, picture.title)
    for name, *cells in picture.rows:
        if len(cells) == 1:
            terminal.say(f"{name}: {cells[0]}", indent=2)
            continue
        terminal.say(name, indent=2)
        for head, cell in zip(picture.heads[1:], cells, strict=True):
            if not cell:
                continue
            terminal.say(f"{head}: {cell}", indent=4)


def _known_room(terminal: Terminal, seen: View) -> None:
    """The sectors that are known; the others are many, and said in one line."""
    _ = terminal.gettext
    unknown = _("not yet known")
    known = tuple(row for row in seen.room.rows if any(cell != unknown for cell in row[2:]))
    if known:
        _table(terminal, Picture(title=seen.room.title, svg=seen.room.svg, heads=seen.room.heads,
                                 rows=known))  # fmt: skip
    else:
        _head(terminal, seen.room.title)
    open_ = [row[0] for row in seen.room.rows if row not in known]
    if open_:
        terminal.say(
            _("Not yet known: {kinds}.").format(kinds=", ".join(open_)), tone="quiet", indent=2
        )


def _quotes(terminal: Terminal, title: str, quotes: tuple[Quote, ...]) -> None:
    if not quotes:
        return
    _head(terminal, title)
    for each in quotes:
        terminal.say(f"{each.place}. {each.words}", indent=2)
        terminal.say(each.why + (f" {each.how}" if each.how else ""), tone="quiet", indent=5)
