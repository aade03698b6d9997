"""Exchanges out of a file: a transcript with names, or JSON lines."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from beside_gauge.errors import NotReadable
from beside_gauge.exchange import Exchange, Turn

MOST_BEFORE = 6
PERSON_NAMES = frozenset({"person", "client", "user", "patient", "human", "p", "pt", "caller"})
_line = re.compile(r"^\s*([^\W\d_][\w .'-]{0,30}?)\s*:\s+(\S.*)$")


def from_jsonl(text: str) -> list[Exchange]:
    """One exchange a line: `{"context": [{"role": "person", "text": ...}], "reply": ...}`.

    `context` may be one string (the person's turn). Raises NotReadable with the line's number.
    """
    made = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            given = json.loads(line)
            made.append(_exchange(given))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise NotReadable(
                f'line {number} is no exchange. One a line, please: {{"context": [{{"role": '
                '"person", "text": "..."}], "reply": "..."}'
            ) from None
    if not made:
        raise NotReadable("there is no exchange in it")
    return made


def _exchange(given: dict[str, Any]) -> Exchange:
    context = given["context"]
    if isinstance(context, str):
        context = [{"role": "person", "text": context}]
    turns = tuple(
        Turn(role=_role(str(turn["role"])), text=_text(turn["text"])) for turn in context
    )  # fmt: skip
    return Exchange(context=turns, reply=_text(given["reply"]))


def _role(name: str) -> Any:
    return "person" if name.lower() in PERSON_NAMES else "companion"


def _text(given: Any) -> str:
    if not isinstance(given, str):
        raise TypeError("text is a string")
    return given


def from_transcript(text: str, *, person: str | None = None) -> list[Exchange]:
    """Every first reply to the person, out of lines like `Anna: words`.

    `person` names who is answered; otherwise the one called person, client, user or patient, or
    the first who speaks. Raises NotReadable where there are no two voices.
    """
    said = list(_turns(text, _voices(text, person)))
    names = list(dict.fromkeys(name for name, _ in said))
    if len(names) < 2:
        raise NotReadable(
            "this has no two voices. A transcript has lines like 'Person: ...' and 'Companion: "
            "...'; for a single reply use --said and --reply"
        )
    chosen = person or next((n for n in names if n.lower() in PERSON_NAMES), names[0])
    if chosen.lower() not in {name.lower() for name in names}:
        raise NotReadable(f"nobody in it is called {person!r}; it has {len(names)} voices")
    turns: list[Turn] = []
    made = []
    for name, words in said:
        role: Any = "person" if name.lower() == chosen.lower() else "companion"
        if role == "companion" and turns and turns[-1].role == "person":
            made.append(Exchange(context=tuple(turns[-MOST_BEFORE - 1 :]), reply=words))
        turns.append(Turn(role=role, text=words))
    return made


def _voices(text: str, person: str | None) -> set[str]:
    """Who speaks: names that come back, well-known ones and the given one; all, if only two.

    A line such as `And then he said: go` is nobody's name.
    """
    counts = Counter(found[1] for line in text.split("\n") if (found := _line.match(line)))
    if len(counts) <= 2:
        return set(counts)
    known = PERSON_NAMES | {(person or "").lower()}
    return {name for name, count in counts.items() if count > 1 or name.lower() in known}


def _turns(text: str, voices: set[str]) -> Iterator[tuple[str, str]]:
    name, words = "", ""
    for line in text.split("\n"):
        if (found := _line.match(line)) and found[1] in voices:
            if found[1] == name:
                words += "\n" + found[2]
                continue
            if name:
                yield name, words.strip()
            name, words = found[1], found[2]
        elif name and line.strip():
            words += "\n" + line.strip()
    if name:
        yield name, words.strip()
