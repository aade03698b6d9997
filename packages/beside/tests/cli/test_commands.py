import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

PASSPHRASE = "seven green rivers"


def test_without_a_command_the_help_is_shown(beside):
    assert "beside talk" in beside().stdout
    assert beside("--version").stdout.startswith("beside 0.")


def test_a_mistyped_command_is_met_with_the_near_one(beside):
    mistyped = beside("tlak")
    assert mistyped.exit_code == 2
    assert "Did you mean talk?" in mistyped.stderr
    assert beside("talk", "--nonsense").exit_code == 2
    assert beside("reach", "NL", "extra").exit_code == 2
    assert "jsonl" in beside("export", "--format", "pdf").stderr


def test_help_loads_no_heavy_library():
    check = (
        "import sys\n"
        "from beside.surfaces.cli.program import program\n"
        "try:\n    program.main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'pydantic', 'sqlalchemy', 'fastapi', 'starlette', 'rich', 'asyncio', 'httpx2'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    run = subprocess.run([sys.executable, "-c", check], capture_output=True, check=True)
    assert run.stderr.strip() == b"[]"


def test_reach_shows_a_country_and_asks_nothing(beside, tmp_path):
    shown = beside("reach", "nl").stdout
    assert "113" in shown
    assert "Source:" in shown
    assert "2026-" in shown
    everywhere = beside("reach").stdout
    assert "United Kingdom (GB): 999" in everywhere
    assert "Beside knows no line in XX yet." in beside("reach", "XX").stdout
    assert not (tmp_path / "data").exists()


def test_reach_works_with_broken_settings(beside, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "settings.toml").write_text("country = ]", "utf-8")
    assert "Reach a person" in beside("reach").stdout


def test_conversations_are_listed_and_read(beside, journal):
    listed = beside("conversations", "--passphrase-file", journal).stdout
    assert listed.startswith("1. The garden is grey today.")
    name = listed.split("; ")[-1].strip()
    read = beside("conversations", name, "--passphrase-file", journal).stdout
    assert "I'm listening." in read
    assert beside("conversations", "9", "--passphrase-file", journal).exit_code == 1
    unknown = beside("conversations", "no-such-name", "--passphrase-file", journal)
    assert unknown.exit_code == 1
    assert "no-such-name" not in unknown.stderr


def test_words_are_found_and_can_be_asked_for_unseen_by_the_shell(beside, journal):
    assert "The >garden< is" in beside("search", "garden", "--passphrase-file", journal).stdout
    asked = beside("search", "--passphrase-file", journal, typed="grey\n")
    assert "The garden is >grey<" in asked.stdout
    nothing = beside("search", "zebra", "--passphrase-file", journal)
    assert nothing.stdout == "These words were not found.\n"
    for strange in ('"', "AND OR", "*", "'; DROP", "\udcff"):
        assert beside("search", strange, "--passphrase-file", journal).exit_code == 0


def test_an_export_comes_back_as_it_was(beside, journal, tmp_path):
    to = tmp_path / "mine.jsonl"
    file = ["--passphrase-file", journal]
    assert beside("export", "--format", "jsonl", "--to", str(to), *file).exit_code == 0
    assert stat.S_IMODE(to.stat().st_mode) == 0o600
    assert json.loads(to.read_text("utf-8").splitlines()[0])["format"] == "beside-journal"
    again = beside("export", "--to", str(to), *file)
    assert again.exit_code == 1
    assert "a file of this name already" in again.stderr
    assert "1 conversation was brought in." in beside("import", str(to), *file).stdout
    assert "2. The garden" in beside("conversations", *file).stdout
    markdown = beside("export", "1", *file).stdout
    assert "The garden is grey today." in markdown
    dashed = beside("import", "-", *file, typed=markdown)
    assert "1 conversation was brought in." in dashed.stdout


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"{", b"PK\x03\x04broken", b"just words"])
def test_a_file_that_is_no_conversation_is_told_before_any_passphrase(beside, tmp_path, content):
    file = tmp_path / "thing"
    file.write_bytes(content)
    refused = beside("import", str(file))
    assert refused.exit_code == 1
    assert "Beside can read" in refused.stderr or "damaged" in refused.stderr
    assert beside("import", str(tmp_path / "none")).exit_code == 1


def test_a_backup_comes_back_beside_the_journal_that_is_here(beside, journal, tmp_path):
    file = ["--passphrase-file", journal]
    backup = str(tmp_path / "journal.backup")
    assert "written" in beside("backup", backup, *file).stdout
    assert beside("backup", backup, *file).exit_code == 1
    over = beside("restore", backup, *file)
    assert over.exit_code == 1
    assert "back" in beside("restore", backup, "--person", "again", *file).stdout
    several = beside("conversations", *file)
    assert several.exit_code == 1
    assert "again, me" in several.stderr
    read = beside("conversations", "1", "--person", "again", *file)
    assert "The garden is grey today." in read.stdout
    wrong = tmp_path / "wrong"
    wrong.write_text("something else\n", "utf-8")
    refused = beside("restore", backup, "--person", "x", "--passphrase-file", str(wrong))
    assert refused.exit_code == 1


