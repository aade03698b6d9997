"""What page and terminal say around a practice: settings, the quiet line, what lies beside what.

The quiet line says what could be seen of the other and which words it came after. It grades
nothing and tells nobody what to say.
"""

from typing import NamedTuple

from beside.mirror.person import Setting
from beside.mirror.roleplay import Compared, Moved, Step
from beside.sentence import Gettext
from beside.surfaces.language import Words

LONGEST_QUOTE = 60


def settings(_: Gettext) -> dict[Setting, str]:
    """The settings, each as a practitioner would call it."""
    return {
        "counselling": _("Counselling and therapy"),
        "medicine": _("Medicine"),
        "nursing": _("Nursing"),
        "teaching": _("Teaching"),
        "leadership": _("Leading"),
        "parenting": _("Being a parent"),
        "friendship": _("Friends and neighbours"),
    }


class Quiet(NamedTuple):
    """The quiet line: what could be seen, as it is written about this person; and after what."""

    seen: str
    why: str


def quiet_line(moved: Moved, _: Gettext) -> Quiet:
    """What moved in the other. `seen` is in the language of the person, `why` in the reader's."""
    why = _because(_).get(moved.because or "", "")
    quote = moved.quote.strip()
    if why and quote and len(quote) <= LONGEST_QUOTE and moved.because in QUOTED:
        why = _("{why} (“{words}”)").format(why=why, words=quote)
    return Quiet(moved.seen, why)


QUOTED = frozenset({"takes-up", "pushed", "fixed", "flattered", "soothed", "explained"})
"""Where words of the practitioner are shown with it."""


def _because(_: Gettext) -> dict[str, str]:
    return {
        "pushed": _("There was pressure in what reached them."),
        "asked-on": _("It was one question more, where they had drawn back."),
        "fixed": _("A way out was on the table before they had been heard to the end."),
        "flattered": _("There was praise to live up to."),
        "soothed": _("Comfort came, and what they had said stood outside it."),
        "explained": _("They heard what it means, from somebody else."),
        "owns": _("Something was owned, and it made room."),
        "plain": _("It was asked plainly."),
        "holds": _("There was time, and nothing was wanted of them."),
        "takes-up": _("A word of theirs came back to them."),
        "free": _("They could have said no."),
        "asks": _("One thing was asked, and left open."),
        "warm": _("What they said had arrived."),
    }


def beside_each_other(compared: Compared, _: Words) -> tuple[str, ...]:
    """What differs in where two ways came, in whole sentences; neither is called the better."""
    made = []
    first, second = _told(compared.first), _told(compared.second)
    if first > second:
        made.append(_("In the first way something was told that stayed unsaid in the second."))
    elif second > first:
        made.append(_("In the second way something was told that stayed unsaid in the first."))
    one, other = _words(compared.first), _words(compared.second)
    made.append(
        _.ngettext(
            "In the first way they said {count} word.",
            "In the first way they said {count} words.",
            one,
        )
    )
    made.append(
        _.ngettext(
            "In the second way they said {count} word.",
            "In the second way they said {count} words.",
            other,
        )
    )
    made.append(_("Which of the two was nearer to how you want to be with somebody?"))
    return tuple(made)


def _told(steps: tuple[Step, ...]) -> int:
    return sum(1 for each in steps if each.answer.told is not None)


def _words(steps: tuple[Step, ...]) -> int:
    return sum(len(each.answer.text.split()) for each in steps)
