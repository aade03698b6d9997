"""The corpus is well formed, and its check sees what is not."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus import sameness
from corpus.check import problems, worth_a_look
from corpus.shapes import BATCHES, folders, read
from corpus.sheet import sheet

PILOT = BATCHES / "001-pilot"


@pytest.fixture
def broken(tmp_path: Path) -> Callable[..., list[str]]:
    """The pilot with one line of a file changed; gives what the check says of it."""

    def change(name: str, line: int, edit: Callable[[dict[str, Any]], None]) -> list[str]:
        folder = tmp_path / PILOT.name
        shutil.copytree(PILOT, folder)
        lines = (folder / name).read_text(encoding="utf-8").splitlines()
        record = json.loads(lines[line])
        edit(record)
        lines[line] = json.dumps(record, ensure_ascii=False)
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        return [str(problem) for problem in problems(read(folder))]

    return change


@pytest.mark.parametrize("folder", folders(language=None), ids=lambda folder: folder.name)
def test_every_batch_is_well_formed(folder):
    assert [str(problem) for problem in problems(read(folder))] == []


def test_a_level_out_of_range_is_seen(broken):
    found = broken("labels-writer.jsonl", 1, lambda r: r.update(D=[4, 1, 1, 1, 1, 1, 1, 1]))
    assert any("labels-writer.jsonl line 2" in problem for problem in found)


def test_evidence_that_is_not_in_the_reply_is_seen(broken):
    found = broken("labels-writer.jsonl", 1, lambda r: r.update(evidence={"D1": "never said"}))
    assert any("is not in the reply" in problem for problem in found)


def test_a_reply_to_no_context_is_seen(broken):
    found = broken("replies.jsonl", 0, lambda r: r.update(context="001-99"))
    assert any("which is not there" in problem for problem in found)


def test_an_unknown_field_is_seen(broken):
    found = broken("contexts.jsonl", 0, lambda r: r.update(mood="blue"))
    assert any("contexts.jsonl line 1" in problem for problem in found)


def test_depth_is_not_offered_in_danger(broken):
    labels = _records(PILOT / "labels-writer.jsonl")
    line = next(i for i, label in enumerate(labels) if label.get("danger", 0) >= 2)
    found = broken("labels-writer.jsonl", line, lambda r: r.update(offered=["D1", "D5"]))
    assert any("in danger" in problem for problem in found)


def test_a_pair_that_the_labels_do_not_order_is_seen(broken):
    def turn_round(pair: dict[str, Any]) -> None:
        pair["better"], pair["worse"] = pair["worse"], pair["better"]

    assert any("do not order it" in problem for problem in broken("pairs.jsonl", 0, turn_round))


def test_a_missing_file_is_a_problem_and_not_a_crash(tmp_path):
    folder = tmp_path / "002-empty"
    folder.mkdir()
    found = {problem.where for problem in problems(read(folder))}
    assert {"batch.json", "contexts.jsonl", "replies.jsonl", "pairs.jsonl"} <= found


def test_a_blind_sheet_holds_every_item_once_and_no_label():
    batch = read(PILOT)
    lines = list(sheet(batch, "reader-a", "replies"))
    assert sorted(line["item"] for line in lines) == sorted(reply.id for reply in batch.replies)
    assert set(lines[0]) == {"item", "setting", "earlier", "person", "by", "reply"}
    assert set(next(sheet(batch, "reader-a", "contexts"))) == {
        "item",
        "setting",
        "earlier",
        "person",
    }


def test_a_sheet_has_no_two_replies_to_one_turn_side_by_side():
    order = [line["item"].rsplit("-", 1)[0] for line in sheet(read(PILOT), "reader-b", "replies")]
    assert sum(one == other for one, other in zip(order, order[1:], strict=False)) <= 4


def test_two_readers_get_different_orders_and_one_reader_always_the_same():
    batch = read(PILOT)
    first, again, other = (
        [line["item"] for line in sheet(batch, reader, "replies")] for reader in ("a", "a", "b")
    )
    assert first == again != other


def test_texts_that_share_most_of_their_words_are_near_duplicates():
    texts = {
        "one": "the kettle was on and nobody had come home that evening",
        "two": "the kettle was on and nobody had come home that night",
        "three": "a heron stood in the canal as though it had been paid to",
    }
    assert [pair[:2] for pair in sameness.near_duplicates(texts)] == [("one", "two")]


def test_a_rank_correlation_of_the_same_order_is_one():
    assert sameness.rank_correlation([1, 2, 3, 9], [10, 20, 30, 40]) == pytest.approx(1.0)
    assert sameness.rank_correlation([1, 1, 1], [1, 2, 3]) is None


def test_a_label_that_length_gives_away_is_worth_a_look(tmp_path):
    folder = tmp_path / PILOT.name
    shutil.copytree(PILOT, folder)
    lengths = {r.id: len(sameness.words(r.text)) for r in read(PILOT).replies}
    labels = _records(folder / "labels-writer.jsonl")
    for label in labels:
        if "D" in label:
            label["D"][2] = min(3, lengths[label["item"]] // 30)
    (folder / "labels-writer.jsonl").write_text(
        "\n".join(json.dumps(label) for label in labels), encoding="utf-8"
    )
    assert any("length goes with D3" in line for line in worth_a_look(read(folder)))


def _records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
