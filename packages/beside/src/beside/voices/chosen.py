"""The voices that the person added, as they are kept in `voices.toml`."""

import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beside.errors import SettingWrong, VoiceMissing
from beside.sentence import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """One voice that the person added: either a file, or a server and a model."""

    name: str
    path: Path | None = None
    base_url: str | None = None
    model: str | None = None
    api_key: str | None = None

    def __repr__(self) -> str:
        """Without the key, so that it reaches no log."""
        return f"Chosen({self.name!r})"


class ChosenFile:
    """The file itself: small, read whole, replaced whole, readable only by its owner."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[str, Chosen]:
        """What is kept, by name. Raises SettingWrong where the file cannot be understood."""
        try:
            kept = tomllib.loads(self._path.read_text("utf-8"))
            return {name: _chosen(name, fields) for name, fields in kept.items()}
        except FileNotFoundError:
            return {}
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValueError, OSError):
            raise SettingWrong(
                Sentence(
                    "“{file}” cannot be read. Mend or remove it; only the voices you added are in "
                    "it.",
                    file=str(self._path),
                )
            ) from None

    def add(self, chosen: Chosen) -> None:
        """Keep one more, or another under the same name."""
        with self._alone():
            self._write({**self.read(), chosen.name: chosen})

    def remove(self, name: str) -> None:
        """Keep all but this one."""
        with self._alone():
            self._write({kept: each for kept, each in self.read().items() if kept != name})

    def _alone(self) -> Any:
        from filelock import FileLock

        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return FileLock(self._path.with_suffix(".lock"), timeout=10)

    def _write(self, chosen: Mapping[str, Chosen]) -> None:
        text = "\n".join(_table(each) for each in chosen.values())
        partial = self._path.with_suffix(".partial")
        partial.unlink(missing_ok=True)
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(self._path)


def _chosen(name: str, fields: object) -> Chosen:
    if not isinstance(fields, dict) or not all(isinstance(v, str) for v in fields.values()):
        raise ValueError("a voice is a table of strings")
    path, base_url = fields.get("path"), fields.get("base_url")
    if (path is None) == (base_url is None):
        raise ValueError("a voice is either a file or a server")
    return Chosen(
        name=name,
        path=None if path is None else Path(path),
        base_url=base_url,
        model=fields.get("model"),
        api_key=fields.get("api_key"),
    )


def _table(chosen: Chosen) -> str:
    values = {
        "path": None if chosen.path is None else str(chosen.path),
        "base_url": chosen.base_url,
        "model": chosen.model,
        "api_key": chosen.api_key,
    }
    lines = [f"{key} = {_quoted(value)}\n" for key, value in values.items() if value is not None]
    return f"[{_quoted(chosen.name)}]\n" + "".join(lines)


def _quoted(value: str) -> str:
    """A TOML string. JSON's quoting is TOML's, but for control characters, which are refused."""
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in value):
        raise VoiceMissing(
            Sentence("Names, addresses, models and keys hold no line breaks or the like.")
        )
    return json.dumps(value, ensure_ascii=False)
