"""Conversations from an Open WebUI export: `chat.history.messages`, a tree, with a `currentId`.

Older exports have the chat without its wrapping, or only a flat list of messages; both are read.
Instructions, tools, thoughts, pictures and files are left out.
"""

import re
from typing import Any

from beside.carry import plain
from beside.carry.brought import Brought, Role, Said

_ROLES: dict[str, Role] = {"user": "person", "assistant": "companion"}
_OPENING = re.compile('<details type="(?:reasoning|tool_calls|code_interpreter)"')
_CLOSING = "</details>"


def is_one(value: object) -> bool:
    """Whether this is a conversation in this form."""
    outer = plain.fields(value)
    chat = _chat(outer)
    if "conversationId" in outer or "mapping" in outer:
        return False
    return isinstance(plain.fields(chat.get("history")).get("messages"), dict | list) or (
        isinstance(chat.get("messages"), list)
    )


def read(value: object) -> Brought:
    """The conversation that this JSON object holds; anything that does not fit is left out."""
    outer = plain.fields(value)
    chat = _chat(outer)
    history = plain.fields(chat.get("history"))
    tree = history.get("messages")
    if isinstance(tree, dict) and tree:
        messages = [(key, plain.fields(each)) for key, each in tree.items()]
    else:
        listed = plain.items(tree) or plain.items(chat.get("messages"))
        messages = [
            (plain.key(plain.fields(each).get("id")), plain.fields(each)) for each in listed
        ]
    parents = _parents(messages)
    said: list[Said] = []
    skipped = 0
    for place, (key, message) in enumerate(messages):
        own = key or f"\0{place}"
        found = _said(message, own, parents[place])
        said.append(found)
        skipped += not found.text and bool(_content(message) or message.get("error"))
    began = outer.get("created_at") or chat.get("timestamp") or outer.get("timestamp")
    return Brought(
        title=plain.name(outer.get("title")) or plain.name(chat.get("title")),
        began_at=plain.moment(began),
        said=tuple(said),
        current=plain.key(history.get("currentId")),
        skipped=skipped,
    )


def _chat(outer: dict[str, Any]) -> dict[str, Any]:
    chat = outer.get("chat")
    return chat if isinstance(chat, dict) else outer


def _parents(messages: list[tuple[str | None, dict[str, Any]]]) -> list[str | None]:
    """The message above each: as it says itself, as the one above says, or the one before it."""
    above: dict[str, str] = {}
    for key, message in messages:
        for child in plain.items(message.get("childrenIds")):
            name = plain.key(child)
            if name is not None and key is not None:
                above.setdefault(name, key)
    parents: list[str | None] = []
    before: str | None = None
    for place, (key, message) in enumerate(messages):
        if "parentId" in message:
            parents.append(plain.key(message["parentId"]))
        else:
            parents.append(above.get(key or "") or before)
        before = key or f"\0{place}"
    return parents


def _said(message: dict[str, Any], key: str, parent: str | None) -> Said:
    role = _ROLES.get(plain.text(message.get("role")))
    text = _content(message)
    if role == "companion":
        text = _without_asides(text) or _output(message)
    return Said(
        key=key,
        parent=parent,
        role=role if text else None,
        text=text if role else "",
        at=plain.moment(message.get("timestamp")),
        voice=plain.name(message.get("modelName")) or plain.name(message.get("model")),
        ended="stopped" if message.get("done") is False else "done",
    )


def _content(message: dict[str, Any]) -> str:
    content = message.get("content")
    if isinstance(content, list):
        texts = [plain.words(plain.fields(part).get("text")) for part in content]
        return "\n\n".join(filter(None, texts))
    return plain.words(content)


def _output(message: dict[str, Any]) -> str:
    """The words of a reply where they stand only in its `output`."""
    spoken = [
        plain.words(plain.fields(part).get("text"))
        for step in plain.items(message.get("output"))
        if plain.fields(step).get("type") == "message"
        for part in plain.items(plain.fields(step).get("content"))
    ]
    return "\n\n".join(filter(None, spoken))


def _without_asides(text: str) -> str:
    """The reply without the folded blocks that hold thoughts and what tools gave."""
    kept: list[str] = []
    position = 0
    while (opening := _OPENING.search(text, position)) is not None:
        closing = text.find(_CLOSING, opening.end())
        if closing < 0:
            break
        kept.append(text[position : opening.start()])
        position = closing + len(_CLOSING)
    return plain.words("".join([*kept, text[position:]]))
