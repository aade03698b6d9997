"""`/v1/models` and `/v1/chat/completions`: the same turn as everywhere, in OpenAI's shape.

Nothing is kept unless the client asks for it. Care comes first here too, whatever the model.
"""

import re
import secrets
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Any

from fastapi import APIRouter, Depends
from fastapi.security import HTTPBearer
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from beside.companion.steps import Ending, Step, Words
from beside.errors import ConsentNeeded, VoiceError
from beside.surfaces.api.answers import (
    Choice,
    Chunk,
    ChunkChoice,
    Completion,
    Delta,
    FinishReason,
    ModelEntry,
    ModelList,
    Notes,
    ReplyMessage,
    Usage,
    count,
)
from beside.surfaces.api.asked import ChatRequest, whole
from beside.surfaces.api.faults import Fault, FaultAnswer, guarded
from beside.surfaces.api.kept import keep, steps_of
from beside.surfaces.api.mirror import MirrorAnswer, MirrorRequest, reflected
from beside.surfaces.api.practise import add_practising
from beside.surfaces.api.sessions import add_sessions
from beside.surfaces.api.unstored import NO_STORE
from beside.surfaces.door import Door
from beside.voices.base import Message
from beside.wiring import Beside

MODEL = "beside"
"""The model that answers with the voice of the settings; `beside/NAME` asks for a voice."""
LEAST_TOKEN = 16
EVENT = {"type": "object", "properties": {"data": {"type": "string"}}, "required": ["data"]}
"""A server-sent event: a `Chunk` as JSON, or `[DONE]`."""
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"]

Steps = AsyncGenerator[Step, None]


def make_router(beside: Beside, token: str, *, door: Door) -> APIRouter:
    """The routes under `/v1`, for whoever has the token; passphrases are tried at the door."""
    if len(token) < LEAST_TOKEN:
        raise ValueError(f"a token has at least {LEAST_TOKEN} characters")
    shapes: dict[int | str, dict[str, Any]] = {
        status: {"model": FaultAnswer} for status in (400, 401, 403, 404, 409, 413, 421, 503)
    }
    router = APIRouter(
        prefix="/v1",
        tags=["OpenAI-compatible"],
        route_class=guarded(token),
        responses=shapes,
        dependencies=[Depends(HTTPBearer(auto_error=False))],
    )

    @router.get("/models", response_model=ModelList)
    async def models() -> Response:
        """The voices that are ready, as models."""
        listed = ModelList(data=_models(beside))
        return JSONResponse(listed.model_dump(), headers=NO_STORE)

    @router.get("/models/{model:path}", response_model=ModelEntry)
    async def model(model: str) -> Response:
        """One of them."""
        for each in _models(beside):
            if each.id == model:
                return JSONResponse(each.model_dump(), headers=NO_STORE)
        raise _no_such_model()

    @router.post(
        "/chat/completions",
        response_model=Completion,
        responses={200: {"content": {"text/event-stream": {"schema": EVENT}}}},
    )
    async def chat_completions(asked: ChatRequest) -> Response:
        """One reply to the last message, whole or streamed."""
        _check(asked)
        voice = _voice(beside, asked.model)
        notes = Notes(set_aside=asked.set_aside())
        steps: Steps
        if asked.store:
            person, said = await keep(beside, door, asked, voice)
            notes.conversation = said.conversation
            steps = steps_of(person, said)
        else:
            agreed = asked.beside is not None and asked.beside.agreed
            steps = beside.one_off_steps(_messages(asked), voice=voice, agreed=agreed)
        answer = _Answer(asked, notes)
        if asked.stream:
            return StreamingResponse(
                answer.stream(steps), media_type="text/event-stream", headers=NO_STORE
            )
        return JSONResponse((await answer.whole(steps)).model_dump(), headers=NO_STORE)

    @router.post("/mirror", response_model=MirrorAnswer)
    async def mirror(asked: MirrorRequest) -> Response:
        """A practitioner's own words, looked at after their own mark. Nothing is kept."""
        seen = await reflected(beside, asked)
        return JSONResponse(seen.model_dump(), headers=NO_STORE)

    add_practising(router, beside, door)
    add_sessions(router, beside, door)

    @router.api_route("/{rest:path}", methods=_METHODS, include_in_schema=False)
    async def nothing_here(request: Request, rest: str) -> Response:
        """Whatever else is asked for."""
        raise _not_here(rest.rstrip("/"), request.method)

    return router


