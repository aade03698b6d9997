"""What Beside says by itself when care sees danger: authored words, no model, no waiting.

The words are data (`care_lines`), open for clinical review. Numbers come only from the book of
lines. Of every list the first line that was not said before in this conversation is taken.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from beside.companion.care import Look
from beside.companion.care_rules import reading
from beside.companion.helplines import DIRECTORY, HelplineBook, Line
from beside.voices.base import Message

LANGUAGES = ("en", "nl", "fr", "es", "de")
QUIET_TURNS = 4
"""Replies in which a question or a word of care is not repeated."""
LONGEST_QUOTE = 90
"""Characters of the person's own words that are taken up at most."""

_QUOTED_SITUATIONS = ("suicide", "self-harm")
_SENTENCE = re.compile(r"[^.!?\n…]+[.!?…]*")
_NOT_QUOTED = re.compile(
    r"[\d\"“”„«»<>{}@#*_`|\\/\[\]]|https?|\b(?:pill|tablet|rope|gun|knife|blade|razor|bridge|jump|hang|"
    r"noose|train|fuck|shit|cut|touw|mes|brug|trein|spring|pillen|corde|pont|couteau|cachet|"
    r"pastilla|cuerda|puente|cuchill|tablette|seil|messer|br[uü]cke|klinge)",
    re.IGNORECASE,
)
_ASKED_FIRST = ("suicide", "self-harm", "methods")
_MEDICAL = ("overdose", "physical", "withdrawal", "eating", "chest")
_ABOUT_THEMSELVES = ("suicide", "self-harm", "harm-to-others")
"""The kinds of danger to which somebody who is asked says yes of themselves."""
_HOME = ("violence", "child-at-risk", "child-other")
_LINES: Mapping[str, tuple[str, ...]] = {
    "suicide": ("suicide",),
    "self-harm": ("suicide",),
    "methods": ("suicide",),
    "other": ("suicide",),
    "violence": ("violence",),
    "child-at-risk": ("child-at-risk", "violence"),
    "child-other": ("child-at-risk",),
}
"""The lines that are named in a situation; in the others a doctor or the emergency number helps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Speech:
    """One reply in the making: the lines of a language, and what has been said already."""

    lines: Mapping[str, Any]
    said: str
    fields: Mapping[str, str]

    def say(self, *path: str, **fields: str) -> str:
        """The first line of a list that was not said yet, else the one said longest ago."""
        options: Any = self.lines
        for step in path:
            options = options.get(step, {})
        if not options:
            return ""
        chosen = min(options, key=lambda line: (_last_said(line, self.said), options.index(line)))
        return str(chosen).format_map({**self.fields, **fields})

    def say_once(self, *path: str) -> str:
        """The first line of a list that was not said yet; nothing where all were."""
        said = self.say(*path)
        return "" if said and said in self.said else said

    def has_said(self, *path: str) -> bool:
        """Whether any line of the list was said before."""
        options: Any = self.lines
        for step in path:
            options = options.get(step, {})
        return any(_last_said(line, self.said) >= 0 for line in options)


def answer(
    look: Look, text: str, earlier: Sequence[Message], *, country: str | None, book: HelplineBook
) -> str:
    """The reply to a turn of level 2 or 3, in the language of the person.

    `earlier` is the visible line before the turn; `country` (two letters) chooses the numbers.
    """
    lines = _lines(look.language if look.language in LANGUAGES else "en")
    said = "\n".join(each.text for each in earlier if each.role == "companion")
    grave = look.level >= 3 and not look.in_doubt
    emergency = None if look.in_doubt else book.emergency(country, look.kinds)
    speech = _Speech(
        lines=lines,
        said=said,
        fields={"emergency": _named(emergency, look, lines["words"]), "directory": DIRECTORY},
    )
    heard = reading.read(text)
    level = "three" if grave else "two"
    situation = _situation(look, heard)
    next_ = _what_came(look, heard, said, situation)
    hurts_self = not {"suicide", "self-harm"}.isdisjoint(look.kinds)
    near = situation
    if next_ == "secret" and hurts_self:
        situation = "self-harm"
    if look.sensed and next_ is None:
        parts = [speech.say("sensed", "receive"), speech.say("asks", asks_about(look.kinds))]
    elif next_:
        of_another = situation == "other" and next_ == "other"
        ask = "ask" if level == "three" else "ask_next"
        said_next = speech.say(level, "other", ask) if of_another else ""
        parts = [said_next or speech.say("next", next_, level)]
        if next_ == "secret" and not look.carried:
            parts = [_receive(speech, situation, text), *parts]
            if hurts_self:
                parts.append(speech.say("two", "self-harm", "ask"))
                parts.append(speech.say("two", "suicide", "ask"))
    elif level == "three":
        parts = [
            speech.say("three", situation, "act"),
            speech.say_once("three", situation, "say"),
            speech.say("three", situation, "ask"),
        ]
    else:
        asked = speech.has_said("two", situation, "ask")
        ask = speech.say("two", situation, "ask_next" if asked else "ask")
        guidance = speech.say_once("two", situation, "say")
        rest = [ask, guidance] if situation in _ASKED_FIRST else [guidance, ask]
        parts = [_receive(speech, situation, text), *rest]
    parts.append(_reach(speech, look, situation, next_, country, book, emergency))
    parts.append(_near(speech, look, near, next_))
    parts.append(speech.say_once("stay", level) if not next_ else "")
    return "\n\n".join(part for part in parts if part)


def beside_the_reply(look: Look, earlier: Sequence[Message]) -> str:
    """What care adds to an ordinary reply: a plain question, a word that nothing has gone, or "".

    Neither comes back every turn: a question of a kind is put once in every few turns, and the
    word stands once at the beginning of what follows danger, and again after some turns.
    """
    lines = _lines(look.language if look.language in LANGUAGES else "en")
    replies = [each.text for each in earlier if each.role == "companion"]
    speech = _Speech(lines=lines, said="\n".join(replies), fields={})
    lately = _Speech(lines=lines, said="\n".join(replies[-QUIET_TURNS:]), fields={})
    if look.asks is not None:
        asked = any(lately.has_said("asks", each) for each in lines["asks"])
        ask = "" if asked else speech.say_once("asks", asks_about(look.asks))
        return speech.say("sensed", "gently", ask=ask) if ask else ""
    if look.shadow and not lately.has_said("sensed", "shadow"):
        return speech.say_once("sensed", "shadow")
    return ""


def asks_about(kinds: Sequence[str]) -> str:
    """Which question fits these kinds of danger."""
    first = next(iter(kinds), "open")
    return "body" if first in _MEDICAL else first


def _named(emergency: Line | None, look: Look, words: Mapping[str, str]) -> str:
    """The emergency number as the language says it; with its name where it serves only a part."""
    if emergency is None:
        return words["emergency_unknown"]
    number = (
        emergency.number
        if emergency.suits(look.kinds)
        else (f"{emergency.number} ({emergency.name})")
    )
    return words["emergency"].format(number=number)


@cache
def _lines(language: str) -> Mapping[str, Any]:
    folder = files("beside.companion").joinpath("care_lines")
    return tomllib.loads(folder.joinpath(f"{language}.toml").read_text("utf-8"))


def _last_said(line: str, said: str) -> int:
    """Where a line stands in what was said, by its longest fixed part; -1 where it does not."""
    fixed = max(re.split(r"\{\w+\}", line), key=len)
    return said.rfind(fixed) if fixed else -1


def _situation(look: Look, heard: reading.Reading) -> str:
    """Which authored answer fits: the kind of danger, or something more precise."""
    topics = {f.topic for f in heard.findings if f.topic and f.level >= 2}
    top = look.kinds[0] if look.kinds else "suicide"
    grave = look.level >= 3 and not look.in_doubt
    if look.about_other and "harm-to-others" in look.kinds[:2]:
        return "harm-by-other"
    if look.about_other and "suicide" in look.kinds:
        return "other"
    if "harm-to-others" in look.kinds[:2]:
        if grave and not {"child-at-risk", "post-partum"}.isdisjoint(look.kinds):
            return "harm-child"
        return "psychosis-mania" if "psychosis-mania" in look.kinds else "harm-to-others"
    if top in ("suicide", "overdose") and "methods" in topics:
        return "methods" if look.level == 2 else "suicide"
    if grave:
        if top == "child-at-risk" and not look.minor:
            return "child-other"
        return "chest" if top == "physical" and "chest" in topics else top
    return "medicine" if top == "withdrawal" and "medicine" in topics else top


def _what_came(look: Look, heard: reading.Reading, said: str, situation: str) -> str | None:
    """What kind of turn this is where danger was spoken of before; None for a danger of its own."""
    marks = heard.marks
    if look.safe:
        return "safe"
    if look.calm:
        return "calm"
    if "near_now" in marks and look.someone_near_unsafe and look.level >= 3:
        return "here"
    if "minor_secret" in marks:
        return "secret"
    of_themselves = bool(look.kinds) and look.kinds[0] in _ABOUT_THEMSELVES
    if look.affirms and not look.carried and of_themselves and "yes" in marks:
        return "yes"
    if not look.carried or not said:
        return None
    if look.someone_near_unsafe:
        marks = marks - {"helped"}  # "he is here" is no help where he is the danger
    for mark, name in (
        ("no_call", "no_call"),
        ("denial", "denial"),
        ("helped", "helped"),
        ("yes", "yes"),
        ("no", "no"),
    ):
        if mark in marks:
            return name
    if situation in _MEDICAL:
        return "body"
    if situation == "psychosis-mania":
        return "mind"
    at_home = look.someone_near_unsafe or "violence" in look.kinds or not look.minor
    return "home" if situation in _HOME and at_home else "other"


def _receive(speech: _Speech, situation: str, text: str) -> str:
    """Taking in what was said, in the person's own words where that is kind."""
    quote = _own_words(text) if situation in _QUOTED_SITUATIONS else None
    if quote and not speech.has_said("two", situation, "receive_words"):
        return speech.say("two", situation, "receive_words", words=quote)
    return speech.say("two", situation, "receive")


