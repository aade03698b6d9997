"""What a practitioner brings in, in each form, and what becomes of its speakers."""

import json

import pytest

from beside.errors import NotAConversation
from beside.mirror.transcript import (
    Speaker,
    Spoken,
    Transcript,
    from_conversation,
    initials,
    merged,
    read,
    read_all,
    with_roles,
)
from beside.talk.conversation import replay
from beside.talk.events import ConversationBegan, PersonSpoke, ReplyBegan, ReplyEnded, ReplyPart


def said(transcript: Transcript) -> list[tuple[str, str]]:
    names = {each.id: each.name for each in transcript.speakers}
    return [(names[turn.speaker], turn.text) for turn in transcript.turns]


def roles(transcript: Transcript) -> dict[str, str]:
    return {each.name: each.role for each in transcript.speakers}


TEXT = b"""Therapist: How are you today?
Client: Not well.
I did not sleep.

And then he said: go away.
Therapist: Tell me.
Client: No."""


def test_lines_without_a_name_belong_to_who_spoke_last():
    assert said(read(TEXT)) == [
        ("Therapist", "How are you today?"),
        ("Client", "Not well.\nI did not sleep.\n\nAnd then he said: go away."),
        ("Therapist", "Tell me."),
        ("Client", "No."),
    ]


def test_who_helps_is_known_by_what_they_are_called():
    assert roles(read(TEXT)) == {"Therapist": "practitioner", "Client": "person"}
    found = read(b"Mevr. Peeters: Ik ben moe.\nVerpleegkundige: Sinds wanneer?")
    assert roles(found) == {"Mevr. Peeters": "person", "Verpleegkundige": "practitioner"}


def test_who_helps_is_otherwise_guessed_by_who_asks():
    found = read(b"Ann: I hate my job.\nBo: What is it like?\nAnn: I feel dead.\nBo: Since when?")
    assert roles(found) == {"Ann": "person", "Bo": "practitioner"}


def test_a_phrase_that_leads_up_to_a_colon_is_nobody_however_often_it_comes_back():
    found = read(b"Ann: I sat.\nHe said: go.\nBo: And?\nAnn: So.\nHe said: stay.\nBo: Oh.")
    assert [each.name for each in found.speakers] == ["Ann", "Bo"]


def test_a_third_who_speaks_is_another():
    found = read(b"Doctor: Hello.\nPatient: Hello.\nMother: He is in pain.\nDoctor: I see.")
    assert roles(found)["Mother"] == "other"


def test_markdown_headings_and_bold_names_are_speakers():
    bold = read(b"# One evening\n\n**Ann:** hi\n\n**Bo** (0:05): yes\n\n- one\n", name="a.md")
    assert said(bold) == [("Ann", "hi"), ("Bo", "yes\n\n- one")]
    assert (bold.title, bold.turns[1].at, bold.source) == ("One evening", 5.0, "Markdown")
    headed = read(b"## Ann\n\nhi\n\n## Bo\n\nyes\n\n## Ann\n\nso\n\n## Bo\n\nno")
    assert said(headed) == [("Ann", "hi"), ("Bo", "yes"), ("Ann", "so"), ("Bo", "no")]


def test_a_name_with_a_time_above_the_words_is_a_speaker():
    found = read(b"Ann Bee   0:03\nhello\nthere\nBo  1:00:10\nyes\nAnn Bee  1:01:00\nbye")
    assert said(found) == [("Ann Bee", "hello\nthere"), ("Bo", "yes"), ("Ann Bee", "bye")]
    assert [turn.at for turn in found.turns] == [3.0, 3610.0, 3660.0]


def test_dashes_are_two_who_alternate():
    found = read("– Hello?\n– I am here.\n– Good.\n– I am tired of it all.".encode())
    assert [turn.speaker for turn in found.turns] == ["A", "B", "A", "B"]


