"""What the documentation says of the commands is all of it, and every command in it runs."""

import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from beside.settings import Settings
from beside.surfaces.cli.program import program
from beside.surfaces.cli.slash import SLASHES
from beside.voices.pinned import WEIGHTS

PAGE = (Path(__file__).parents[2] / "docs" / "use" / "commands.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^##+ (beside .+)\n((?:(?!^##).*\n)*)", PAGE, re.M))
BEGINNING = PAGE.split("\n## ")[0]
PASSPHRASE = "seven green rivers"
SESSION = """Therapist: Where would you like to begin?
Client: I still wake at four, and nothing has changed.
Therapist: Four in the morning, again. What is it like, lying there?
Client: Like something sits on me.
"""


def every_command(group=program, path="beside"):
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from every_command(command, f"{path} {name}")


COMMANDS = dict(every_command())


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_has_its_section_with_every_option(path):
    assert path in SECTIONS
    for parameter in COMMANDS[path].params:
        if isinstance(parameter, click.Option):
            name = parameter.opts[0]
            shared = name in ("--person", "--passphrase-file") and name in BEGINNING
            assert shared or f"`{name}" in SECTIONS[path], name


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_and_option_has_help(path):
    assert COMMANDS[path].help
    for parameter in COMMANDS[path].params:
        assert not isinstance(parameter, click.Option) or parameter.help, parameter.name


def test_no_section_is_about_a_command_that_is_not_there():
    assert set(SECTIONS) == set(COMMANDS)
    for parameter in program.params:
        assert f"{parameter.opts[0]}" in BEGINNING


def test_every_setting_and_small_command_is_in_the_page():
    assert all(f"| `{name}` |" in SECTIONS["beside settings"] for name in Settings.model_fields)
    assert all(f"`/{name}`" in SECTIONS["beside talk"] for name in SLASHES)


def lines():
    for block in re.findall(r"^```sh\n(.*?)^```", PAGE, re.M | re.S):
        yield from block.strip().split("\n")


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A folder in which the page's files are, and a data folder of its own."""
    for name in [name for name in os.environ if name.startswith(("BESIDE_", "LC_", "LANG"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("BESIDE_DATA_FOLDER", str(tmp_path / "data"))
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "passphrase").write_text(PASSPHRASE, "utf-8")
    (tmp_path / "talk.txt").write_text(SESSION, "utf-8")
    (tmp_path / "model.gguf").write_bytes(b"GGUF" + bytes(60))
    (tmp_path / "data").mkdir(0o700)
    (tmp_path / "data" / "voices").mkdir()
    with (tmp_path / "data" / "voices" / "smollm2-135m.gguf").open("wb") as weights:
        weights.truncate(WEIGHTS["smollm2-135m"].file_bytes)  # as if it had been fetched
    return tmp_path


def talk(line):
    """One message through a pipe, since nobody is here to sit down and talk."""
    extra = [] if "--untraced" in line else ["--passphrase-file", "passphrase"]
    process = subprocess.run(
        [sys.executable, "-m", "beside", *shlex.split(line)[1:], *extra],
        input="The garden is grey today.",
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=60,
    )
    assert process.stdout.strip()


def serve(line):
    """Until it says that it is there; then Ctrl-C."""
    process = subprocess.Popen(
        [sys.executable, "-m", "beside", *shlex.split(line)[1:], "--no-browser", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    while "token" not in process.stdout.readline():
        pass
    process.send_signal(signal.SIGINT)
    shown, _ = process.communicate(timeout=60)
    assert "Beside has stopped" in shown
    assert process.returncode == 0


def through_a_shell(line):
    subprocess.run(["bash", "-c", line], check=True, timeout=60, stdout=subprocess.DEVNULL)


def typed_for(line, shown):
    """What the person types at a command's questions."""
    if line.startswith("beside erase"):
        return f"{PASSPHRASE}\nerase\n"
    if line == "beside recover":
        key = re.search(r"Your recovery key:\n +(\S+)", shown)
        return f"{key and key[1]}\n{PASSPHRASE}\n{PASSPHRASE}\n"
    more = {
        "beside search": "garden\n",
        "beside passphrase": f"{PASSPHRASE}\n" * 2,
        "beside plan --edit": "I go quiet\n" * 7,
    }
    return f"{PASSPHRASE}\n" + more.get(line, "")


@pytest.mark.usefixtures("home")
def test_every_command_of_the_page_runs_one_after_another():
    """In the page's order, on one journal and then on the restored one."""
    shown = ""
    for line in lines():
        if line.startswith("beside talk"):
            talk(line)
        elif line.startswith("beside serve"):
            serve(line)
        elif "|" in line or "$(" in line:
            through_a_shell(line)
        else:
            typed = typed_for(line, shown)
            whose = " --person again" if line.startswith("beside erase") else ""
            words = shlex.split(line + whose)[1:]
            result = CliRunner().invoke(program, words, input=typed)
            assert result.exit_code == 0, f"{line}: {result.output}"
            shown = result.stdout