def _own_words(text: str) -> str | None:
    """The sentence in which the danger stands, if it may be repeated."""
    for match in _SENTENCE.finditer(text):
        sentence = " ".join(match[0].split())
        if (
            len(sentence) <= LONGEST_QUOTE
            and 3 <= len(sentence.split()) <= 16
            and not _NOT_QUOTED.search(sentence)
            and any(f.level >= 2 and f.who == "self" for f in reading.read(sentence).findings)
        ):
            return sentence
    return None


def _reach(
    speech: _Speech,
    look: Look,
    situation: str,
    next_: str | None,
    country: str | None,
    book: HelplineBook,
    emergency: Line | None,
) -> str:
    """A human to reach: a line with its number where it is new, else a word about the card."""
    if next_ in ("no_call", "no", "helped", "safe", "here", "body", "home", "mind"):
        return ""
    if look.level >= 3 and situation in _MEDICAL and not look.in_doubt:
        return _check(speech, emergency)
    if look.sensed or look.in_doubt:  # it may be a mistake: the card is named, no number
        return speech.say_once("reach", "card")
    if situation not in _LINES:
        return speech.say_once("reach", "unknown") if country is None else ""
    kinds = _LINES[situation] + (("suicide",) if "suicide" in look.kinds else ())
    lines = book.lines(country, ("child-at-risk", *kinds) if look.minor else kinds)
    official = None if next_ and _any_named(speech, lines) else next(_fresh(speech, lines), None)
    own = next((line for line in book.own_lines() if line.number not in speech.said), None)
    named = [] if look.someone_near_unsafe or next_ or own is None else [_line(speech, own)]
    if official:
        named.append(_line(speech, official))
    if named:
        return " ".join([*named, _check(speech, official)]).strip()
    if country is None and not speech.has_said("reach", "unknown"):
        return speech.say("reach", "unknown")
    if not _any_named(speech, lines) and not speech.has_said("reach", "none"):
        return speech.say("reach", "none")
    return speech.say("reach", "urgent_card" if look.level >= 3 else "card") if next_ else ""


