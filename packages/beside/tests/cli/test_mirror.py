"""The mirror in the terminal: the own mark first, quotes, a report, a session kept with consent."""

import re

import pytest
from packages.beside.tests.mirror.sessions import TALK

CONSENT = "She agreed on 4 May that I look at this by myself."


@pytest.fixture
def talk(tmp_path):
    file = tmp_path / "talk.txt"
    file.write_text(TALK, "utf-8")
    return str(file)


def test_nothing_is_estimated_before_the_own_mark(beside, talk):
    result = beside("mirror", talk)
    assert result.exit_code == 1
    assert "Your own mark comes first" in result.stderr
    assert "between" not in result.stdout


def test_after_the_mark_it_is_seen_and_ends_with_one_question(beside, talk):
    result = beside("mirror", talk, "--mark", "62", "--words", "I was there at the end")
    assert result.exit_code == 0, result.output
    assert "Your mark: at 62 of 100" in result.stdout
    assert "You should try a breathing exercise." in result.stdout
    assert result.stdout.rstrip().endswith("?")
    assert all("between" in each for each in re.findall(r"about \d\.\d.*", result.stdout))


def test_a_speaker_can_be_named_and_one_who_is_not_there_is_said(beside, talk):
    result = beside("mirror", talk, "--me", "Nobody", "--mark", "50")
    assert result.exit_code == 1
    assert "Therapist, Client" in result.stderr
    result = beside("mirror", talk, "--me", "Client", "--mark", "50")
    assert "Client: you" in result.stderr
    assert "Therapist: the other" in result.stderr


def test_a_report_is_one_file_with_the_parts_that_were_named(beside, talk, tmp_path):
    to = tmp_path / "out.html"
    beside("mirror", talk, "--mark", "50", "--report", str(to), "--part", "profile")
    page = to.read_text("utf-8")
    assert "Eight ways" in page
    assert "breathing" not in page
    assert "<script" not in page


def test_a_session_is_kept_with_consent_and_looked_at_again(beside, talk, journal):
    whose = ("--passphrase-file", journal)
    result = beside("mirror", talk, "--mark", "40", "--keep", CONSENT, *whose)
    assert result.exit_code == 0, result.output
    assert "Your mark: at 40 of 100" in beside("mirror", *whose).stdout


def test_kept_sessions_are_listed_chosen_taken_along_and_erased(beside, talk, journal, tmp_path):
    whose = ("--passphrase-file", journal)
    for mark in ("40", "80"):
        beside("mirror", talk, "--mark", mark, "--keep", CONSENT, *whose)
    listed = beside("mirror", "--list", *whose).stdout
    assert re.findall(r"^(\d)\. ", listed, re.M) == ["1", "2"]
    assert "at 40 of 100" in beside("mirror", "--session", "2", *whose).stdout

    everything = beside("export", *whose).stdout
    assert everything.count("breathing exercise") == 2
    assert CONSENT in everything
    one = beside("export", "--session", "2", *whose).stdout
    assert "at 40 of 100" in one
    assert "at 80 of 100" not in one
    to = str(tmp_path / "mirror.jsonl")
    said = beside("export", "--format", "jsonl", "--session", "1", "--to", to, *whose)
    assert "1 session of the mirror was written." in said.stderr
    brought = beside("import", to, *whose)
    assert "1 session of the mirror was brought in." in brought.stdout
    assert "0 conversations" not in brought.stdout

    erased = beside("erase", "--session", "3", "--yes", *whose)
    assert "The session is erased." in erased.stdout
    assert "at 40 of 100" not in beside("export", *whose).stdout
    assert beside("erase", "--session", "9", "--yes", *whose).exit_code == 1
    assert beside("erase", "1", "--session", "1", *whose).exit_code == 2
