"""Care comes first.

It reads every turn of the person before any model does, and every sentence that a model wants to
say. It needs no network, no model and no waiting; what the gauge senses may come on top (`watch`).
It knows words, not people: a level is a reason to be near and to ask, never a verdict. The rules
themselves are data, in `care_rules`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from beside.companion.care_rules import asked, carried, reading, sayings, tongue
from beside.companion.care_rules.reading import Finding, Reading
from beside.voices.base import Message

Kind = Literal[
    "suicide",
    "self-harm",
    "harm-to-others",
    "violence",
    "child-at-risk",
    "overdose",
    "physical",
    "psychosis-mania",
    "withdrawal",
    "eating",
    "post-partum",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

Reason = Literal[
    "minor",
    "intoxicated",
    "dissociating",
    "fresh_grief",
    "fresh_trauma",
    "reassurance",
    "can_not_act",
]
"""What else suspends "symptom as entrance", beside the kinds of danger (DOMAIN 6.3)."""
REASONS: tuple[Reason, ...] = get_args(Reason)

Sense = Callable[[Sequence[Message]], carried.Sensed | None]
"""What the gauge says of a line that ends with a person's turn; None where it says nothing."""

_LIGHT = frozenset({"physical"})
"""At level 1 a body that might be looked at; it leaves the entrance open."""
_STAYING_TURNS = 6
"""For so many turns a state such as fresh grief is still there; a doubt loop, for two."""
_SENSED_TURNS = 8
"""The newest turns of the person that the gauge is asked about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What care saw in a turn.

    `level`: 0 none, 1 distress, 2 thoughts of dying or hurting oneself, 3 danger now.
    `carried`: the level comes from earlier turns. `minor`: the person may be a child.
    `someone_near_unsafe`: the danger may come from someone near. `suspend_entrance`: this is no
    moment to look at what a symptom may have to say; `because` names why, beside the kinds.
    `about_other`: the danger is to someone the person worries about. `sensed`: the gauge alone saw
    it. `asks`: kinds of danger to ask about inside an ordinary reply; None where there is nothing
    to ask. `calm`: calm came at once after despair. `safe`: the person says they are safe now.
    `affirms`: they did not deny danger that they were asked about.
    `in_doubt`: it is seen in what may be meant, and the gauge hears nothing: care asks first.
    `by_care`: care itself answers; elsewhere the chosen voice does, under this look.
    """

    level: int
    kinds: tuple[Kind, ...]
    language: str
    carried: bool
    minor: bool
    someone_near_unsafe: bool
    suspend_entrance: bool
    about_other: bool = False
    because: tuple[Reason, ...] = ()
    sensed: bool = False
    asks: tuple[Kind, ...] | None = None
    calm: bool = False
    safe: bool = False
    affirms: bool = False
    left_to_voice: bool = False
    in_doubt: bool = False

    @property
    def by_care(self) -> bool:
        """Whether care itself answers this turn."""
        return self.safe or self.calm or (self.level >= 2 and not self.left_to_voice)

    @property
    def shadow(self) -> bool:
        """Whether the chosen voice answers, and danger that was spoken of earlier is present."""
        return self.level >= 2 and not self.by_care


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyLook:
    """Whether a sentence may be said, and if not a short code of why."""

    allowed: bool
    reason: str | None


def look(text: str, earlier: Sequence[Message] = (), *, sense: Sense | None = None) -> Look:
    """What care sees in the person's words, `earlier` being the visible line before them.

    `sense` asks the gauge about a turn; without it the rules stand alone.

    Example:
        >>> look("They'd be better off without me.").level
        2
        >>> look("Haha, I'm dying of laughter.").level
        0
    """
    before = [each.text for each in earlier if each.role == "person"][-carried.TURNS_READ :]
    readings = [reading.read(each) for each in (*before, text)]
    weighed = carried.weigh(
        readings, _sensed(text, earlier, sense), _answers(text, earlier, readings)
    )
    own = [f for f in weighed.findings if f.level >= 2]
    because = _because(readings)
    near = any(f.near for each in readings for f in each.findings)
    near = near or any(f.near for f in weighed.findings)
    kinds = list(weighed.kinds)
    if "minor" in because and "violence" in kinds and "child-at-risk" not in kinds:
        kinds.append("child-at-risk")
    dangers = _of_kinds(kinds)
    asks = None if weighed.asks is None else _of_kinds(weighed.asks)
    return Look(
        level=weighed.level,
        kinds=dangers,
        language=_language(weighed.findings, text, before),
        carried=weighed.carried,
        minor="minor" in because,
        someone_near_unsafe=near,
        suspend_entrance=bool(
            weighed.level >= 2 or set(dangers) - _LIGHT or because or asks is not None
        ),
        about_other=_about_other(own or _lately(readings)),
        because=because,
        sensed=weighed.sensed,
        asks=asks,
        calm=weighed.calm,
        safe=weighed.safe,
        affirms=weighed.affirms,
        in_doubt=weighed.in_doubt,
        left_to_voice=weighed.own < 2 and not (weighed.answers or weighed.acute),
    )


