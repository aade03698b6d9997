"""The settings, and the only place where the environment is read.

Precedence, everywhere: command line, environment (`BESIDE_...`), file (`settings.toml` in the
data folder), default.
"""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import platformdirs
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from beside.errors import SettingWrong
from beside.sentence import Sentence

Origin = Literal["command line", "environment", "file", "default"]


class Settings(BaseSettings):
    """What can be chosen for one Beside; everything has a default that is safe and quiet."""

    model_config = SettingsConfigDict(env_prefix="BESIDE_", extra="forbid", frozen=True)

    data_folder: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("beside", appauthor=False)),
        description="Where journals, weights and settings are kept.",
    )
    port: int = Field(default=8787, ge=0, le=65535, description="The port on 127.0.0.1; 0 is any.")
    language: str | None = Field(
        default=None,
        description="The language of the interface (en, nl, de, fr, es); none follows the reader.",
    )
    country: str | None = Field(
        default=None,
        pattern="^[A-Z]{2}$",
        description="Two letters; chooses the lines under 'reach a person'.",
    )
    voice: str = Field(default="authored", description="Who answers; see `beside voices`.")
    idle_seconds: int = Field(
        default=900, ge=30, le=86_400, description="Beside locks itself after this much quiet."
    )
    voice_timeout_seconds: float = Field(
        default=60.0, gt=0, le=600, description="How long a silent voice is waited for."
    )
    candidates: int = Field(
        default=3, ge=1, le=8, description="How often a quick voice is asked, to choose the best."
    )
    first_words_seconds: float = Field(
        default=6.0,
        ge=0.5,
        le=120,
        description="How long the first words may take; then Beside answers in its own.",
    )
    several_people: bool = Field(
        default=False, description="Whether a further person may begin from the first page."
    )
    open_browser: bool = Field(default=True, description="Whether `serve` opens the browser.")


def settings_file(data_folder: Path) -> Path:
    """Where the settings file of a data folder is."""
    return data_folder / "settings.toml"


def load(command_line: Mapping[str, Any] | None = None) -> tuple[Settings, dict[str, Origin]]:
    """The settings, and for each where it came from.

    Raises SettingWrong, naming the setting and not its value, where one cannot be used.
    """
    given = {name: value for name, value in (command_line or {}).items() if value is not None}
    environment = {
        name: os.environ[f"BESIDE_{name.upper()}"]
        for name in Settings.model_fields
        if f"BESIDE_{name.upper()}" in os.environ
    }
    try:
        first = Settings(**{k: v for k, v in given.items() if k == "data_folder"})
        path = settings_file(first.data_folder)
        from_file = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
        from_file = {k: v for k, v in from_file.items() if k != "data_folder"}
        settings = Settings(**{**from_file, **environment, **given})
    except ValidationError as error:
        names = ", ".join(sorted({str(each["loc"][0]) for each in error.errors() if each["loc"]}))
        raise SettingWrong(
            Sentence(
                "These settings cannot be used as they are: {names}. See `beside settings` for "
                "what each may be.",
                names=names,
            )
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise SettingWrong(
            Sentence("settings.toml is not valid TOML; mend or remove it.")
        ) from None
    origins: dict[str, Origin] = {}
    for name in Settings.model_fields:
        if name in given:
            origins[name] = "command line"
        elif name in environment:
            origins[name] = "environment"
        elif name in from_file:
            origins[name] = "file"
        else:
            origins[name] = "default"
    return settings, origins


def environment_with(**given: str) -> dict[str, str]:
    """The environment for a program that Beside starts: this one, with some values given."""
    return {**os.environ, **given}
