"""The gauge's cases are whole, and nothing of them was learned from."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

from benchmarks.measure.cases import FOLDER, bulleted, cases, doubled, phrases
from benchmarks.measure.frozen import unfrozen
from corpus import conversations
from corpus.settled import corpus
from corpus.shapes import OTHERS

ROOT = Path(__file__).parent.parent.parent


def plain(text):
    return re.sub(r"[^a-z ]", "", text.lower()).strip()


def test_no_phrase_of_the_benchmark_was_seen_in_training():
    given = tomllib.loads((ROOT / "train" / "tricks.toml").read_text("utf-8"))
    learned = {plain(phrase) for own in given.values() for phrase in own}
    assert not [p for own in phrases().values() for p in own if plain(p) in learned]


@pytest.mark.parametrize(
    ("name", "least"), [("situations", 300), ("no_or_yes", 200), ("tears", 199), ("quoted", 200),
                        ("outside", 300), ("inside", 200)],
)  # fmt: skip
def test_there_are_enough_cases_and_each_ends_with_the_person(name, least):
    found = cases(name)
    assert len(found) >= least
    assert all(case["turns"][-1]["role"] == "person" for case in found)


def test_the_core_stands_in_its_reply():
    assert all(case["core"] in case["reply"] for case in cases("situations"))


def test_no_situation_stands_in_the_corpus():
    said = {turn.turns[-1][1] for part in ("train", "test") for turn in corpus(part).turns}
    assert not [c for c in cases("situations") if c["turns"][-1]["text"] in said]


@pytest.mark.parametrize("language", ["en", *OTHERS])
def test_the_test_part_is_what_was_frozen(language):
    assert unfrozen(language) == []


def test_the_conversations_to_test_with_are_what_was_frozen():
    frozen = (conversations.FOLDER / "test.sha256").read_text("utf-8").splitlines()
    for line in frozen:
        digest, name = line.split("  ")
        assert hashlib.sha256((conversations.FOLDER / name).read_bytes()).hexdigest() == digest
    assert {line.split("  ")[1] for line in frozen} == {
        path.name for path in conversations.FOLDER.glob("71*.txt")
    }


def test_what_is_held_out_is_in_the_training_part():
    held = set((ROOT / "train" / "held_out.txt").read_text("utf-8").split())
    assert held <= {turn.id for turn in corpus("train").turns}


def test_doubling_doubles_and_bullets_keep_the_words():
    import random

    reply = "You walked home. In the rain, too."
    assert len(doubled(reply, random.Random(1)).split()) >= 2 * len(reply.split())
    assert all(word in bulleted(reply) for word in reply.split())
    assert FOLDER.exists()
