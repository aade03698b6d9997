"""Why a reply has the words that it has, in plain sentences; what the gauge read only on request.

The sentences are whole and fixed, so that they can be translated; none holds anyone's words.
"""

from collections import Counter
from dataclasses import dataclass

from beside.sentence import Gettext
from beside.surfaces.language import Words
from beside.talk.conversation import ReplyTurn
from beside.talk.events import ReplyWeighed

WIDEST_WITH_A_NUMBER = 1.5
"""An interval wider than this is shown as a region, without a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One dimension from 0 to 3 as a region; `value` is None where the region is too wide."""

    name: str
    sentence: str
    value: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """What can be told of a choice: sentences, what was put aside, and the values with a gauge."""

    sentences: tuple[str, ...]
    aside: tuple[str, ...]
    values: tuple[Value, ...]
    gauge: str | None


def explain_choice(turn: ReplyTurn, _: Words) -> Why | None:
    """Why this reply; None where nothing was chosen (words from elsewhere, a voice as it is)."""
    weighed = turn.weighed
    if turn.voice == "care":
        return Why(
            sentences=(
                _("There was danger in your words, so care answered by itself."),
                _("No language model had a part in it."),
            ),
            aside=(),
            values=(),
            gauge=None,
        )
    if weighed is None:
        return None
    told = _reasons(_)
    sentences = [_how(weighed, _), _whose(weighed, _)]
    sentences += [told[each] for each in weighed.reasons if each in told]
    codes = Counter(each.partition(":")[2] for each in weighed.aside)
    return Why(
        sentences=tuple(each for each in sentences if each),
        aside=tuple(
            f"{_put_aside(code, _)} × {count}" if count > 1 else _put_aside(code, _)
            for code, count in codes.items()
        ),
        values=tuple(_values(weighed, _)),
        gauge=weighed.gauge,
    )


def _how(weighed: ReplyWeighed, _: Gettext) -> str:
    count = len(weighed.sources)
    if "floor" in weighed.reasons and count > 1:
        return _("Nothing else could be said, so Beside’s own words stand.")
    if count < 2:
        return _("There was nothing to choose among: this was all there was to say.")
    if "as-good" in weighed.reasons:
        return _("It was chosen among {count}; another would have been as good.").format(
            count=count
        )
    return _("It was chosen among {count}.").format(count=count)


def _whose(weighed: ReplyWeighed, _: Gettext) -> str:
    if weighed.source == "authored":
        return _("The words are Beside’s own.")
    return _("The words are those of the voice {voice}.").format(voice=weighed.source)


def _reasons(_: Gettext) -> dict[str, str]:
    return {
        "by-sentence": _("It was weighed sentence by sentence, as the words came."),
        "ended-there": _("It ends where it does because the next sentence was put aside."),
        "went-on": _("Beside went on in its own words, because the next sentence was put aside."),
        "takes-up": _("It takes up words of yours."),
        "asks-nothing": _("It asks nothing of you."),
        "asks-one": _("It asks one thing."),
        "asks-two": _("It asks two things."),
        "brief": _("It is short, and leaves you room."),
        "leaves-no": _("It leaves your no in peace."),
        "lets-go": _("It lets you go lightly."),
        "leans-relief": _("What relieves counted a little more here."),
        "leans-growth": _("What looks further counted a little more: there had been less of it."),
        "not-read": _("The gauge was not there to read it; the plain checks were."),
        "not-scored": _("The gauge could not read talk like this; the plain checks could."),
    }


def _put_aside(code: str, _: Gettext) -> str:
    told = {
        "advice": _("It gave advice that nobody asked for."),
        "flattery": _("It praised."),
        "hook": _("It tied you to the one who answers."),
        "war": _("It went to war with what hurts."),
        "minimising": _("It made it smaller than it was said."),
        "pity": _("It looked down with pity."),
        "judging": _("It judged."),
        "diagnosis": _("It gave a diagnosis."),
        "meaning": _("It said what it means, in your place."),
        "pretended": _("It told of a life that it does not have."),
        "pressure": _("It pressed."),
        "questions": _("It asked too much at once."),
        "list": _("It answered with a list."),
        "parroting": _("It only gave your own sentence back."),
        "holds": _("It held on to you when you wanted to go."),
        "asks-back": _("It asked you to come back."),
        "absence": _("It remarked on your having been away."),
        "refused": _("It asked again what you had said no to."),
        "said-before": _("It said a sentence of this conversation again."),
        "in-role": _("It played a part that it was ordered into."),
        "no-words": _("It had no words."),
        "worse": _("It was clearly less than what Beside could say itself."),
    }
    if code.startswith("care-"):
        return _("Care held it back.")
    if code.startswith("gate-"):
        return _("The gauge saw something in it that must not be said.")
    return told.get(code) or _("It was not fit to be said.")


def _values(weighed: ReplyWeighed, _: Words) -> list[Value]:
    from beside.companion.weigh import READ

    names = dimension_names(_)
    made = []
    for found in READ.finditer("\n".join(weighed.reading)):
        value, low, high = (float(found[i]) for i in (2, 3, 4))
        wide = high - low > WIDEST_WITH_A_NUMBER
        sentence = (
            _("between {low} and {high}, of 3")
            if wide
            else _("about {value}, between {low} and {high}, of 3")
        )
        made.append(
            Value(
                name=names[found[1]],
                sentence=sentence.format(
                    value=_.decimal(value), low=_.decimal(low), high=_.decimal(high)
                ),
                value=None if wide else value,
                low=low,
                high=high,
            )
        )
    return made


def dimension_names(_: Gettext) -> dict[str, str]:
    """The eight dimensions by their short names."""
    return {
        "D1": _("Presence and acknowledgement"),
        "D2": _("Safety, without judgment"),
        "D3": _("What hurts as an entrance"),
        "D4": _("Freedom"),
        "D5": _("Depth and growth"),
        "D6": _("Spine and truth"),
        "D7": _("Respect, as equals"),
        "D8": _("Kindness to oneself, and wider"),
    }
