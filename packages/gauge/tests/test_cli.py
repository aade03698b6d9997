"""`beside-gauge` from the outside: what it prints, and what it says of bad input."""

import io
import json
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from beside_gauge import cli
from beside_gauge.cli import main

SAID, REPLY = "I snapped at a patient today.", "You snapped, and it came home with you."
TALK = """Person: I snapped at a patient today. I'm a terrible nurse.
Companion: It has stayed with you all day. You're not on trial here.
Person: She cried. I just walked out.
Companion: You walked out, and part of you is still standing at her bed.
Person: Yes. I was so tired I couldn't feel my hands.
Companion: So tired your hands were gone. What would they want, if they could say?
"""
DUTCH = """Person: Ik slaap al weken niet meer en niemand ziet hoe moe ik ben.
Companion: Weken zonder slaap, en niemand die het ziet. Er is hier geen haast.
"""


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


@pytest.fixture
def talk(tmp_path):
    file = tmp_path / "talk.txt"
    file.write_text(TALK)
    return str(file)


def test_a_whole_conversation_shows_nine_scales_and_the_turns_that_carry_them(talk, capsys):
    assert main(["--conversation", talk]) == 0
    shown = capsys.readouterr().out
    assert all(f"C{i}  " in shown for i in range(1, 10))
    assert "C5  Rupture and repair   no place for it: nothing went wrong" in shown
    assert "     6  So tired your hands were gone." in shown
    assert "6 turns. An estimate by a model: beside-gauge" in shown


def test_a_whole_conversation_as_json_has_intervals_and_no_number_for_a_region(talk, capsys):
    assert main(["--conversation", talk, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [each["scale"] for each in told["scales"]] == [f"C{i}" for i in range(1, 10)]
    assert told["turns"] == 6
    for each in told["scales"]:
        assert (each["low"] is None) == (each["reason"] is not None)
        assert each["value"] is None or not each["region"]


def test_a_whole_conversation_as_a_picture_names_every_scale(talk, tmp_path):
    file = tmp_path / "whole.svg"
    assert main(["--conversation", talk, "--svg", str(file)]) == 0
    words = " ".join(ET.parse(file).getroot().itertext())  # noqa: S314 - our own file
    assert all(f"C{i} " in words for i in range(1, 10))
    assert "nothing went wrong" in words


def test_messages_of_a_chat_are_a_conversation_too(tmp_path, capsys):
    roles = {"Person": "user", "Companion": "assistant"}
    lines = [line.partition(": ") for line in TALK.splitlines()]
    told = [{"role": roles[name], "content": words} for name, _, words in lines]
    file = tmp_path / "talk.json"
    file.write_text(json.dumps({"messages": [{"role": "system", "content": "Be kind."}, *told]}))
    assert main(["--conversation", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["turns"] == 6


def test_a_list_over_several_lines_is_read_from_standard_input(capsys, monkeypatch):
    told = [{"role": "user", "text": "I feel low."}, {"role": "assistant", "text": "Low."}]
    monkeypatch.setattr(
        sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(told, indent=1).encode()))
    )
    assert main(["--conversation", "-", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["turns"] == 2


def test_nothing_in_a_conversation_acts_upon_the_terminal(tmp_path, capsys):
    (tmp_path / "talk.txt").write_text(TALK.replace("So tired", "So \x1b[2J\x07tired"))
    assert main(["--conversation", str(tmp_path / "talk.txt")]) == 0
    shown = capsys.readouterr().out
    assert "tired your hands" in shown
    assert not {"\x1b", "\x07"} & set(shown)


def test_a_conversation_in_another_language_says_that_it_is_not_read(tmp_path, capsys):
    (tmp_path / "nl.txt").write_text(DUTCH * 4)
    assert main(["--conversation", str(tmp_path / "nl.txt")]) == 0
    shown = capsys.readouterr().out
    assert "Not read as a whole: it is mostly in another language than English" in shown
    assert "C1" not in shown
    assert main(["--conversation", str(tmp_path / "nl.txt"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {each["reason"] for each in told["scales"]} == {"language"}
    assert told["whole"] is None


def test_a_long_conversation_shows_how_far_it_is(talk, capsys, monkeypatch):
    monkeypatch.setattr(cli, "LONG", 6)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert main(["--conversation", talk]) == 0
    assert f"[{'#' * 30}] 6 of 6\n" in capsys.readouterr().err


def test_a_picture_of_many_replies_points_to_the_whole(talk, capsys):
    assert main([talk, "--svg", "never.svg"]) == 2
    assert "--conversation" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("one.txt", "just some words", "no two voices"),
        ("one.json", '[{"role": "user", "text": "a"}]', "no two voices"),
        ("list.json", '[{"role": "user", "text": "my secret"}, {"role": "x"}]', "part 2"),
        ("lines.jsonl", '{"role": "user", "text": "a"}\n{"role": "my secret', "line 2"),
        ("exchange.jsonl", '{"context": "my secret", "reply": "b"}', "line 1 is no turn"),
        ("number.json", "3", "line 1 is no turn"),
        ("deep.json", "[" * 100_000, "line 1 is no turn"),
        ("empty.json", '{"turns": []}', "no two voices"),
    ],
)
def test_what_is_no_conversation_is_said_kindly(tmp_path, capsys, name, text, sentence):
    (tmp_path / name).write_text(text)
    assert main(["--conversation", str(tmp_path / name)]) == 2
    told = capsys.readouterr().err
    assert sentence in told
    assert "secret" not in told


def test_a_conversation_is_no_single_reply(capsys):
    assert main(["--conversation", "--said", SAID, "--reply", REPLY]) == 2
    assert "is a file" in capsys.readouterr().err


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
