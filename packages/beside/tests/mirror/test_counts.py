"""What is counted in a session, each as somebody would count it by hand."""

import pytest

from beside.mirror.count_rules import LANGUAGES, language_in, rules_for, sentences
from beside.mirror.counts import MOST_NAMED, count
from beside.mirror.transcript import Speaker, Spoken, Transcript


def session(*turns: str) -> Transcript:
    """`P: words`, `H: words` (who helps) and `X: words` (somebody else)."""
    return Transcript(
        title=None,
        source="text",
        speakers=(
            Speaker(id="P", name="P", role="person"),
            Speaker(id="H", name="H", role="practitioner"),
            Speaker(id="X", name="X", role="other"),
        ),
        turns=tuple(Spoken(speaker=turn[0], text=turn[3:]) for turn in turns),
    )


def words_of(transcript: Transcript, what: str) -> list[str]:
    return [
        transcript.turns[each.place].text[each.start : each.end]
        for each in count(transcript).pointed
        if each.what == what
    ]


def test_every_question_is_counted_with_or_without_its_mark():
    told = session(
        "P: I am so tired of this house.",
        "H: Since when? What is it like in there",
        "P: It is cold and I do not know what to do.",
        'H: He said: "Are you mad?" And you stayed.',
    )
    assert words_of(told, "question") == ["Since when?", "What is it like in there"]


def test_a_question_that_holds_its_own_answer_is_leading():
    told = session(
        "P: I did not sleep.",
        "H: You were on your phone again, weren't you?",
        "P: I was not.",
        "H: Don't you think it is the screen?",
        "P: No.",
        "H: What do you think it is?",
    )
    assert (count(told).questions, count(told).leading) == (3, 2)


@pytest.mark.parametrize(
    "advice",
    [
        "You should really talk to him.",
        "Have you tried a warm bath?",
        "Well, try to sleep at ten.",
        "If I were you, I'd leave.",
        "Why don't you call her?",
        "A short walk would help.",
        "Don't let it get to you.",
        "Some people keep a diary of it.",
        "Calm down, and then write it all down.",
    ],
)
def test_advice_is_known_in_its_many_coats(advice):
    assert words_of(session("P: I hate this job so much.", f"H: {advice}"), "advice") == [advice]


@pytest.mark.parametrize(
    "free",
    [
        "Take your time.",
        "Tell me more.",
        "You don't have to decide that today.",
        "Would it help if I sat here?",
        'So he told you: "You should be grateful."',
        "The clinic opens at nine.",
        "If you like, we can stay with this.",
    ],
)
def test_an_invitation_or_a_fact_is_no_advice(free):
    assert words_of(session("P: I hate this job so much.", f"H: {free}"), "advice") == []


@pytest.mark.parametrize(
    "reply",
    [
        "You sat there for an hour, with the keys in your hand.",
        "An hour in the car.",
        "It sounds as if the house is too big now.",
        "So the keys stayed in your hand.",
    ],
)
def test_what_gives_back_something_of_theirs_is_a_reflection(reply):
    told = session("P: I sat in the car for an hour with the keys in my hand.", f"H: {reply}")
    assert count(told).reflections == 1


@pytest.mark.parametrize(
    "reply",
    [
        "That must be hard.",
        "You are so brave to sit in the car.",
        "You should go in.",
        "Did you sit in the car for an hour?",
        "I sat in a car once, too.",
        "You will be fine.",
    ],
)
def test_what_fits_anybody_praises_or_asks_is_no_reflection(reply):
    told = session("P: I sat in the car for an hour with the keys in my hand.", f"H: {reply}")
    assert count(told).reflections == 0


def test_a_label_that_the_person_did_not_use_is_a_box():
    told = session(
        "P: My doctor calls it a burnout, I call it the wall.",
        "H: The burnout, as he calls it. You're in denial about it.",
    )
    assert words_of(told, "box") == ["You're in denial about it."]


