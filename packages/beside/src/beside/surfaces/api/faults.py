"""Everything that can go wrong on the way, in the shape that OpenAI's clients expect.

A sentence about an error names the place in the request and never what stood there.
"""

import hmac
import logging
from collections.abc import Callable, Coroutine
from typing import Any, Literal

from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Message

from beside.errors import (
    BesideError,
    NameUnusable,
    NoSuchConversation,
    NoSuchPerson,
    NothingSaid,
    StillSpeaking,
    StoreError,
    TooLong,
    VoiceMissing,
    WrongPassphrase,
)
from beside.surfaces.api.asked import refusal
from beside.surfaces.quietly import log_quietly

LARGEST_BODY = 1024 * 1024
"""Bytes of a request: far more than a long conversation has."""
_DRAINED = 64 * 1024 * 1024
"""What is still read and thrown away after that, so that the client sees the answer."""
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")

Kind = Literal["invalid_request_error", "authentication_error", "permission_error", "server_error"]
Endpoint = Callable[[Request], Coroutine[Any, Any, Response]]

log = logging.getLogger("beside.api")


class FaultBody(BaseModel):
    """What went wrong, to which part of the request, and a stable code."""

    message: str
    type: Kind
    param: str | None = None
    code: str | None = None


class FaultAnswer(BaseModel):
    """The shape of every error."""

    error: FaultBody


class Fault(Exception):  # noqa: N818 - it is the answer
    """A request that cannot be answered."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        code: str,
        kind: Kind = "invalid_request_error",
        param: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        """An HTTP status, a sentence, and a stable code."""
        super().__init__(message)
        self.status = status
        self.body = FaultBody(message=message, type=kind, param=param, code=code)
        self.headers = headers or {}

    def answer(self) -> JSONResponse:
        """As it goes out."""
        return JSONResponse(
            FaultAnswer(error=self.body).model_dump(),
            self.status,
            headers={"Cache-Control": "no-store", **self.headers},
        )


def guarded(token: str) -> type[APIRoute]:
    """Routes that look at the Host, the token and the size before anything is read."""
    expected = token.encode()

    class GuardedRoute(APIRoute):
        """A route whose every error has OpenAI's shape."""

        def get_route_handler(self) -> Endpoint:
            """The endpoint with its guard."""
            endpoint = super().get_route_handler()

            async def guard(request: Request) -> Response:
                try:
                    _check_host(request)
                    _check_token(request, expected)
                    return await endpoint(await _measured(request))
                except Exception as error:
                    return _fault_of(error).answer()

            return guard

    return GuardedRoute


def _check_host(request: Request) -> None:
    host = request.headers.get("host", "")
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    if name not in _LOOPBACK:
        raise Fault(421, "Beside answers only to 127.0.0.1 and localhost.", code="wrong-host")


def _check_token(request: Request, expected: bytes) -> None:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    same = hmac.compare_digest(given.strip().encode(), expected)
    if scheme.lower() != "bearer" or not same:
        raise Fault(
            401,
            "The token is missing or another one. `beside serve` prints it when it starts.",
            code="invalid_api_key",
            kind="authentication_error",
            headers={"WWW-Authenticate": "Bearer"},
        )


async def _measured(request: Request) -> Request:
    """The same request, its body read, at most `LARGEST_BODY` bytes of it."""
    body = bytearray()
    seen = 0
    async for piece in request.stream():
        seen += len(piece)
        if seen <= LARGEST_BODY:
            body += piece
        elif seen > _DRAINED:
            break
    if seen > LARGEST_BODY:
        raise Fault(
            413,
            f"The request is larger than {LARGEST_BODY // 1024} KB. A shorter conversation fits.",
            code="too-large",
        )
    given = False

    async def receive() -> Message:
        nonlocal given
        if given:
            return await request.receive()
        given = True
        return {"type": "http.request", "body": bytes(body), "more_body": False}

    return Request(request.scope, receive)


def _fault_of(error: Exception) -> Fault:
    """The answer to something that went wrong."""
    if isinstance(error, Fault):
        return error
    if isinstance(error, RequestValidationError):
        first = error.errors()[0]
        if first["type"] == "json_invalid":
            return Fault(400, "The body of the request is not JSON.", code="invalid_json")
        message, place = refusal(tuple(first["loc"]))
        return Fault(400, message, code="invalid_value", param=place)
    if isinstance(error, RecursionError):
        return Fault(400, "The JSON is nested too deeply.", code="invalid_json")
    if isinstance(error, BesideError):
        return _of_ours(error)
    if isinstance(error, HTTPException):
        return Fault(error.status_code, "The request could not be read.", code="unreadable")
    log_quietly(log, error)
    return Fault(
        500,
        "Something went wrong inside Beside that it did not foresee.",
        code="unforeseen",
        kind="server_error",
    )


def _of_ours(error: BesideError) -> Fault:
    if isinstance(error, NothingSaid | TooLong):
        return Fault(400, str(error), code=error.code, param="messages")
    if isinstance(error, WrongPassphrase):
        return Fault(
            403, str(error), code=error.code, kind="permission_error", param="beside.passphrase"
        )
    if isinstance(error, NoSuchPerson):
        return Fault(404, str(error), code=error.code, param="beside.person")
    if isinstance(error, NameUnusable):
        return Fault(400, str(error), code=error.code, param="beside.person")
    if isinstance(error, NoSuchConversation):
        return Fault(404, str(error), code=error.code, param="metadata.conversation")
    if isinstance(error, StillSpeaking):
        return Fault(409, str(error), code=error.code)
    if isinstance(error, StoreError):
        return Fault(503, str(error), code=error.code, kind="server_error")
    if isinstance(error, VoiceMissing):
        return Fault(404, str(error), code=error.code, param="voice")
    return Fault(400, str(error), code=error.code)
