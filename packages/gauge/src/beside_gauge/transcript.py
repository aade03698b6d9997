"""Exchanges, or the turns of a whole conversation, out of a file: names with words, or JSON."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from beside_gauge.errors import NotReadable
from beside_gauge.exchange import Exchange, Turn

MOST_BEFORE = 6
PERSON_NAMES = frozenset({"person", "client", "user", "patient", "human", "p", "pt", "caller"})
UNHEARD = frozenset({"system", "developer", "tool"})
"""Roles in JSON whose words nobody in the conversation hears."""
_line = re.compile(r"^\s*([^\W\d_][\w .'-]{0,30}?)\s*:\s+(\S.*)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A whole conversation: `turns()` makes its `count` turns one by one, each time anew."""

    count: int
    turns: Callable[[], Iterator[Turn]]


def talk_from_json(text: str) -> Talk:
    """Turns `{"role": "person", "text": "..."}`: one a line, or in one list.

    The list may stand alone or as `turns` or `messages`, and `content` for `text`. Raises
    NotReadable with the number of the line, or where only one side speaks.
    """
    return _talk(partial(_json_turns, text))


def talk_from_transcript(text: str, *, person: str | None = None) -> Talk:
    """As `from_transcript`, but all that was said, in its order."""
    voices = _voices(text, person)
    chosen = _chosen(dict.fromkeys(name for name, _ in _turns(text, voices)), person)
    return _talk(partial(_named_turns, text, voices, chosen))


def _talk(turns: Callable[[], Iterator[Turn]]) -> Talk:
    counts = Counter(turn.role for turn in turns())
    if len(counts) < 2:
        raise NotReadable(
            "this has no two voices: a conversation needs somebody who speaks and somebody who "
            "answers. Is one of them called person, client or user?"
        )
    return Talk(count=counts.total(), turns=turns)


def _named_turns(text: str, voices: set[str], chosen: str) -> Iterator[Turn]:
    for name, words in _turns(text, voices):
        yield Turn(role="person" if name.lower() == chosen.lower() else "companion", text=words)


def _json_turns(text: str) -> Iterator[Turn]:
    for place, given in _json_objects(text):
        try:
            role = str(given["role"])
            words = _text(given["text"] if "text" in given else given["content"])
        except (TypeError, KeyError):
            raise NotReadable(
                f'{place} is no turn of a conversation. Each like this, please: {{"role": '
                '"person", "text": "..."}'
            ) from None
        if role.lower() not in UNHEARD:
            yield Turn(role=_role(role), text=words)


def _json_objects(text: str) -> Iterator[tuple[str, Any]]:
    """What a file of JSON holds, each with its place: the parts of one list, or of each line."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        whole = None
    if isinstance(whole, dict):
        whole = next((whole[key] for key in ("turns", "messages") if key in whole), None)
    if isinstance(whole, list):
        yield from ((f"part {number} of the list", each) for number, each in enumerate(whole, 1))
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield f"line {number}", json.loads(line)
            except (ValueError, RecursionError):
                yield f"line {number}", None


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
    voices = _voices(text, person)
    chosen = _chosen(dict.fromkeys(name for name, _ in _turns(text, voices)), person)
    turns: list[Turn] = []
    made = []
    for turn in _named_turns(text, voices, chosen):
        if turn.role == "companion" and turns and turns[-1].role == "person":
            made.append(Exchange(context=tuple(turns[-MOST_BEFORE - 1 :]), reply=turn.text))
        turns.append(turn)
    return made


def _chosen(voices: Iterable[str], person: str | None) -> str:
    """Who of these is answered; NotReadable where there are no two, or nobody of that name."""
    names = list(voices)
    if len(names) < 2:
        raise NotReadable(
            "this has no two voices. A transcript has lines like 'Person: ...' and 'Companion: "
            "...'; for a single reply use --said and --reply"
        )
    chosen = person or next((n for n in names if n.lower() in PERSON_NAMES), names[0])
    if chosen.lower() not in {name.lower() for name in names}:
        raise NotReadable(f"nobody in it is called {person!r}; it has {len(names)} voices")
    return chosen


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
