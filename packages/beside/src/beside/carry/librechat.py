"""A conversation from a LibreChat export: messages that name their parent, flat or nested.

Instructions, tools, thoughts, errors, pictures and files are left out.
"""

from typing import Any

from beside.carry import plain
from beside.carry.brought import Brought, Role, Said

_FENCE = ":::thinking"


def is_one(value: object) -> bool:
    """Whether this is a conversation in this form."""
    outer = plain.fields(value)
    return "conversationId" in outer and isinstance(_messages(outer), list)


def read(value: object) -> Brought:
    """The conversation that this JSON object holds; anything that does not fit is left out."""
    outer = plain.fields(value)
    said: list[Said] = []
    skipped = 0
    waiting: list[tuple[object, str | None]] = [
        (each, None) for each in reversed(plain.items(_messages(outer)))
    ]
    before: str | None = None
    while waiting:
        value, above = waiting.pop()
        message = plain.fields(value)
        key = plain.key(message.get("messageId")) or f"\0{len(said)}"
        own = message.get("parentMessageId", before)
        found = _said(message, key, above or plain.key(own))
        before = key
        said.append(found)
        skipped += not found.text and bool(_content(message) or _parts(message))
        waiting += [(child, key) for child in reversed(plain.items(message.get("children")))]
    return Brought(
        title=plain.name(outer.get("title")),
        said=tuple(said),
        skipped=skipped,
    )


def _messages(outer: dict[str, Any]) -> object:
    found = outer.get("messagesTree") or outer.get("messages")
    tree = plain.fields(found).get("children")
    return found if tree is None else tree


def _said(message: dict[str, Any], key: str, parent: str | None) -> Said:
    created = message.get("isCreatedByUser")
    person = created is True or (
        created is None and plain.text(message.get("sender")).casefold() == "user"
    )
    role: Role = "person" if person else "companion"
    text = "" if message.get("error") is True else _content(message)
    if role == "companion":
        text = _without_thoughts(text)
    return Said(
        key=key,
        parent=parent,
        role=role if text else None,
        text=text,
        at=plain.moment(message.get("createdAt")),
        voice=plain.name(message.get("model")) or plain.name(message.get("sender")),
        ended="stopped" if message.get("unfinished") is True else "done",
    )


def _parts(message: dict[str, Any]) -> list[Any]:
    return plain.items(message.get("content"))


def _content(message: dict[str, Any]) -> str:
    texts = [
        _part(plain.fields(part))
        for part in _parts(message)
        if plain.fields(part).get("type") == "text"
    ]
    return "\n\n".join(filter(None, texts)) or plain.words(message.get("text"))


def _part(part: dict[str, Any]) -> str:
    text = part.get("text")
    return plain.words(text) or plain.words(plain.fields(text).get("value"))


def _without_thoughts(text: str) -> str:
    """The reply without the thoughts that stand fenced before it."""
    if not text.startswith(_FENCE):
        return text
    end = text.find("\n:::", len(_FENCE))
    return text if end < 0 else plain.words(text[end + len("\n:::") :])
