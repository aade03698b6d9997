"""A whole conversation in words for a terminal, and as JSON for machines."""

from collections.abc import Iterable
from dataclasses import asdict
from itertools import islice
from typing import Any

from beside_gauge.conversation import NAMES, ConversationReading, Reason, ScaleReading
from beside_gauge.exchange import Turn
from beside_gauge.table import ruler

REASONS: dict[Reason, str] = {
    "too-short": "too few replies could be read",
    "language": "not in English",
    "nothing-went-wrong": "nothing went wrong that was seen",
    "not-spoken-of": "hardly spoken of",
}
WHOLLY: dict[Reason, str] = {
    "too-short": "fewer than three replies in it, or fewer than half of them, could be read. "
    "A reply is read up to about 300 words",
    "language": "it is mostly in another language than English, and whole conversations were "
    "learned in English only. Its replies can be read one by one in Dutch, French, German and "
    "Spanish: leave --conversation out",
}
SHOWN = 60


def as_table(reading: ConversationReading, turns: Iterable[Turn]) -> str:
    """Nine lines with the turns that carry each, numbered from 1; `turns` are read once more.

    Words of danger are named first, also where nothing else is said.
    """
    named = {at for each in reading.scales for at in each.turns} | set(reading.danger)
    words = {
        at: _plain(turn.text)
        for at, turn in enumerate(islice(turns, max(named, default=-1) + 1))
        if at in named
    }
    lines = [
        "The person's words may be words of danger: people come first."
        if reading.danger else "",
        *(_quoted(at, words) for at in reading.danger),
        *_scales(reading),
    ]  # fmt: skip
    carried = sorted({at for each in reading.scales for at in each.turns})
    if carried:
        lines += ["The turns named:", *(_quoted(at, words) for at in carried)]
    lines.append(f"{reading.turns} turns. An estimate by a model: {reading.model}.")
    return "\n".join(line for line in lines if line) + "\n"


def _scales(reading: ConversationReading) -> list[str]:
    reasons = {each.reason for each in reading.scales}
    if len(reasons) == 1 and (reason := next(iter(reasons))) in WHOLLY:
        return [f"Not read as a whole: {WHOLLY[reason]}."]
    return [
        f"{each.scale}  {NAMES[each.scale]:<20} {_figure(each)}".rstrip() for each in reading.scales
    ]


def _figure(each: ScaleReading) -> str:
    if each.value is None or each.low is None or each.high is None:
        return f"no place for it: {REASONS[each.reason]}" if each.reason else ""
    turns = ", ".join(str(at + 1) for at in each.turns)
    return f"{ruler(each.low, each.high, None if each.region else each.value)}  turns {turns}"


def _plain(text: str) -> str:
    """The words on one line, without what a terminal would act upon."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def _quoted(at: int, words: dict[int, str]) -> str:
    said = words.get(at, "")
    return f"{at + 1:>6}  {said[:SHOWN]}{'…' if len(said) > SHOWN else ''}"


def as_json(reading: ConversationReading) -> dict[str, Any]:
    """Everything in a reading, turns counted from 0; a region has its ends and no value."""
    given = asdict(reading)
    for each, scale in zip(given["scales"], reading.scales, strict=True):
        each["name"] = NAMES[scale.scale]
        each["region"] = scale.region
        if scale.region:
            each["value"] = None
    return {**given, "whole": reading.whole()}
