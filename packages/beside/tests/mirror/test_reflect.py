"""What the mirror shows of a session: tied to the words, with intervals, ending in one question."""

from dataclasses import fields

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from packages.beside.tests.mirror.sessions import MARK, talk, transcripts

from beside.mirror.exchanges import answered, parts
from beside.mirror.expressions import EXPRESSIONS, Listening, expressions
from beside.mirror.figures import Single, read_figure, together, written
from beside.mirror.moves import own_needs, repair
from beside.mirror.reflect import Reflection, reflect
from beside.mirror.roommap import as_figures, from_figures

singles = st.lists(
    st.tuples(*[st.floats(0, 3, allow_nan=False)] * 3).map(
        lambda three: Single(**dict(zip(("low", "value", "high"), sorted(three), strict=True)))
    ),
    min_size=1,
    max_size=30,
)


@settings(max_examples=50, deadline=None)
@given(singles)
def test_an_estimate_lies_in_its_interval_and_is_never_sharper_than_a_shared_error(readings):
    estimate = together(readings)
    assert 0 <= estimate.low <= estimate.value <= estimate.high <= 3
    assert estimate.count == len(readings)
    name, back = read_figure(written("D1", estimate))
    assert name == "D1"
    assert abs(back.value - estimate.value) <= 0.005 + 1e-9


def test_more_turns_make_an_estimate_surer_but_only_so_far():
    one = Single(value=1.5, low=0.5, high=2.5)
    widths = [(each := together([one] * count)).high - each.low for count in (1, 4, 100, 10_000)]
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] > 1.0


@given(transcripts())
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_every_turn_of_the_two_is_in_one_part_and_can_be_found_again(transcript):
    roles = {each.id: each.role for each in transcript.speakers}
    places = []
    for part in parts(transcript):
        for place, start in part.turns:
            text = transcript.turns[place].text
            assert part.text[start : start + len(text)] == text
            assert part.find(start, start + len(text)) == (place, 0, len(text))
            assert (roles[transcript.turns[place].speaker] == "practitioner") == part.practitioner
            places.append(place)
    assert places == [
        place for place, turn in enumerate(transcript.turns) if roles[turn.speaker] != "other"
    ]


def test_an_answer_has_the_turn_that_it_answers_before_it():
    first, *_, last = list(answered(talk()))
    assert first.person.place == 1
    assert first.reply.place == 2
    assert [part.place for part in first.before] == [0]
    assert last.reply.place == 10


def test_difficult_expressions_are_seen_and_quiet_talk_is_left_in_peace():
    assert expressions("...") == ("silence",)
    assert expressions("You don't care at all!") == ("anger",)
    assert expressions("I just want it gone. What should I do?") == ("fix-me",)
    assert expressions("He died on Tuesday.") == ("dying",)
    assert expressions("I'm such a failure.") == ("self-attack",)
    assert expressions("We went for a walk and had soup.") == ()


def test_a_complaint_that_comes_back_in_its_own_words_is_heard_as_one():
    listening = Listening()
    words = "The neighbours upstairs drag their chairs across the floor all evening"
    assert listening.hear(words) == ()
    assert listening.hear("We had soup.") == ()
    assert "complaint" in listening.hear(f"{words}, really")


def test_a_repair_is_owned_defended_or_passed_by():
    assert repair("You're right. I ran ahead of you. Tell me again?") == "owned"
    assert repair("I was only trying to help.") == "defended"
    assert repair("And how is your sleep?") == "passed-by"


def test_words_that_ease_the_one_who_helps_are_pointed_at():
    text = "Don't cry. It will be all right. When I was your age I lost mine too."
    found = own_needs(text)
    assert [each.what for each in found] == ["soothed-away", "reassured", "own-story"]
    assert text[found[0].start : found[0].end] == "Don't cry"


def test_a_session_is_seen_from_what_opened_to_one_question(gauge):
    transcript = talk()
    seen = reflect(transcript, gauge, mark=MARK)
    assert seen.gauge == gauge.model
    assert (seen.replies, seen.read) == (5, 5)
    assert [each for each, _ in seen.profile] == [f"D{at}" for at in range(1, 9)]
    for estimate in (*seen.sides.values(), *(each for _, each in seen.profile)):
        assert estimate is None or 0 <= estimate.low <= estimate.value <= estimate.high <= 3
    assert seen.opened
    advice = next(each for each in seen.closed if each.check == "advice")
    text = transcript.turns[advice.place].text
    assert text[advice.start : advice.end] == "You should try a breathing exercise."
    assert text[slice(*advice.mark)] == "You should"
    for moment in (*seen.opened, *seen.closed):
        assert transcript.turns[moment.place].speaker == "A"
        assert transcript.turns[moment.place].text[moment.start : moment.end].strip()
    assert seen.repairs.ruptures == (6,)
    assert seen.repairs.owned == 1
    assert {each.what for each in seen.needs} == {"soothed-away"}
    assert seen.question


def test_without_a_gauge_what_can_be_counted_is_still_there():
    seen = reflect(talk(), None, mark=MARK)
    assert seen.gauge is None
    assert seen.unread == {"no-gauge": 5}
    assert seen.course == ()
    assert seen.opened == ()
    assert all(estimate is None for _, estimate in seen.profile)
    assert seen.repairs.owned == 1
    assert {each.kind: each.met for each in seen.room.sectors}["fix-me"] == 1


def test_nothing_in_a_reflection_is_one_number_for_the_whole():
    names = {each.name for each in fields(Reflection)}
    assert not names & {"score", "grade", "total", "overall", "whole", "rank"}


def test_a_room_map_goes_into_figures_and_comes_back(gauge):
    room = reflect(talk(), gauge, mark=MARK).room
    assert [each.kind for each in room.sectors] == list(EXPRESSIONS)
    back = from_figures([as_figures(room)])
    for was, sector in zip(room.sectors, back.sectors, strict=True):
        assert (was.kind, was.met, was.known) == (sector.kind, sector.met, sector.known)
    both = from_figures([as_figures(room), as_figures(room)])
    assert sum(each.met for each in both.sectors) == 2 * sum(each.met for each in room.sectors)


def test_what_was_met_once_or_never_is_not_yet_known(gauge):
    room = reflect(talk(), gauge, mark=MARK).room
    sectors = {each.kind: each for each in room.sectors}
    assert not sectors["dying"].known
    assert sectors["dying"].room is None
