"""What is learned from: settled labels, and replies changed in a known way."""

import random

import pytest

from corpus.settled import Answer, PersonTurn, corpus, corpus_hash, split
from train.persons import swapped
from train.variants import TRICKS, mismatched, phrases
from train.wording import dressed, echo, insert, is_order, sentences, softened, stuffed

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
    for seed in range(40):
        made = TRICKS[trick](ANSWER, random.Random(seed))
        if made is not None and made.not_up:
            assert all(new <= old for new, old in zip(made.levels, ANSWER.levels, strict=True))


@pytest.mark.parametrize("trick", ["claim", "described", "swapped", "speaker", "typed"])
def test_claims_names_and_who_the_person_is_change_nothing(trick):
    for seed in range(20):
        made = TRICKS[trick](ANSWER, random.Random(seed))
        assert made is None or (made.levels == ANSWER.levels and made.same)


@pytest.mark.parametrize("trick", sorted(TRICKS))
def test_a_trick_has_more_than_a_few_shapes(trick):
    asked = PersonTurn(**{**_fields(TURN), "offered": frozenset({"D1", "D2", "D4", "D6"})})
    answer = _as(asked, "nurse", "She left angry. It's gone quiet. You stood there, just call her.",
                 (3, 2, 1, 1, 2, 2, 3, 1), {"D1": "She left angry"})  # fmt: skip
    if trick in ("human", "expert"):
        answer = _as(asked, "chatbot", answer.text, answer.levels)
    made = [TRICKS[trick](answer, random.Random(seed)) for seed in range(60)]
    shapes = {(each.text, each.turns) for each in made if each is not None}
    assert len(shapes) > 5 or trick in ("cut", "swapped")
    assert shapes


def test_a_machine_that_says_it_is_human_fails_and_a_nurse_does_not():
    assert TRICKS["human"](ANSWER, random.Random(1)) is None
    made = TRICKS["human"](_as(TURN, "chatbot"), random.Random(1))
    assert made.gate is True
    assert made.levels[5] == 0
    assert TRICKS["expert"](ANSWER, random.Random(1)) is None
    assert TRICKS["expert"](_as(TURN, "chatbot"), random.Random(1)).gate is None


def test_an_order_of_its_own_stays_an_order_with_a_softener():
    pushing = _as(TURN, "friend", "Call her tonight.", (1, 1, 1, 0, 1, 1, 1, 1))
    made = [TRICKS["order_softened"](pushing, random.Random(seed)) for seed in range(20)]
    assert all(each.levels[3] == 0 for each in made)
    assert any("all her tonight" in each.text for each in made)
    assert is_order("Try to sleep.")
    assert not is_order("Two years of it.")
    known = phrases()
    for seed in range(9):
        text = softened("Call her.", known["softeners"], known["softeners_behind"],
                        random.Random(seed))  # fmt: skip
        assert "all her" in text
        assert len(text) > len("Call her.")


def test_given_back_words_are_the_persons_own_and_a_war_word_is_found():
    said = "I want to fight it with everything I have."
    made = [echo(said, random.Random(seed)) for seed in range(60)]
    assert any('"fight"' in each for each in made)
    assert any("you want to fight it with everything you have" in each.lower() for each in made)


def test_after_tears_staying_is_enough_and_only_where_something_hurts():
    assert TRICKS["quiet"](ANSWER, random.Random(1)) is None
    hurt = PersonTurn(**{**_fields(TURN), "offered": frozenset({"D1", "D2", "D4", "D7"})})
    made = TRICKS["quiet"](_as(hurt, "friend"), random.Random(1))
    assert made.levels[0] >= 2
    assert made.text in phrases()["staying"]


def test_what_carried_the_reading_is_kept_when_a_reply_is_cut():
    answer = _as(TURN, "nurse", "Well. She left angry. There's tea.", ANSWER.levels,
                 {"D1": "left angry"})  # fmt: skip
    made = TRICKS["cut"](answer, random.Random(1))
    assert made.text == "She left angry."
    assert made.levels[0] > 2.5
    assert made.levels[1:] == (None,) * 7


def test_evasion_is_taught_where_a_word_was_called_for():
    assert TRICKS["evasive"](ANSWER, random.Random(1)) is None
    asked = PersonTurn(**{**_fields(TURN), "offered": frozenset({"D6"})})
    made = TRICKS["evasive"](_as(asked, "nurse"), random.Random(1))
    assert made.levels[5] < 1
    assert made.not_up == (5,)


def test_the_words_stay_under_whatever_is_strewn_over_them():
    for seed in range(40):
        assert stuffed("", phrases()["keywords"], random.Random(seed)).strip()
        made = stuffed("She left angry.", phrases()["keywords"], random.Random(seed))
        assert made != "She left angry."
        assert "angry." in made
        assert dressed("You're amazing.", random.Random(seed)).lower().count("amazing") == 1


def test_every_list_is_long_and_says_nothing_twice():
    for name, said in phrases().items():
        assert len({each.lower() for each in said}) >= 18, name
        assert name == "keywords" or len({each.lower() for each in said}) == len(said)
    kinds = ("praise", "advice", "order_softened", "pity", "stock", "jargon", "claim", "technique",
             "crisis", "refusal", "filler")  # fmt: skip
    assert min(len(phrases()[name]) for name in kinds) >= 70


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


def _as(turn, by, text=ANSWER.text, levels=ANSWER.levels, evidence=None):
    return Answer(id="900-01-z", context=turn, by=by, text=text, levels=levels, gate=None,
                  evidence=evidence or {})  # fmt: skip


def test_swapping_twice_gives_the_words_back():
    text = "My husband and his brother."
    assert swapped(text) == "My wife and her sister."
    assert swapped("He is young") == "She is old"
    assert swapped("Her sister saw her. I told her to go.") == (
        "His brother saw him. I told him to go."
    )


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
