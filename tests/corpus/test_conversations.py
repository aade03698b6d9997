"""Whole conversations are well formed, and what is not is said."""

import pytest

from corpus import conversations
from corpus.conversations import agreement, labels, problems, settled, sheet, talks

TALK = """# 701-01 counselling plain suffering | rupture | she is not believed, then is
p: It hurts.
c: Where?
p: You asked that.
c: I did. I was not listening.
p: No.
c: I am now.
p: It is my knee
and also my mother.
c: Your knee and your mother.
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(conversations, "FOLDER", tmp_path)
    (tmp_path / "701-a.txt").write_text(TALK, encoding="utf-8")
    (tmp_path / "701-a.writer.txt").write_text("701-01 22212-113\n", encoding="utf-8")
    return tmp_path


def test_what_is_there_is_well_formed():
    assert problems() == []


def test_turns_and_what_turns_in_them_are_read(folder):
    (talk,), wrong = talks(folder / "701-a.txt")
    assert not wrong
    assert [role for role, _ in talk.turns] == ["person", "companion"] * 4
    assert talk.turns[6][1] == "It is my knee\nand also my mother."
    assert (talk.turning, talk.setting) == ("rupture", "counselling")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("rupture", "quarrel", "is none of"),
        ("p: You asked that.\n", "", "in a row"),
        ("p: It hurts.\nc: Where?\n", "c: Well?\np: What.\n", "speaks first"),
        ("c: Your knee and your mother.\n", "", "7 turns"),
        ("# 701-01", "# 701-1", "not a heading"),
    ],
)
def test_a_fault_is_named(folder, before, after, said):
    changed = TALK.replace(before, after)
    (folder / "701-a.txt").write_text(changed, encoding="utf-8")
    assert any(said in problem.what for problem in problems())


def test_a_label_that_names_nothing_is_a_problem(folder):
    (folder / "701-a.reader-a.txt").write_text("701-01 22212-113 ; C5 12\n", encoding="utf-8")
    assert any("no such turn" in problem.what for problem in problems())
    (folder / "701-a.reader-a.txt").write_text("", encoding="utf-8")
    assert [problem.what for problem in problems()] == ["701-01 is missing"]


def test_two_readers_settle_and_the_writer_does_not_count(folder):
    assert settled() == []
    for reader, signs in (("a", "3221--113"), ("b", "12212-213")):
        line = f"701-01 {signs} ; C1 2 8\n"
        (folder / f"701-a.reader-{reader}.txt").write_text(line, encoding="utf-8")
    ((_, levels),) = settled()
    assert levels == (1, 2, 2, 1, None, None, 1, 1, 3)
    assert labels(folder / "701-a.reader-a.txt")[0][0].carried == {"C1": (2, 8)}
    assert len(list(agreement())) == 9


@pytest.mark.usefixtures("folder")
def test_a_reader_does_not_see_what_was_meant():
    shown = "\n".join(sheet("701", "reader-a"))
    assert not {"rupture", "believed", "plain"} & set(shown.split())
    assert "4 HELPER: I did. I was not listening." in shown
