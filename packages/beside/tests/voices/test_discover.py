import asyncio
import json
from contextlib import AsyncExitStack

import pytest

from beside.errors import VoiceUnreachable
from beside.voices.discover import USUAL_PORTS, FoundServer, find_servers, models_at

MODELS = json.dumps({"object": "list", "data": [{"id": "small"}, {"id": "big:cloud"}]}).encode()


@pytest.fixture
def listing(respond):
    """An answer with this body and status."""

    def answer_with(body: bytes, **more):
        async def answer(_request, writer):
            await respond(writer, body, **more)

        return answer

    return answer_with


def test_the_usual_ports_are_asked():
    assert set(USUAL_PORTS) == {11434, 8080, 1234, 8000}


def test_servers_on_this_machine_are_found_with_their_models(outside, listing):
    async def run():
        async with outside(listing(MODELS)) as server:
            found = await find_servers(ports={server.port: "Ollama"})
            return found, server

    found, server = asyncio.run(run())
    assert found == [
        FoundServer(
            base_url=server.url, kind="Ollama", models=("small", "big:cloud"), cloud=("big:cloud",)
        )
    ]
    assert [(each.method, each.path, each.body) for each in server.requests] == [
        ("GET", "/v1/models", b"")
    ]


def test_besides_own_port_is_never_asked(outside, listing):
    async def run():
        async with outside(listing(MODELS)) as server:
            found = await find_servers(own_port=server.port, ports={server.port: "vLLM"})
            return found, server.requests

    assert asyncio.run(run()) == ([], [])


def test_what_is_no_list_of_models_is_passed_over(outside, listing):
    odd = [
        listing(b"<html>Welcome</html>", kind="text/html"),
        listing(b"\x00\xff" * 1000),
        listing(b'{"data": "none"}'),
        listing(b'{"data": [1, 2]}'),
        listing(b'{"data": []}'),
        listing(b"[" * 100_000),
        listing(b"x" * 3_000_000),
        listing(MODELS, status=401),
        listing(b"", status=302, headers={"Location": "http://example.org/v1/models"}),
    ]

    async def silent(_request, _writer):
        await asyncio.sleep(60)

    async def rude(_request, writer):
        writer.write(b"\x00\x01 nonsense\r\n\r\n")
        await writer.drain()

    async def run():
        async with AsyncExitStack() as stack:
            servers = [
                await stack.enter_async_context(outside(answer)) for answer in (*odd, silent, rude)
            ]
            ports = {server.port: "?" for server in servers}
            return await find_servers(ports=ports, timeout_seconds=0.5)

    assert asyncio.run(run()) == []


def test_the_models_of_a_given_address_are_listed(outside, listing):
    async def run():
        async with outside(listing(MODELS)) as server:
            models = await models_at(f"127.0.0.1:{server.port}", api_key="k-123")
            return models, server.requests[0].headers["authorization"]

    assert asyncio.run(run()) == (("small", "big:cloud"), "Bearer k-123")


def test_an_address_without_models_is_told():
    with pytest.raises(VoiceUnreachable, match="list of models"):
        asyncio.run(models_at("http://127.0.0.1:9"))
