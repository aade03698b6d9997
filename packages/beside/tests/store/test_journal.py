import os
import stat
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from beside.errors import (
    JournalLocked,
    NoSuchConversation,
    NoSuchTurn,
    PassphraseTooShort,
    PersonExists,
    StoreError,
    WrongPassphrase,
)
from beside.store.journal import Journal
from beside.talk.conversation import replay
from beside.talk.events import (
    CareLooked,
    ConversationNamed,
    LineChosen,
    NoteKept,
    PersonSpoke,
    PreferenceSet,
    ReplyPart,
)


def test_what_was_kept_is_there_after_locking_and_unlocking(
    journal, folder, passphrase, talk, opened
):
    sitting = talk(journal, title="Spring")
    sitting.say("p", "I am tired.")
    sitting.answer("r", "p", "I am ", "here.")
    before = journal.conversation("c")
    journal.lock()
    again = opened(Journal.open(folder, passphrase))
    assert again.conversation("c") == before
    assert replay(again.events("c")) == before


def test_a_locked_journal_can_neither_be_read_nor_written(journal, talk):
    sitting = talk(journal)
    journal.lock()
    assert journal.locked
    for use in (
        journal.events,
        journal.conversations,
        journal.notes,
        journal.check,
        journal.erase_everything,
        lambda: journal.search("tired"),
        lambda: journal.conversation("c"),
        lambda: journal.backup(Path("nowhere"), "long enough"),
        lambda: journal.verify("long enough"),
        lambda: sitting.say("p", "I am tired."),
    ):
        with pytest.raises(JournalLocked):
            use()
    journal.lock()


def test_all_facts_of_one_call_are_kept_or_none(journal, talk):
    sitting = talk(journal)
    with pytest.raises(NoSuchTurn):
        journal.append(
            sitting.fact(PersonSpoke, turn="p", parent=None, text="I am tired."),
            sitting.fact(ReplyPart, turn="nobody", text="words"),
        )
    assert journal.conversation("c").line() == ()
    assert len(journal.events("c")) == 1
    assert journal.search("tired") == []
    sitting.say("p", "I am tired.")


def test_what_cannot_have_happened_is_not_kept(journal, talk):
    sitting = talk(journal)
    sitting.say("p", "I am tired.")
    sitting.answer("r", "p", "Here.")
    with pytest.raises(ValueError, match="not being spoken"):
        sitting.end_answer("r")
    with pytest.raises(ValueError, match="there already"):
        talk(journal)
    with pytest.raises(ValueError, match="aware"):
        journal.append(NoteKept(at=sitting.now().replace(tzinfo=None), note="n", text="x"))
    with pytest.raises(NoSuchTurn):
        journal.append(sitting.fact(LineChosen, turn="nobody"))
    assert len(journal.events("c")) == 5


def test_a_fact_of_a_conversation_that_is_not_there_is_refused(journal, talk):
    sitting = talk(journal)
    sitting.conversation = "elsewhere"
    with pytest.raises(NoSuchConversation):
        sitting.say("p", "I am tired.")
    for use in (journal.conversation, journal.events, journal.erase_conversation):
        with pytest.raises(NoSuchConversation):
            use("elsewhere")


def test_facts_come_back_as_they_were(journal, talk):
    sitting = talk(journal, title="a \x00 title \ud800")
    facts = [
        sitting.fact(PersonSpoke, turn="p", parent=None, text='"\\ \x00 \ud83d 🌱 مرحبا\r\n'),
        sitting.fact(CareLooked, turn="p", level=2, kinds=("suicide", "overdose")),
        sitting.fact(ConversationNamed, title="Two"),
    ]
    journal.append(*facts)
    assert journal.events("c")[1:] == facts


def test_notes_and_preferences_are_kept_beside_the_conversations(journal, talk):
    sitting = talk(journal)
    note = NoteKept(at=sitting.now(), note="n", text="My sister is Mara.")
    journal.append(note, PreferenceSet(at=sitting.now(), name="voice", value="authored"))
    assert [each.text for each in journal.notes()] == ["My sister is Mara."]
    assert journal.preferences() == {"voice": "authored"}
    assert len(journal.events()) == 3
    assert len(journal.events("c")) == 1


def test_replies_without_an_end_are_known(journal, talk):
    sitting = talk(journal)
    sitting.say("p", "I am tired.")
    sitting.begin_answer("r1", "p", "I am ")
    sitting.answer("r2", "p", "Here.")
    assert journal.unfinished_replies() == [("c", "r1")]
    sitting.end_answer("r1", "stopped")
    assert journal.unfinished_replies() == []


def test_several_threads_may_use_one_journal(journal, talk):
    sittings = [talk(journal, f"c{number}") for number in range(6)]

    def speak(sitting) -> None:
        for number in range(10):
            sitting.say(f"p{number}", "I am tired.", f"p{number - 1}" if number else None)
            assert len(sitting.line()) == number + 1

    threads = [threading.Thread(target=speak, args=(each,)) for each in sittings]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert [each.turns for each in journal.conversations()] == [10] * 6


