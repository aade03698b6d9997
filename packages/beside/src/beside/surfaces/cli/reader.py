"""Who reads this terminal: the language they would like.

The commands' help must appear in that language before the settings (and what they need) load,
so the same precedence is followed here in a light way: environment, file, the terminal's own.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from beside.surfaces.language import LANGUAGES, choose


def language(environment: Mapping[str, str], data_folder: Path | None = None) -> str:
    """The interface language for this terminal: one of `LANGUAGES`."""
    wanted = environment.get("BESIDE_LANGUAGE") or _from_file(
        data_folder or _usual_folder(environment)
    )
    return choose(_as_header(environment), wanted)


def _usual_folder(environment: Mapping[str, str]) -> Path:
    import platformdirs

    return Path(
        environment.get("BESIDE_DATA_FOLDER")
        or platformdirs.user_data_dir("beside", appauthor=False)
    )


def _from_file(data_folder: Path) -> str | None:
    try:
        value = tomllib.loads((data_folder / "settings.toml").read_text("utf-8")).get("language")
    except (OSError, ValueError):
        return None  # the command itself says what is wrong with the file, if it needs it
    return value if isinstance(value, str) and value in LANGUAGES else None


def _as_header(environment: Mapping[str, str]) -> str:
    """What gettext reads (`LANGUAGE`, `LC_ALL`, ...), written as an Accept-Language header."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return ",".join(
                part.partition(".")[0].replace("_", "-") for part in value.split(":") if part
            )
    return ""
