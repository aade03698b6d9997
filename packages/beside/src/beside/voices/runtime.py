"""The `xllamacpp` runtime: one model in memory, asked from inside this process.

The runtime insists on a place to listen at. It is given a socket in a folder that only this
account can enter, and the folder is removed as soon as the model is loaded; where such sockets do
not exist, a port of this machine behind a key that nobody knows. Its own log is off: it could
hold what a person said.
"""

import os
import secrets
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from beside.errors import VoiceBroke, VoiceMissing
from beside.sentence import Sentence
from beside.voices.weights import add_from_path

CONTEXT_TOKENS = 4096
"""How much the model has before it at once: the stance, the conversation and the reply."""

_BATCH_TOKENS = 128
"""How much is read between two looks at whether to stop."""
_LONGEST_SOCKET_PATH = 100
_MOST_THREADS = 8

Hear = Callable[[Mapping[str, Any]], bool]
"""Takes one chunk of a reply; says whether to stop."""


class Runtime:
    """One GGUF file, loaded on first use. Not for several threads at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._server: Any = None

    def run(self, request: Mapping[str, Any], hear: Hear) -> None:
        """Answer one chat request in OpenAI's form, chunk by chunk, until its end or a stop.

        Raises VoiceMissing where the runtime or the model cannot be had, VoiceBroke where the
        model cannot take the request.
        """
        if self._server is None:
            self._server = _loaded(self._path)
        try:
            self._server.handle_chat_completions(dict(request), hear)
        except (ValueError, RuntimeError):
            raise VoiceBroke(
                f"The model in {self._path.name!r} could not take this conversation. "
                "Another voice can go on."
            ) from None

    def close(self) -> None:
        """Give the memory back."""
        self._server = None


def _loaded(path: Path) -> Any:
    whole = add_from_path(path)
    # Read when the runtime's library is loaded: with the default, threads that wait for each
    # other burn the processor, and on a busy machine the model crawls.
    os.environ.setdefault("GOMP_SPINCOUNT", "20000")
    try:
        import xllamacpp
    except ImportError:
        raise VoiceMissing(
            Sentence(
                "Models inside Beside need the package xllamacpp, which is not installed. Install "
                "it with `pip install 'beside[embedded]'`; the other voices work without it."
            )
        ) from None
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(whole)
    parameters.offline = True
    parameters.verbosity = -1
    parameters.n_ctx = CONTEXT_TOKENS
    parameters.n_batch = parameters.n_ubatch = _BATCH_TOKENS
    parameters.n_parallel = 1
    parameters.cache_ram_mib = 0  # conversations that are over are not kept in memory
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = _threads()
    parameters.enable_reasoning = 0
    parameters.ui = parameters.endpoint_slots = parameters.endpoint_props = False
    parameters.cors_origins = "null"
    parameters.api_keys = [secrets.token_urlsafe(32)]
    parameters.n_threads_http = 1
    with tempfile.TemporaryDirectory(prefix="beside-") as folder:
        socket = str(Path(folder) / "model.sock")
        if os.name == "posix" and len(os.fsencode(socket)) <= _LONGEST_SOCKET_PATH:
            parameters.hostnames = [socket]
        try:
            return xllamacpp.Server(parameters)
        except RuntimeError:
            raise VoiceMissing(
                Sentence(
                    "The model in “{file}” could not be loaded: the file is damaged or of a kind "
                    "that this version of xllamacpp does not know, or there is too little memory. "
                    "Another model or another voice may work.",
                    file=str(path),
                )
            ) from None


def _threads() -> int:
    """Half of the processor's threads, which is mostly its cores; two where there are two."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    count = usable or 2
    return count if count <= 2 else min(_MOST_THREADS, max(2, count // 2))