def test_a_cue_without_a_name_goes_on_with_what_was_being_said():
    found = read(
        b"1\n00:00:01,000 --> 00:00:02,000\nAnn: I was\n\n2\n00:00:02,000 --> 00:00:03,000\n"
        b"going to say\n\n3\n00:00:04,500 --> 00:00:05,000\nBo: what?\n"
    )
    assert said(found) == [("Ann", "I was\ngoing to say"), ("Bo", "what?")]
    assert found.turns[1].at == 4.5


def test_two_voices_in_one_cue_are_two_turns():
    found = read(
        b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Sit <i>down</i> &amp; rest</v>\n<v Bo>No"
    )
    assert said(found) == [("Ann", "Sit down & rest"), ("Bo", "No")]


def test_subtitles_that_do_not_say_who_speaks_get_a_clear_sentence():
    with pytest.raises(NotAConversation, match="nothing says who speaks"):
        read(b"1\n00:00:01,000 --> 00:00:02,000\nhello\n\n2\n00:00:02,000 --> 00:00:03,000\nyou")


def test_what_a_helper_like_machine_was_told_is_no_turn():
    found = read(
        json.dumps(
            [
                {"role": "system", "content": "be kind"},
                {"role": "user", "content": "I am sad"},
                {"role": "assistant", "content": [{"type": "text", "text": "Tell me."}]},
            ]
        ).encode()
    )
    assert said(found) == [("user", "I am sad"), ("assistant", "Tell me.")]
    assert found.left_out == 1
    assert roles(found) == {"user": "person", "assistant": "practitioner"}


def test_the_columns_of_a_table_are_found_by_what_is_in_them():
    rows = "1;Ann;I did not sleep at all\n2;Bo;Since when is that so?\n3;Ann;For a year now"
    found = read(rows.encode(), name="a.csv")
    assert said(found)[0] == ("Ann", "I did not sleep at all")


def test_a_file_of_several_conversations_gives_the_longest_and_says_what_is_left():
    rows = "transcript_id,interlocutor,utterance_text\n0,therapist,hi\n0,client,yo\n" + (
        "1,therapist,a b\n1,client,c d\n1,therapist,e f\n"
    )
    assert [len(each.turns) for each in read_all(rows.encode())] == [2, 3]
    longest = read(rows.encode())
    assert (len(longest.turns), longest.left_out) == (3, 2)


def test_pictures_and_notes_of_a_chat_are_left_out():
    found = read(
        "[31/12/2023, 23:59:00] \u200eMessages are end-to-end encrypted.\n"
        "[31/12/2023, 23:59:10] Ann: hi\nthere\n"
        "[01/01/2024, 00:00:10] Bo: \u200eimage omitted\n"
        "[01/01/2024, 00:00:40] ~\u202fBo: happy new year".encode()
    )
    assert said(found) == [("Ann", "hi\nthere"), ("Bo", "happy new year")]
    assert [turn.at for turn in found.turns] == [10.0, 100.0]
    assert found.left_out == 2


def test_a_conversation_held_in_beside_has_its_companion_as_practitioner(beside_conversation):
    found = from_conversation(beside_conversation)
    assert said(found) == [("Person", "I am tired."), ("Companion", "Since when?")]
    assert roles(found) == {"Person": "person", "Companion": "practitioner"}


@pytest.fixture
def beside_conversation():
    from datetime import UTC, datetime, timedelta

    at = datetime(2026, 11, 1, 9, tzinfo=UTC)
    own = {"conversation": "c", "at": at}
    later = {"conversation": "c", "at": at + timedelta(seconds=9)}
    return replay(
        [
            ConversationBegan(**own),
            PersonSpoke(**own, turn="p", parent=None, text="I am tired."),
            ReplyBegan(**later, turn="r", parent="p", voice="authored"),
            ReplyPart(**later, turn="r", text="Since when?"),
            ReplyEnded(**later, turn="r", why="done"),
        ]
    )


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", None, "empty"),
        (b"  \n ", "a.txt", "empty"),
        (b"Dear diary, today it rained. I stayed in.", None, "nothing says who speaks"),
        (b"Ann: hello?\nAnn: is anybody there?", None, "Only one person speaks"),
        (b"%PDF-1.7", None, "PDF"),
        (b"<html></html>", "a.html", "HTML"),
        (bytes(range(256)) * 4, None, "no text"),
        (b"PK\x03\x04 cut", "a.docx", "damaged"),
        (b'{"a": 1}', None, "nothing says who speaks"),
    ],
)
def test_a_file_that_is_no_conversation_gets_a_clear_sentence(data, name, sentence):
    with pytest.raises(NotAConversation, match=sentence):
        read(data, name=name)


