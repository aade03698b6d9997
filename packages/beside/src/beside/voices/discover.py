"""Servers that run on this machine already, found by asking its usual ports for their models.

Only `GET /v1/models` is asked, only on 127.0.0.1, and nothing that a person said is sent.
"""

import asyncio
from dataclasses import dataclass

from beside.errors import VoiceUnreachable
from beside.sentence import Sentence
from beside.voices.openai_reply import read_models
from beside.voices.remote import base_address, is_cloud_model, is_loopback

USUAL_PORTS: dict[int, str] = {
    11434: "Ollama",
    8080: "llama.cpp",
    1234: "LM Studio",
    8000: "vLLM",
}
"""Where local servers listen, and whose port it usually is."""

_LARGEST_LIST = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundServer:
    """A server on this machine that lists models."""

    base_url: str
    kind: str
    """Whose usual port it is; what runs there may be something else."""
    models: tuple[str, ...]
    cloud: tuple[str, ...] = ()
    """Those of the models that run elsewhere: words to them leave the machine."""


async def find_servers(
    *, own_port: int | None = None, ports: dict[int, str] | None = None, timeout_seconds: float = 1
) -> list[FoundServer]:
    """The servers on this machine's usual ports, all asked at once; never Beside's own port."""
    asked = USUAL_PORTS if ports is None else ports
    found = await asyncio.gather(
        *(_look(port, kind, timeout_seconds) for port, kind in asked.items() if port != own_port)
    )
    return [server for server in found if server is not None]


async def models_at(
    base_url: str, *, api_key: str | None = None, timeout_seconds: float = 10.0
) -> tuple[str, ...]:
    """The models that a server lists. Raises VoiceUnreachable where it lists none."""
    address = base_address(base_url)
    models = await _models(address, api_key, timeout_seconds)
    if models is None:
        raise VoiceUnreachable(
            Sentence(
                "The server at {address} gives no list of models. Look whether it is running, "
                "whether the address ends as its documentation says (often /v1), and whether it "
                "needs a key.",
                address=address,
            )
        )
    return models


async def _look(port: int, kind: str, timeout_seconds: float) -> FoundServer | None:
    address = f"http://127.0.0.1:{port}/v1"
    models = await _models(address, None, timeout_seconds)
    if not models:
        return None
    return FoundServer(
        base_url=address,
        kind=kind,
        models=models,
        cloud=tuple(model for model in models if is_cloud_model(model)),
    )


async def _models(
    address: str, api_key: str | None, timeout_seconds: float
) -> tuple[str, ...] | None:
    import httpx2

    headers = {"User-Agent": "beside", "Accept": "application/json"}
    if api_key is not None and api_key.isascii() and api_key.isprintable():
        headers["Authorization"] = f"Bearer {api_key}"
    try:
        async with (
            asyncio.timeout(timeout_seconds),
            httpx2.AsyncClient(
                headers=headers,
                timeout=timeout_seconds,
                follow_redirects=False,
                trust_env=not is_loopback(address),
            ) as client,
            client.stream("GET", f"{address}/models") as response,
        ):
            body = bytearray()
            async for part in response.aiter_bytes():
                body += part
                if len(body) > _LARGEST_LIST:
                    return None
    except (httpx2.HTTPError, TimeoutError):
        return None
    return read_models(bytes(body)) if response.status_code == 200 else None
