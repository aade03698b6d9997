"""The bank as it is shipped, with the gauge as it is shipped."""

import random

import numpy as np
import pytest

from beside.companion.scales import Scales
from beside.voices.authored import vectors
from beside.voices.authored.alike import Alike, Rarity, stem
from beside.voices.authored.bank import Bank, Situation, open_bank
from beside.voices.authored.book import open_book
from beside.voices.authored.offers import offers
from beside.voices.authored.pick import opener, sentences
from beside.voices.authored.thread import follow
from beside.voices.authored.voice import AuthoredVoice
from beside.voices.base import Message
from beside_gauge import Gauge


@pytest.fixture(scope="module")
def scales():
    import asyncio

    opened = Scales()
    asyncio.run(opened.open())
    return opened


@pytest.fixture(scope="module")
def bank():
    found = open_bank()
    assert found is not None
    return found


def talk(turns, voice, *, many=4, last=-1):
    """The candidates at each turn; the one at `last` is said."""
    messages, offered = [], []
    for turn in turns:
        messages.append(Message(role="person", text=turn))
        offered.append(voice.candidates(messages, many))
        messages.append(Message(role="companion", text=offered[-1][last]))
    return offered


def test_the_vectors_were_made_by_the_gauge_that_is_installed(bank):
    assert bank.encoder == Gauge.load().encoder, "run `python -m corpus.bank --build`"


def test_a_turn_in_the_words_of_the_bank_finds_its_situation(bank, scales):
    dice = random.Random(4)
    for situation in dice.sample(bank.situations, 12):
        turn = max(situation.turns, key=len)
        near = bank.nearest(turn, scales, mode=situation.mode)
        assert near
        assert turn in near[0].situation.turns


def test_a_turn_about_something_else_entirely_is_near_nothing(bank, scales):
    for turn in (
        "The quarterly VAT return for the Antwerp branch uses form 625 now.",
        "asdf qwer zxcv",
        "SELECT name FROM planets WHERE mass > 4",
    ):
        assert bank.nearest(turn, scales) == []


def test_without_the_encoder_that_made_the_vectors_words_alone_decide(bank):
    class Other:
        encoder = "another"

        def turn_state(self, _turn):
            raise AssertionError("vectors of another encoder are never compared")

    turn = max(bank.situations[0].turns, key=len)
    assert bank.nearest(turn, Other())[0].situation is bank.situations[0]


def test_the_first_candidate_is_the_line_that_is_said_without_weighing(scales):
    messages = [Message(role="person", text="my mum died on Sunday")]
    voice = AuthoredVoice(means=scales)
    first, *more = voice.candidates(messages, 4)
    assert first == voice.answer(messages)
    assert 1 <= len(more) <= 3
    assert len({first, *more}) == len(more) + 1
    assert voice.candidates(messages, 4) == (first, *more)


def test_one_candidate_is_one_candidate(scales):
    messages = [Message(role="person", text="my mum died on Sunday")]
    assert len(AuthoredVoice(means=scales).candidates(messages, 1)) == 1


@pytest.mark.parametrize("last", [0, -1])
def test_in_twelve_turns_no_sentence_of_any_candidate_was_said_before(scales, last):
    turns = ["my mum died on Sunday", "I can't sleep", "the house is so quiet", "haha yes"] * 3
    said: set[str] = set()
    for offered in talk(turns, AuthoredVoice(means=scales), last=last):
        for each in offered:
            assert not said & {s.lower() for s in sentences(each)}
        said |= {s.lower() for s in sentences(offered[last])}


def test_what_the_bank_offers_begins_as_nothing_said_before(scales):
    turns = ["my mum died on Sunday"] * 6
    openers: set[str] = set()
    for _, *more in talk(turns, AuthoredVoice(means=scales)):
        assert not openers & {opener(each) for each in more}
        openers |= {opener(each) for each in more[-1:]}


def test_a_no_and_a_question_about_us_get_no_words_of_the_bank_beside_theirs(scales):
    voice = AuthoredVoice(means=scales)
    messages = [Message(role="person", text="Are you a real human being or a computer?")]
    assert all("AI" in each or "program" in each for each in voice.candidates(messages, 4)[:1])


def test_another_language_has_its_one_line(scales):
    messages = [Message(role="person", text="Mijn moeder is zondag gestorven en ik ben zo moe.")]
    assert len(AuthoredVoice(means=scales).candidates(messages, 4)) == 1


def test_nothing_painful_is_offered_to_a_joke():
    situation = Situation(
        kind="the cat died",
        setting="everyday",
        mode="suffering",
        turns=("my cat died", "the cat is dead since the party"),
        replies=("I'm sorry.",),
    )
    book = open_book("en")
    assert book is not None
    bank = Bank([situation], book.same)
    joke = [Message(role="person", text="haha my cat died laughing at the party, so funny!!")]
    near = bank.nearest(joke[0].text)
    assert offers(follow(joke, book), book, near, random.Random(0), 3) == []


def test_endings_are_left_away():
    assert stem("shouted") == stem("shouting") == stem("shouts") == "shout"
    assert stem("cat") == "cat"


def test_rare_words_count_more_than_common_ones():
    texts = ["I lost my passport", "I lost my way", "I saw my aunt"]
    alike = Alike(texts, Rarity(texts, {}))
    near = alike.nearness("my passport is gone")
    assert near[0] > near[1]
    assert near[0] > near[2]


def test_kept_states_point_where_they_did():
    dice = np.random.default_rng(0)
    turns, kinds = (dice.normal(size=(n, 384)).astype(np.float32) for n in (12, 4))
    states = vectors.States.of_kept(vectors.kept(turns, kinds))
    near, _ = states.nearness(turns[3])
    assert max(near) == near[3] > 0.99


def test_what_is_said_not_to_be_is_not_heard_as_said():
    rarity = Rarity(["anger", "no advice please", "the garden"], {})
    alike = Alike(["anger", "no advice please"], rarity)
    assert alike.nearness("this is not anger", denied=False)[0] == 0
    assert alike.nearness("this is anger", denied=False)[0] > 0.4
    assert alike.nearness("no advice please", denied=False)[1] > 0.9


def test_a_long_turn_is_not_met_as_the_one_word_that_it_holds(bank, scales):
    turn = "Don't make it sad, I wasn't sad at all, it was the best hat in the whole of Leeds."
    assert all("one word" not in each.situation.kind for each in bank.nearest(turn, scales))
