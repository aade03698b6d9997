import asyncio
import hashlib
from contextlib import suppress
from random import Random

import pytest

from beside.errors import VoiceMissing, VoiceRefused, VoiceUnreachable, WeightsWrong
from beside.voices.fetched import fetch

CONTENT = b"GGUF" + Random(1).randbytes(3_000_000)
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def giving(content: bytes = CONTENT, *, cut: int | None = None, ranges: bool = True):
    """A server that gives a file, all of it or up to a cut, and the rest where it is asked to."""

    async def answer(request, writer):
        asked = request.headers.get("range") if ranges else None
        begin = int(asked.removeprefix("bytes=").removesuffix("-")) if asked else 0
        lines = ["HTTP/1.1 206 Rest" if begin else "HTTP/1.1 200 OK"]
        if begin:
            lines.append(f"Content-Range: bytes {begin}-{len(content) - 1}/{len(content)}")
        lines += [f"Content-Length: {len(content) - begin}", "Connection: close", "", ""]
        end = cut if cut is not None and not begin else len(content)
        writer.write("\r\n".join(lines).encode() + content[begin:end])
        await writer.drain()

    return answer


def fetching(outside, answer, path, *, sha256=SHA256, suffix="", **more):
    """Fetch from a server, in a thread, as the command line would."""

    async def run():
        async with outside(answer) as server:
            url = f"http://127.0.0.1:{server.port}/model.gguf{suffix}"
            return await asyncio.to_thread(fetch, url, sha256, path, **more), server.requests

    return asyncio.run(run())


@pytest.fixture
def path(tmp_path):
    return tmp_path / "voices" / "mine.gguf"


def kept_by(path) -> list[str]:
    return sorted(each.name for each in path.parent.iterdir() if each.suffix != ".lock")


def test_a_file_with_the_right_hash_is_kept(outside, path):
    told: list[tuple[int, int]] = []
    fetched, _ = fetching(
        outside, giving(), path, sha256=SHA256.upper(), progress=lambda *each: told.append(each)
    )
    assert fetched == path
    assert path.read_bytes() == CONTENT
    assert told == sorted(told)
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert kept_by(path) == ["mine.gguf"]


def test_what_is_here_is_not_fetched_again(outside, path):
    fetching(outside, giving(), path)
    assert fetching(outside, giving(), path)[1] == []


@pytest.mark.parametrize("ranges", [True, False])
def test_an_interrupted_fetch_goes_on(outside, path, ranges):
    with pytest.raises(VoiceUnreachable, match="goes on from there"):
        fetching(outside, giving(cut=1_000_000), path)
    _, (request,) = fetching(outside, giving(ranges=ranges), path)
    assert request.headers["range"] == "bytes=1000000-"
    assert path.read_bytes() == CONTENT


def test_another_file_is_deleted(outside, path):
    with pytest.raises(WeightsWrong, match="not the one with this SHA-256"):
        fetching(outside, giving(b"GGUF" + bytes(100)), path)
    assert kept_by(path) == []


def test_a_file_that_is_no_model_is_deleted(outside, path):
    other = b"#!/bin/sh\n"
    with pytest.raises(VoiceMissing, match="not a GGUF file"):
        fetching(outside, giving(other), path, sha256=hashlib.sha256(other).hexdigest())
    assert kept_by(path) == []


def test_a_file_that_is_too_large_is_given_up(outside, respond, path):
    async def endless(_request, writer):
        await respond(writer)
        with suppress(ConnectionError):
            while True:
                writer.write(bytes(1_000_000))
                await writer.drain()

    for answer in (giving(), endless):
        with pytest.raises(WeightsWrong, match="larger than Beside takes"):
            fetching(outside, answer, path, most_bytes=2_500_000)
        assert kept_by(path) == []


def test_a_file_that_is_not_there_is_told(outside, respond, path):
    async def answer(_request, writer):
        await respond(writer, status=404)

    with pytest.raises(VoiceRefused, match="404"):
        fetching(outside, answer, path)


def test_an_address_that_leads_to_an_unsafe_one_is_not_followed(outside, respond, path):
    async def answer(_request, writer):
        await respond(writer, status=302, headers={"Location": "http://example.org/model.gguf"})

    with pytest.raises(VoiceRefused, match="not safe"):
        fetching(outside, answer, path)


@pytest.mark.parametrize("url", ["http://example.org/x.gguf", "ftp://example.org/x", "x.gguf", ""])
def test_only_safe_addresses_are_fetched_from(path, url):
    with pytest.raises(VoiceMissing, match="https"):
        fetch(url, SHA256, path)


@pytest.mark.parametrize("sha256", ["", "abc", "g" * 64])
def test_without_a_hash_nothing_is_fetched(path, sha256):
    with pytest.raises(VoiceMissing, match="SHA-256"):
        fetch("https://example.org/x.gguf", sha256, path)
