"""One request, seen from the page: who asks, in which room, in which language, and the answer.

A POST is read and its form key checked before any route runs. Only leaving quickly needs neither:
the guard has seen that the person's own page asks, and the cookie says whose journal to lock.
"""

import hmac
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from beside.surfaces.door import Door
from beside.surfaces.language import choose
from beside.surfaces.web import look as looks
from beside.surfaces.web.drafts import Drafts
from beside.surfaces.web.forms import Form, read_form
from beside.surfaces.web.pages import Pages
from beside.surfaces.web.reach import Card, card
from beside.surfaces.web.sessions import Session, Sessions
from beside.wiring import Beside, OpenPerson

UNTRACED = "/untraced"
"""The room where nothing is kept: the same addresses below another beginning."""


LEAVE = "/leave"
"""Leaving quickly: whatever page asks for it, and however old it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What all requests share."""

    beside: Beside
    port: int
    pages: Pages
    sessions: Sessions
    drafts: Drafts
    door: Door


class Locked(Exception):  # noqa: N818 - it is no error
    """The page asked for needs an unlock first; what the form brought is not lost."""

    def __init__(self, visit: "Visit") -> None:
        self.visit = visit


class OldForm(Exception):  # noqa: N818 - it is no error
    """The form was made before the last unlock, or not by this Beside."""

    def __init__(self, visit: "Visit") -> None:
        self.visit = visit


class Left(Exception):  # noqa: N818 - it is no error
    """This browser left quickly: what it had open shows nothing any more."""

    def __init__(self, visit: "Visit") -> None:
        self.visit = visit


class Visit:
    """One request and how to answer it."""

    def __init__(self, request: Request, house: House, form: Form) -> None:
        self.request = request
        self.house = house
        self.beside = house.beside
        self.form = form
        found = house.sessions.find(request.cookies.get(self._cookie))
        self.known = found is not None
        self.session: Session = found or house.sessions.begin()
        self.look = self._look()
        self.language = choose(
            request.headers.get("accept-language"),
            self.look.language or self.beside.settings.language,
        )
        self.gettext = house.pages.gettext(self.language)
        self.base = UNTRACED if request.url.path.startswith(f"{UNTRACED}/") else ""
        self._chosen: looks.Look | None = None

    @property
    def _cookie(self) -> str:
        return f"beside_{self.house.port}"

    @property
    def country(self) -> str | None:
        """Whose numbers to show, if it is known."""
        return self.look.country or self.beside.settings.country

    @property
    def idle_seconds(self) -> int:
        """How long Beside stays open while nothing happens."""
        person = self.session.person or self.session.untraced
        return person.idle_seconds if person else self.beside.settings.idle_seconds

    @property
    def unlocked(self) -> bool:
        """Whether a journal is open for this browser."""
        return self.session.person is not None

    @property
    def person(self) -> OpenPerson:
        """Whose conversations this room holds. Raises Locked where nobody's are open."""
        session = self.session
        person = session.untraced if self.base else session.person
        if person is None:
            raise Locked(self)
        if self.base and session.person is not None:
            session.person.touch()  # both rooms are one person: neither locks under the other
        return person

    @property
    def keeper(self) -> OpenPerson:
        """Whose journal is open, in whatever room. Raises Locked where none is."""
        if self.session.person is None:
            raise Locked(self)
        return self.session.person

    def check_form_key(self) -> None:
        """Raise OldForm where the form does not carry this session's key."""
        given = self.form["key"].encode("utf-8")
        if not (self.known and hmac.compare_digest(given, self.session.form_key.encode("ascii"))):
            raise OldForm(self)

    def page(self, template: str, /, *, status: int = 200, **values: Any) -> Response:
        """The page of a template."""
        return self.seal(HTMLResponse(self.render(template, **values), status))

    def render(self, template: str, /, **values: Any) -> str:
        """A template as HTML."""
        return self.house.pages.render(
            template,
            self.language,
            **{"waiting": None, **values},
            lang=self.language,
            theme=self.look.theme,
            base=self.base,
            unlocked=self.unlocked,
            card_open="card" in self.request.query_params or template == "reach.html",
            place=self.request.url.path if self.request.method == "GET" else "/",
            form_key=self.session.form_key,
            card=self.card(),
            idle_seconds=self.idle_seconds,
        )

    def card(self) -> Card:
        """The card "reach a person" for this reader."""
        return card(self.beside.helplines, self.country)

    def go(self, path: str) -> Response:
        """On to another page of this Beside, by GET."""
        return self.seal(RedirectResponse(path, 303))

    def choose(self, look: looks.Look) -> None:
        """Let the page look like this from now on."""
        self.look = self._chosen = look

    def seal(self, response: Response) -> Response:
        """The response with the session's cookie."""
        if self.request.cookies.get(self._cookie) != self.session.id:
            response.set_cookie(
                self._cookie, self.session.id, httponly=True, samesite="strict", path="/"
            )
        if self._chosen is not None:
            response.set_cookie(
                looks.COOKIE,
                self._chosen.to_cookie(),
                max_age=looks.COOKIE_SECONDS,
                httponly=True,
                samesite="strict",
                path="/",
            )
        return response

    def _look(self) -> looks.Look:
        look = looks.from_cookie(self.request.cookies.get(looks.COOKIE))
        return look.with_choices(self.session.preferences)


async def visit(request: Request) -> Visit:
    """The visit of this request; a POST has brought this session's form key. Raises OldForm."""
    house: House = request.app.state.house
    sent = request.method == "POST" and request.url.path != LEAVE
    form = await read_form(request) if sent else Form()
    here = request.state.visit = Visit(request, house, form)
    if sent:
        here.check_form_key()
    elif here.session.left and request.url.path not in ("/", "/away", LEAVE):
        raise Left(here)
    return here


Here = Annotated[Visit, Depends(visit)]