def test_a_journal_in_memory_is_the_same_and_leaves_nothing(tmp_path, talk, monkeypatch):
    monkeypatch.chdir(tmp_path)
    journal = Journal.in_memory()
    sitting = talk(journal)
    sitting.say("p", "I am tired.")
    sitting.answer("r", "p", "Here.")
    assert sitting.line() == ["p", "r"]
    assert len(journal.search("tired")) == 1
    journal.erase_turn("c", "r")
    assert sitting.line() == ["p"]
    for use in (
        lambda: journal.verify("long enough"),
        lambda: journal.backup(tmp_path / "b", "x" * 9),
    ):
        with pytest.raises(StoreError, match="leaves no trace"):
            use()
    journal.erase_everything()
    assert journal.locked
    assert list(tmp_path.iterdir()) == []


def test_a_second_person_of_the_same_name_is_refused_and_the_first_untouched(
    journal, folder, light, talk
):
    talk(journal).say("p", "I am tired.")
    before = {each.name: each.read_bytes() for each in folder.iterdir()}
    with pytest.raises(PersonExists, match="'anna'"):
        Journal.create(folder, "another passphrase", work=light)
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == before
    assert [each.name for each in folder.parent.iterdir()] == ["anna"]


def test_a_short_passphrase_begins_nothing(folder, light):
    with pytest.raises(PassphraseTooShort, match="8"):
        Journal.create(folder, "seven77", work=light)
    assert not folder.parent.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_this_account_can_look_into_a_journal(journal, folder, talk):
    talk(journal).say("p", "I am tired.")
    assert {each.name for each in folder.iterdir()} >= {"journal.db-wal", "keys.json"}
    for each in (folder, folder.parent):
        assert stat.S_IMODE(each.stat().st_mode) == 0o700
    for each in folder.iterdir():
        assert stat.S_IMODE(each.stat().st_mode) == 0o600, each.name


def test_another_passphrase_opens_the_journal_and_the_old_one_no_more(
    journal, folder, passphrase, talk, opened
):
    talk(journal).say("p", "I am tired.")
    journal.change_passphrase(passphrase, "eight loud herons")
    journal.verify("eight loud herons")
    with pytest.raises(WrongPassphrase):
        journal.verify(passphrase)
    journal.lock()
    with pytest.raises(WrongPassphrase):
        Journal.open(folder, passphrase)
    assert opened(Journal.open(folder, "eight loud herons")).conversation("c").line()


def test_a_passphrase_is_changed_only_by_who_knows_it(journal, passphrase):
    with pytest.raises(WrongPassphrase):
        journal.change_passphrase("not this one", "eight loud herons")
    with pytest.raises(PassphraseTooShort):
        journal.change_passphrase(passphrase, "short")
    with pytest.raises(WrongPassphrase):
        journal.new_recovery_key("not this one")
    journal.verify(passphrase)


def test_the_recovery_key_opens_the_journal_under_a_new_passphrase_and_is_replaced(
    folder, passphrase, light, talk, opened
):
    journal, recovery_key = Journal.create(folder, passphrase, work=light)
    talk(journal).say("p", "I am tired.")
    journal.lock()
    recovered, next_key = Journal.recover(folder, recovery_key.lower(), "eight loud herons")
    assert opened(recovered).conversation("c").line()
    recovered.verify("eight loud herons")
    recovered.lock()
    assert next_key != recovery_key
    with pytest.raises(WrongPassphrase, match="earlier"):
        Journal.recover(folder, recovery_key, "nine loud herons")
    opened(Journal.recover(folder, next_key, "nine loud herons")[0])


def test_a_new_recovery_key_replaces_the_one_that_was_lost(folder, passphrase, light, opened):
    journal, lost = Journal.create(folder, passphrase, work=light)
    found = journal.new_recovery_key(passphrase)
    journal.lock()
    with pytest.raises(WrongPassphrase):
        Journal.recover(folder, lost, "eight loud herons")
    opened(Journal.recover(folder, found, "eight loud herons")[0])


def test_a_reader_reads_what_another_goes_on_writing(journal, folder, passphrase, talk, opened):
    sitting = talk(journal)
    reader = opened(Journal.open_reader(folder, passphrase))
    sitting.say("p", "I am tired.")
    assert len(reader.conversation("c").line()) == 1
    sitting.answer("r", "p", "Here.")
    assert len(reader.conversation("c").line()) == 2
    assert len(reader.search("tired")) == 1
    journal.erase_turn("c", "r")
    assert len(reader.conversation("c").line()) == 1


def test_a_reader_changes_nothing(journal, folder, passphrase, talk, opened):
    sitting = talk(journal)
    sitting.say("p", "I am tired.")
    sitting.journal = reader = opened(Journal.open_reader(folder, passphrase))
    for use in (
        lambda: sitting.say("p2", "More.", "p"),
        lambda: reader.erase_turn("c", "p"),
        lambda: reader.erase_conversation("c"),
        lambda: reader.change_passphrase(passphrase, "eight loud herons"),
        reader.erase_everything,
    ):
        with pytest.raises(StoreError, match="reading only"):
            use()
    assert len(journal.events("c")) == 2


def test_the_list_is_newest_first_and_goes_on_further_down(journal, talk):
    for number in range(5):
        sitting = talk(journal, f"c{number}", title=f"Day {number}")
        sitting.second += 10 * number
        sitting.say("p", "I am tired.")
    first = journal.conversations(limit=2)
    assert [each.title for each in first] == ["Day 4", "Day 3"]
    rest = journal.conversations(before=first[-1].last_at)
    assert [each.title for each in rest] == ["Day 2", "Day 1", "Day 0"]
    assert first[0].last_at - first[1].last_at == timedelta(seconds=10)
