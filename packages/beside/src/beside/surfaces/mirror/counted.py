"""What can be counted in a session, as lines of a table: anyone can check them by hand."""

from dataclasses import dataclass

from beside.mirror.reflect import Reflection
from beside.surfaces.language import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that was counted."""

    name: str
    said: str


def counted(seen: Reflection, _: Words) -> tuple[Line, ...]:
    """The lines, in the order in which they are shown; what could not be counted is not there."""
    return (*_space(seen, _), *_moves(seen, _), *_answers(seen, _))


def _space(seen: Reflection, _: Words) -> list[Line]:
    counts = seen.counts
    lines = [
        Line(name=_("Answers of yours"), said=str(counts.answers)),
        Line(
            name=_("Words"),
            said=_("yours {mine}, the other’s {theirs}").format(
                mine=counts.own_words, theirs=counts.their_words
            ),
        ),
    ]
    if counts.usual_length is not None and counts.length_after_heavy is not None:
        said = _("usually {usual}; after something heavy {heavy}").format(
            usual=_.decimal(counts.usual_length, "0.#"),
            heavy=_.decimal(counts.length_after_heavy, "0.#"),
        )
        lines.append(Line(name=_("Words in an answer"), said=said))
    if counts.cut_off:
        lines.append(Line(name=_("Begun while the other broke off"), said=str(counts.cut_off)))
    return lines


def _moves(seen: Reflection, _: Words) -> list[Line]:
    counts = seen.counts
    asked = (
        str(counts.questions)
        if counts.leading is None
        else _("{count}, of which {leading} hold their own answer").format(
            count=counts.questions, leading=counts.leading
        )
    )
    lines = [Line(name=_("Questions"), said=asked)]
    for name, number in (
        (_("Answers that give back what was heard"), counts.reflections),
        (_("Sentences of advice"), counts.advice),
        (_("Labels or theory about the other"), counts.boxes),
    ):
        if number is not None:
            lines.append(Line(name=name, said=str(number)))
    return lines


def _answers(seen: Reflection, _: Words) -> list[Line]:
    counts = seen.counts
    lines = []
    if counts.heavy:
        said = (
            _("no advice came after it")
            if not counts.reflexes
            else _("answers until then: {counts}").format(
                counts=", ".join(str(each) for each in counts.reflexes[:10])
            )
        )
        lines.append(Line(name=_("From something heavy to the first advice"), said=said))
    if counts.refusals:
        said = _("{count}; after {pressed} of them the next answer went on").format(
            count=counts.refusals, pressed=counts.pressed or 0
        )
        lines.append(Line(name=_("A no of the other"), said=said))
    if ruptures := len(seen.repairs.ruptures):
        said = _("{count}; owned in the answer: {owned}").format(
            count=ruptures, owned=seen.repairs.owned
        )
        lines.append(Line(name=_("The other said that they were missed"), said=said))
    return lines
