import re
import signal
import socket
import stat
import subprocess
import sys
import urllib.error
import urllib.request

import pytest


class Served:
    """`beside serve`, running."""

    def __init__(self, environment, *arguments):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "beside", "serve", "--no-browser", *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.printed = ""
        while "Ctrl-C ends" not in self.printed:
            line = self.process.stdout.readline()
            assert line, self.printed
            self.printed += line
        self.address = re.search(r"http://127.0.0.1:\d+/", self.printed)[0]
        self.token = re.search(r"token for them: (\S+)", self.printed)[1]

    def get(self, path, token=None):
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        request = urllib.request.Request(self.address + path, headers=headers)  # noqa: S310
        return urllib.request.urlopen(request, timeout=20)  # noqa: S310 - our own address

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        rest, _ = self.process.communicate(timeout=60)
        return self.printed + rest


@pytest.fixture
def serve(environment):
    started = []

    def start(*arguments):
        started.append(Served(environment, *arguments))
        return started[-1]

    yield start
    for each in started:
        if each.process.poll() is None:
            each.process.kill()
        each.process.communicate()


def test_it_prints_where_it_is_and_ends_gently_at_ctrl_c(serve):
    served = serve("--port", "0")
    with served.get("") as page:
        assert page.status == 200
        assert "text/html" in page.headers["content-type"]
    with served.get("v1/models", served.token) as models:
        assert b"beside/authored" in models.read()
    printed = served.end()
    assert served.process.returncode == 0
    assert "every journal is locked" in printed
    assert "GET" not in printed


def test_the_token_is_new_at_each_start_or_read_from_a_file(serve, tmp_path):
    first, second = serve("--port", "0"), serve("--port", "0")
    assert first.token != second.token
    with pytest.raises(urllib.error.HTTPError) as refused:
        first.get("v1/models", second.token)
    assert refused.value.code == 401
    refused.value.close()
    for each in (first, second):
        each.end()
    file = tmp_path / "token"
    file.write_text("my-own-token-that-is-long\n", "utf-8")
    third = serve("--port", "0", "--token-file", str(file))
    assert third.token == "my-own-token-that-is-long"
    third.end()
    assert not [
        path for path in (tmp_path / "data").rglob("*") if path.is_file() and "token" in path.name
    ]


def test_a_port_that_is_taken_is_told(beside):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        refused = beside("serve", "--no-browser", "--port", port)
        assert refused.exit_code == 1
        assert f"Port {port} is taken" in refused.stderr


def test_the_next_free_port_follows_the_usual_one(beside):
    from beside.surfaces.cli.serve import take_port
    from beside.surfaces.cli.terminal import Terminal

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with take_port(Terminal(), port, and_next=True) as listening:
            assert listening.getsockname()[1] > port
            assert listening.getsockname()[0] == "127.0.0.1"
    assert "takes any" in beside("serve", "--help").stdout


def test_a_token_that_is_too_short_is_refused(beside, tmp_path):
    file = tmp_path / "token"
    for token in ("short", "ünsuitable-for-a-header-line"):
        file.write_text(token, "utf-8")
        refused = beside("serve", "--no-browser", "--token-file", str(file))
        assert refused.exit_code == 1
        assert token not in refused.output


def test_a_reply_that_is_still_streaming_does_not_hold_up_the_end(serve, beside, model_server):
    beside("voices", "add-server", "slow", model_server.address, "--model", "m")
    served = serve("--port", "0")
    request = urllib.request.Request(  # noqa: S310 - our own address
        served.address + "v1/chat/completions",
        headers={"Authorization": f"Bearer {served.token}", "content-type": "application/json"},
        data=b'{"model":"beside/slow","stream":true,"messages":[{"role":"user","content":"Go."}]}',
    )
    with urllib.request.urlopen(request, timeout=20) as stream:  # noqa: S310 - our own address
        while b"One" not in stream.readline():
            pass
        served.process.send_signal(signal.SIGINT)
        served.process.wait(30)
    assert served.process.returncode == 0
    assert "Traceback" not in served.end()


def test_what_the_journal_and_settings_are_kept_in_is_for_this_account_alone(journal, tmp_path):
    assert journal
    for path in (tmp_path / "data").rglob("*"):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path
