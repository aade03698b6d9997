"""The shipped gauge: what it gives, what it refuses, and what it never imports."""

import subprocess
import sys

import pytest

from beside_gauge import AssetsMissing, Exchange, Gauge, NotReadable, Turn, read, read_many
from beside_gauge import read_person as person

SAID = "These panic attacks have ruled my life for two years. I just want them gone."
GOOD = (
    "'Ruled.' I hear how tired you are of living around it. There's no hurry here; we can stay "
    "with this as long as you like."
)
POOR = "You poor thing! You should just beat it: here are five tricks. Promise me you'll try."


def exchange(reply, *said):
    return Exchange(context=tuple(Turn(role="person", text=each) for each in said), reply=reply)


def test_a_near_answer_is_read_higher_than_a_poor_one():
    near, poor = read_many([exchange(GOOD, SAID), exchange(POOR, SAID)])
    assert near.whole() > poor.whole()


def test_opportunity_belongs_to_the_persons_turn():
    near, poor = read_many([exchange(GOOD, SAID), exchange(POOR, SAID)])
    assert [each.offered for each in near.dimensions] == [each.offered for each in poor.dimensions]


def test_turns_may_be_given_as_a_list():
    listed = Exchange(context=[Turn(role="person", text=SAID)], reply=GOOD)
    assert read(listed) == read(exchange(GOOD, SAID))


def test_a_reading_says_which_model_and_which_corpus():
    reading = read(exchange(GOOD, SAID))
    assert reading.model.startswith("beside-gauge")
    assert reading.corpus
    assert reading.model.endswith(reading.corpus)


def test_values_lie_in_their_intervals_and_evidence_in_the_reply():
    for each in read(exchange(GOOD, SAID)).dimensions:
        if each.value is not None:
            assert 0 <= each.low <= each.value <= each.high <= 3
            assert each.level in (0, 1, 2, 3)
            assert all(0 <= span.start < span.end <= len(GOOD) for span in each.evidence)


def test_a_reading_is_the_same_alone_and_among_others():
    replies = [GOOD, POOR, "Two years.", "I'm here. Take your time.", "x " * 90 + "and so on."]
    together = read_many([exchange(reply, SAID) for reply in replies])
    for reply, reading in zip(replies, together, strict=True):
        assert read(exchange(reply, SAID)) == reading


def test_readings_do_not_change_with_how_many_are_read_at_once():
    exchanges = [exchange(reply, said) for reply in (GOOD, POOR) for said in (SAID, "Two years.")]
    assert Gauge.load(threads=3).read_many(exchanges) == read_many(exchanges)


