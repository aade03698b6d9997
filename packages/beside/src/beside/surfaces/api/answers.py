"""What goes back to a client: OpenAI's shapes, with what only Beside knows under `beside`."""

from typing import Literal

from pydantic import BaseModel, Field

FinishReason = Literal["stop", "length", "content_filter"]


class Usage(BaseModel):
    """How much was said. Beside does not know its voices' tokens, so it counts words."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int
    counted_in: Literal["words"] = "words"


class Notes(BaseModel):
    """What a client of Beside may want to know beyond the protocol."""

    reason: str | None = Field(
        default=None, description="Why the voice did not answer, or not to the end: a short code."
    )
    set_aside: list[str] = Field(default=[], description="What was asked for and changes nothing.")
    conversation: str | None = Field(
        default=None, description="Where it was kept, if that was asked for."
    )


class ReplyMessage(BaseModel):
    """The companion's words."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None


class Choice(BaseModel):
    """The one reply."""

    index: Literal[0] = 0
    message: ReplyMessage
    logprobs: None = None
    finish_reason: FinishReason


class Completion(BaseModel):
    """A whole reply."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: list[Choice]
    usage: Usage
    beside: Notes


class Delta(BaseModel):
    """Words that came now."""

    role: Literal["assistant"] | None = None
    content: str | None = None


class ChunkChoice(BaseModel):
    """A piece of the one reply."""

    index: Literal[0] = 0
    delta: Delta
    logprobs: None = None
    finish_reason: FinishReason | None = None


class Chunk(BaseModel):
    """A piece of a reply that is streamed."""

    id: str
    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"
    created: int
    model: str
    choices: list[ChunkChoice]
    usage: Usage | None = None
    beside: Notes | None = None

    def event(self) -> str:
        """As one server-sent event."""
        text = self.model_dump_json(exclude_unset=True)
        return f"data: {text}\n\n"


class ModelEntry(BaseModel):
    """A voice, as a model."""

    id: str
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = "beside"
    leaves_machine: bool = Field(
        default=False, description="Whether words said to it are sent elsewhere."
    )


class ModelList(BaseModel):
    """The voices that are ready."""

    object: Literal["list"] = "list"
    data: list[ModelEntry]


def count(words: str) -> int:
    """How many words a text has, as separated by spaces."""
    return len(words.split())
