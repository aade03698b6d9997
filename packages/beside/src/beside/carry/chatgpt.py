"""Conversations from a ChatGPT export: a list, each a `mapping` of nodes with a `current_node`.

What was said is kept, on every branch. Instructions, tools, thoughts, hidden messages, pictures
and files are left out.
"""

import re
from typing import Any

from beside.carry import plain
from beside.carry.brought import Brought, Role, Said

_ROLES: dict[str, Role] = {"user": "person", "assistant": "companion"}
_SPOKEN = ("text", "multimodal_text", "code")
_MARK_NAMED = re.compile(
    '\ue200entity\ue202\\["[^"\ue200\ue201]*","([^"\ue200\ue201]*)"[^\ue200\ue201]*\ue201'
)
_MARK = re.compile("\ue200[^\ue200\ue201]*\ue201")


def is_one(value: object) -> bool:
    """Whether this is a conversation in this form."""
    return isinstance(plain.fields(value).get("mapping"), dict)


def read(value: object) -> Brought:
    """The conversation that this JSON object holds; anything that does not fit is left out."""
    conversation = plain.fields(value)
    nodes = plain.fields(conversation.get("mapping"))
    parents = _parents(nodes)
    said: list[Said] = []
    skipped = 0
    for key, node in nodes.items():
        message = plain.fields(plain.fields(node).get("message"))
        found = _said(message, key, parents.get(key))
        said.append(found)
        skipped += not found.text and _holds_something(message)
    return Brought(
        title=plain.name(conversation.get("title")),
        began_at=plain.moment(conversation.get("create_time")),
        said=tuple(said),
        current=plain.key(conversation.get("current_node")),
        skipped=skipped,
    )


def _parents(nodes: dict[str, Any]) -> dict[str, str]:
    """The node above each: as it says itself, else as the one above says."""
    parents: dict[str, str] = {}
    for key, node in nodes.items():
        for child in plain.items(plain.fields(node).get("children")):
            if isinstance(child, str):
                parents.setdefault(child, key)
    for key, node in nodes.items():
        parent = plain.fields(node).get("parent")
        if isinstance(parent, str) and parent in nodes:
            parents[key] = parent
    return parents


def _said(message: dict[str, Any], key: str, parent: str | None) -> Said:
    role = _ROLES.get(plain.text(plain.fields(message.get("author")).get("role")))
    metadata = plain.fields(message.get("metadata"))
    text = "" if role is None or _hidden(message, metadata) else _text(message)
    if role == "companion":
        text = plain.words(_MARK.sub("", _MARK_NAMED.sub(r"\1", text)))
    stopped = message.get("status") == "in_progress" or (
        plain.fields(metadata.get("finish_details")).get("type") == "interrupted"
    )
    return Said(
        key=key,
        parent=parent,
        role=role if text else None,
        text=text,
        at=plain.moment(message.get("create_time")),
        voice=plain.name(metadata.get("model_slug")),
        ended="stopped" if stopped else "done",
    )


def _hidden(message: dict[str, Any], metadata: dict[str, Any]) -> bool:
    recipient = plain.text(message.get("recipient")) or "all"
    return (
        metadata.get("is_visually_hidden_from_conversation") is True
        or recipient != "all"
        or message.get("channel") == "analysis"
    )


def _text(message: dict[str, Any]) -> str:
    content = plain.fields(message.get("content"))
    if plain.text(content.get("content_type")) not in _SPOKEN:
        return ""
    parts = [_part(part) for part in plain.items(content.get("parts"))]
    return plain.words("\n\n".join(filter(None, [*parts, plain.words(content.get("text"))])))


def _part(part: object) -> str:
    """The words of one part: plain text, or what was spoken aloud."""
    return plain.words(part) or plain.words(plain.fields(part).get("text"))


def _holds_something(message: dict[str, Any]) -> bool:
    content = plain.fields(message.get("content"))
    return any(
        plain.words(value) if isinstance(value, str) else bool(value) and value != [""]
        for name, value in content.items()
        if name not in ("content_type", "language", "response_format_name")
    )
