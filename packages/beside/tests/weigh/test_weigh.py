"""The policy, with the real gauge where it reads, and without one."""

import logging
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beside.companion.turn import NOTHING_SEEN
from beside.companion.weigh import (
    Candidate,
    Judged,
    Lived,
    choose,
    judge,
    lived,
    pessimistic,
    pick,
    small,
    stands,
)
from beside.voices.base import Message
from beside_gauge import Exchange, NotReadable, Turn
from beside_gauge.gauge import default

PANIC = "These panic attacks have ruled my life for two years. I just want them gone."
GOOD = "Two years of it ruling. Of course you want it gone. What is it like from close by?"
AUTHORED = "That is a long time to live around something. You want it gone, and that counts."


def talk(*texts):
    roles = ("person", "companion")
    return [Message(role=roles[i % 2], text=text) for i, text in enumerate(texts)]


def theirs(*texts):
    return [Candidate(text=text, source="model") for text in texts]


OWN = Candidate(text=AUTHORED, source="authored")


def chosen(candidates, line, *, gauge=None, mode="issue", look=NOTHING_SEEN, seed=0, lived=()):
    return choose(
        candidates,
        line,
        mode=mode,
        look=look,
        gauge=gauge,
        floor="authored",
        seed=seed,
        lived=lived,
    )


class Counting:
    """The real gauge, counting how often it is asked."""

    def __init__(self):
        self.calls = []

    def read_many(self, exchanges):
        given = list(exchanges)
        self.calls.append(len(given))
        return default().read_many(given)


def test_what_is_good_goes_before_praise_advice_and_war():
    gauge = Counting()
    bad = theirs("You're so brave!", "You should fight it.", "It could be worse.")
    choice = chosen([*bad, *theirs(GOOD), OWN], talk(PANIC), gauge=gauge)
    assert choice.chosen is not None
    assert choice.chosen.text in (GOOD, AUTHORED)
    assert gauge.calls == [5]
    assert {each.partition(":")[2] for each in choice.aside} == {"flattery", "advice", "minimising"}
    assert choice.sources == ("model",) * 4 + ("authored",)
    assert choice.gauge == default().model
    assert choice.reading


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "no-words"),
        ("…", "no-words"),
        ("You're amazing!", "flattery"),
        ("You poor thing.", "pity"),
        ("Stop taking your tablets.", "care-"),
        ("When? Where? With whom?", "questions"),
        ("Welcome back!", "absence"),
    ],
)
def test_what_may_not_be_said_is_put_aside_also_without_a_gauge(text, code):
    (judged,) = judge(theirs(text), talk(PANIC), mode="issue", look=NOTHING_SEEN, gauge=None)
    assert any(each.startswith(code) for each in judged.vetoes)


def test_a_sentence_of_this_conversation_is_not_said_again():
    line = talk(PANIC, "That is a long time. What is it like?", "Heavy.")
    judged = judge(
        theirs("It is heavy. That is a long time."),
        line,
        mode="issue",
        look=NOTHING_SEEN,
        gauge=None,
    )
    assert judged[0].vetoes == ("said-before",)


def test_what_was_refused_is_not_asked_again_until_they_speak_of_it():
    line = talk(
        "I quarrelled.", "What does your father say of it?", "I don't want to talk about my father."
    )
    again = "What was your father like?"
    (judged,) = judge(theirs(again), line, mode="issue", look=NOTHING_SEEN, gauge=None)
    assert "refused" in judged.vetoes
    line += talk("x", "Then we stay here.")[1:] + talk("My father died in May.")
    (judged,) = judge(theirs(again), line, mode="issue", look=NOTHING_SEEN, gauge=None)
    assert "refused" not in judged.vetoes


def test_after_a_no_staying_goes_before_any_question():
    line = talk("I quarrelled.", "What happened?", "I'd rather not say.")
    stay, ask = "Then we stay here.", "And how is your sleep?"
    assert chosen(theirs(ask, stay), line).chosen.text == stay


def test_the_third_question_running_gives_way_to_none():
    line = talk("I am tired.", "Since when?", "Since May.", "What is it like?", "Grey.")
    assert chosen(theirs("Grey how?", "Grey since May."), line).chosen.text == "Grey since May."


def test_another_opening_goes_before_the_same_one():
    line = talk("I am tired.", "It sounds like a lot.", "Yes, of the stairs.")
    same, other = "It sounds like those stairs.", "Those stairs, every day."
    assert chosen(theirs(same, other), line).chosen.text == other


def test_few_words_are_met_with_few():
    long = " ".join(["The stairs are many and the day is long and the evening comes late."] * 6)
    assert chosen(theirs(long, "The stairs again."), talk("Tired of stairs.")).chosen.text == (
        "The stairs again."
    )


def test_a_goodbye_is_answered_without_a_hook():
    line = talk("I feel lighter. Good night.")
    held = theirs("Good night. What will you dream of?", "Good night! Come back soon.")
    choice = chosen([*held, *theirs("Good night. Go well.")], line)
    assert choice.chosen.text == "Good night. Go well."
    assert len(choice.aside) == 2
    assert "lets-go" in choice.reasons


def test_a_goodbye_in_despair_may_be_asked_about():
    look = replace(NOTHING_SEEN, level=1)
    (judged,) = judge(
        theirs("Goodbye sounds heavy. Are you safe?"),
        talk("Goodbye."),
        mode="issue",
        look=look,
        gauge=None,
    )
    assert "holds" not in judged.vetoes


def test_where_nothing_may_be_said_the_authored_line_stands():
    own = Candidate(text="You should rest.", source="authored")
    choice = chosen([*theirs("You're amazing!"), own], talk(PANIC))
    assert choice.chosen == own
    assert choice.reasons[0] == "floor"
    assert chosen(theirs("You're amazing!"), talk(PANIC)).chosen is None
    assert chosen([], talk(PANIC)).chosen is None


