"""What the mirror says, in whole sentences. It names moves, never people; it grades nothing."""

from collections.abc import Mapping

from beside.mirror.figures import Estimate, Single
from beside.sentence import Gettext
from beside.surfaces.language import Words


def levels(_: Gettext) -> tuple[str, ...]:
    """What the line from 0 to 3 means."""
    return (_("against"), _("absent"), _("there"), _("opening"))


def sides(_: Gettext) -> dict[str, str]:
    """The three sides of a reply."""
    return {
        "relief": _("Relief: to be received"),
        "growth": _("Growth: something opens"),
        "frame": _("Freedom and truth"),
    }


def between(estimate: Estimate | Single | None, _: Words, *, top: int = 3) -> str:
    """An estimate in words, always with its interval."""
    if estimate is None:
        return _("nothing to read here")
    wide = estimate.high - estimate.low > 1.5
    if top == 5:
        sentence = (
            _("between {low} and {high}, of 5")
            if wide
            else _("about {value}, between {low} and {high}, of 5")
        )
    else:
        sentence = (
            _("between {low} and {high}, of 3")
            if wide
            else _("about {value}, between {low} and {high}, of 3")
        )
    return sentence.format(
        value=_.decimal(estimate.value),
        low=_.decimal(estimate.low),
        high=_.decimal(estimate.high),
    )


def opened(_: Gettext) -> dict[str, str]:
    """What a moment that opened is seen in, by dimension."""
    return {
        "D1": _("It takes in what this person goes through."),
        "D2": _("There is no verdict in it; this can be said here."),
        "D3": _("It turns toward what hurts, not against it."),
        "D4": _("It leaves the other free."),
        "D5": _("It invites what lies underneath, and fills nothing in."),
        "D6": _("It is clear, and stays in contact."),
        "D7": _("It meets someone as an equal."),
        "D8": _("It leaves room for a kinder look."),
    }


def closed(_: Gettext) -> dict[str, str]:
    """What may have narrowed in a moment, by dimension or by plain check."""
    return {
        "D1": _("What was said may not have been taken in here."),
        "D2": _("A verdict may be heard in it, even a friendly one."),
        "D3": _("It may stand against what hurts."),
        "D4": _("It may leave little choice."),
        "D5": _("It may stay at the surface, or fill something in."),
        "D6": _("It may go around what is so."),
        "D7": _("It may be heard as coming from above."),
        "D8": _("It may leave the harsh look as it is."),
        "advice": _("Advice, where none was asked for."),
        "flattery": _("Praise of the person."),
        "hook": _("It may tie the other to you."),
        "war": _("It goes to war with what hurts."),
        "minimising": _("It makes it smaller than it was said."),
        "pity": _("It may be heard as pity."),
        "judging": _("A verdict on the person."),
        "diagnosis": _("A diagnosis, or a label."),
        "meaning": _("It says what it means, in the other’s place."),
        "pretended": _("It says that you know it from inside."),
        "pressure": _("It presses."),
        "parroting": _("It gives the other’s own sentence back."),
    }


def rewording(_: Gettext) -> dict[str, str]:
    """Why another wording is offered, by the dimension in which it is read as more."""
    return {
        "D1": _("These words stay a little longer with what was said."),
        "D2": _("These words hold no verdict."),
        "D3": _("These words turn toward what hurts."),
        "D4": _("These words leave more free."),
        "D5": _("These words leave more open of what lies underneath."),
        "D6": _("These words say more plainly what is so."),
        "D7": _("These words stand on equal footing."),
        "D8": _("These words leave room for a kinder look."),
    }


def expressions(_: Gettext) -> dict[str, str]:
    """The kinds of difficult expression, as they stand around the room map."""
    return {
        "anger": _("anger at me"),
        "despair": _("despair"),
        "slow-change": _("slow change"),
        "silence": _("silence"),
        "idealising": _("being idealised"),
        "cruelty": _("cruelty"),
        "taboo": _("what is not said"),
        "dying": _("dying"),
        "complaint": _("the same complaint"),
        "fix-me": _("“fix me”"),
        "self-attack": _("self-attack"),
        "no": _("a no"),
        "tears": _("tears"),
        "blame": _("blaming others"),
        "fear": _("fear"),
    }


def needs(_: Gettext) -> dict[str, str]:
    """Words that may mainly ease the one who helps."""
    return {
        "reassured": _("Reassurance: it may have calmed you, too."),
        "rescued": _("Taking over: it may have calmed you, too."),
        "own-story": _("A story of one’s own."),
        "soothed-away": _("Soothing it away."),
        "asked-approval": _("Asking whether it was good."),
    }


def pointed(_: Gettext) -> dict[str, str]:
    """What plain patterns point at, beside what is only counted."""
    return {
        "leading": _("A question that holds its own answer."),
        "box": _("A label, or a word of theory, that the other had not used."),
        "pressed": _("After a no, it went on."),
    }


def questions(_: Gettext) -> dict[str, str]:
    """The one question at the end."""
    return {
        "rupture": _(
            "Where the other said that they were missed: what was there in you, just before you "
            "went on?"
        ),
        "gap": _(
            "Your own mark and the estimate lie apart here. What do you know of this conversation "
            "that its words do not show?"
        ),
        "narrow": _(
            "There seems to have been the least room for this: {kind}. What would have needed "
            "room in you?"
        ),
        "reflex": _("Between hearing what hurt and the first advice: what happened in you?"),
        "needs": _(
            "Some words may have eased you more than the other. What was hard to bear just then?"
        ),
        "space": _("What might have come, had there been a little more silence?"),
        "danger": _(
            "There may have been words of danger here. Who knows of it now, and who stands beside "
            "you in it?"
        ),
        "room": _("Where did you feel the least room?"),
        "alive": _("Which moment was the most alive for you, and what in you made room for it?"),
    }


def unread(given: Mapping[str, int], _: Gettext) -> tuple[str, ...]:
    """What was not read, and why."""
    told = {
        "no-gauge": _("The gauge is not here, so only what can be counted is shown."),
        "too-long": _("Replies too long for the gauge to read: {count}."),
        "language": _(
            "Replies in a language that the gauge has not learned (it reads English): {count}."
        ),
        "not-a-conversation": _("Replies that do not look like an answer to a person: {count}."),
        "empty": _("Replies without words: {count}."),
    }
    return tuple(told[why].format(count=count) for why, count in given.items() if why in told)
