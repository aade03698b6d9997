"""JSON and JSONL: records of who said what, in whatever shape they were kept.

A list of records; an object that holds such a list; a list of such objects; a ConvoKit corpus; a
Telegram export. Records that name a conversation are put together under it.
"""

import math
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from beside.carry import nested, plain
from beside.mirror.importers.found import Found, Line, from_beginning, seconds, tidied

SPEAKER = (
    "speaker", "speaker_name", "speakername", "name", "from", "author", "sender", "interlocutor",
    "role", "user", "participant", "who", "speaker_id", "from_id", "speaker_label", "turn_by",
    "spreker", "sprecher", "locuteur", "hablante", "naam", "nom", "nombre",
)  # fmt: skip
"""What the field or column of the speaker is called, the surest first."""
WORDS = (
    "text", "utterance", "utterance_text", "content", "words", "message", "value", "said",
    "transcript", "body", "sentence", "utt", "turn", "line", "tekst", "texte", "texto", "inhalt",
)  # fmt: skip
"""What the field or column of the words is called."""
WHEN = (
    "at", "start", "start_time", "starttime", "begin", "time", "timestamp", "date_unixtime",
    "date", "created_at", "create_time", "offset", "tijd", "zeit", "temps", "tiempo",
)  # fmt: skip
"""What the field or column of the moment is called."""
CONVERSATION = (
    "conversation_id", "conversation", "dialogue_id", "dialog_id", "transcript_id", "session_id",
    "session", "conv_id", "root", "thread_id",
)  # fmt: skip
"""What the field or column is called that says which conversation this belongs to."""

_HOLDERS = (
    "turns", "messages", "utterances", "segments", "conversation", "conversations", "dialogue",
    "dialog", "transcript", "lines", "data", "items", "results", "chats", "list", "chat",
)  # fmt: skip
_NOT_SPOKEN = frozenset({"system", "tool", "function", "developer"})
_DEEPEST = 6
_EPOCH = 10_000_000
"""A number above this counts seconds since 1970, not from the beginning."""


def parsed(text: str) -> list[Any] | None:
    """What a JSON or JSONL text holds, as a list; None where it is neither."""
    try:
        value = nested.loads(text)
    except ValueError:
        return _by_lines(text)
    return value if isinstance(value, list) else [value]


def _by_lines(text: str) -> list[Any] | None:
    values = []
    for line in text.split("\n"):
        if line.strip():
            try:
                values.append(nested.loads(line))
            except ValueError:
                return None
    return values or None


def read(values: Sequence[Any]) -> list[Found]:
    """Every conversation in these values, in order; what is no conversation gives none."""
    return [found for each in _conversations(values, None, 0) if (found := tidied(each)).lines]


def _conversations(values: Sequence[Any], title: str | None, depth: int) -> Iterator[Found]:
    if depth > _DEEPEST:
        return
    if _are_records(values):
        yield from _from_records(values, title)
        return
    for value in values:
        if isinstance(value, list):
            yield from _conversations(value, None, depth + 1)
        elif isinstance(value, dict):
            yield from _held(value, depth)


def _held(value: dict[Any, Any], depth: int) -> Iterator[Found]:
    title = plain.name(value.get("title")) or plain.name(value.get("name"))
    for name in _HOLDERS:
        inner = value.get(name)
        if isinstance(inner, dict):
            inner = [inner]
        if isinstance(inner, list) and inner:
            yield from _conversations(inner, title, depth + 1)
            return


def _are_records(values: Sequence[Any]) -> bool:
    records = [each for each in values[:50] if isinstance(each, dict)]
    spoken = sum(_record(each) is not None for each in records)
    return spoken > 0 and 2 * spoken > len(records)


class _Record(NamedTuple):
    conversation: str
    name: str
    text: str
    at: float | datetime | None
    source: str


def _record(value: Any) -> _Record | None:
    """Who said what, where the value tells both; None where it is an instruction or a service."""
    if not isinstance(value, dict):
        return None
    by_name = {str(key).casefold().replace("-", "_").replace(" ", "_"): key for key in value}

    def first(names: Sequence[str]) -> str:
        found = (written(value[by_name[name]]) for name in names if name in by_name)
        return next((each for each in found if each), "")

    name, text = first(SPEAKER), first(WORDS)
    role, kind = plain.text(value.get("role")), plain.text(value.get("type"))
    if not name or not text or role.casefold() in _NOT_SPOKEN or kind.casefold() == "service":
        return None
    at = next((when(value[by_name[each]]) for each in WHEN if each in by_name), None)
    return _Record(first(CONVERSATION), name, text, at, _source(value))


def _source(record: dict[Any, Any]) -> str:
    if "date_unixtime" in record or ("from_id" in record and "text_entities" in record):
        return "Telegram"
    if ("reply_to" in record or "reply-to" in record) and ("speaker" in record or "user" in record):
        return "ConvoKit"
    return "JSON"


def _from_records(values: Sequence[Any], title: str | None) -> Iterator[Found]:
    sorted_out: dict[str, list[_Record]] = {}
    left_out = 0
    for value in values:
        record = _record(value)
        if record is None:
            left_out += 1
        else:
            sorted_out.setdefault(record.conversation, []).append(record)
    for number, records in enumerate(sorted_out.values()):
        yield Found(
            source=records[0].source,
            lines=lines_of([(each.name, each.text, each.at) for each in records]),
            title=title,
            left_out=left_out if number == 0 else 0,
        )


def lines_of(rows: Sequence[tuple[str, str, float | datetime | None]]) -> tuple[Line, ...]:
    """The rows as lines: moments of the calendar become seconds since the first of them."""
    since = from_beginning([at if isinstance(at, datetime) else None for _, _, at in rows])
    return tuple(
        Line(name=name, text=text, at=at if isinstance(at, float) else since[number])
        for number, (name, text, at) in enumerate(rows)
    )


def written(value: object) -> str:
    """A name or words as text, also where they are kept in pieces or under a name of their own."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, dict):
        inner = (value.get(name) for name in ("text", "name", "id", "parts", "content", "value"))
        found = next((each for each in inner if isinstance(each, str | list) and each), "")
        return written(found)
    if isinstance(value, list):
        pieces = [each if isinstance(each, str) else _piece(each) for each in value[:10_000]]
        return "".join(pieces)
    return ""


def _piece(value: object) -> str:
    return plain.text(plain.fields(value).get("text"))


def when(value: object) -> float | datetime | None:
    """Seconds from the beginning, or a moment of the calendar; None where it is neither."""
    if isinstance(value, str):
        given = value.strip()
        if (since := seconds(given)) is not None:
            return since
        try:
            value = float(given)
        except ValueError:
            return plain.moment(given)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return plain.moment(value) if value > _EPOCH else max(0.0, float(value))
