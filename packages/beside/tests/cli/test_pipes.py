"""`beside talk` without a person at the keys: pipes, files, and what is not text at all."""

import subprocess
import sys

PASSPHRASE = "seven green rivers"


def test_a_pipe_is_answered_once_and_nothing_is_kept(beside, tmp_path):
    answered = beside("talk", "--untraced", "--voice", "scripted", typed="hi")
    assert answered.exit_code == 0
    assert answered.stdout == "\nI'm listening.\n\n"
    assert answered.stderr == ""
    assert not (tmp_path / "data").exists()


def test_a_pipe_with_a_passphrase_file_is_kept(beside, journal):
    kept = beside("conversations", "1", "--passphrase-file", journal)
    assert "The garden is grey today." in kept.stdout


def test_a_pipe_can_go_on_with_the_newest_conversation(beside, journal):
    more = beside("talk", "--continue", "--passphrase-file", journal, typed="And it rains.")
    assert more.exit_code == 0
    listed = beside("conversations", "--passphrase-file", journal).stdout
    assert "4 turns" in listed


def test_without_a_terminal_a_passphrase_is_never_asked_where_it_would_show(environment):
    run = subprocess.run(
        [sys.executable, "-m", "beside", "talk"],
        input=b"hello",
        env=environment,
        capture_output=True,
        check=False,
        start_new_session=True,
        timeout=60,
    )
    assert run.returncode == 1
    assert b"--passphrase-file" in run.stderr
    assert b"Traceback" not in run.stderr


def test_an_empty_pipe_is_told_that_there_are_no_words(beside):
    for nothing in ("", "  \n\n", "\x00\x07", "\u200b"):
        empty = beside("talk", "--untraced", typed=nothing)
        assert empty.exit_code == 1
        assert "There are no words here yet." in empty.stderr


def test_broken_utf8_on_a_pipe_is_answered(beside):
    broken = beside("talk", "--untraced", "--voice", "scripted", typed=b"caf\xe9 \xff\xfe is shut")
    assert broken.exit_code == 0
    assert "I'm listening." in broken.stdout


def test_an_enormous_pipe_is_told_so_and_loses_nothing(beside):
    enormous = beside("talk", "--untraced", typed="again and " * 300_000)
    assert enormous.exit_code == 1
    assert "longer than one turn can hold" in enormous.stderr


def test_a_voice_that_is_not_here_is_told_before_anything_is_said(beside):
    missing = beside("talk", "--untraced", "--voice", "nobody", typed="hi")
    assert missing.exit_code == 1
    assert "There is no voice called “nobody”" in missing.stderr


def test_a_reader_that_goes_away_is_no_error_to_talk_about(environment):
    run = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m beside reach | head -n 1"],
        env=environment,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert run.stderr == b""
