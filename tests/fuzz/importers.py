"""What the fuzz of the importers throws: bytes, JSON of a plausible shape, mutated exports.

Whatever comes in, there are two ways out: conversations whose facts replay and can be kept, or
`NotAConversation` with a sentence.
"""

import io
import json
import random
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from beside.carry import jsonl, markdown
from beside.carry.importers import read_any
from beside.errors import NotAConversation
from beside.talk.conversation import replay

FIXTURES = Path(__file__).parents[2] / "packages/beside/tests/carry/fixtures"
NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


def check(data: bytes, filename: str | None = None) -> bool:
    """Bring these bytes in; True where they held conversations. Anything but the two ways fails."""
    try:
        imported = read_any(data, filename, at=NOW, random_bytes=random.Random(1).randbytes)
    except NotAConversation:
        return False
    assert imported.conversations
    assert imported.skipped >= 0
    for events in imported.conversations:
        conversation = replay(events)
        assert not conversation.speaking()
        markdown.write(conversation).encode()
        assert jsonl.read(jsonl.write(events)) == list(events)
        for turn in conversation.turns.values():
            assert "\0" not in turn.text
    return True


def exports() -> dict[str, bytes]:
    """A file of every kind that Beside reads, by its name."""
    found = {path.name: path.read_bytes() for path in sorted(FIXTURES.glob("*.json"))}
    imported = read_any(
        found["chatgpt.json"], None, at=NOW, random_bytes=random.Random(2).randbytes
    )
    ours = [event for events in imported.conversations for event in events]
    found["ours.jsonl"] = jsonl.write(ours)
    found["ours.md"] = markdown.write(replay(imported.conversations[0])).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("conversations.json", found["chatgpt.json"])
    found["chatgpt.zip"] = packed.getvalue()
    return found


EXPORTS = exports()
"""Read once, so that every mutation starts from the same files."""

OURS = {"format": "beside-journal", "version": 1}

ids = st.sampled_from(["a", "b", "c", "d", "e"])
odd = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats()
    | st.text(max_size=8)
    | ids,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)


SELDOM = 20
"""One value in so many is of another kind than the format says, and one in so many is missing."""


@st.composite
def _mostly(draw: Callable[..., Any], strategy: st.SearchStrategy[Any]) -> Any:
    """The expected kind of value, seldom any other."""
    return draw(strategy if draw(st.integers(0, SELDOM)) else odd)


@st.composite
def _shape(draw: Callable[..., Any], **values: st.SearchStrategy[Any]) -> dict[str, Any]:
    """An object with these, each mostly there and mostly of the expected kind."""
    return {
        name: draw(_mostly(value)) for name, value in values.items() if draw(st.integers(0, SELDOM))
    }


texts = st.text(max_size=12)
times = st.integers(0, 2 * 10**9) | st.floats() | st.just("2025-03-01T09:00:00.500Z")
roles = st.sampled_from(["user", "user", "user", "assistant", "assistant", "system", "tool"])

