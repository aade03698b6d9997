"""What makes the page installable: a manifest, and a worker that keeps the shell and no page."""

import json

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from beside.surfaces.web.pages import STATIC
from beside.surfaces.web.visit import House

router = APIRouter(include_in_schema=False)


@router.get("/manifest.webmanifest")
async def manifest() -> Response:
    """How the page stands among installed programs."""
    described = {
        "name": "Beside",
        "short_name": "Beside",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f8f4ec",
        "theme_color": "#f8f4ec",
        "icons": [
            {"src": "/static/icon.svg", "type": "image/svg+xml", "sizes": "any"},
            {"src": "/static/icon-192.png", "type": "image/png", "sizes": "192x192"},
            {"src": "/static/icon-512.png", "type": "image/png", "sizes": "512x512"},
        ],
    }
    return JSONResponse(described, media_type="application/manifest+json")


@router.get("/worker.js")
async def worker(request: Request) -> Response:
    """The service worker, with the list of what it keeps."""
    house: House = request.app.state.house
    kept = {
        "name": f"beside-{house.pages.version}",
        "files": [
            f"/static/{path.relative_to(STATIC).as_posix()}?{house.pages.version}"
            for path in sorted(STATIC.rglob("*"))
            if path.is_file() and path.name != "worker.js"
        ],
    }
    code = (STATIC / "worker.js").read_text("utf-8")
    return Response(f"const SHELL = {json.dumps(kept)};\n{code}", media_type="text/javascript")


@router.get("/favicon.ico")
async def icon() -> Response:
    """The icon, where a browser asks for it by its old name."""
    return Response((STATIC / "icon-192.png").read_bytes(), media_type="image/png")
