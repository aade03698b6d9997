import hashlib
import stat
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


def test_every_setting_is_shown_with_its_origin(beside, monkeypatch):
    from beside.settings import Settings

    assert beside("settings", "set", "idle_seconds", "600").exit_code == 0
    monkeypatch.setenv("BESIDE_COUNTRY", "NL")
    shown = beside("settings").stdout
    assert all(f"{name} = " in shown for name in Settings.model_fields)
    assert "idle_seconds = 600  (file)" in shown
    assert "country = NL  (environment)" in shown
    assert "port = 8787  (default)" in shown


def test_a_setting_is_kept_changed_and_let_go(beside, tmp_path):
    file = tmp_path / "data" / "settings.toml"
    file.parent.mkdir()
    file.write_text('# my own note\nvoice = "authored"  # always\n', "utf-8")
    assert beside("settings", "set", "country", "BE").stdout == "country = BE  (file)\n"
    assert beside("settings", "set", "country", "NL").stdout == "country = NL  (file)\n"
    beside("settings", "set", "open_browser", "false")
    assert 'country = "NL"' in file.read_text("utf-8")
    assert "open_browser = false" in file.read_text("utf-8")
    assert "# my own note" in file.read_text("utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert beside("settings", "unset", "country").stdout == "country = None  (default)\n"


@pytest.mark.parametrize(
    ("name", "value"),
    [("idle_seconds", "5"), ("country", "Nederland"), ("nonsense", "1"), ("data_folder", "here")],
)
def test_a_value_that_a_setting_cannot_have_is_refused(beside, name, value):
    refused = beside("settings", "set", name, value)
    assert refused.exit_code == 1
    assert refused.stderr


def test_the_settings_file_changes_every_way_the_toml_is_written(tmp_path):
    from beside.errors import SettingWrong
    from beside.surfaces.cli.settings_file import drop, put

    put(tmp_path, "port", 1)
    put(tmp_path, "voice", 'a"b\\c')
    put(tmp_path, "port", 2)
    drop(tmp_path, "absent")
    file = tmp_path / "settings.toml"
    assert file.read_text("utf-8") == 'voice = "a\\"b\\\\c"\nport = 2\n'
    drop(tmp_path, "port")
    assert "port" not in file.read_text("utf-8")
    file.write_text("voice = = 1", "utf-8")
    with pytest.raises(SettingWrong):
        put(tmp_path, "port", 3)
    assert file.read_text("utf-8") == "voice = = 1"


def test_the_language_of_the_screens_follows_the_reader(beside, environment):
    from beside.surfaces.cli.reader import language

    assert language({"LANG": "nl_BE.UTF-8"}) == "nl"
    assert language({"LANGUAGE": "pt:nl", "LANG": "en_GB.UTF-8"}) == "nl"
    assert language({"LANGUAGE": "en_GB:nl"}) == "en"
    assert language({"BESIDE_LANGUAGE": "nl", "LANG": "en_US.UTF-8"}) == "nl"
    assert language({"LANG": "C"}) == "en"
    beside("settings", "set", "language", "nl")
    assert language(environment) == "nl"


def test_voices_are_listed_chosen_and_tried(beside):
    assert "authored  (chosen)" in beside("voices").stdout
    assert "I'm listening." in beside("voices", "try", "scripted").stdout
    assert beside("voices", "try", "authored", "It", "hurts.").stdout.strip()
    assert beside("voices", "choose", "smollm2-135m").exit_code == 0
    assert "smollm2-135m  (chosen, not ready)" in beside("voices").stdout
    assert "is not ready" in beside("doctor").stdout
    assert beside("voices", "choose", "authored").exit_code == 0
    unknown = beside("voices", "choose", "nobody")
    assert unknown.exit_code == 1


def test_a_server_is_added_tried_and_removed(beside, model_server, tmp_path):
    model_server.words = ["Good ", "day."]
    key = tmp_path / "key"
    key.write_text("sk-secret-1\n", "utf-8")
    added = beside(
        "voices",
        "add-server",
        "mine",
        model_server.address,
        "--model",
        "m",
        "--api-key-file",
        str(key),
    )
    assert added.stdout == "mine is in the list.\n"
    assert "Good day." in beside("voices", "try", "mine", "hello").stdout
    assert "sk-secret-1" not in beside("voices").output + beside("doctor").output
    assert beside("voices", "remove", "mine").exit_code == 0
    assert "mine" not in beside("voices").stdout


def test_a_server_elsewhere_is_said_to_be_elsewhere(beside):
    added = beside("voices", "add-server", "far", "https://models.example", "--model", "m")
    assert "is not this machine" in added.stdout
    assert "words leave this machine" in beside("voices").stdout
    declined = beside("voices", "try", "far", typed="no\n")
    assert declined.exit_code == 0
    assert "Do you agree to that, this once?" in declined.output


def test_servers_on_this_machine_are_looked_for(beside):
    found = beside("voices", "find")
    assert found.exit_code == 0
    assert found.stdout


def test_a_file_of_ones_own_is_added_by_its_path(beside, tmp_path):
    file = tmp_path / "model.gguf"
    file.write_bytes(b"GGUF" + b"\0" * 64)
    assert "own-file is ready." in beside("voices", "add", "own-file", "--path", str(file)).stdout
    assert "model.gguf" in beside("voices").stdout
    beside("voices", "remove", "own-file")
    assert file.exists()
    file.write_bytes(b"not a model")
    assert beside("voices", "add", "other", "--path", str(file)).exit_code == 1
    assert beside("voices", "add", "nobody").exit_code == 1
    assert beside("voices", "add", "x", "--url", "https://x.example/a").exit_code == 2


class Files:
    """A server with one file, that can stop in the middle and go on from anywhere."""

    def __init__(self, content: bytes) -> None:
        self.stops_after: int | None = None
        self.ranges: list[str | None] = []
        outer = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                wanted = self.headers["range"]
                outer.ranges.append(wanted)
                start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
                self.send_response(206 if wanted else 200)
                self.send_header("content-length", str(len(content) - start))
                if wanted:
                    size = len(content)
                    self.send_header("content-range", f"bytes {start}-{size - 1}/{size}")
                self.end_headers()
                self.wfile.write(content[start : outer.stops_after])
                time.sleep(0.2 if outer.stops_after else 0)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.address = f"http://127.0.0.1:{self._server.server_port}/model.gguf"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def test_a_file_by_its_address_goes_on_where_it_stopped_and_is_checked(beside, tmp_path):
    content = b"GGUF" + bytes(range(256)) * 400
    right = hashlib.sha256(content).hexdigest()
    files = Files(content)
    try:
        add = ["voices", "add", "fetched", "--url", files.address, "--sha256"]
        files.stops_after = 50_000
        assert beside(*add, right).exit_code == 1
        files.stops_after = None
        done = beside(*add, right)
        assert "fetched is ready." in done.stdout, done.output
        assert files.ranges == [None, "bytes=50000-"]
        kept = tmp_path / "data" / "voices" / "fetched.gguf"
        assert kept.read_bytes() == content
        beside("voices", "remove", "fetched")
        assert not kept.exists()
        wrong = beside(*add, "0" * 64)
        assert wrong.exit_code == 1
        assert "was deleted" in wrong.stderr
        assert not [p for p in kept.parent.iterdir() if p.suffix == ".partial"]
        assert beside(*add, "not-a-hash").exit_code == 1
    finally:
        files.close()