def test_the_fix_reflex_is_the_answers_from_heavy_words_to_advice():
    told = session(
        "P: Good morning.",
        "H: Good morning. You should sit here.",
        "P: I feel so alone since he died.",
        "H: Since he died.",
        "P: Yes.",
        "H: You should join a club.",
        "P: I can't stop crying.",
        "H: Try to think of something else.",
    )
    counts = count(told)
    assert counts.fix_reflex == 2
    assert counts.reflexes == (2, 1)


def test_pressing_after_a_no_is_seen_and_staying_is_not_held_against_anyone():
    pressed = session("P: I'd rather not talk about him.", "H: But you have to, some day.")
    stayed = session("P: I'd rather not talk about him.", "H: Then we leave him out of it.")
    assert (count(pressed).refusals, count(pressed).pressed) == (1, 1)
    assert (count(stayed).refusals, count(stayed).pressed) == (1, 0)


def test_the_words_of_somebody_else_count_for_nobody():
    counts = count(session("P: one two three", "X: four five", "H: six"))
    assert (counts.their_words, counts.own_words, counts.talk_share) == (3, 1, 0.25)


def test_turns_in_a_row_are_one_answer_and_places_stay_those_of_the_turns():
    told = session("P: I am so tired of it all.", "H: Mm.", "H: You are tired of it.", "P: Yes.")
    counts = count(told)
    assert counts.answers == 1
    assert words_of(told, "reflection") == ["You are tired of it."]


def test_an_answer_where_the_person_broke_off_is_counted():
    assert count(session("P: I wanted to say that I —", "H: I know.")).cut_off == 1


def test_in_a_language_that_is_not_known_only_questions_and_words_are_counted():
    counts = count(session("P: Мне очень страшно одной.", "H: Что вы чувствуете?"))
    assert counts.language is None
    assert (counts.questions, counts.talk_share) == (1, 3 / 7)
    assert (counts.advice, counts.reflections, counts.boxes, counts.leading) == (None,) * 4


def test_an_empty_session_has_no_share():
    counts = count(session())
    assert (counts.talk_share, counts.question_load, counts.fix_reflex) == (None, None, None)


@pytest.mark.parametrize(
    ("language", "heavy", "advice", "question"),
    [
        ("nl", "Ik ben zo moe en ik kan niet meer.", "Je moet meer slapen.", "Hoe lang al?"),
        ("fr", "J'ai peur et je n'en peux plus.", "Vous devriez dormir.", "Depuis quand ?"),
        ("de", "Ich kann nicht mehr, ich schäme mich.", "Sie sollten schlafen.", "Seit wann?"),
        ("es", "No puedo más, tengo mucho miedo.", "Deberías dormir más.", "¿Desde cuándo?"),
    ],
)
def test_five_languages_are_counted(language, heavy, advice, question):
    counts = count(session(f"P: {heavy}", f"H: {question} {advice}"))
    assert counts.language == language
    assert (counts.questions, counts.advice, counts.heavy, counts.fix_reflex) == (1, 1, 1, 1)


def test_what_is_named_is_bounded_and_what_is_counted_is_not():
    told = session(*["P: I am so tired.", "H: Why? You should rest."] * 60)
    counts = count(told)
    assert (counts.questions, counts.advice) == (60, 60)
    assert sum(each.what == "advice" for each in counts.pointed) == MOST_NAMED


def test_every_language_has_all_its_words():
    tables = [vars(rules_for(language)) for language in LANGUAGES]
    assert all(table.keys() == tables[0].keys() for table in tables)


def test_sentences_end_where_they_end():
    text = 'I paid 3.50 for it. "Why?" she said… And then\nnothing'
    found = [text[start:end] for start, end in sentences(text)]
    assert found == ["I paid 3.50 for it.", '"Why?"', "she said…", "And then", "nothing"]


def test_too_few_words_are_no_language():
    assert language_in([]) is None
    assert language_in(["12 34"]) is None
