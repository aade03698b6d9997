"""Bringing conversations in: a file of any kind becomes facts, or one clear sentence.

What is in a file is only ever words. Nothing in it is run, followed or taken as an instruction,
and nothing is written to disk.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal, NamedTuple

from beside.carry import chatgpt, jsonl, librechat, markdown, nested, open_webui, plain
from beside.carry.brought import Brought, become_facts
from beside.carry.sessions import copies
from beside.carry.zipped import TooLarge, unpack
from beside.errors import NotAConversation
from beside.sentence import Sentence
from beside.talk.conversation import replay
from beside.talk.events import (
    CareLooked,
    ConversationBegan,
    ConversationEvent,
    ConversationNamed,
    Event,
    MirrorEvent,
    PersonSpoke,
    ReplyBegan,
    ReplyEnded,
    ReplyPart,
    ReplyWeighed,
)
from beside.talk.ids import ConversationId, RandomBytes, TurnId, VoiceName, make_id

Kind = Literal["beside", "markdown", "chatgpt", "open-webui", "librechat"]

LARGEST_FILE = 256 * 1024 * 1024
"""Bytes of a file, and of what a zip holds when unpacked."""

MOST_MEMBERS = 100_000
"""Files in a zip (an export may hold every picture that was ever sent)."""

_READABLE = Sentence(
    "Beside can read: its own JSONL and Markdown, a ChatGPT export (the zip, or "
    "conversations.json from it), an Open WebUI export (JSON) and a LibreChat export (JSON)."
)
_CONVERSATIONS = re.compile(r"conversations(-\d+)?\.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What a file held: each conversation as facts that replay, with names of their own.

    `skipped` counts what was left out: instructions, tools, hidden messages, notes, choices.
    `sessions` are sessions of the mirror, which only Beside's own files have.
    """

    conversations: tuple[tuple[ConversationEvent, ...], ...]
    kind: Kind
    skipped: int
    sessions: tuple[tuple[MirrorEvent, ...], ...] = ()

    def facts(self) -> list[Event]:
        """All of it, in an order in which a journal can keep it."""
        return [fact for each in (*self.conversations, *self.sessions) for fact in each]


class _Form(NamedTuple):
    kind: Kind
    source: str
    is_one: Callable[[object], bool]
    read: Callable[[object], Brought]


_FORMS = (
    _Form("chatgpt", "ChatGPT", chatgpt.is_one, chatgpt.read),
    _Form("librechat", "LibreChat", librechat.is_one, librechat.read),
    _Form("open-webui", "Open WebUI", open_webui.is_one, open_webui.read),
)
_OURS = "Beside"