def test_no_sentence_about_a_file_holds_what_is_in_it():
    with pytest.raises(NotAConversation) as refused:
        read(b"Zebulon: my secret plan")
    assert "Zebulon" not in str(refused.value)
    assert "secret" not in str(refused.value)


def test_the_practitioner_corrects_roles_and_names():
    found = with_roles(read(TEXT), {"A": "person", "B": "practitioner"}, {"B": "Mia"})
    assert roles(found) == {"Therapist": "person", "Mia": "practitioner"}


def test_two_speakers_who_get_one_name_become_one():
    found = read(b"Ann: a\nBo: b\nReally: c\nAnn: d")
    assert len(found.speakers) == 3
    one = with_roles(found, {}, {"C": "Bo"})
    assert said(one) == [("Ann", "a"), ("Bo", "b"), ("Bo", "c"), ("Ann", "d")]


def test_a_role_for_somebody_who_is_not_there_is_refused():
    with pytest.raises(KeyError):
        with_roles(read(TEXT), {"Z": "person"})


def test_turns_of_one_speaker_in_a_row_are_joined():
    found = merged(read(b"0:01 Ann: a\n0:02 Ann: b\n0:03 Bo: c"))
    assert [(turn.text, turn.at) for turn in found.turns] == [("a\nb", 1.0), ("c", 3.0)]


def test_names_become_initials_and_what_was_found_is_told():
    found, names = initials(
        read(
            b"Dr. Meyer: Hello Anna. Will you tell me? How is Will?\n"
            b"Anna Smith: Will is fine. My boss Kowalski is not. Peter's dog died in May.\n"
            b"Dr. Meyer: And Mrs. Okonkwo? I will write to anna@example.org.\n"
            b"Anna Smith: Meyer, anna... my number is 0470 12 34 56 78."
        )
    )
    assert said(found) == [
        ("Dr. M.", "Hello A. Will you tell me? How is W.?"),
        ("A. S.", "W. is fine. My boss K. is not. P.'s dog died in May."),
        ("Dr. M.", "And Mrs. O.? I will write to [e-mail]."),
        ("A. S.", "M., A... my number is [number]."),
    ]
    assert {"Anna", "Kowalski", "Meyer", "Okonkwo", "Peter", "Smith", "Will"} < set(names)


def test_a_date_with_its_hour_is_no_telephone_number():
    found, names = initials(read(b"Doctor: On 12.03.2024 14:30?\nPatient: Yes, 2024-03-12 14:30."))
    assert said(found)[0][1] == "On 12.03.2024 14:30?"
    assert names == ()


def test_two_names_with_one_letter_stay_two():
    found, _ = initials(read(b"Anna: where is Alex?\nBen: with you, Anna."))
    assert said(found)[0] == ("A.", "where is A2.?")


def test_what_somebody_is_called_for_their_work_stays():
    found, names = initials(read(TEXT))
    assert [each.name for each in found.speakers] == ["Therapist", "Client"]
    assert names == ()


def test_many_who_speak_have_names_of_their_own():
    lines = "\n".join(f"Guest{chr(97 + n % 26)}{chr(97 + n // 26)}: hello" for n in range(60))
    found = read(lines.encode())
    assert found.speakers[27] == Speaker(id="AB", name="Guestbb", role="other")
    assert found.turns[27] == Spoken(speaker="AB", text="hello")
