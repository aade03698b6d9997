"""Who may knock, and what every answer carries. It stands before all pages and knows none of them.

Another page in the browser, another name for this address and another account on this machine
are turned away here, before anything is read.
"""

import logging
from collections.abc import Awaitable, Callable
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from beside.surfaces.language import choose, translation
from beside.surfaces.quietly import log_quietly
from beside.surfaces.web.peer import Address, same_account

FORM_BYTES = 4 * 1024 * 1024
"""The most that a form may bring; a turn is far smaller, so even too many words can come back."""
IMPORT_BYTES = 256 * 1024 * 1024
IMPORT_PATHS = ("/carry/import", "/mirror/read")
_DRAINED_BYTES = 512 * 1024 * 1024
"""What is still read and thrown away after that, so that the browser shows the answer."""

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-DNS-Prefetch-Control": "off",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), "
        "midi=(), display-capture=(), screen-wake-lock=(), clipboard-read=()"
    ),
}

LAST_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Beside</title>
<h1>Something went wrong inside Beside.</h1>
<p><strong>If someone is in danger now, call your local emergency number.</strong></p>
<p>It is not something you did. Go back, or <a href="/">go on from the first page</a>.</p>
<p lang="nl"><strong>Is er nu iemand in gevaar, bel dan het noodnummer van waar je bent.
</strong></p>
<p lang="nl">Er ging iets mis in Beside; het ligt niet aan jou. Ga terug, of
<a href="/">ga verder vanaf de eerste pagina</a>.</p>
<p lang="de"><strong>Wenn jetzt jemand in Gefahr ist, ruf die Notrufnummer an, die bei dir gilt.
</strong></p>
<p lang="de">In Beside ist etwas schiefgegangen; es liegt nicht an dir. Geh zurück, oder
<a href="/">mach von der ersten Seite aus weiter</a>.</p>
<p lang="es"><strong>Si alguien está en peligro ahora, llama al número de emergencias de donde
estás.</strong></p>
<p lang="es">Algo salió mal dentro de Beside; no es por nada que hayas hecho. Vuelve atrás, o
<a href="/">sigue desde la primera página</a>.</p>
<p lang="fr"><strong>Si quelqu’un est en danger maintenant, appelle le numéro d’urgence de
l’endroit où tu es.</strong></p>
<p lang="fr">Quelque chose s’est mal passé dans Beside&nbsp;; tu n’y es pour rien. Reviens en
arrière, ou <a href="/">continue depuis la première page</a>.</p>
</html>
"""
"""For when nothing else can be shown: it needs no template, no catalogue and no book."""

log = logging.getLogger("beside.web")


class Guard:
    """Turns away what does not come from the person's own browser; dresses what goes out."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        port: int,
        broken: Callable[[Request], Awaitable[Response]],
        same_account: Callable[[Address | None, Address | None], bool] = same_account,
    ) -> None:
        self._app = app
        self._broken = broken
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        if port == 80:
            self._hosts |= {"127.0.0.1", "localhost"}
        self._same_account = same_account

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        answer = _Answer(send, keep=scope["path"].startswith("/static/"))
        try:
            await self._answer(scope, receive, answer)
        except Exception as error:
            log_quietly(log, error)
            if not answer.begun:
                await HTMLResponse(LAST_PAGE, 500)(scope, receive, answer)

    async def _answer(self, scope: Scope, receive: Receive, answer: "_Answer") -> None:
        headers = Headers(scope=scope)
        _ = translation(choose(headers.get("accept-language"))).gettext
        if headers.get("host") not in self._hosts:
            text = _("Beside answers only to 127.0.0.1 and localhost, on its own port.")
            await PlainTextResponse(text, 421)(scope, receive, answer)
        elif not self._same_account(scope.get("client"), scope.get("server")):
            text = _("Beside belongs to another account on this machine.")
            await PlainTextResponse(text, 403)(scope, receive, answer)
        elif not self._comes_from_here(scope, headers):
            text = _("Beside does not answer to other pages in the browser.")
            await PlainTextResponse(text, 403)(scope, receive, answer)
        elif headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            # The browser held the cookie back: the page asks for itself again, now from here.
            # Two slashes at the beginning would name another server.
            path = quote("/" + scope["path"].lstrip("/\\"))
            again = {"Refresh": f"0; url={path}"}
            await PlainTextResponse("", headers=again)(scope, receive, answer)
        else:
            await self._let_in(scope, receive, answer)

    def _comes_from_here(self, scope: Scope, headers: Headers) -> bool:
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        ours = origin is not None and origin.removeprefix("http://") in self._hosts
        if scope["method"] in ("GET", "HEAD"):
            opened = (
                headers.get("sec-fetch-mode") == "navigate"
                and headers.get("sec-fetch-dest") == "document"
            )
            return opened or (site in (None, "same-origin", "none") and (ours or origin is None))
        if site is not None:
            # A page that sends no referrer posts its forms with the origin "null".
            return site == "same-origin" and (ours or origin in (None, "null"))
        if scope["path"].startswith("/v1/"):
            return ours or origin is None
        return ours

    async def _let_in(self, scope: Scope, receive: Receive, answer: "_Answer") -> None:
        most = IMPORT_BYTES if scope["path"] in IMPORT_PATHS else FORM_BYTES
        try:
            await self._app(scope, _capped(receive, most), answer)
        except Exception as error:
            log_quietly(log, error)
            if not answer.begun:
                await (await self._broken(Request(scope)))(scope, receive, answer)


class _Answer:
    """What goes out: dressed in the strict headers, and noted once it has begun."""

    def __init__(self, send: Send, *, keep: bool) -> None:
        self._send = send
        self._keep = keep
        self.begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            if self._keep:
                headers["Cache-Control"] = "no-cache"
        await self._send(message)


def _capped(receive: Receive, most: int) -> Receive:
    count = 0

    async def capped() -> Message:
        nonlocal count
        message = await receive()
        count += len(message.get("body", b""))
        if count > most:
            while message.get("more_body") and count < _DRAINED_BYTES:
                message = await receive()
                count += len(message.get("body", b""))
            raise HTTPException(413)
        return message

    return capped