@pytest.mark.parametrize(
    ("said", "reply", "why"),
    [
        (SAID, "", "empty"),
        (SAID, "   \n", "empty"),
        ("...", "I'm here with you.", "empty"),
        (SAID, "\x00\x01\x02", "empty"),
        (SAID, "word " * 20_000, "too-long"),
        (SAID, "a" * 100_000, "too-long"),
        ("Non dormo da settimane e non so più che cosa devo fare.",
         "Da così tanto tempo. Vuoi raccontarmi qualcosa?", "language"),
        ("Nie śpię od tygodni i nie wiem już, co mam robić.",
         "To już tak długo. Chcesz o tym opowiedzieć?", "language"),
        ("import os\nfor name in os.listdir('.'):\n    print(name)",
         "def run(self, x: int) -> None:\n    return self._run(x)", "not-a-conversation"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_has_a_reason_and_no_number(said, reply, why):
    reading = read(exchange(reply, said))
    assert reading.unscored in (why, "language")
    assert reading.whole() is None
    assert reading.gate is None
    assert not any(each.offered for each in reading.dimensions)


@pytest.mark.parametrize(
    "said", ["i want to kill myself", "Tonight I am going to kill myself.",
             "I cut myself last night again", "he hit me again and locked the door"],
)  # fmt: skip
def test_danger_said_plainly_is_seen(said):
    found = person((Turn(role="person", text=said),))
    assert found.danger.seen
    assert found.danger.level >= 2


def test_danger_is_seen_where_the_reply_cannot_be_scored():
    reading = read(
        exchange("", "I have written the letters and tonight I am going to kill myself.")
    )
    assert reading.unscored == "empty"
    assert reading.person.danger.seen


def test_danger_in_the_middle_of_a_long_turn_is_seen():
    calm = "We went to the shop and bought bread and milk and it rained a little. " * 12
    said = f"{calm} Tonight I am going to kill myself, I have it all ready. {calm}"
    assert person((Turn(role="person", text=said),)).danger.seen


def test_the_longest_exchange_can_be_read():
    said = "I came home late again and nobody was up. " * 40
    turns = tuple(Turn(role="person", text=said) for _ in range(6))
    reading = read(Exchange(context=turns, reply="Late again. And nobody up. " * 40))
    assert reading.unscored in (None, "too-long")


def test_ordinary_sadness_is_no_danger():
    assert not person(
        (Turn(role="person", text="I miss my old flat, it rained all day."),)
    ).danger.seen


@pytest.mark.parametrize("given", [None, "text", ("a", "b"), {"reply": "x"}, 3])
def test_a_wrong_type_gets_a_sentence(given):
    with pytest.raises(NotReadable, match="Exchange"):
        read_many([given])


def test_text_that_is_no_text_gets_a_sentence():
    with pytest.raises(NotReadable, match="text"):
        read(Exchange(context=(Turn(role="person", text="hello there"),), reply=3))
    with pytest.raises(NotReadable, match="text"):
        read(Exchange(context=(Turn(role="person", text=None),), reply="hello"))


@pytest.mark.parametrize("where", ["said", "reply"])
def test_half_a_character_gets_a_sentence(where):
    said, reply = ("hello \ud83d", "hi there") if where == "said" else ("hello", "hi \ud83d there")
    with pytest.raises(NotReadable, match="half a character"):
        read(exchange(reply, said))


def test_no_exchanges_give_no_readings():
    assert read_many([]) == []


def test_a_missing_model_says_what_to_do(tmp_path):
    with pytest.raises(AssetsMissing, match="install"):
        Gauge.load(tmp_path)


def test_a_broken_model_says_what_to_do(tmp_path):
    (tmp_path / "gauge.json").write_text("{}")
    with pytest.raises(AssetsMissing, match="install"):
        Gauge.load(tmp_path)


def test_reading_never_imports_a_hub_client_nor_the_network():
    code = (
        "import sys\n"
        "from beside_gauge import Exchange, Turn, read\n"
        "assert 'onnxruntime' not in sys.modules\n"
        "read(Exchange(context=(Turn(role='person', text='I came home late again.'),), "
        "reply='Late again. And then?'))\n"
        "bad = [n for n in sys.modules if n.split('.')[0] in "
        "('huggingface_hub', 'requests', 'httpx', 'urllib3', 'torch', 'transformers')]\n"
        "assert not bad, bad\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_turns_that_say_the_same_lie_nearer_than_others():
    said = (
        "My boss shouted at me in front of everyone.",
        "Manager yelled at me in the meeting today, everybody heard.",
        "The cat sits in the laundry basket again.",
    )
    states = Gauge.load().turn_states([(Turn(role="person", text=each),) for each in said])
    assert states.shape == (3, 384)
    states = states / (states**2).sum(1, keepdims=True) ** 0.5
    assert states[0] @ states[1] > states[0] @ states[2]
    with pytest.raises(NotReadable):
        Gauge.load().turn_states([(Turn(role="companion", text="Well?"),)])


def test_the_encoder_is_known_by_its_files():
    gauge = Gauge.load()
    assert gauge.encoder == Gauge.load().encoder
    assert len(gauge.encoder) == 64
