"""A file of any kind that the mirror knows becomes conversations, or one clear sentence.

What is in a file is only ever words: nothing in it is run or followed, and nothing is written.
"""

import re

from beside.carry import jsonl, markdown, plain
from beside.errors import NotAConversation
from beside.mirror.importers import (
    ours,
    packed,
    records,
    spoken_text,
    subtitles,
    table,
    whatsapp,
)
from beside.mirror.importers.found import Found, tidied
from beside.sentence import Sentence

LARGEST_FILE = 256 * 1024 * 1024
"""Bytes of a file, and of what a packed one holds."""

READABLE = Sentence(
    "The mirror reads: plain text or Markdown with a name before what each one says, Word (DOCX), "
    "subtitles (SRT, WebVTT), JSON, JSONL, CSV, ConvoKit, WhatsApp and Telegram exports, and "
    "conversations from Beside."
)
_OTHERS = frozenset({"pdf", "doc", "odt", "rtf", "html", "htm", "xlsx", "mp3", "mp4", "wav", "m4a"})


def read(data: bytes, *, name: str | None = None) -> list[Found]:
    """Every conversation in a file, each with two or more who speak. Raises NotAConversation."""
    if len(data) > LARGEST_FILE:
        raise NotAConversation(
            Sentence(
                "This file is larger than the mirror can take in ({megabytes} MB).",
                megabytes=LARGEST_FILE // 2**20,
            )
        )
    ending = (name or "").rpartition(".")[2].casefold()
    if data.startswith(b"PK\x03\x04"):
        return spoken([tidied(each) for each in packed.read(data, _by_shape, most=LARGEST_FILE)])
    if data.startswith(b"%PDF") or ending in _OTHERS:
        raise NotAConversation(
            Sentence(
                "The mirror cannot read {kind} files.",
                kind=ending.upper() or "PDF",
            ).then(READABLE)
        )
    return spoken([tidied(each) for each in _by_shape(data, ending)])


def _by_shape(data: bytes, ending: str) -> list[Found]:
    text = decoded(data)
    if not text.strip():
        raise NotAConversation(Sentence("This file is empty.").then(READABLE))
    if markdown.is_ours(text) or jsonl.is_ours(data[:1000]):
        return ours.read(data) or []
    if text.lstrip()[:1] in ("{", "["):
        values = records.parsed(text)
        if values is not None:
            carried = ours.read(data) if any(map(_is_carried, values)) else None
            return records.read(values) if carried is None else carried
    if subtitles.is_one(text):
        return subtitles.read(text)
    if whatsapp.is_one(text):
        return whatsapp.read(text)
    rows = table.read(text, sure=ending in ("csv", "tsv"))
    return rows or spoken_text.read(text, markdown=ending in ("md", "markdown"))


def _is_carried(value: object) -> bool:
    """Whether this is of a kind that other companions export: a tree of answers."""
    outer = plain.fields(value)
    chat = plain.fields(outer.get("chat")) or outer
    return (
        isinstance(outer.get("mapping"), dict)
        or "conversationId" in outer
        or isinstance(plain.fields(chat.get("history")).get("messages"), dict | list)
    )


def spoken(found: list[Found]) -> list[Found]:
    """Those of them in which two speak. Raises NotAConversation where there is none."""
    several = [each for each in found if len({line.name.casefold() for line in each.lines}) > 1]
    if several:
        return several
    if any(each.lines for each in found):
        raise NotAConversation(
            Sentence(
                "Only one person speaks in this file, as far as can be seen. Put a name and a "
                "colon before what each one says, like this: Anna: I did not sleep."
            )
        )
    raise NotAConversation(
        Sentence("There is no conversation to be seen in this file: nothing says who speaks.").then(
            READABLE
        )
    )


def decoded(data: bytes) -> str:
    """The bytes as text, in the encoding that they seem to be in; line ends made plain."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    if len(re.findall("[\x00-\x08\x0e-\x1f]", text[:4000])) > 8:
        raise NotAConversation(Sentence("This file holds no text.").then(READABLE))
    return plain.tidy(text)
