"""Exchanges come out of transcripts and JSON lines, or a sentence says why not."""

import pytest

from beside_gauge import NotReadable
from beside_gauge.transcript import (
    from_jsonl,
    from_transcript,
    talk_from_json,
    talk_from_transcript,
)


def test_every_answer_to_the_person_is_an_exchange():
    made = from_transcript("Anna: I left.\nBo: You left.\nAnna: At night.\nBo: In the dark, then.")
    assert [each.reply for each in made] == ["You left.", "In the dark, then."]
    assert [turn.text for turn in made[1].context] == ["I left.", "You left.", "At night."]


def test_the_one_called_client_is_the_person():
    made = from_transcript("Therapist: Come in.\nClient: I'm late.\nTherapist: You're here.")
    assert [each.reply for each in made] == ["You're here."]


def test_a_name_can_be_given():
    made = from_transcript("Bo: Hello.\nAnna: Hi.\nBo: Long day?", person="Anna")
    assert [each.reply for each in made] == ["Long day?"]


def test_lines_without_a_name_belong_to_the_last_speaker():
    [made] = from_transcript("P: one\ntwo\nC: three\n\nfour")
    assert made.context[0].text == "one\ntwo"
    assert made.reply == "three\nfour"


@pytest.mark.parametrize("text", ["no names here", "Anna: only me\nAnna: and me"])
def test_one_voice_is_no_conversation(text):
    with pytest.raises(NotReadable, match="no two voices"):
        from_transcript(text)


def test_an_unknown_name_says_how_many_are_there():
    with pytest.raises(NotReadable, match="2 voices"):
        from_transcript("Anna: a\nBo: b", person="Cleo")


def test_a_sentence_with_a_colon_is_nobodys_name():
    made = from_transcript("Anna: I left.\nAnd then he said: go.\nBo: Go.\nAnna: Yes.\nBo: And?")
    assert made[0].context[0].text == "I left.\nAnd then he said: go."


@pytest.mark.parametrize("text", ["[" * 100_000, '{"context": "a", "reply": "b\u2028c"}'])
def test_odd_json_neither_crashes_nor_is_cut(text):
    try:
        [made] = from_jsonl(text)
    except NotReadable:
        return
    assert made.reply == "b\u2028c"


def test_json_lines_may_give_the_turn_as_one_string():
    [made] = from_jsonl('{"context": "I left.", "reply": "You left."}\n')
    assert made.context[0].role == "person"


@pytest.mark.parametrize(
    "line",
    ["{", "[]", '{"reply": "x"}', '{"context": [], "reply": "x"}', '{"context": "a", "reply": 3}',
     '{"context": [{"role": "companion", "text": "a"}], "reply": "b"}'],
)  # fmt: skip
def test_a_line_that_is_no_exchange_is_named(line):
    with pytest.raises(NotReadable, match="line 2"):
        from_jsonl(f'{{"context": "a b", "reply": "c"}}\n{line}\n')


def test_the_error_never_holds_what_was_said():
    with pytest.raises(NotReadable) as caught:
        from_jsonl('{"context": "my secret", "reply": ')
    assert "secret" not in str(caught.value)


def test_all_that_was_said_is_there_in_its_order_and_can_be_asked_for_again():
    talk = talk_from_transcript("Bo: Hello.\nAnna: Hi.\nBo: Long day?\nand night?", person="Anna")
    told = [("companion", "Hello."), ("person", "Hi."), ("companion", "Long day?\nand night?")]
    assert talk.count == 3
    assert [(turn.role, turn.text) for turn in talk.turns()] == told
    assert [(turn.role, turn.text) for turn in talk.turns()] == told


@pytest.mark.parametrize(
    "text",
    [
        '{"role": "client", "text": "a"}\n\n{"role": "therapist", "text": "b"}\n',
        '[{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]',
        '{"title": "x", "turns": [{"role": "person", "text": "a"}, {"role": "he", "text": "b"}]}',
    ],
)
def test_turns_come_as_lines_as_a_list_or_inside_one(text):
    turns = list(talk_from_json(text).turns())
    assert [(turn.role, turn.text) for turn in turns] == [("person", "a"), ("companion", "b")]
