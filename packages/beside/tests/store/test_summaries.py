import pytest

from beside.talk.events import ConversationNamed


def summary(journal):
    (only,) = journal.conversations()
    return only


def test_a_conversation_is_listed_as_it_stands(journal, talk):
    sitting = talk(journal)
    began = sitting.second
    assert (summary(journal).first_words, summary(journal).turns) == ("", 0)
    sitting.say("p1", "My mother\n\nsaid  nothing.")
    sitting.answer("r1", "p1", "And you waited.")
    sitting.say("p2", "Yes.", "r1")
    listed = summary(journal)
    assert (listed.id, listed.title) == ("c", None)
    assert (listed.first_words, listed.turns) == ("My mother said nothing.", 3)
    assert listed.last_at == journal.conversation("c").last_at
    assert (listed.last_at - listed.began_at).seconds == sitting.second - began


def test_the_newest_name_is_listed(journal, talk):
    sitting = talk(journal, title="One")
    assert summary(journal).title == "One"
    journal.append(sitting.fact(ConversationNamed, title="Two \ud800"))
    assert summary(journal).title == "Two ?"


@pytest.mark.parametrize(
    ("text", "first_words"),
    [
        ("word " * 100, "word " * 15 + "word…"),
        ("x" * 1000, "x" * 80 + "…"),
        ("\n", ""),
        ("🌱" * 81, "🌱" * 80 + "…"),
    ],
)
def test_a_long_beginning_is_cut_at_a_word_where_there_is_one(journal, talk, text, first_words):
    talk(journal).say("p", text)
    assert summary(journal).first_words == first_words


def test_conversations_of_the_same_moment_are_all_listed(journal, talk):
    for number in range(5):
        talk(journal, f"c{number}")
    assert len({each.id for each in journal.conversations()}) == 5
    assert journal.conversations(limit=0) == []
