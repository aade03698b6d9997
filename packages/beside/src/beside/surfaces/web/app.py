"""The page as an ASGI app: the guard, the addresses, the two rooms, and the API if asked for."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from beside.surfaces.door import Door
from beside.surfaces.language import translation
from beside.surfaces.web.drafts import Drafts
from beside.surfaces.web.faults import add_faults, broken
from beside.surfaces.web.pages import STATIC, Pages, Translate
from beside.surfaces.web.routes import (
    branches,
    carry,
    door,
    home,
    leave,
    live,
    mirror,
    mirror_over,
    plan,
    practise,
    settings,
    shelf,
    shell,
    talk,
    voices,
    why,
)
from beside.surfaces.web.security import Guard
from beside.surfaces.web.sessions import Sessions
from beside.surfaces.web.visit import UNTRACED, House
from beside.wiring import Beside


def create_app(
    beside: Beside,
    *,
    port: int,
    api_token: str | None = None,
    translate: Translate = translation,
) -> FastAPI:
    """The app for one Beside, reached at 127.0.0.1 and localhost on this port.

    With a token the OpenAI-compatible API is there as well, under `/v1`. When the app ends,
    everyone is locked.
    """
    app = FastAPI(
        title="Beside",
        docs_url=None,
        redoc_url=None,
        openapi_url=None if api_token is None else "/v1/openapi.json",
        lifespan=_lifespan,
    )
    app.state.house = House(
        beside=beside,
        port=port,
        pages=Pages(translate),
        sessions=Sessions(),
        drafts=Drafts(),
        door=Door(),
    )
    app.add_middleware(Guard, port=port, broken=broken)
    add_faults(app)
    for each in (
        home,
        door,
        leave,
        shelf,
        settings,
        plan,
        voices,
        carry,
        shell,
        practise,
        mirror_over,
        mirror,
    ):
        app.include_router(each.router)
    for room in ("", UNTRACED):
        for each in (live, talk, branches, why):
            app.include_router(each.router, prefix=room)
    app.mount("/static", StaticFiles(directory=STATIC))
    if api_token is not None:
        from beside.surfaces.api.routes import make_router

        app.include_router(make_router(beside, api_token, door=app.state.house.door))
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    beside: Beside = app.state.house.beside
    watch = asyncio.create_task(beside.keep_watch())
    try:
        yield
    finally:
        watch.cancel()
        with suppress(asyncio.CancelledError):
            await watch
        await beside.close()