def read_any(
    data: bytes, filename: str | None, *, at: datetime, random_bytes: RandomBytes
) -> Imported:
    """The conversations in a file of any kind that Beside knows.

    `at` is the moment of the import; `filename` only helps the sentence where nothing is found.
    Bringing the same file in again gives second copies. Raises NotAConversation.
    """
    if len(data) > LARGEST_FILE:
        raise NotAConversation(_too_large())
    if data.startswith(b"PK\x03\x04"):
        values = [value for text in _members(data) for value in _listed(_parsed(text))]
        return _from_json(values, at=at, random_bytes=random_bytes)
    if jsonl.is_ours(data):
        return _from_ours(jsonl.read(data), at=at, random_bytes=random_bytes)
    text = _decoded(data)
    if markdown.is_ours(text):
        return _from_markdown(text, at=at, random_bytes=random_bytes)
    if not text.strip("\ufeff \t\r\n"):
        raise NotAConversation(Sentence("This file is empty.").then(_READABLE))
    value = _parsed(text) if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[") else None
    if value is None:
        raise NotAConversation(_not_readable(filename))
    return _from_json(_listed(value), at=at, random_bytes=random_bytes)


def _from_json(values: Sequence[object], *, at: datetime, random_bytes: RandomBytes) -> Imported:
    form = next((form for value in values for form in _FORMS if form.is_one(value)), None)
    if form is None:
        raise NotAConversation(Sentence("There is no conversation in this file.").then(_READABLE))
    conversations: list[tuple[ConversationEvent, ...]] = []
    skipped = 0
    for value in values:
        if not form.is_one(value):
            skipped += 1
            continue
        facts = become_facts(form.read(value), source=form.source, at=at, random_bytes=random_bytes)
        skipped += facts.skipped
        if facts.events:
            conversations.append(facts.events)
    return _imported(conversations, form.kind, skipped, form.source)


def _from_markdown(text: str, *, at: datetime, random_bytes: RandomBytes) -> Imported:
    facts = become_facts(markdown.read(text), source=_OURS, at=at, random_bytes=random_bytes)
    return _imported([facts.events] if facts.events else [], "markdown", facts.skipped, _OURS)


def _from_ours(events: Iterable[Event], *, at: datetime, random_bytes: RandomBytes) -> Imported:
    conversations: dict[ConversationId, list[ConversationEvent]] = {}
    sessions: list[MirrorEvent] = []
    skipped = 0
    for event in events:
        if isinstance(event, ConversationEvent):
            conversations.setdefault(event.conversation, []).append(event)
        elif isinstance(event, MirrorEvent):
            sessions.append(event)
        else:  # notes and choices are this journal's own; bringing words in does not change them
            skipped += 1
    copied = [_copy(each, at=at, random_bytes=random_bytes) for each in conversations.values()]
    try:
        kept = copies(sessions, at=at, random_bytes=random_bytes)
    except ValueError:
        raise _unfitting() from None
    return _imported(copied, "beside", skipped, _OURS, kept)


def _copy(
    events: Sequence[ConversationEvent], *, at: datetime, random_bytes: RandomBytes
) -> tuple[ConversationEvent, ...]:
    """The same facts under other names; a reply that never ended is ended as interrupted."""
    try:
        speaking = replay(events).speaking()
    except ValueError:
        raise _unfitting() from None
    conversation = ConversationId(make_id(_moment(events[0].at, at), random_bytes))
    turns: dict[TurnId, TurnId] = {}
    copies: list[ConversationEvent] = []
    for event in events:
        changes: dict[str, Any] = {"conversation": conversation, "at": _moment(event.at, at)}
        if isinstance(event, PersonSpoke | ReplyBegan):
            turns[event.turn] = TurnId(make_id(changes["at"], random_bytes))
            changes["parent"] = None if event.parent is None else turns[event.parent]
        turn: TurnId | None = getattr(event, "turn", None)
        if turn is not None:
            changes["turn"] = turns[turn]
        copies.append(replace(event, **changes, **_tidied(event)))
    copies += [
        ReplyEnded(
            conversation=conversation,
            at=copies[-1].at,
            turn=turns[reply.id],
            why="failed",
            reason="interrupted",
        )
        for reply in speaking
    ]
    return tuple(copies)


def _tidied(event: ConversationEvent) -> dict[str, Any]:
    """What is written in an event, made safe to keep."""
    if isinstance(event, ConversationBegan):
        return {"title": plain.name(event.title), "source": plain.name(event.source) or _OURS}
    if isinstance(event, ConversationNamed):
        return {"title": plain.name(event.title) or _OURS}
    if isinstance(event, PersonSpoke | ReplyPart):
        return {"text": plain.tidy(event.text)}
    if isinstance(event, CareLooked):
        kinds = tuple(filter(None, map(plain.name, event.kinds)))
        return {"level": min(max(event.level, 0), 3), "kinds": kinds}
    if isinstance(event, ReplyWeighed):
        codes = ("reasons", "sources", "aside", "reading")
        tidied = {n: tuple(filter(None, map(plain.name, getattr(event, n)))) for n in codes}
        return {
            "source": plain.name(event.source) or _OURS,
            "gauge": plain.name(event.gauge),
            **tidied,
        }
    if isinstance(event, ReplyBegan):
        return {"voice": VoiceName(plain.name(event.voice) or _OURS)}
    return {}


def _moment(given: datetime, otherwise: datetime) -> datetime:
    return plain.moment(given.isoformat()) or otherwise


def _unfitting() -> NotAConversation:
    return NotAConversation(
        Sentence(
            "The facts in this file do not fit together: it is damaged or was changed. Nothing "
            "was brought in."
        )
    )


def _imported(
    conversations: Iterable[tuple[ConversationEvent, ...]],
    kind: Kind,
    skipped: int,
    source: str,
    sessions: tuple[tuple[MirrorEvent, ...], ...] = (),
) -> Imported:
    found = tuple(conversations)
    if not found and not sessions:
        raise NotAConversation(
            Sentence(
                "This looks like a file of {source}, but there are no words in it to bring in.",
                source=source,
            )
        )
    return Imported(conversations=found, kind=kind, skipped=skipped, sessions=sessions)


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _parsed(text: str) -> Any:
    try:
        return nested.loads(text.removeprefix("\ufeff"))
    except ValueError:
        raise NotAConversation(
            Sentence("This file is damaged or cut short: it is not whole JSON.").then(_READABLE)
        ) from None


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    return data.decode(encoding, "replace")


def _members(data: bytes) -> Iterator[str]:
    """The texts of a zip that hold conversations, in the order of their names."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.infolist()) > MOST_MEMBERS:
                raise NotAConversation(
                    Sentence("There are too many files in this zip.").then(_READABLE)
                )
            found = sorted(
                (each for each in archive.infolist() if _holds_conversations(each.filename)),
                key=lambda each: each.filename,
            )
            if not found:
                raise NotAConversation(
                    Sentence("There is no conversations.json in this zip.").then(_READABLE)
                )
            left = LARGEST_FILE
            for member in found:
                unpacked = unpack(archive, member, left)
                left -= len(unpacked)
                yield _decoded(unpacked)
    except TooLarge:
        raise NotAConversation(_too_large()) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError):
        raise NotAConversation(
            Sentence("This zip is damaged or cut short; nothing was brought in.")
        ) from None
    except (RuntimeError, NotImplementedError):
        raise NotAConversation(
            Sentence(
                "This zip is locked with a password or packed in a way that Beside cannot read. "
                "Unpack it and bring in conversations.json."
            )
        ) from None


def _holds_conversations(filename: str) -> bool:
    *folders, last = filename.split("/")
    return "__MACOSX" not in folders and _CONVERSATIONS.fullmatch(last) is not None


def _too_large() -> Sentence:
    return Sentence(
        "This file is larger than Beside can bring in ({megabytes} MB); nothing was brought in.",
        megabytes=LARGEST_FILE // 2**20,
    )


def _not_readable(filename: str | None) -> Sentence:
    ending = (filename or "").rpartition(".")[2].lower()
    if ending in ("html", "htm", "pdf", "docx", "csv"):
        return Sentence("Beside cannot read {kind} files.", kind=ending.upper()).then(_READABLE)
    return Sentence("This is not a file of conversations that Beside knows.").then(_READABLE)
