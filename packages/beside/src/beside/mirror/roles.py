"""A guess at who helps and who is helped, for the practitioner to correct.

By what they are called, where that says it; else by who asks more and speaks less of themselves.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal

Role = Literal["practitioner", "person", "other"]

_FIRST_PERSON = re.compile(
    r"\b(?:i|me|my|myself|ik|mij|mijn|je|j'|moi|mon|ma|mes|ich|mich|mir|mein\w*|yo|mi|mis|me)\b",
    re.IGNORECASE,
)
_MOST_READ = 400
"""Turns of each speaker that are looked at."""


def guessed(names: Mapping[str, str], said: Iterable[tuple[str, str]]) -> dict[str, Role]:
    """The role of each speaker; `names` by id, `said` as pairs of speaker id and words.

    One is the practitioner and one the person wherever there are two; all others are `other`.
    """
    called = {speaker: called_role(name) for speaker, name in names.items()}
    roles = {speaker: role for speaker, role in called.items() if role is not None}
    missing: list[Role] = [
        each for each in ("practitioner", "person") if each not in roles.values()
    ]
    left = [speaker for speaker in names if speaker not in roles]
    if missing and not left and len(names) > 1:  # all are called the same: "C" and "P"
        roles, left, missing = {}, list(names), ["practitioner", "person"]
    if missing:
        amount, leaning = _heard(said)
        left.sort(key=lambda each: -amount.get(each, 0))
        chosen = sorted(left[: len(missing)], key=lambda each: -leaning.get(each, 0.0))
        roles.update(zip(chosen, missing, strict=False))
    return {speaker: roles.get(speaker, "other") for speaker in names}


def called_role(name: str) -> Role | None:
    """What somebody of this name is, where the name says it ("Therapist 2", "Dr. B.", "client")."""
    words = [each.strip(".:()[]#") for each in re.split(r"[\s_\-/]+|\d+", name.casefold())]
    words = [each for each in words if each]
    found = {role for role, called in _called().items() for each in words if each in called}
    if len(words) > 1 and any(len(each) == 1 for each in words):
        found = {
            role for role, called in _called().items()
            for each in words if len(each) > 1 and each in called
        }  # fmt: skip
    if len(found) > 1:  # "Patient of Dr. B."
        return None
    return next(iter(found), None)


def _heard(said: Iterable[tuple[str, str]]) -> tuple[dict[str, int], dict[str, float]]:
    """How much each speaker says, and how far it leans towards who helps."""
    turns: dict[str, list[str]] = {}
    amount: dict[str, int] = {}
    for speaker, text in said:
        amount[speaker] = amount.get(speaker, 0) + len(text)
        if len(kept := turns.setdefault(speaker, [])) < _MOST_READ:
            kept.append(text)
    return amount, {speaker: _leaning(kept) for speaker, kept in turns.items()}


def _leaning(turns: Sequence[str]) -> float:
    asks = sum("?" in turn for turn in turns) / len(turns)
    words = sum(len(turn.split()) for turn in turns)
    of_self = sum(len(_FIRST_PERSON.findall(turn)) for turn in turns)
    return asks - 4 * of_self / max(1, words)


@cache
def _called() -> dict[Role, frozenset[str]]:
    text = files("beside.mirror").joinpath("roles.toml").read_text("utf-8")
    given = tomllib.loads(text)
    return {
        "practitioner": frozenset(given["practitioner"].split()),
        "person": frozenset(given["person"].split()),
    }