class _Answer:
    """One completion that is being put together."""

    def __init__(self, asked: ChatRequest, notes: Notes) -> None:
        self._id = f"chatcmpl-{secrets.token_hex(12)}"
        self._created = int(time.time())
        self._asked = asked
        self._notes = notes
        self._ending = Ending()
        self._text = ""

    async def whole(self, steps: Steps) -> Completion:
        """The reply when it is complete."""
        async for _ in self._words(steps):
            pass
        choice = Choice(message=ReplyMessage(content=self._text), finish_reason=self._finish())
        return Completion(
            id=self._id,
            created=self._created,
            model=self._asked.model,
            choices=[choice],
            usage=self._usage(),
            beside=self._notes,
        )

    async def stream(self, steps: Steps) -> AsyncIterator[str]:
        """The reply as server-sent events, as its words come."""
        yield self._chunk(Delta(role="assistant", content="")).event()
        try:
            async with aclosing(self._words(steps)) as words:
                async for text in words:
                    yield self._chunk(Delta(content=text)).event()
        except Exception:  # the words that came stay with the client, and it is told
            self._ending = Ending(failed=True, reason="broke")
            self._notes.reason = "broke"
        last = self._chunk(Delta(), self._finish())
        last.beside = self._notes
        yield last.event()
        options = self._asked.stream_options
        if options is not None and options.include_usage:
            usage = self._chunk(None)
            usage.usage = self._usage()
            yield usage.event()
        yield "data: [DONE]\n\n"

    async def _words(self, steps: Steps) -> AsyncGenerator[str, None]:
        async with aclosing(steps):
            async for step in steps:
                if isinstance(step, Ending):
                    self._ending = step
                    self._notes.reason = step.reason
                elif isinstance(step, Words):
                    self._text += step.text
                    yield step.text

    def _chunk(self, delta: Delta | None, finish: FinishReason | None = None) -> Chunk:
        choices = [] if delta is None else [ChunkChoice(index=0, delta=delta, finish_reason=finish)]
        return Chunk(
            id=self._id,
            object="chat.completion.chunk",
            created=self._created,
            model=self._asked.model,
            choices=choices,
        )

    def _finish(self) -> FinishReason:
        """The protocol's word for how it ended; the reason itself is in the notes."""
        if self._ending.failed:
            return "length"
        if (self._ending.reason or "").startswith("care"):
            return "content_filter"
        return "stop"

    def _usage(self) -> Usage:
        heard = sum(
            count(each.text())
            for each in self._asked.messages
            if each.role in ("user", "assistant")
        )
        spoken = count(self._text)
        return Usage(prompt_tokens=heard, completion_tokens=spoken, total_tokens=heard + spoken)


def _check(asked: ChatRequest) -> None:
    """What the schema cannot say."""
    if asked.messages[-1].role != "user":
        raise Fault(
            400,
            "The last message is the one that is answered, so its `role` is user.",
            code="invalid_value",
            param=f"messages[{len(asked.messages) - 1}].role",
        )
    if asked.stream_options is not None and not asked.stream:
        raise Fault(
            400,
            "`stream_options` goes with `stream: true`.",
            code="invalid_value",
            param="stream_options",
        )


def _messages(asked: ChatRequest) -> list[Message]:
    """The person's and the companion's messages.

    A client's system messages are set aside: they may not change how Beside meets a person.
    Earlier messages without words are left out.
    """
    *before, last = [
        Message(role="person" if each.role == "user" else "companion", text=whole(each.text()))
        for each in asked.messages
        if each.role in ("user", "assistant")
    ]
    return [*(each for each in before if each.text.strip()), last]


def _voice(beside: Beside, model: str) -> str | None:
    """The voice that a model's name asks for; None is the one of the settings."""
    if model == MODEL:
        return None
    prefix, _, name = model.partition("/")
    if prefix != MODEL or not name:
        raise _no_such_model()
    try:
        beside.voice(name, agreed=False)
    except ConsentNeeded:
        return name  # the turn stays on this machine, and says why
    except VoiceError:
        if all(entry.name != name for entry in beside.catalogue.entries()):
            raise _no_such_model() from None
    return name


def _models(beside: Beside) -> list[ModelEntry]:
    entries = beside.catalogue.entries()
    default = next((e.leaves_machine for e in entries if e.name == beside.settings.voice), False)
    return [
        ModelEntry(id=MODEL, leaves_machine=default),
        *(
            ModelEntry(id=f"{MODEL}/{entry.name}", leaves_machine=entry.leaves_machine)
            for entry in entries
            if entry.ready
        ),
    ]


def _no_such_model() -> Fault:
    return Fault(
        404,
        "There is no such model here. GET /v1/models lists them.",
        code="model_not_found",
        param="model",
    )


_METHOD = {
    "models(/.*)?|practise/persons|practise/[^/]+/compare": "GET",
    "chat/completions|mirror|practise|practise/[^/]+/(say|rewind|keep)"
    "|mirror/(sessions|room|time|export)|mirror/sessions/[^/]+(/(mark|erase))?": "POST",
    "practise/[^/]+": "GET, DELETE",
}


def _not_here(path: str, method: str) -> Fault:
    allowed = next((each for known, each in _METHOD.items() if re.fullmatch(known, path)), None)
    if allowed is None or method in allowed:
        return Fault(404, "There is nothing at this address.", code="not_found")
    return Fault(
        405,
        f"This address answers to {allowed} only.",
        code="method_not_allowed",
        headers={"Allow": allowed},
    )
