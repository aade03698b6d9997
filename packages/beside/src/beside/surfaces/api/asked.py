"""What a client asks, in the shape that OpenAI's chat completions have, as far as Beside has it.

Validated here once; what the schema cannot say (who speaks last, whether there are words) is
checked in `routes.py`.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StrictBool, StrictStr

MOST_MESSAGES = 2_000
SET_ASIDE = frozenset(
    {
        "temperature",
        "top_p",
        "max_tokens",
        "max_completion_tokens",
        "stop",
        "seed",
        "presence_penalty",
        "frequency_penalty",
        "logit_bias",
        "user",
        "reasoning_effort",
        "verbosity",
        "service_tier",
        "parallel_tool_calls",
        "prediction",
        "prompt_cache_key",
        "safety_identifier",
    }
)
"""Known requests of the protocol that change nothing here: they are named in the answer."""


def whole(text: str) -> str:
    """The text with half characters replaced, as JSON can bring them."""
    return text.encode("utf-8", "replace").decode("utf-8")


class TextPart(BaseModel):
    """A piece of text; the only kind of content there is here."""

    type: Literal["text"]
    text: StrictStr


class ClientMessage(BaseModel):
    """One message. A system or developer message is set aside: it changes no stance and no care."""

    role: Literal["system", "developer", "user", "assistant"]
    content: StrictStr | Annotated[list[TextPart], Field(max_length=1_000)]
    tool_calls: Annotated[list[Any], Field(max_length=0)] | None = None

    def text(self) -> str:
        """The words of the message."""
        if isinstance(self.content, str):
            return self.content
        return "\n".join(part.text for part in self.content)


class StreamOptions(BaseModel):
    """How a stream is given."""

    include_usage: StrictBool | None = None


class TextFormat(BaseModel):
    """The form of the reply: plain text."""

    type: Literal["text"]


class Extension(BaseModel):
    """What only Beside knows: consent to a voice elsewhere, and whose journal may keep this."""

    model_config = ConfigDict(extra="forbid")

    agreed: StrictBool = Field(
        default=False,
        description="Yes to words leaving this machine, where the voice is elsewhere.",
    )
    person: StrictStr | None = Field(default=None, description="Whose journal keeps it.")
    passphrase: SecretStr | None = Field(default=None, description="What opens that journal.")


class ChatRequest(BaseModel):
    """A request for one reply."""

    model_config = ConfigDict(extra="allow")

    model: StrictStr = Field(description="`beside`, or `beside/` and the name of a voice.")
    messages: Annotated[list[ClientMessage], Field(min_length=1, max_length=MOST_MESSAGES)]
    stream: StrictBool | None = None
    stream_options: StreamOptions | None = None
    n: Literal[1] | None = None
    store: StrictBool | None = Field(
        default=None, description="Keep it in a journal; needs `beside.passphrase`."
    )
    metadata: dict[StrictStr, StrictStr] | None = Field(
        default=None, description="`conversation`: the kept conversation that this goes on with."
    )
    tools: Annotated[list[Any], Field(max_length=0)] | None = None
    functions: Annotated[list[Any], Field(max_length=0)] | None = None
    response_format: TextFormat | None = None
    logprobs: Literal[False] | None = None
    modalities: list[Literal["text"]] | None = None
    audio: None = None
    beside: Extension | None = None

    def set_aside(self) -> list[str]:
        """What was asked for and changes nothing, by name."""
        known = SET_ASIDE & set(self.model_extra or {})
        system = any(each.role in ("system", "developer") for each in self.messages)
        return [*(["system messages"] if system else []), *sorted(known)]


REFUSALS: dict[str, str] = {
    "model": "`model` is text: `beside`, or `beside/` and a voice. GET /v1/models lists them.",
    "messages": "`messages` is a list with at least one message.",
    "role": "A message's `role` is user or assistant (system and developer are set aside).",
    "content": "A message's `content` is text, or a list of text parts. Images, sound and files "
    "are not understood here.",
    "tool_calls": "Beside uses no tools.",
    "tools": "Beside uses no tools; please leave `tools` out.",
    "functions": "Beside uses no functions; please leave `functions` out.",
    "n": "Beside gives one reply at a time: `n` is 1 or absent.",
    "logprobs": "Beside has no log-probabilities to give.",
    "response_format": "Beside answers in plain text only.",
    "modalities": "Beside answers in plain text only.",
    "audio": "Beside answers in plain text only.",
    "beside": "`beside` may hold `agreed` (true or false), `person` and `passphrase`.",
}
"""What is said where a field cannot be used, by the field; never what was in it."""


def refusal(path: tuple[int | str, ...]) -> tuple[str, str | None]:
    """A kind sentence about the place in the request that cannot be used, and that place."""
    fields = [part for part in path if isinstance(part, int) or part in _FIELDS]
    named = [part for part in fields if isinstance(part, str)]
    if not named:
        return "The body of the request is one JSON object with fields that are known here.", None
    sentence = next((REFUSALS[part] for part in reversed(named) if part in REFUSALS), None)
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in fields)[1:]
    return sentence or f"`{place}` cannot be used as it was given.", place


_FIELDS = (
    set(ChatRequest.model_fields)
    | set(ClientMessage.model_fields)
    | set(Extension.model_fields)
    | set(StreamOptions.model_fields)
    | {"transcript", "file_name", "roles", "initials", "mark", "marks", "voice"}  # of the mirror
    | {"file", "seed", "words", "turn", "practice", "one", "other"}  # of practising
    | {"session", "form"}  # of kept sessions
)
