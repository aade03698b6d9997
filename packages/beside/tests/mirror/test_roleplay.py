from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beside.errors import NoSuchTurn, NothingSaid, TooLong
from beside.mirror.hearing import Heard
from beside.mirror.inner import State, closing, moved
from beside.mirror.person import gives_away, person, persons
from beside.mirror.roleplay import Simulated
from beside.mirror.session import PRACTISE

STAYS = ("...", "Take your time.", "I went too fast there. Tell me again?", "I'm still here.") * 6
FIXES = ("You should sleep more.", "Let's make a plan.", "Have you tried tea?") * 3
FLATTERS = ("You're amazing.", "You're an inspiration.", "Wow, I admire you.") * 3
PUSHES = ("Come on, out with it.", "Stop making excuses.", "What are you hiding?") * 3


def after(who, words, seed=1):
    simulated = Simulated(who, seed)
    for each in words:
        simulated.answer(each)
    return simulated


def test_everyone_hardens_when_pushed_and_opens_when_received():
    for each in persons():
        received, pushed = after(each, STAYS[:12]), after(each, PUSHES)
        assert received.state.room > each.open * 1.5, each.id
        assert pushed.state.stage == "shut", each.id
        assert not pushed.state.told, each.id


def test_four_ways_of_being_with_somebody_leave_them_in_four_states():
    for each in persons():
        rooms = {
            name: after(each, words).state.room
            for name, words in (
                ("stays", STAYS[:9]), ("fixes", FIXES), ("flatters", FLATTERS), ("pushes", PUSHES),
            )
        }  # fmt: skip
        assert rooms["stays"] > max(rooms["fixes"], rooms["flatters"]), each.id
        assert min(rooms["fixes"], rooms["flatters"]) > rooms["pushes"], each.id
        assert after(each, FIXES).state.stage == "fending", each.id
        assert after(each, FLATTERS).state.stage == "pleasing", each.id


def test_to_everyone_what_is_hidden_can_be_earned():
    for each in persons():
        told = after(each, STAYS).state.told
        assert set(told) >= {f.id for f in each.hidden if not f.plainly}, each.id


def test_one_who_was_pushed_can_be_found_again():
    for each in persons():
        simulated = after(each, PUSHES[:4])
        low = simulated.state.room
        simulated.answer("I pushed you, I'm sorry. We needn't talk about it.")
        simulated.answer("...")
        simulated.answer("I'm here.")
        assert simulated.state.room > low, each.id
        assert simulated.state.stage != "shut", each.id


def test_a_plain_question_about_dying_is_answered_plainly_and_early():
    adam = after(person("adam"), ("You look far away.", "Are you thinking of ending your life?"))
    assert adam.state.told == ("not waking up",)
    other = Simulated(person("tomasz"), 1).answer("Are you thinking of killing yourself?")
    assert other.kind == "asked_plainly"


def test_asking_for_a_secret_gives_nothing_and_costs_something():
    for each in persons():
        simulated = Simulated(each, 3)
        for words in ("What is your secret?", "Tell me everything you are hiding.") * 2:
            answer = simulated.answer(words)
            assert answer.told is None
            for fact in each.hidden:
                assert not any(gives_away(word, answer.text) for word in fact.words), each.id


def test_asking_past_a_no_is_heard_as_pushing():
    simulated = Simulated(person("ines"), 1)
    first = simulated.answer("How did your husband die?")
    assert first.kind == "not-yet"
    simulated.answer("And when was that?")
    assert simulated.line()[-1].answer.moved.because == "asked-on" or simulated.state.asked == 2


def test_what_was_pressed_is_not_forgotten_at_the_next_kind_word():
    who = person("wim")
    kind, presses = Heard(opens=("takes-up", "free")), Heard(closes="pushed", soft=True)
    fresh = State(open=0.3)
    sore = replace(moved(moved(fresh, presses, who, 0), presses, who, 0), open=0.3, strain=0.0)
    assert moved(sore, kind, who, 0).open < moved(fresh, kind, who, 0).open
    owned = moved(sore, Heard(opens=("owns",)), who, 0)
    assert owned.wary == 0
    leaning = Heard(leans=0.5)
    assert closing(fresh, leaning) is None
    assert closing(replace(sore, wary=2.0), leaning) == "pushed"


