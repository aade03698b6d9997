"""The settings file, changed one line at a time: what else the person wrote in it stays."""

import json
import os
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

from beside.errors import SettingWrong
from beside.sentence import Sentence
from beside.settings import settings_file

Value = str | int | float | bool


def put(data_folder: Path, name: str, value: Value) -> None:
    """Keep `name = value`, in place of an earlier value."""
    line = f"{name} = {json.dumps(value, ensure_ascii=False)}"

    def changed(before: str) -> str:
        pattern = _line_of(name)
        if pattern.search(before):
            return pattern.sub(lambda _: line + "\n", before, count=1)
        return f"{line}\n{before}"

    _change(data_folder, changed)


def drop(data_folder: Path, name: str) -> None:
    """Let the default be again."""
    _change(data_folder, lambda before: _line_of(name).sub("", before, count=1))


def _line_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"^[ \t]*{re.escape(name)}[ \t]*=.*(?:\n|\Z)", re.MULTILINE)


def _change(data_folder: Path, change: Callable[[str], str]) -> None:
    path = settings_file(data_folder)
    data_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        before = path.read_text("utf-8") if path.exists() else ""
        tomllib.loads(after := change(before))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise SettingWrong(
            Sentence("settings.toml is not valid TOML; mend or remove it.")
        ) from None
    partial = path.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    opened = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8") as file:
        file.write(after)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
