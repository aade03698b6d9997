"""A GGUF file fetched from an address that the person gives, with the hash it must have.

What has arrived stays when this is interrupted, and goes on from there; what turns out to be
another file is deleted.
"""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

from beside.errors import DiskFull, VoiceMissing, VoiceUnreachable, WeightsWrong
from beside.voices.remote import host_of

Progress = Callable[[int, int], None]
"""Told how many bytes are done, and of how many."""

LARGEST_BYTES = 64 * 1024**3
_SPARE_BYTES = 64 * 1024**2
_TIMEOUT_SECONDS = 30.0
_HEX = frozenset("0123456789abcdef")


def fetch(address: str, sha256: str, to: Path, *, progress: Progress) -> Path:
    """Fetch the file at this address to a path of its own, and give the path.

    Raises VoiceMissing where the address or the hash is not one, VoiceUnreachable, DiskFull, and
    WeightsWrong where another file came than the hash says.
    """
    wanted = sha256.strip().lower()
    if len(wanted) != 64 or not _HEX.issuperset(wanted):
        raise VoiceMissing("A SHA-256 is 64 digits from 0 to 9 and letters from a to f.")
    if not address.startswith(("https://", "http://")) or not host_of(address):
        raise VoiceMissing("The address of a file begins with https:// and names a server.")
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = to.with_suffix(".fetching")
    _download(address, partial, progress)
    with partial.open("rb") as file:
        begins_well = file.read(4) == b"GGUF"
        file.seek(0)
        right = hashlib.file_digest(file, "sha256").hexdigest() == wanted
    if not (begins_well and right):
        partial.unlink()
        raise WeightsWrong(
            "What came from this address is not the GGUF file that the hash names. It was deleted, "
            "and nothing of it was used."
        )
    partial.replace(to)
    return to


def _download(address: str, partial: Path, progress: Progress) -> None:
    import httpx2

    here = partial.stat().st_size if partial.exists() else 0
    asking = {"Range": f"bytes={here}-"} if here else {}
    try:
        with httpx2.stream(
            "GET", address, headers=asking, timeout=_TIMEOUT_SECONDS, follow_redirects=True
        ) as response:
            if response.status_code == 416:  # nothing is left to fetch: the hash decides
                return
            if response.status_code not in (200, 206):
                raise _unreachable(address)
            if response.status_code == 200:
                here = 0
            total = here + int(response.headers.get("content-length", 0))
            _need_room(partial, total - here)
            with partial.open("ab" if here else "wb") as file:
                for piece in response.iter_bytes():
                    file.write(piece)
                    here += len(piece)
                    if here > LARGEST_BYTES:
                        raise WeightsWrong("The file is larger than any that Beside would fetch.")
                    progress(here, max(total, here))
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError):
        raise _unreachable(address) from None


def _need_room(partial: Path, needed: int) -> None:
    free = shutil.disk_usage(partial.parent).free
    if free < needed + _SPARE_BYTES:
        raise DiskFull(
            f"Fetching this needs {needed // 1_000_000} MB of room, and {free // 1_000_000} MB "
            "are free. Nothing more was fetched."
        )


def _unreachable(address: str) -> VoiceUnreachable:
    return VoiceUnreachable(
        f"The file could not be fetched from {host_of(address)!r}. What has arrived stays; trying "
        "again goes on from there."
    )
