"""A terminal to try the commands in: one in-process, and one that is a real pseudo-terminal."""

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from beside.surfaces.cli.program import program

PASSPHRASE = "seven green rivers"
SECONDS = 30


def _as_in_a_terminal() -> None:
    """In the child: this is its terminal; what our own shell ignores is not ignored here."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    for each in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(each, signal.SIG_DFL)


class Keyboard:
    """`beside` in a real pseudo-terminal: what it shows, and keys to press."""

    def __init__(self, *arguments: str, environment: dict[str, str], columns: int = 80) -> None:
        self.shown = ""
        self.raw = ""
        self._seen = 0
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "beside", *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment,
            start_new_session=True,
            preexec_fn=_as_in_a_terminal,
        )
        os.close(theirs)

    def sees(self, words: str, seconds: float = SECONDS) -> str:
        """Wait until these words are shown, whatever the line breaks; what came till then."""
        end = time.monotonic() + seconds
        while (at := (shown := " ".join(self.shown.split())).find(words, self._seen)) < 0:
            assert time.monotonic() < end, f"{words!r} was not shown; last came: {shown[-1500:]!r}"
            assert self._read(end), f"it ended before {words!r}; last came: {shown[-1500:]!r}"
        came = shown[self._seen : at + len(words)]
        self._seen = at + len(words)
        return came

    def types(self, words: str) -> None:
        """Press these keys, and Enter."""
        self.presses(words.encode() + b"\n")

    def presses(self, keys: bytes) -> None:
        """Press these keys, reading what is shown meanwhile, as a terminal does."""
        time.sleep(0.05)
        for start in range(0, len(keys), 512):
            os.write(self._ours, keys[start : start + 512])
            while len(keys) > 512 and self._read(time.monotonic() + 0.002):
                pass

    def ends(self) -> int:
        """Wait for the end; the exit code."""
        while self._read(time.monotonic() + SECONDS):
            pass
        return self.process.wait(SECONDS)

    def close(self) -> None:
        """End it, if it has not ended."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._ours)

    def _read(self, end: float) -> bool:
        ready, _, _ = select.select([self._ours], [], [], max(0.0, end - time.monotonic()))
        if not ready:
            return False
        try:
            data = os.read(self._ours, 65536)
        except OSError:  # the other side is closed
            return False
        text = data.decode("utf-8", "replace").replace("\r\n", "\n")
        self.raw += text
        self.shown = re.sub(r"\x1b\[\??[0-9;]*[a-zA-Z]|\r", "", self.raw)
        return bool(data)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("BESIDE_", "LC_", "LANG"))}
    return kept | {
        "BESIDE_DATA_FOLDER": str(tmp_path / "data"),
        "BESIDE_CANDIDATES": "1",  # a voice is asked once, so that what it heard can be counted
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "TERM": "xterm",
        "PYTHONWARNINGS": "error",
    }


@pytest.fixture
def keyboard(environment: dict[str, str]) -> Iterator[Callable[..., Keyboard]]:
    opened: list[Keyboard] = []

    def start(*arguments: str, columns: int = 80) -> Keyboard:
        opened.append(Keyboard(*arguments, environment=environment, columns=columns))
        return opened[-1]

    yield start
    for each in opened:
        each.close()


@pytest.fixture
def beside(
    tmp_path: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Result]:
    """Run a command here; `typed` is what comes on standard input."""
    for name in [name for name in os.environ if name.startswith(("BESIDE_", "LC_", "LANG"))]:
        monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, typed: str | bytes | None = None) -> Result:
        return CliRunner().invoke(program, list(arguments), input=typed)

    return run


class ModelServer:
    """A server that speaks the OpenAI way, in real HTTP: it says words slowly, or breaks off."""

    def __init__(self) -> None:
        self.words = ["One ", "two. "] * 200
        self.seconds_between = 0.05
        self.breaks_off_after: int | None = None
        self.asked: list[bytes] = []
        outer = self

        class Answer(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                outer.asked.append(self.rfile.read(int(self.headers["content-length"])))
                self.send_response(200)
                self.send_header("content-type", "text/event-stream")
                self.end_headers()
                with suppress(OSError):
                    for number, word in enumerate(outer.words):
                        if number == outer.breaks_off_after:
                            return
                        piece = {"choices": [{"index": 0, "delta": {"content": word}}]}
                        self.wfile.write(f"data: {json.dumps(piece)}\n\n".encode())
                        self.wfile.flush()
                        time.sleep(outer.seconds_between)
                    self.wfile.write(b"data: [DONE]\n\n")

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}/v1"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def model_server() -> Iterator[ModelServer]:
    server = ModelServer()
    yield server
    server.close()


@pytest.fixture
def passphrase_file(tmp_path: Path) -> str:
    path = tmp_path / "passphrase"
    path.write_text(PASSPHRASE + "\n", "utf-8")
    return str(path)


@pytest.fixture
def journal(beside: Callable[..., Result], passphrase_file: str) -> str:
    """A journal with one conversation of two turns, and the file with its passphrase."""
    begun = beside(
        "talk",
        "--voice",
        "scripted",
        "--passphrase-file",
        passphrase_file,
        typed="The garden is grey today.",
    )
    assert begun.exit_code == 0, begun.output
    return passphrase_file