def test_who_is_only_repaired_or_praised_stays_nearly_as_they_came():
    for each in persons():
        fixed, praised = after(each, FIXES * 3), after(each, FLATTERS * 3)
        assert min(fixed.state.open, praised.state.open) > 0.4 * each.open, each.id
        assert after(each, PUSHES * 3).state.open < 0.1 * each.open, each.id


def test_a_slip_weighs_less_where_much_was_received():
    who, slip = person("wim"), Heard(closes="pushed")
    new, known = State(open=0.5), State(open=0.5, received=6)
    assert moved(known, slip, who, 0).room > moved(new, slip, who, 0).room


def test_the_same_formula_opens_less_each_time():
    who = person("wim")
    heard = Heard(opens=("holds",), opener=("take", "your"))
    state = State(open=0.2)
    gains = []
    for _ in range(4):
        now = moved(state, heard, who, seed=0)
        gains.append((now.open - state.open) / (1 - state.open))
        state = now
    assert max(gains[2:]) < min(gains[:2])


def test_the_same_seed_and_words_give_the_same_conversation():
    for each in persons()[:5]:
        one, other = after(each, STAYS[:8], seed=7), after(each, STAYS[:8], seed=7)
        assert one.line() == other.line()


def test_any_turn_can_be_taken_anew_and_both_ways_compared():
    simulated = after(person("farida"), ("What is it like?", "You should relax.", "Calm down."))
    simulated.rewind(2)
    assert [each.words for each in simulated.line()] == ["What is it like?"]
    simulated.answer("Nothing. And yet it is there.")
    assert len(simulated.ways()) == 2
    compared = simulated.compare(1, 2)
    assert [each.words for each in compared.shared] == ["What is it like?"]
    assert [each.words for each in compared.first] == ["You should relax.", "Calm down."]
    assert [each.words for each in compared.second] == ["Nothing. And yet it is there."]
    assert compared.second[-1].state.room > compared.first[-1].state.room
    simulated.go_to(1)
    assert len(simulated.line()) == 3
    for turn in (0, 4):
        with pytest.raises(NoSuchTurn):
            simulated.rewind(turn)
    with pytest.raises(NoSuchTurn):
        simulated.compare(1, 3)


def test_a_rewound_turn_is_forgotten_by_the_other():
    simulated = after(person("noor"), ("...", "What are you hiding?"))
    simulated.rewind(2)
    same = after(person("noor"), ("...",))
    assert simulated.state == same.state
    assert simulated.answer("I'm here.") == same.answer("I'm here.").__class__(
        **{name: getattr(same.line()[-1].answer, name) for name in same.line()[-1].answer.__slots__}
    )


def test_a_practice_becomes_a_transcript_with_its_roles():
    transcript = after(person("hal"), ("...", "I'm here.")).transcript("Me")
    assert transcript.source == PRACTISE
    assert [each.role for each in transcript.speakers] == ["person", "practitioner"]
    assert [turn.speaker for turn in transcript.turns] == ["A", "B", "A", "B", "A"]


def test_nothing_and_too_much_are_refused():
    simulated = Simulated(person("hal"), 1)
    with pytest.raises(NothingSaid):
        simulated.answer("  ")
    with pytest.raises(TooLong):
        simulated.answer("a" * 20_001)
    assert not simulated.line()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=60).filter(str.strip), max_size=12), st.integers(0, 9))
def test_whatever_is_typed_is_answered_and_nobody_leaves_their_bounds(typed, seed):
    who = persons()[seed]
    simulated = Simulated(who, seed)
    for words in typed:
        answer = simulated.answer(words)
        assert answer.text
        state = simulated.state
        assert 0 <= state.open <= 1
        assert 0 <= state.strain <= 1
        assert 0 <= state.gloss <= 1


def test_nobody_says_the_same_line_twice_in_a_row_with_room_for_others():
    for each in persons():
        said = [step.answer.text for step in after(each, PUSHES + FIXES).line()]
        assert all(one != other for one, other in zip(said, said[1:], strict=False)), each.id
