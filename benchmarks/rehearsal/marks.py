"""What a conversation was made with, as hashes: where one differs, figures are not comparable."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import beside.companion
from beside.companion import stance
from beside.voices import authored
from beside_gauge.calibration import Calibration
from beside_gauge.encode import ASSETS

Marks = dict[str, str]


def short(data: bytes) -> str:
    """The first sixteen hex digits of SHA-256."""
    return hashlib.sha256(data).hexdigest()[:16]


def of(thing: Any) -> str:
    """The hash of something that JSON can hold."""
    return short(json.dumps(thing, ensure_ascii=False, sort_keys=True).encode())


def of_files(folder: Path) -> str:
    """The hash of all files of a folder, by name and content; what Python makes is left out."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def own() -> Marks:
    """Beside's own part: the stance, the companion's code, the authored voice, gauge and corpus."""
    told = {
        name: value
        for name, value in vars(stance).items()
        if name.isupper() and isinstance(value, (str, int, dict))
    }
    calibration = Calibration.load(ASSETS / "gauge.json")
    return {
        "stance": of(told),
        "companion": of_files(_folder(beside.companion)),
        "authored": of_files(_folder(authored)),
        "gauge": f"{calibration.model} {of_files(ASSETS)}",
        "corpus": calibration.corpus,
    }


def of_scripts(scripts: Sequence[Any]) -> str:
    """The hash of what persons say."""
    return of([[each.id, *each.words, each.language, *each.turns] for each in scripts])


def _folder(package: Any) -> Path:
    return Path(next(iter(package.__path__)))
