"""What is learned from: settled labels, and replies changed in a known way."""

import random

import pytest

from corpus.settled import Answer, PersonTurn, corpus, corpus_hash, split
from train.variants import TRICKS, insert, mismatched, sentences, swapped

TURN = PersonTurn(
    id="900-01", batch="900-x", setting="nursing", turns=(("person", "She left the ward angry."),),
    offered=frozenset({"D1", "D4"}), S=None, K=None, danger=0, kinds=frozenset(), oblique=None,
)  # fmt: skip
ANSWER = Answer(id="900-01-a", context=TURN, by="nurse", text="She left angry. You stood there.",
                levels=(3, 2, 1, 2, 2, 2, 3, 1), gate=None)  # fmt: skip


@pytest.mark.parametrize(("trick", "dimension", "most"), [
    ("praise", 5, 1), ("advice", 3, 1), ("order_softened", 3, 1), ("pity", 6, 0),
    ("technique", 3, 1),
])  # fmt: skip
def test_a_trick_caps_the_dimension_that_it_costs(trick, dimension, most):
    made = TRICKS[trick](ANSWER, random.Random(1))
    assert made.levels[dimension] <= most
    assert made.text != ANSWER.text


@pytest.mark.parametrize("trick", sorted(TRICKS))
def test_no_trick_raises_a_label_of_what_it_was_added_to(trick):
    made = TRICKS[trick](ANSWER, random.Random(2))
    if made is not None and made.not_up:
        assert all(new <= old for new, old in zip(made.levels, ANSWER.levels, strict=True))


def test_claims_and_who_the_person_is_change_nothing():
    for trick in ("claim", "described", "swapped"):
        assert TRICKS[trick](ANSWER, random.Random(3)).levels == ANSWER.levels


def test_under_another_turn_presence_is_lost_and_spine_is_not_judged():
    made = mismatched(ANSWER, TURN)
    assert made.levels[0] < 1
    assert made.levels[5] is None


def test_a_crisis_text_is_no_trick_where_there_is_danger():
    danger = Answer(id="x", context=PersonTurn(**{**_fields(TURN), "danger": 3}), by="nurse",
                    text="I'm here.", levels=(2,) * 8, gate=None)  # fmt: skip
    assert TRICKS["crisis"](danger, random.Random(1)) is None
    assert TRICKS["refusal"](danger, random.Random(1)) is None


def _fields(turn):
    return {name: getattr(turn, name) for name in turn.__dataclass_fields__}


def test_swapping_twice_gives_the_words_back():
    text = "My husband and his brother."
    assert swapped(text) == "My wife and her sister."
    assert swapped("He is young") == "She is old"


def test_a_phrase_goes_between_sentences_never_into_one():
    for seed in range(12):
        made = insert(ANSWER.text, "Well.", random.Random(seed))
        assert all(sentence in made for sentence in sentences(ANSWER.text))


def test_all_replies_to_one_turn_stay_on_one_side_of_the_split():
    part = corpus("train", names=["100", "101"])
    one, other = split(part, 0.3, seed=1)
    assert {a.context.id for a in one.answers}.isdisjoint(a.context.id for a in other.answers)
    assert len(one.answers) + len(other.answers) == len(part.answers)


def test_the_hash_moves_with_a_word():
    part = corpus("train", names=["100"])
    assert corpus_hash(part) == corpus_hash(corpus("train", names=["100"]))
    assert corpus_hash(part) != corpus_hash(corpus("train", names=["101"]))


def test_the_test_part_is_not_in_what_is_learned():
    learned = {turn.batch for turn in corpus("train").turns}
    assert learned.isdisjoint(turn.batch for turn in corpus("test").turns)