chatgpt_message = _shape(
    author=_shape(role=roles),
    create_time=times,
    content=_shape(
        content_type=st.sampled_from(["text", "text", "multimodal_text", "code", "thoughts"]),
        parts=st.lists(_mostly(texts | _shape(text=texts)), min_size=1, max_size=3),
        text=texts,
    ),
    recipient=st.just("all"),
    metadata=_shape(
        model_slug=texts, is_visually_hidden_from_conversation=st.sampled_from([None, False, True])
    ),
)
chatgpt = _shape(
    title=texts,
    create_time=times,
    current_node=ids,
    mapping=st.dictionaries(
        ids,
        _shape(message=chatgpt_message, parent=ids, children=st.lists(ids, max_size=3)),
        min_size=2,
    ),
)
open_webui_message = _shape(
    id=ids,
    parentId=ids,
    childrenIds=st.lists(ids, max_size=3),
    role=roles,
    content=texts | st.just('<details type="reasoning">x</details>y'),
    timestamp=times,
    model=texts,
    done=st.booleans(),
)
open_webui_chat = _shape(
    title=texts,
    history=_shape(messages=st.dictionaries(ids, open_webui_message), currentId=ids),
    messages=st.lists(open_webui_message, max_size=5),
    timestamp=times,
)
open_webui = open_webui_chat | _shape(title=texts, chat=open_webui_chat, created_at=times)
librechat_message = st.recursive(
    _shape(messageId=ids, parentMessageId=ids, isCreatedByUser=st.booleans(), text=texts),
    lambda inner: _shape(
        messageId=ids,
        isCreatedByUser=st.booleans(),
        text=texts,
        content=st.lists(
            _shape(type=st.just("text"), text=texts | _shape(value=texts)), max_size=2
        ),
        createdAt=times,
        error=st.booleans(),
        children=st.lists(inner, max_size=3),
    ),
    max_leaves=6,
)
librechat = _shape(
    conversationId=texts, title=texts, messages=st.lists(librechat_message, max_size=5)
) | _shape(conversationId=texts, messagesTree=st.lists(librechat_message, max_size=5))
person = _shape(turn=ids, parent=st.none() | ids, text=texts)
reply = _shape(turn=ids, parent=ids, voice=texts)
RECORDS = {
    "PersonSpoke": person,
    "CareLooked": _shape(turn=ids, level=st.integers(), kinds=st.lists(texts, max_size=2)),
    "ReplyBegan": reply,
    "ReplyPart": _shape(turn=ids, text=texts),
    "ReplyEnded": _shape(
        turn=ids, why=st.sampled_from(["done", "stopped", "failed"]), reason=st.none()
    ),
    "LineChosen": _shape(turn=ids),
    "ModeChosen": _shape(mode=st.sampled_from(["suffering", "issue", "chat"])),
    "ConversationNamed": _shape(title=texts),
    "NoteKept": _shape(note=ids, text=texts),
}


@st.composite
def beside_file(draw: Callable[..., Any]) -> bytes:
    """Lines of our own format: each fact as it should be, the order and the names by chance."""
    common = {"version": 1, "at": "2026-11-22T20:00:00+00:00", "conversation": "c"}
    began = {"type": "ConversationBegan", "title": draw(texts), "source": None}
    first = {"type": "PersonSpoke", "turn": "a", "parent": None, "text": draw(texts)}
    lines = [OURS, common | began, common | first]
    for kind in draw(st.lists(st.sampled_from(sorted(RECORDS)), max_size=4)):
        lines.append(common | {"type": kind} | draw(RECORDS[kind]))
    return b"\n".join(map(_json, lines))


def _json(value: Any) -> bytes:
    return json.dumps(value).encode("utf-8", "surrogatepass")


def _list_or_one(one: st.SearchStrategy[Any]) -> st.SearchStrategy[bytes]:
    return (one | st.lists(_mostly(one), max_size=3)).map(_json)


SHAPES: dict[str, st.SearchStrategy[bytes]] = {
    "chatgpt": _list_or_one(chatgpt),
    "open-webui": _list_or_one(open_webui),
    "librechat": _list_or_one(librechat),
    "beside": beside_file(),
    "markdown": st.lists(
        st.sampled_from(
            ["## You · 2026-11-22 20:00:05 UTC", "## C (x) · 9999-99-99 20:00:05 UTC · stopped",
             "# title", "\\", "\u00a0\u00a0x", "", "## ("]
        ) | texts,
        max_size=10,
    )
    .map(lambda lines: "\n".join(["<!-- beside-markdown 1 -->", *lines]))
    .map(lambda text: text.encode("utf-8", "replace")),
}  # fmt: skip
"""Files of a plausible shape, by the importer that they aim at."""


@st.composite
def mutated(draw: Callable[..., Any], name: str) -> bytes:
    """One of the exports with pieces cut out, doubled, swapped or overwritten."""
    data = bytearray(EXPORTS[name])
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        piece = draw(
            st.sampled_from([b"", b"null", b"[]", b"{}", b'""', b"\0", b"\xff", b"-1", b"1e999"])
            | st.binary(max_size=6)
            | st.just(bytes(data[start:end] * 2))
        )
        data[start:end] = piece
    return bytes(data)


@st.composite
def regrown(draw: Callable[..., Any], name: str) -> bytes:
    """One of the JSON exports with some of its values replaced by others, still valid JSON."""
    value = json.loads(EXPORTS[name])
    places: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        holder = waiting.pop()
        inside = holder.items() if isinstance(holder, dict) else enumerate(holder)
        for key, inner in list(inside):
            places.append((holder, key))
            if isinstance(inner, dict | list):
                waiting.append(inner)
    for _ in range(draw(st.integers(1, 4))):
        holder, key = draw(st.sampled_from(places))
        holder[key] = draw(odd)
    return _json(value)