def _answers(
    text: str, earlier: Sequence[Message], readings: Sequence[reading.Reading]
) -> list[asked.Answer]:
    """What each of these turns says to a question about danger that stood just before it."""
    line = [each for each in earlier if each.role != "stance"]
    line.append(Message(role="person", text=text))
    places = [at for at, each in enumerate(line) if each.role == "person"][-len(readings) :]
    asking = [line[at - 1].text if at and line[at - 1].role == "companion" else "" for at in places]
    return [
        asked.answer_to(asked.asked(said), read, line[at].text)
        for said, read, at in zip(asking, readings, places, strict=True)
    ]


def _sensed(
    text: str, earlier: Sequence[Message], sense: Sense | None
) -> list[carried.Sensed | None]:
    """What the gauge says of the person's newest turns, oldest first.

    Other languages than English are asked about only where the model that reads them is there.
    """
    if sense is None:
        return []
    line = [*earlier, Message(role="person", text=text)]
    places = [at for at, each in enumerate(line) if each.role == "person"][-_SENSED_TURNS:]
    before = [each.text for each in reversed(line) if each.role == "person"]
    if tongue.language_of(text, before[1:4]) == "en":
        return [sense(line[: at + 1]) for at in places]
    if not _reads_others():
        return []
    return [
        seen and replace(seen, elsewhere=True) for seen in (sense(line[: at + 1]) for at in places)
    ]


def _reads_others() -> bool:
    from beside_gauge.encode import ASSETS
    from beside_gauge.languages import reads_others

    return reads_others(ASSETS)


def _about_other(findings: Sequence[Finding]) -> bool:
    """Whether it is another who is in danger: somebody is named, and never the person."""
    who = {finding.who for finding in findings}
    return "other" in who and "self" not in who


def _lately(readings: Sequence[Reading]) -> list[Finding]:
    """What was found in the newest earlier turn that spoke of danger."""
    found = ([f for f in each.findings if f.level >= 2] for each in reversed(readings))
    return next((each for each in found if each), [])


def _because(readings: Sequence[Reading]) -> tuple[Reason, ...]:
    """What suspends "symptom as entrance" now: a minor for good, a state for some turns."""
    lately = readings[-_STAYING_TURNS:]
    marks = {mark for each in lately for mark in each.marks if mark != "reassurance"}
    marks |= {mark for each in readings[-2:] for mark in each.marks if mark == "reassurance"}
    marks |= {mark for each in readings for mark in each.marks if mark == "minor"}
    return tuple(reason for reason in REASONS if reason in marks)


def _of_kinds(names: Sequence[str]) -> tuple[Kind, ...]:
    known: dict[str, Kind] = {kind: kind for kind in KINDS}
    return tuple(known[name] for name in names if name in known)


def _language(findings: Sequence[Finding], text: str, before: Sequence[str]) -> str:
    """That of the small words; where these do not tell, the one in which the danger was said."""
    spoken = {f.rule.partition(":")[0] for f in findings if f.level >= 2}
    if len(spoken) == 1 and spoken <= {"en", "nl", "fr", "es", "de"} and not tongue.tells(text):
        return spoken.pop()
    return tongue.language_of(text, reversed(before))


def look_at_reply(sentence: str, look: Look) -> ReplyLook:
    """Whether a sentence that a model wants to say may be said to this person now."""
    moments = {
        "danger": look.level >= 2,
        "despair": look.level >= 1 and bool({"suicide", "self-harm"} & {*look.kinds}),
        "suspended": look.suspend_entrance,
        "adrift": "psychosis-mania" in look.kinds,
        "eating": "eating" in look.kinds,
        "harm": "harm-to-others" in look.kinds,
        "violence": not {"violence", "child-at-risk"}.isdisjoint(look.kinds),
        "near": look.someone_near_unsafe,
    }
    reason = sayings.objection(sentence, moments={name for name, now in moments.items() if now})
    return ReplyLook(allowed=reason is None, reason=reason)
