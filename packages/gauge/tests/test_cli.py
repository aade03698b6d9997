"""`beside-gauge` from the outside: what it prints, and what it says of bad input."""

import json
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from beside_gauge.cli import main

SAID, REPLY = "I snapped at a patient today.", "You snapped, and it came home with you."


def test_one_reply_is_shown_as_a_table(capsys):
    assert main(["--said", SAID, "--reply", REPLY]) == 0
    shown = capsys.readouterr().out
    assert "D1  presence and acknowledgement" in shown
    assert "What would open more" in shown


def test_a_transcript_gives_one_json_line_for_each_answer(tmp_path, capsys):
    file = tmp_path / "talk.txt"
    file.write_text(
        f"Person: {SAID}\nCompanion: {REPLY}\nPerson: Yes.\nCompanion: Then we stay here."
    )
    assert main([str(file), "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(lines) == 2
    assert len(lines[0]["dimensions"]) == 8
    assert lines[0]["model"].startswith("beside-gauge")


def test_json_lines_come_in_by_stdin():
    line = json.dumps({"context": [{"role": "user", "text": SAID}], "reply": REPLY})
    done = subprocess.run([sys.executable, "-m", "beside_gauge", "--json"], input=line,
                          capture_output=True, text=True, check=True)  # fmt: skip
    assert json.loads(done.stdout)["gate"]["passed"] in (True, False)


def test_a_picture_is_well_formed_and_names_every_dimension(tmp_path):
    file = tmp_path / "reading.svg"
    assert main(["--said", SAID, "--reply", REPLY, "--svg", str(file)]) == 0
    words = " ".join(ET.parse(file).getroot().itertext())  # noqa: S314 - our own file
    assert all(f"D{i} " in words for i in range(1, 9))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--said", SAID], "belong together"),
        (["/nowhere/at/all.txt"], "cannot be opened"),
        (["{tmp}/empty.txt"], "nothing in it"),
        (["{tmp}/binary.txt"], "UTF-8"),
        (["{tmp}/one.txt"], "no two voices"),
        (["{tmp}/broken.jsonl"], "line 1"),
        (["--said", SAID, "--reply", REPLY, "--svg", "/nowhere/at/all.svg"], "cannot be written"),
    ],
)
def test_bad_input_gets_a_sentence_and_the_exit_code_two(tmp_path, capsys, arguments, sentence):
    (tmp_path / "empty.txt").write_text(" \n")
    (tmp_path / "binary.txt").write_bytes(b"\xff\xfe\x00\x80abc")
    (tmp_path / "one.txt").write_text("just some words")
    (tmp_path / "broken.jsonl").write_text("{nope")
    assert main([each.replace("{tmp}", str(tmp_path)) for each in arguments]) == 2
    assert sentence in capsys.readouterr().err


def test_what_is_not_scored_says_why(capsys):
    said = "Nie śpię od tygodni i nie wiem już, co mam robić."
    assert main(["--said", said, "--reply", "To już tak długo. Chcesz o tym opowiedzieć?"]) == 0
    assert "Not scored" in capsys.readouterr().out
