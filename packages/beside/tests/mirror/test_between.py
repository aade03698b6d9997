"""What went on between the two: the scales of the gauge, shown as regions, silent where unknown."""

from packages.beside.tests.mirror.sessions import MARK, talk

from beside.mirror.exchanges import answered
from beside.mirror.reflect import exchange_of, reflect
from beside.mirror.transcript import read
from beside.surfaces.language import Words
from beside.surfaces.mirror import between as shown
from beside_gauge import Turn, check, read_conversation
from beside_gauge.conversation import SCALES

DUTCH = """Therapeut: Waar wil je beginnen?
Cliënt: Ik word nog steeds om vier uur wakker en mijn borst zit dicht.
Therapeut: Weer om vier uur. Hoe is dat, als je daar ligt?
Cliënt: Alsof er iets op me zit. Ik wil dat het weg is.
Therapeut: Iets zit op je, en je wilt dat het weg is.
Cliënt: Ja. Niemand weet dat van mij.
Therapeut: Niemand weet het. We hebben geen haast.
Cliënt: Misschien.
"""


def seen(transcript, gauge):
    return reflect(transcript, gauge, mark=MARK).between


def test_a_session_has_nine_scales_with_intervals_and_turns_of_ones_own(gauge):
    read_here = seen(talk(), gauge)
    assert [each.scale for each in read_here] == list(SCALES)
    mine = {each.reply.place for each in answered(talk())}
    for each in read_here:
        if each.estimate is None:
            assert each.why is not None
            assert each.turns == ()
        else:
            assert set(each.turns) <= mine


def test_it_is_what_the_gauge_reads_of_the_whole(gauge):
    said = [
        Turn(role="companion" if turn.speaker == "A" else "person", text=turn.text)
        for turn in talk().turns
    ]
    whole = {each.scale: each for each in read_conversation(said, gauge=gauge).scales}
    for each in seen(talk(), gauge):
        other = whole[each.scale]
        assert (each.estimate is None) == (other.value is None)
        if each.estimate is not None:
            assert abs(each.estimate.value - other.value) < 0.5


def test_another_language_or_too_few_answers_give_one_sentence_and_no_picture(gauge):
    dutch = seen(read(DUTCH.encode(), name="a.txt"), gauge)
    assert not shown.can_be_drawn(dutch)
    assert "English only" in " ".join(shown.said_instead(dutch, Words("en")))
    short = seen(
        read(b"Nurse: Hm?\nJo: I lie awake.\nNurse: Awake.\nJo: Yes.", name="a.txt"), gauge
    )
    assert "three answers" in " ".join(shown.said_instead(short, Words("en")))
    assert shown.said_instead(seen(talk(), gauge), Words("en")) == ()


def test_without_a_gauge_there_is_nothing_of_it():
    assert seen(talk(), None) == ()


def test_its_words_grade_nobody(gauge):
    told = [*shown.scales(str).values(), *shown.levels(str), *shown.missing(str).values()]
    for sentence in told:
        assert not check(sentence), sentence
    rows = shown.table(seen(talk(), gauge), Words("en"))
    assert all("between" in said or said in shown.missing(str).values() for _, said, _ in rows)


def test_half_a_character_is_read_as_well(gauge):
    words = "Nurse: Awake.\nJo: I lie \ud83d awake.\nNurse: You lie awake. \ud83d What is it like?"
    made = read(words.encode("utf-8", "surrogatepass"), name="a.txt")
    assert all(exchange_of(each).reply.encode() for each in answered(made))
    assert len(seen(made, gauge)) == 9
