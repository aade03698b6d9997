"""Answers that hold a person's words: no cache keeps them."""

from pydantic import BaseModel
from starlette.responses import JSONResponse, Response

NO_STORE = {"Cache-Control": "no-store"}


def unstored(answer: BaseModel) -> Response:
    """The answer as JSON, not to be kept on the way."""
    return JSONResponse(answer.model_dump(mode="json"), headers=NO_STORE)
