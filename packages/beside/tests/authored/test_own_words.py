"""What is taken up from a person's words, and what is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beside.voices.authored.book import open_book
from beside.voices.authored.own_words import MOST_CHARACTERS, take_up
from beside.voices.authored.recognise import hear


def taken(turn: str) -> dict[str, str]:
    book = open_book("en")
    assert book is not None
    return take_up(hear(turn, book), book)


@pytest.mark.parametrize(
    ("turn", "slot", "words"),
    [
        ("I snapped at my mother", "echo", "you snapped at your mother"),
        ("I was nine.", "echo", "you were nine"),
        ("He always made coffee for me.", "echo", "he always made coffee for you"),
        ("im so lost without her", "echo", "you're so lost without her"),
        ("I just want them gone.", "want", "them gone"),
        ("I'm afraid of losing my son", "fear", "losing your son"),
        ("I'm scared that he will leave me", "fear_that", "he will leave you"),
        ("It's like carrying a piano", "image", "carrying a piano"),
        ("I'm a terrible nurse.", "verdict", "terrible nurse"),
        ("These attacks have ruled my life for two years", "long", "two years"),
        ("These attacks have ruled my life for two years", "word", "ruled"),
        ("Water colours, mostly the sea.", "fragment", "Water colours, mostly the sea"),
        ("My sister Anna came on tuesday", "day", "on Tuesday"),
        ("My wife left me last week", "relative", "wife"),
        ("My wife left me last week", "them", "her"),
    ],
)
def test_a_person_hears_their_own_words_turned_toward_them(turn, slot, words):
    assert taken(turn).get(slot, "").lower() == words.lower()


@pytest.mark.parametrize(
    "turn",
    [
        "I hate you",  # words to the companion
        "I think you should <b>die</b>",
        "I told him https://example.org/?q=1 was it",
        "I {relative} the {echo} and %s",
        "Was I wrong to shout at her?",  # a question is not said back
        "I bring it on myself",  # nor a blow at oneself
        "It is my own fault",
        "I should practise more",  # it would come back as an order
        "I made the soup she ate the bread",  # nor two sentences run together
        "She say me go home",  # nor what was hard to say in a new language
    ],
)
def test_what_is_doubtful_is_not_said_back(turn):
    assert not {"echo", "quote", "fragment"} & taken(turn).keys()


@given(st.text(max_size=300))
def test_what_is_taken_up_is_short_plain_text(turn):
    for words in taken(turn).values():
        assert 0 < len(words) <= MOST_CHARACTERS
        assert not set(words) & set('<>{}[]&;|\\/\n\r\t"`$#@*_=')


@given(st.sampled_from(["<script>alert(1)</script>", "{echo}", "{0}", "%s", "<img src=x>"]))
def test_markup_and_placeholders_are_never_taken_up(poison):
    for words in taken(f"I feel {poison} so empty, my mother {poison} left me").values():
        assert not any(sign in words for sign in "<>{}%")
