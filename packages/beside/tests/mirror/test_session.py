"""What a practitioner keeps of the mirror: exactly what it was, and really gone when erased."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from packages.beside.tests.mirror.conftest import PASSPHRASE
from packages.beside.tests.mirror.sessions import AT, talk, transcripts

from beside.carry import jsonl
from beside.errors import NoSuchConversation
from beside.mirror.session import kept, marked, replay_mirror
from beside.store.journal import Journal
from beside.talk.events import (
    ConversationBegan,
    MirrorPractised,
    MirrorRead,
    PersonSpoke,
    PreferenceSet,
    from_record,
    to_record,
)

CONSENT = "She agreed on 4 May that I look at this by myself."


def keep(session="s", transcript=None, **values):
    return kept(transcript or talk(), id=session, at=AT, consent=CONSENT, initials=False, **values)


def spoken(transcript):
    names = {each.id: (each.name, each.role) for each in transcript.speakers}
    return [(names[turn.speaker], turn.text, turn.at) for turn in transcript.turns]


@given(transcripts())
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_transcript_that_is_kept_comes_back_with_every_word_voice_and_second(transcript):
    (back,) = replay_mirror([from_record(json.loads(json.dumps(to_record(keep("s", transcript)))))])
    assert spoken(back.transcript) == spoken(transcript)
    assert (back.transcript.title, back.transcript.left_out) == (
        transcript.title,
        transcript.left_out,
    )
    assert back.mark is None
    assert back.consent == CONSENT


@settings(deadline=None)
@given(st.lists(st.tuples(st.none() | st.integers(0, 3), st.floats(0, 1)), max_size=8))
def test_the_newest_mark_of_a_place_counts(marks):
    facts = [marked("s", value, at=AT, place=place, words=None) for place, value in marks]
    (session,) = replay_mirror([keep(), *facts])
    newest = dict(marks)
    whole = newest.pop(None, None)
    assert (session.mark.value if session.mark else None) == whole
    assert {place: mark.value for place, mark in session.marks.items()} == newest


def test_a_mark_lies_on_the_line():
    with pytest.raises(ValueError, match="0 to 1"):
        marked("s", 1.2, at=AT, place=None, words=None)


def test_an_encrypted_file_gives_back_what_was_kept(journal):
    practised = MirrorPractised(at=AT, session="s", person="mr-okafor", seed=7)
    read = MirrorRead(at=AT, session="s", gauge="g", figures=("D1 1.95 1.42 2.40 31",))
    facts = [keep(), practised, marked("s", 0.4, at=AT, place=3, words="too quick"), read]
    journal.append(*facts)
    assert journal.mirror_session("s") == facts
    assert [each for each in journal.events() if hasattr(each, "session")] == facts
    assert jsonl.read(jsonl.write(journal.events())) == journal.events()


def test_the_list_is_read_without_a_word_that_was_said(journal):
    journal.append(keep(), marked("s", 0.4, at=AT, place=None, words="mine"))
    (session,) = replay_mirror(journal.mirror_outlines())
    assert session.transcript.turns == ()
    assert [each.name for each in session.transcript.speakers] == ["Therapist", "Client"]
    assert session.mark is not None


def test_sessions_do_not_weigh_on_what_is_read_at_every_turn(journal):
    journal.append(keep(), PreferenceSet(at=AT, name="voice", value="authored"))
    assert journal.preferences() == {"voice": "authored"}
    assert journal.conversations() == []
    assert journal.search("father") == []


def test_nothing_is_told_of_a_session_that_is_not_there(journal):
    with pytest.raises(NoSuchConversation):
        journal.append(marked("s", 0.4, at=AT, place=None, words=None))
    with pytest.raises(NoSuchConversation):
        journal.mirror_session("s")
    journal.append(keep())
    with pytest.raises(ValueError, match="already"):
        journal.append(keep())


def test_an_erased_session_is_gone_from_the_file_and_the_rest_stays(journal, tmp_path):
    secret = "".join(f"{number:04x}" for number in range(400))
    talked = talk()
    turns = (*talked.turns, type(talked.turns[0])(speaker="B", text=secret))
    transcript = type(talked)(
        title=secret, source="text", speakers=talked.speakers, turns=turns, left_out=0
    )
    journal.append(
        keep("s", transcript),
        keep("other"),
        marked("s", 0.4, at=AT, place=None, words=secret),
        ConversationBegan(at=AT, conversation="c"),
        PersonSpoke(at=AT, conversation="c", turn="p", parent=None, text="I am tired."),
    )
    journal.erase_mirror("s")
    with pytest.raises(NoSuchConversation):
        journal.mirror_session("s")
    assert len(replay_mirror(journal.mirror_outlines())) == 1
    assert journal.conversation("c").leaf == "p"
    assert not any(secret in str(each) for each in journal.events())
    size = (tmp_path / "mara" / "journal.db").stat().st_size
    journal.erase_mirror()
    assert replay_mirror(journal.mirror_outlines()) == ()
    assert (tmp_path / "mara" / "journal.db").stat().st_size <= size


def test_what_is_kept_is_still_there_after_the_journal_was_locked(journal, tmp_path):
    journal.append(keep())
    journal.lock()
    again = Journal.open(tmp_path / "mara", PASSPHRASE)
    assert spoken(replay_mirror(again.mirror_session("s"))[0].transcript) == spoken(talk())
    again.lock()
