"""What a page says when something cannot be done: a kind sentence, the right status, a way on."""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from beside.errors import BesideError, JournalLocked
from beside.surfaces.explain import explain
from beside.surfaces.web.forms import Form
from beside.surfaces.web.visit import House, Left, Locked, OldForm, Visit

Answer = Callable[[Request, Any], Awaitable[Response]]

_STATUS = {
    "wrong-passphrase": 403,
    "no-such-person": 404,
    "no-such-turn": 404,
    "no-such-conversation": 404,
    "person-exists": 409,
    "journal-busy": 409,
    "still-speaking": 409,
    "journal-damaged": 500,
    "journal-newer": 409,
    "key-missing": 409,
    "not-a-journal": 409,
    "disk-full": 507,
    "unreachable": 502,
    "timed-out": 504,
    "refused": 502,
    "broke": 502,
    "store": 409,
}


def status_of(error: BesideError) -> int:
    """The HTTP status that fits an error; 422 where what was given cannot be taken."""
    return _STATUS.get(error.code, 422)


def add_faults(app: FastAPI) -> None:
    """Let the app answer what goes wrong with pages."""
    answers: dict[Any, Answer] = {
        Locked: _locked,
        Left: _left,
        OldForm: _old_form,
        BesideError: _told,
        HTTPException: _http,
        RequestValidationError: _not_here,
    }
    for kind, answer in answers.items():
        app.add_exception_handler(kind, answer)


async def broken(request: Request) -> Response:
    """The page for what nobody foresaw."""
    here = _visit(request)
    _ = here.gettext
    return _page(
        here,
        500,
        _("Something went wrong inside Beside."),
        _("It is not something you did. What was kept is still kept."),
    )


async def _locked(_: Request, locked: Locked) -> Response:
    from beside.surfaces.web.routes.door import unlock_page

    here = locked.visit
    if here.request.method == "GET":
        return here.go("/unlock" if here.beside.people() else "/begin")
    return unlock_page(here, status=403)


async def _left(_: Request, left: Left) -> Response:
    return left.visit.go("/away")


async def _old_form(request: Request, old: OldForm) -> Response:
    here = old.visit
    if here.form["words"] and here.session.person is None and here.session.untraced is None:
        return await _locked(request, Locked(here))
    return here.page(
        "old_form.html",
        status=403,
        words=here.form["words"],
        path=request.url.path if here.form["words"] else "/",
        mode=here.form["mode"],
    )


async def _told(request: Request, error: BesideError) -> Response:
    here = _visit(request)
    if isinstance(error, JournalLocked):
        return await _locked(request, Locked(here))
    return _page(
        here,
        status_of(error),
        here.gettext("That could not be done."),
        explain(error, here.gettext),
    )


async def _http(request: Request, error: HTTPException) -> Response:
    if request.url.path.startswith("/v1"):
        return _as_api(error.status_code)
    here = _visit(request)
    _ = here.gettext
    if error.status_code in (404, 405):
        return await _not_here(request, error)
    if error.status_code == 413:
        return _page(
            here,
            413,
            _("That is too much at once."),
            _("Nothing was lost: go back, and what you wrote is still in the box."),
        )
    return _page(
        here,
        error.status_code,
        _("This form could not be read."),
        _("It did not arrive as text. Go back and try again; nothing was changed."),
    )


async def _not_here(request: Request, _error: Exception) -> Response:
    if request.url.path.startswith("/v1"):
        return _as_api(404)
    here = _visit(request)
    _ = here.gettext
    return _page(
        here,
        404,
        _("There is no such page."),
        _("It may have been erased, or the address may be a little different."),
    )


def _visit(request: Request) -> Visit:
    """The visit as it stands by now; what its form brought is not lost."""
    begun: Visit | None = getattr(request.state, "visit", None)
    house: House = request.app.state.house
    return Visit(request, house, begun.form if begun else Form())


def _page(here: Visit, status: int, title: str, sentence: str) -> Response:
    path, talk = here.request.url.path, f"{here.base}/talk"
    return here.page(
        "fault.html",
        status=status,
        title=title,
        sentence=sentence,
        words=here.form["words"] if path.startswith(talk) else "",
        path=talk if status == 404 else path,
        mode=here.form["mode"],
    )


def _as_api(status: int) -> Response:
    message = "There is no such address." if status == 404 else "This request cannot be answered."
    error = {"message": message, "type": "invalid_request_error", "param": None, "code": None}
    return JSONResponse({"error": error}, status)
