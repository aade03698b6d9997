"""What OpenAI-compatible servers answer, read leniently: one event, one status, one list of models.

Nothing that a server says about its errors is passed on: it may repeat a person's words.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from beside.errors import VoiceBroke, VoiceError, VoiceRefused

LONGEST_MODEL_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one event of a reply brought."""

    words: str = ""
    thought: bool = False
    """Whether it brought thoughts that are kept apart from the words."""
    finish: str | None = None
    """Why the reply ends here: `stop`, `length` and so on."""


def read_step(data: str) -> Step:
    """One event of a streamed reply, or a whole reply that came at once.

    Raises VoiceRefused where it tells of an error, VoiceBroke where it cannot be understood.
    """
    try:
        answer = json.loads(data)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise VoiceBroke("The server said something that is no reply. Another voice can go on.")
    return step_of(answer)


def step_of(answer: Mapping[str, Any]) -> Step:
    """The same, of an event that has been taken out of its JSON already."""
    if answer.get("error") or answer.get("object") == "error":
        raise VoiceRefused(
            "The server told of an error while it answered. Its own log may say more; "
            "another voice can go on."
        )
    choices = answer.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    if not isinstance(choice, dict):
        return Step()
    said = choice.get("delta") or choice.get("message")
    said = said if isinstance(said, dict) else {}
    finish = choice.get("finish_reason")
    return Step(
        words=_text(said.get("content")) or _text(choice.get("text")) or _text(said.get("refusal")),
        thought=bool(said.get("reasoning_content") or said.get("reasoning")),
        finish=finish if isinstance(finish, str) else None,
    )


def read_models(body: bytes) -> tuple[str, ...] | None:
    """The models that a server lists; None where the answer is no such list."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    listed = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(listed, list):
        return None
    names = [each.get("id") for each in listed if isinstance(each, dict)]
    usable = [name for name in names if isinstance(name, str) and _is_name(name)]
    return tuple(dict.fromkeys(usable)) if len(names) == len(listed) else None


def refusal(status: int, *, address: str, model: str) -> VoiceError:
    """What an HTTP status other than 200 means for a person."""
    if 300 <= status < 400:
        return VoiceRefused(
            f"The server at {address} points to another address, and Beside sends words only to "
            "the address that was chosen. Add the voice again with its final address."
        )
    if status in (401, 403):
        return VoiceRefused(
            f"The server at {address} did not accept the key. Add the voice again with a key that "
            "it accepts; another voice can go on meanwhile."
        )
    if status == 404:
        return VoiceRefused(
            f"The server at {address} does not know the model {model!r}, or it is not this kind "
            "of server. Look at its list of models and add the voice again."
        )
    if status in (402, 429):
        return VoiceRefused(
            f"The server at {address} takes no more for now: too many requests, or a quota that "
            "is used up. Wait a little, or let another voice go on."
        )
    if status < 500:
        return VoiceRefused(
            f"The server at {address} could not take the conversation as it was sent "
            f"(status {status}); it may be longer than {model!r} can hold. Another voice can go on."
        )
    return VoiceRefused(
        f"The server at {address} has trouble of its own (status {status}). Its log may say more; "
        "another voice can go on meanwhile."
    )


def _text(content: Any) -> str:
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        parts = [part.get("text") for part in content if isinstance(part, dict)]
        return "".join(part for part in parts if isinstance(part, str))
    return ""


def _is_name(name: str) -> bool:
    return 0 < len(name) <= LONGEST_MODEL_NAME and name.isprintable()
