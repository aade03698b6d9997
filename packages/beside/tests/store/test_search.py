import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beside.store.journal import Journal


@pytest.fixture
def said(journal, talk):
    sitting = talk(journal)
    sitting.say("p1", "My mother said nothing.\nShe never does; I don't know why.")
    sitting.answer("r1", "p1", "Noth", "ing at all, and you waited.")
    sitting.say("p2", "Ik voel me één en al verdriet 🌧️ in Köln, und über alles NEAR", "r1")
    sitting.answer("r2", "p2", "我在这里。 สวัสดีครับ")
    return journal


def turns(journal: Journal, words: str) -> list[str]:
    return [each.turn for each in journal.search(words)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("mother", ["p1"]),
        ("MOTHER", ["p1"]),
        ("nothing", ["r1", "p1"]),
        ("noth", ["r1", "p1"]),
        ("noth ", []),
        ("nothing mother", ["p1"]),
        ("mother waited", []),
        ("don't", ["p1"]),
        ("een koln uber", ["p2"]),
        ("Één KÖLN", ["p2"]),
        ("🌧️", ["p2"]),
        ("🌧️ verdriet", ["p2"]),
        ("🌧️ mother", []),
        ("在这", ["r2"]),
        ("สวัสดี", ["r2"]),
        ("NEAR", ["p2"]),
        ("text:mother", []),
        ("conversation", []),
        ("scripted", []),
    ],
)
def test_a_turn_is_found_by_its_words(said, words, expected):
    assert turns(said, words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "", " ", "\n\t", '"', '""', "'", "*", "a*", "^a", "-", "NOT", "AND", "OR", "a OR", "NEAR(",
        "NEAR(a b, 2)", "(", ")", "{text}: a", "a + b", "a AND NOT b", "%", "_", ";", "--", "\x00",
        "\x02\x03", "\ud800", "\ufffe", "?", "🌱🌱", "x" * 100_000, "x " * 100_000, '" OR 1=1 --',
        "’s", "²", "\u0301", "ا" * 500,
    ],
)  # fmt: skip
def test_whatever_is_typed_is_safe(said, words):
    assert isinstance(said.search(words), list)


def test_a_find_is_shown_in_its_surroundings(said):
    (found,) = said.search("never")
    assert (found.before, found.match) == ("My mother said nothing. She ", "never")
    assert found.after == " does; I don't know why."
    assert (found.role, found.conversation) == ("person", "c")
    assert found.at.tzinfo is not None
    (found,) = said.search("waited")
    assert found.role == "companion"
    (found,) = said.search("在这")
    assert (found.before, found.match, found.after) == ("我", "在这", "里。 สวัสดีครับ")


def test_long_turns_are_shown_in_part(journal, talk):
    talk(journal).say("p", "lead " * 500 + "needle " + "trail " * 500 + "🌱" + " tail" * 500)
    for words in ("needle", "🌱"):
        (found,) = journal.search(words)
        assert found.match == words
        assert found.before.startswith("…")
        assert found.after.endswith("…")
        assert len(found.before + found.after) < 400


def test_words_that_look_like_marks_do_not_confuse_a_find(journal, talk):
    talk(journal).say("p", "a \x02b\x03 \x00 needle <b>…</b>")
    (found,) = journal.search("needle")
    assert (found.match, found.after) == ("needle", " <b>…</b>")


def test_a_reply_is_found_when_it_has_ended(journal, talk):
    sitting = talk(journal)
    sitting.say("p", "Hello.")
    sitting.begin_answer("r", "p", "A nee", "dle.")
    assert journal.search("needle") == []
    sitting.end_answer("r", "stopped")
    assert [each.turn for each in journal.search("needle")] == ["r"]


def test_only_as_many_as_asked_for_are_found_the_newest_first(journal, talk):
    sitting = talk(journal)
    for number in range(10):
        sitting.say(f"p{number}", "needle")
    assert [each.turn for each in journal.search("needle", limit=3)] == ["p9", "p8", "p7"]
    assert journal.search("needle", limit=0) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.text(), asked=st.text())
def test_any_words_can_be_said_and_any_can_be_looked_for(said, asked, talk):
    journal = Journal.in_memory()
    sitting = talk(journal)
    sitting.say("p", said)
    for words in (asked, said, f"{asked} {said}"):
        for found in journal.search(words):
            assert found.turn == "p"
    journal.lock()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(words=st.lists(st.sampled_from(["sun", "rain", "wind", "Sünde"]), min_size=1))
def test_every_word_that_was_said_is_found(words, talk):
    journal = Journal.in_memory()
    talk(journal).say("p", " ".join(words))
    for word in words:
        assert len(journal.search(word)) == 1
    journal.lock()