def _any_named(speech: _Speech, lines: Sequence[Line]) -> bool:
    return any(line.number in speech.said for line in lines if not line.own)


def _fresh(speech: _Speech, lines: Sequence[Line]) -> Iterator[Line]:
    """The lines of the kinds of danger of which no number was named yet."""
    named = {line.kind for line in lines if line.number in speech.said}
    return (line for line in lines if not line.own and line.kind not in named)


def _line(speech: _Speech, line: Line) -> str:
    if line.own:
        which = "own"
    else:
        which = "line_always" if (line.hours or "").startswith("24/7") else "line"
    return speech.say("reach", which, name=line.name, number=line.number)


def _check(speech: _Speech, line: Line | None) -> str:
    """A word that the number could not be tried, once, where its source asks for it."""
    if line is None or not line.please_check or speech.has_said("reach", "check"):
        return ""
    return speech.say("reach", "check")


def _near(speech: _Speech, look: Look, situation: str, next_: str | None) -> str:
    """Someone near, unless the danger may come from someone near."""
    if situation in ("other", "harm-by-other", "medicine") or next_ not in (None, "secret", "yes"):
        return ""
    if look.level >= 3 and not look.in_doubt and situation not in _HOME:
        return ""
    if look.minor:
        return speech.say_once("near", "minor_unsafe" if look.someone_near_unsafe else "minor")
    if look.someone_near_unsafe:
        return speech.say_once("near", "unsafe")
    return speech.say_once("near", "open") if situation in _QUOTED_SITUATIONS else ""