def test_a_turn_a_conversation_and_everything_can_be_erased(beside, journal):
    file = ["--passphrase-file", journal]
    beside("talk", *file, typed="The lighthouse is out.")
    assert "Nothing was erased." in beside("erase", "1", *file, typed="no\n").stderr
    assert "The turn is erased." in beside("erase", "1", "--turn", "2", "--yes", *file).stdout
    assert beside("erase", "1", "--turn", "9", "--yes", *file).exit_code == 1
    assert "The conversation is erased." in beside("erase", "1", *file, typed="erase\n").stdout
    assert "not found" in beside("search", "lighthouse", *file).stdout
    assert "Everything is erased." in beside("erase", "--everything", "--yes", *file).stdout
    assert "no journal here yet" in beside("conversations", *file).stderr
    assert beside("erase", *file).exit_code == 2


def test_a_passphrase_is_changed_and_the_old_one_opens_nothing(beside, journal, tmp_path):
    new = tmp_path / "new"
    new.write_text("eight blue rivers\n", "utf-8")
    changed = beside("passphrase", "--passphrase-file", journal, "--new-passphrase-file", str(new))
    assert "From now on the new passphrase" in changed.stdout
    assert beside("conversations", "--passphrase-file", journal).exit_code == 1
    assert beside("conversations", "--passphrase-file", str(new)).exit_code == 0


def test_the_recovery_key_opens_a_journal_whose_passphrase_is_lost(beside, journal, tmp_path):
    shown = beside("passphrase", "--new-recovery-key", "--passphrase-file", journal).stdout
    key = tmp_path / "key"
    key.write_text(shown.split("Your recovery key:\n")[1].split("\n")[0].strip(), "utf-8")
    new = tmp_path / "new"
    new.write_text("eight blue rivers\n", "utf-8")
    arguments = ["recover", "--recovery-key-file", str(key), "--new-passphrase-file", str(new)]
    recovered = beside(*arguments)
    assert "Your recovery key:" in recovered.stdout
    assert beside(*arguments).exit_code == 1
    assert beside("conversations", "--passphrase-file", str(new)).exit_code == 0


def test_the_journal_stays_readable_while_beside_is_open_elsewhere(keyboard, beside, journal):
    talk = keyboard("talk", "--passphrase-file", journal)
    talk.sees("/quit leaves.")
    assert "garden" in beside("search", "garden", "--passphrase-file", journal).stdout
    busy = beside("erase", "1", "--yes", "--passphrase-file", journal)
    assert busy.exit_code == 1
    assert "another" in busy.stderr.lower()


@pytest.mark.usefixtures("journal")
def test_a_passphrase_file_that_is_not_one_is_told_so(beside, tmp_path):
    empty = tmp_path / "empty"
    empty.write_bytes(b"\n")
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe\x00")
    for path in (empty, binary, tmp_path / "none", tmp_path):
        refused = beside("conversations", "--passphrase-file", str(path))
        assert refused.exit_code == 1
        assert "passphrase file" in refused.stderr


def test_before_there_is_a_journal_every_command_says_how_one_begins(beside, passphrase_file):
    for command in (
        ["conversations"],
        ["search", "x"],
        ["export"],
        ["backup", "b"],
        ["erase", "1"],
    ):
        refused = beside(*command, "--passphrase-file", passphrase_file)
        assert refused.exit_code == 1
        assert "`beside talk` begins one" in refused.stderr


def test_an_unforeseen_error_shows_no_words(beside, journal, monkeypatch):
    from beside.store.journal import Journal

    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("the lighthouse is secret")

    monkeypatch.setattr(Journal, "search", breaks)
    broken = beside("search", "garden", "--passphrase-file", journal)
    assert broken.exit_code == 1
    assert "did not foresee" in broken.stderr
    debugged = beside("--debug", "search", "garden", "--passphrase-file", journal)
    assert "RuntimeError" in debugged.stderr
    assert "search.py" in debugged.stderr
    assert "lighthouse" not in broken.output + debugged.output


@pytest.mark.usefixtures("journal")
def test_doctor_says_what_is_well_and_shows_no_secret(beside, tmp_path):
    well = beside("doctor")
    assert well.exit_code == 0, well.output
    assert "Journals here: 1." in well.stdout
    assert "garden" not in well.stdout
    (tmp_path / "data").chmod(0o755)
    (Path(tmp_path) / "data" / "people" / "me" / "keys.json").unlink()
    ill = beside("doctor")
    assert ill.exit_code == 1
    assert "chmod 700" in ill.stdout
    assert "misses its file or its keys" in ill.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_printed_for_each_shell(beside, shell):
    assert "_BESIDE_COMPLETE" in beside("completion", shell).stdout


def test_completion_completes(environment):
    run = subprocess.run(
        [str(Path(sys.executable).parent / "beside")],
        env=environment
        | {"_BESIDE_COMPLETE": "bash_complete", "COMP_WORDS": "beside con", "COMP_CWORD": "1"},
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert b"conversations" in run.stdout
