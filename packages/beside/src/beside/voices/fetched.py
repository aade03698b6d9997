"""A GGUF file fetched from an address that a person gives, and kept only if it is the right one.

What has come stays when this is interrupted, and fetching goes on from there.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from beside.errors import VoiceMissing, VoiceRefused, VoiceUnreachable, WeightsWrong
from beside.sentence import Sentence
from beside.voices.remote import is_loopback
from beside.voices.weights import add_from_path, alone_in, need_room, sha256_of

if TYPE_CHECKING:
    import httpx2

MOST_BYTES = 20_000_000_000
"""What is larger than this would not fit into the memory of a machine at home."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_TIMEOUT_SECONDS = 30.0
_MOST_REDIRECTS = 5


def fetch(
    url: str,
    sha256: str,
    path: Path,
    *,
    progress: Callable[[int, int], None] | None = None,
    most_bytes: int = MOST_BYTES,
) -> Path:
    """Fetch a file and put it at `path`, where its SHA-256 is the one given.

    Raises VoiceMissing where the address or the hash cannot be one, VoiceUnreachable and
    VoiceRefused where the file cannot be had, WeightsWrong (and deletes it) where it is another.
    """
    wanted = sha256.strip().lower()
    if not _SHA256.fullmatch(wanted):
        raise VoiceMissing(
            Sentence("A SHA-256 is 64 digits and letters from a to f; look at it once more.")
        )
    if not _is_safe(url):
        raise VoiceMissing(
            Sentence("Give the address of the file as https://...; http is not safe enough.")
        )
    partial = path.with_name(f"{path.name}.{wanted[:12]}.partial")
    with alone_in(path.parent, path.stem):
        if path.exists() and sha256_of(path) == wanted:
            return path
        if not (partial.exists() and sha256_of(partial) == wanted):
            _fetch_rest(url, partial, progress, most_bytes)
            if sha256_of(partial) != wanted:
                partial.unlink()
                raise WeightsWrong(
                    Sentence(
                        "The file that came is not the one with this SHA-256. It was deleted. Look "
                        "at the address and the SHA-256 once more."
                    )
                )
        try:
            add_from_path(partial)
        except VoiceMissing:
            partial.unlink()
            raise
        partial.replace(path)
    return path


def _fetch_rest(
    url: str, partial: Path, progress: Callable[[int, int], None] | None, most_bytes: int
) -> None:
    """Add to the partial file what is still missing of it."""
    import httpx2

    begin = partial.stat().st_size if partial.exists() else 0
    headers = {"User-Agent": "beside", "Accept-Encoding": "identity"}
    if begin:
        headers["Range"] = f"bytes={begin}-"
    try:
        with (
            httpx2.Client(
                timeout=_TIMEOUT_SECONDS,
                follow_redirects=True,
                max_redirects=_MOST_REDIRECTS,
                event_hooks={"request": [_look_before_going]},
                trust_env=not is_loopback(url),
            ) as client,
            client.stream("GET", url, headers=headers) as response,
        ):
            if response.status_code == 416 and begin:
                partial.unlink()  # more is here than the whole: it was another file
                raise VoiceUnreachable(
                    Sentence("The file has changed over there. Please try again.")
                )
            if response.status_code not in (200, 206):
                raise VoiceRefused(
                    Sentence(
                        "The server does not give this file (status {status}). Look at the address "
                        "once more.",
                        status=response.status_code,
                    )
                )
            if not _goes_on_at(response, begin):
                begin = 0
            total = begin + int(response.headers.get("content-length") or 0)
            if total > most_bytes:
                raise WeightsWrong(_TOO_LARGE)
            need_room(partial.parent, total - begin)
            with partial.open("ab" if begin else "wb") as file:
                done = begin
                for piece in response.iter_bytes():
                    done += len(piece)
                    if done > most_bytes:
                        raise WeightsWrong(_TOO_LARGE)
                    file.write(piece)
                    if progress is not None:
                        progress(done, max(total, done))
    except (httpx2.HTTPError, httpx2.InvalidURL):
        raise VoiceUnreachable(
            Sentence(
                "The file could not be fetched, or not all of it. What came is kept: the same "
                "command goes on from there."
            )
        ) from None
    except WeightsWrong:
        partial.unlink(missing_ok=True)
        raise


_TOO_LARGE = Sentence("The file is larger than Beside takes. What came of it was deleted.")


def _look_before_going(request: "httpx2.Request") -> None:
    """Called before each request, those of redirects included."""
    if not _is_safe(str(request.url)):
        raise VoiceRefused(
            Sentence("The address leads on to one that is not safe (http). Choose another.")
        )


def _goes_on_at(response: "httpx2.Response", begin: int) -> bool:
    told = response.headers.get("content-range", "")
    return response.status_code == 206 and told.startswith(f"bytes {begin}-")


def _is_safe(url: str) -> bool:
    return url.startswith("https://") or (url.startswith("http://") and is_loopback(url))
