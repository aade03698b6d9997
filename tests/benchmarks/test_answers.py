"""The sheet on which blind readers say whether a reply answers the person."""

import json

from benchmarks import answers
from benchmarks.answers import Script, calm, hash_of, metrics, sheet

SCRIPTS = [
    Script(
        id=name,
        words=("everyday", "issue"),
        language="en",
        about="",
        turns=tuple(f"{name} {i}" for i in range(12)),
    )  # fmt: skip
    for name in ("a", "b", "c")
]
REPLIES = {each.id: [f"to {turn}" for turn in each.turns] for each in SCRIPTS}


def test_at_least_120_replies_of_twelve_turns_are_read():
    written = calm(written=True)
    assert all(len(each.turns) == 12 for each in written)
    assert sum(len(each.turns) for each in written) >= 120


def test_a_quarter_comes_from_another_conversation_and_the_key_says_which():
    told, key = sheet(SCRIPTS, REPLIES, "1")
    assert len(key) == 36
    swapped = [each for each in key if each.swapped]
    assert len(swapped) == 9
    assert all(not each.reply_of.startswith(each.conversation) for each in swapped)
    shown = told.split("## ")[1:]
    for each, block in zip(key, shown, strict=True):
        of, _, turn = each.reply_of.partition(":")
        assert f"--> to {of} {int(turn) - 1}" in block
        assert f"me: {each.conversation} {each.turn - 1}\n-->" in block


def test_the_same_seed_gives_the_same_sheet_and_another_another():
    assert sheet(SCRIPTS, REPLIES, "1") == sheet(SCRIPTS, REPLIES, "1")
    assert sheet(SCRIPTS, REPLIES, "1") != sheet(SCRIPTS, REPLIES, "2")


def test_readings_are_counted_by_part_and_only_for_the_replies_that_were_read(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(answers, "READINGS", tmp_path)
    assert metrics(REPLIES) == []
    _, key = sheet(SCRIPTS, REPLIES, "1")
    items = [{name: getattr(each, name) for name in each.__slots__} for each in key]
    kept = {"replies_sha256": hash_of(REPLIES), "seed": "1", "items": items}
    (tmp_path / "key.json").write_text(json.dumps(kept), "utf-8")
    lines = [f"{each.number} {'no' if each.swapped else 'yes'}" for each in key]
    (tmp_path / "reader-a.txt").write_text("\n".join(lines), "utf-8")
    found = {each.metric: each.value for each in metrics(REPLIES)}
    assert found["authored_answers_me"] == 1
    assert found["authored_answers_me_swapped"] == 0
    assert found["authored_answers_me_turns_9_to_12"] == 1
    assert metrics({**REPLIES, "a": ["other"] * 12}) == []
    assert "changed" in capsys.readouterr().err