def test_where_two_are_as_good_the_chosen_voice_goes_first_and_a_seed_decides_between_its_own():
    line = talk("It rains.")
    pair = theirs("Rain on the roof.", "Rain on the sill.")
    own = Candidate(text="Rain at the door.", source="authored")
    picked = {chosen([*pair, own], line, seed=seed).chosen.text for seed in range(30)}
    assert picked == {each.text for each in pair}
    for seed in range(5):
        first = chosen([*pair, own], line, seed=seed)
        assert first == chosen([*pair, own], line, seed=seed)
        assert first.chosen == chosen([own, *reversed(pair)], line, seed=seed).chosen


def test_a_gauge_that_fails_leaves_the_plain_checks_and_nobody_s_words_in_the_log(caplog):
    class Faulty:
        def read_many(self, exchanges):  # noqa: ARG002 - it fails whatever is given
            raise NotReadable("marzipan")

    with caplog.at_level(logging.ERROR):
        choice = chosen([*theirs("You're amazing!", GOOD), OWN], talk(PANIC), gauge=Faulty())
    assert choice.chosen is not None
    assert choice.chosen.text != "You're amazing!"
    assert choice.gauge is None
    assert "not-read" in choice.reasons
    assert "NotReadable" in caplog.text
    assert "marzipan" not in caplog.text


def test_what_the_gauge_does_not_read_is_still_chosen():
    line = talk("Od dwóch lat jestem tym wszystkim taka zmęczona i nikt tego nie widzi.")
    polish = theirs("Dwa lata zmęczenia i nikogo, kto by to widział.", "Jaka jesteś dzielna!")
    choice = chosen(polish, line, gauge=default())
    assert choice.chosen.text in {each.text for each in polish}
    assert choice.gauge is None
    assert "not-scored" in choice.reasons


def test_an_uncertain_value_counts_for_less_and_a_kept_reading_tells_the_sides():
    (judged,) = judge(theirs(GOOD), talk(PANIC), mode="issue", look=NOTHING_SEEN, gauge=default())
    reading = judged.reading
    assert pessimistic(reading) < reading.whole()
    sides = lived(small(reading))
    assert sides.relief == pytest.approx(reading.side("relief"), abs=0.01)
    assert sides.growth == pytest.approx(reading.side("growth"), abs=0.01)
    assert lived(("nonsense", "D9 1 2 3", "")) == Lived(relief=None, growth=None)


def test_the_side_that_was_lived_less_is_leaned_to_and_never_growth_in_suffering():
    poor = (Lived(relief=2.2, growth=0.6),) * 3

    def leaning(mode, look=NOTHING_SEEN, lived=poor):
        (judged,) = judge(
            theirs(GOOD), talk(PANIC), mode=mode, look=look, gauge=default(), lived=lived
        )
        return [each for each in judged.reasons if each.startswith("leans")]

    assert leaning("issue") == ["leans-growth"]
    assert leaning("suffering") == ["leans-relief"]
    assert leaning("issue", replace(NOTHING_SEEN, suspend_entrance=True)) == ["leans-relief"]
    assert leaning("issue", lived=poor[:2]) == []
    assert leaning("chat") == []


def test_a_reply_so_far_stands_where_it_is_not_clearly_worse():
    judged = judge(
        [*theirs(GOOD, "You are broken and it is your fault."), OWN],
        talk(PANIC), mode="issue", look=NOTHING_SEEN, gauge=default(),
    )  # fmt: skip
    assert stands(judged[0], judged[2])
    assert not stands(judged[1], judged[2])


words = st.text(max_size=120)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(words, max_size=5),
    st.lists(words.filter(str.strip), min_size=1, max_size=6),
    st.integers(0, 99),
)
def test_anything_is_weighed_without_a_fault_and_the_same_every_time(texts, said, seed):
    line = talk(*(said if len(said) % 2 else said[1:] or said))
    one = chosen([*theirs(*texts), OWN], line, seed=seed)
    assert one == chosen([*theirs(*texts), OWN], line, seed=seed)
    assert one.chosen is not None


def judged(source, score, *vetoes):
    reading = default().read_many([as_heard(GOOD)])[0]
    return Judged(
        candidate=Candidate(text=f"{source} {score}", source=source),
        reading=reading, vetoes=vetoes, reasons=(), score=score,
    )  # fmt: skip


def as_heard(reply):
    return Exchange(context=(Turn(role="person", text=PANIC),), reply=reply)


def test_a_voice_counts_for_all_that_it_says_and_not_for_its_best_chance():
    authored = judged("authored", 1.5)
    mostly_poor = [judged("model", 2.0), judged("model", 0.4), judged("model", 1.9, "advice")]
    assert pick([*mostly_poor, authored], floor="authored").chosen == authored.candidate
    good = [judged("model", 1.9), judged("model", 1.6), judged("model", 1.7)]
    assert pick([*good, authored], floor="authored").chosen == good[0].candidate
    one = [judged("model", 2.0)]
    assert pick([*one, authored], floor="authored").chosen == one[0].candidate
    assert pick(mostly_poor, floor="authored").chosen == mostly_poor[0].candidate


def test_without_a_reading_each_candidate_counts_for_itself():
    unread = [
        Judged(candidate=each, reading=None, vetoes=(), reasons=(), score=score)
        for each, score in zip(theirs("One.", "Two."), (0.2, -1.0), strict=True)
    ]
    own = Judged(candidate=OWN, reading=None, vetoes=(), reasons=(), score=0.2)
    assert pick([*unread, own], floor="authored").chosen == unread[0].candidate
