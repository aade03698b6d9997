"""What was erased is gone from every page of the file, read in the clear."""

import ctypes
import ctypes.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from beside.errors import JournalBusy, KeyMissing, NoSuchPerson, NoSuchTurn
from beside.store import erase
from beside.store.file import PAGE_BYTES, open_file, run_alone
from beside.store.journal import Journal
from beside.store.keys import open_with_passphrase, read_keys
from beside.talk.events import LineChosen, NoteKept, PlanKept

SECRET = "xylographic"
RESERVED = 80
"""At the end of each SQLCipher page: 16 bytes to begin decrypting with, and its signature."""


def test_an_answer_is_erased_alone_and_what_followed_follows_what_came_before(journal, talk):
    sitting = talk(journal)
    sitting.say("p1", "Hello.")
    sitting.answer("r1", "p1", "Here.")
    sitting.say("p2", "Yes.", "r1")
    sitting.answer("r2", "p2", "Go on.")
    journal.erase_turn("c", "r1")
    assert sitting.line() == ["p1", "p2", "r2"]


def test_what_the_person_said_is_erased_with_the_answers_to_it(journal, talk):
    sitting = talk(journal)
    sitting.say("p1", "Hello.")
    sitting.answer("r1", "p1", "Here.")
    sitting.say("p2", "My name is Mara.", "r1")
    sitting.answer("r2", "p2", "Mara, then.")
    sitting.answer("r3", "p2", "Mara!")
    sitting.say("p3", "Yes.", "r2")
    journal.erase_turn("c", "p2")
    assert sitting.line() == ["p1", "r1", "p3"]
    assert sorted(journal.conversation("c").turns) == ["p1", "p3", "r1"]
    assert journal.search("mara") == []


def test_erasing_the_beginning_leaves_a_conversation_that_begins_later(journal, talk):
    sitting = talk(journal)
    sitting.say("p1", "My name is Mara.")
    sitting.answer("r1", "p1", "Mara.")
    sitting.say("p2", "I am tired.", "r1")
    journal.erase_turn("c", "p1")
    assert sitting.line() == ["p2"]
    assert journal.conversations()[0].first_words == "I am tired."
    journal.erase_turn("c", "p2")
    assert sitting.line() == []
    assert (journal.conversations()[0].turns, journal.conversations()[0].first_words) == (0, "")


def test_the_visible_line_stays_where_it_was(journal, talk):
    sitting = talk(journal)
    sitting.say("p1", "Hello.")
    sitting.answer("r1", "p1", "Here.")
    sitting.say("p2", "Yes.", "r1")
    sitting.answer("r2", "p1", "Another.")
    journal.append(sitting.fact(LineChosen, turn="r1"))
    assert sitting.line() == ["p1", "r1", "p2"]
    journal.erase_turn("c", "r1")
    assert sitting.line() == ["p1", "p2"]
    journal.erase_turn("c", "p2")
    assert sitting.line() == ["p1", "r2"]


def test_an_answer_that_went_on_after_one_that_broke_off_can_be_erased(journal, talk):
    sitting = talk(journal)
    sitting.say("p1", "Hello.")
    sitting.begin_answer("r1", "p1", "Here")
    sitting.end_answer("r1", why="failed")
    sitting.answer("on", "r1", "I go on.")
    sitting.say("p2", "Yes.", "on")
    assert sitting.line() == ["p1", "r1", "on", "p2"]
    journal.erase_turn("c", "r1")
    assert sitting.line() == ["p1", "on", "p2"]
    journal.erase_turn("c", "p1")
    assert sitting.line() == ["p2"]
    sitting.begin_answer("r3", "p2", "Ye")
    sitting.end_answer("r3", why="failed")
    sitting.answer("on3", "r3", "And on.")
    journal.erase_turn("c", "p2")
    assert sitting.line() == []


def test_a_reply_that_is_being_spoken_can_be_erased(journal, talk):
    sitting = talk(journal)
    sitting.say("p", "Hello.")
    sitting.begin_answer("r", "p", "Here")
    journal.erase_turn("c", "p")
    assert journal.unfinished_replies() == []
    with pytest.raises(NoSuchTurn):
        sitting.end_answer("r")


def test_only_a_turn_that_is_there_can_be_erased(journal, talk):
    talk(journal).say("p", "Hello.")
    with pytest.raises(NoSuchTurn):
        journal.erase_turn("c", "nobody")


def test_a_note_that_is_taken_back_is_erased(journal, talk):
    moment = talk(journal).now()
    journal.append(NoteKept(at=moment, note="a", text="I live by the sea."))
    journal.append(NoteKept(at=moment, note="b", text="I walk at night."))
    journal.erase_note("a")
    assert [note.text for note in journal.notes()] == ["I walk at night."]
    assert not any(isinstance(e, NoteKept) and e.note == "a" for e in journal.events())


def test_a_plan_takes_the_place_of_the_one_before_which_is_gone(journal, talk):
    moment = talk(journal).now()
    journal.keep_plan(PlanKept(at=moment, signs="I stop answering", people="Mara"))
    journal.keep_plan(PlanKept(at=moment, people="Mara, and Joe"))
    assert journal.plan() == PlanKept(at=moment, people="Mara, and Joe")
    assert sum(isinstance(each, PlanKept) for each in journal.events()) == 1
    journal.erase_plan()
    assert journal.plan() is None
    assert not any(isinstance(each, PlanKept) for each in journal.events())


def test_a_conversation_is_erased_and_the_others_stay(journal, talk):
    for name in ("c", "d"):
        sitting = talk(journal, name)
        sitting.say("p", f"Hello {name}.")
        sitting.begin_answer("r", "p", "Here")
    journal.erase_conversation("c")
    assert [each.id for each in journal.conversations()] == ["d"]
    assert [each.conversation for each in journal.search("hello")] == ["d"]
    assert journal.unfinished_replies() == [("d", "r")]
    talk(journal, "c").say("p", "Hello again.")


def test_everything_is_erased_with_keys_and_folder(journal, folder, passphrase, talk):
    talk(journal).say("p", "Hello.")
    (folder / "journal.db.before-0000").write_bytes(b"a copy")
    journal.erase_everything()
    assert journal.locked
    assert not folder.exists()
    with pytest.raises(NoSuchPerson):
        Journal.open(folder, passphrase)


def test_what_someone_else_put_into_the_folder_is_not_erased(journal, folder):
    (folder / "letter.txt").write_text("Dear Mara")
    journal.erase_everything()
    assert [each.name for each in folder.iterdir()] == ["letter.txt"]


def test_an_erasing_of_everything_that_is_cut_off_leaves_nothing_that_can_be_opened(
    journal, folder, passphrase, talk, monkeypatch
):
    talk(journal).say("p", "Hello.")

    unlink = Path.unlink

    def cut_off(path: Path, *, missing_ok: bool) -> None:
        if path.name.startswith("journal"):
            raise KeyboardInterrupt
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", cut_off)
    with pytest.raises(KeyboardInterrupt):
        journal.erase_everything()
    monkeypatch.undo()
    journal.lock()
    with pytest.raises(KeyMissing):
        Journal.open(folder, passphrase)


def test_copies_that_were_kept_before_a_migration_go_with_what_was_erased(journal, folder, talk):
    talk(journal).say("p", "Hello.")
    for name in ("journal.db.before-0000", "journal.db.snapshot-cut-off"):
        (folder / name).write_bytes(b"a copy")
    journal.erase_turn("c", "p")
    assert {each.name for each in folder.iterdir()} == {
        "journal.db", "journal.db-shm", "journal.db-wal", "journal.lock", "keys.json"
    }  # fmt: skip


@pytest.fixture
def secrets_said(journal, talk) -> Any:
    """A conversation with a secret in every place that keeps words, among many others."""
    sitting = talk(journal, "c", title=f"About {SECRET}")
    before = talk(journal, "d")
    for number in range(60):
        before.say(f"q{number}", "quiet words of another day " * 9, None)
    sitting.say("p1", f"{SECRET} {SECRET.upper()} words")
    sitting.answer("r1", "p1", f"About {SECRET}", " you say.")
    sitting.say("p2", "It stays.", "r1")
    return sitting


@pytest.fixture
def in_the_clear(folder, passphrase, tmp_path) -> Any:
    """Every byte of the journal, decrypted: pages in use, free pages, and the write-ahead log."""
    data_key = open_with_passphrase(read_keys(folder), passphrase)

    def read() -> bytes:
        decrypt = aes_256_cbc(data_key)
        clear = b"".join(decrypt(page) for page in pages(folder))
        return clear.lower() + exported(folder, data_key, tmp_path).lower()

    return read


def pages(folder: Path) -> Iterator[bytes]:
    file = (folder / "journal.db").read_bytes()
    yield file[16:PAGE_BYTES]
    for start in range(PAGE_BYTES, len(file), PAGE_BYTES):
        yield file[start : start + PAGE_BYTES]
    if (folder / "journal.db-wal").exists():
        log = (folder / "journal.db-wal").read_bytes()
        for start in range(32, len(log), PAGE_BYTES + 24):
            frame = log[start + 24 : start + 24 + PAGE_BYTES]
            first = log[start : start + 4] == b"\x00\x00\x00\x01"
            yield frame[16:] if first else frame


def aes_256_cbc(key: bytes) -> Any:
    """Decrypts one page with the system's OpenSSL, so that not even our own database is trusted."""
    name = ctypes.util.find_library("crypto")
    if name is None:
        pytest.skip("no OpenSSL library to read the pages with")
    crypto = ctypes.CDLL(name)
    for function in ("EVP_CIPHER_CTX_new", "EVP_aes_256_cbc"):
        getattr(crypto, function).restype = ctypes.c_void_p

    def decrypt(page: bytes) -> bytes:
        words, start = page[:-RESERVED], page[-RESERVED : -RESERVED + 16]
        context = ctypes.c_void_p(crypto.EVP_CIPHER_CTX_new())
        cipher = ctypes.c_void_p(crypto.EVP_aes_256_cbc())
        clear, length = ctypes.create_string_buffer(len(words) + 32), ctypes.c_int()
        crypto.EVP_DecryptInit_ex(context, cipher, None, key, start)
        crypto.EVP_CIPHER_CTX_set_padding(context, 0)
        crypto.EVP_DecryptUpdate(context, clear, ctypes.byref(length), words, len(words))
        crypto.EVP_CIPHER_CTX_free(context)
        return clear.raw[: length.value]

    return decrypt


def exported(folder: Path, data_key: bytes, tmp_path: Path) -> bytes:
    """A plain copy as SQLCipher itself makes it."""
    plain = tmp_path / "plain.db"
    plain.unlink(missing_ok=True)
    engine = open_file(folder / "journal.db", data_key, writing=True)
    run_alone(engine, "ATTACH ? AS plain KEY ''", str(plain))
    run_alone(engine, "SELECT sqlcipher_export('plain')")
    run_alone(engine, "DETACH plain")
    engine.dispose()
    return plain.read_bytes()


def encrypted(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in folder.iterdir()).lower()


@pytest.mark.usefixtures("secrets_said")
def test_nothing_that_was_said_can_be_read_on_the_disk_without_the_key(folder, in_the_clear):
    assert SECRET.encode() in in_the_clear()
    for trace in (SECRET, "it stays", "quiet", "events", "SQLite format"):
        assert trace.lower().encode() not in encrypted(folder)


def test_a_turn_that_was_erased_is_in_no_page(secrets_said, journal, in_the_clear):
    journal.append(secrets_said.fact(LineChosen, turn="p1"))
    journal.erase_conversation("d")
    journal.erase_turn("c", "p1")
    clear = in_the_clear()
    assert clear.count(SECRET.encode()) == clear.count(b"about " + SECRET.encode())  # its title
    assert b"it stays" in clear
    assert b"quiet" not in clear


@pytest.mark.usefixtures("secrets_said")
def test_a_conversation_that_was_erased_is_in_no_page(journal, in_the_clear):
    assert in_the_clear().count(SECRET.encode()) > 3
    journal.erase_conversation("c")
    clear = in_the_clear()
    assert SECRET.encode() not in clear
    assert b"it stays" not in clear
    assert b"quiet words" in clear


@pytest.mark.usefixtures("secrets_said")
def test_after_locking_nothing_that_was_erased_is_left_either(journal, in_the_clear):
    journal.erase_conversation("c")
    journal.lock()
    assert SECRET.encode() not in in_the_clear()


@pytest.mark.usefixtures("secrets_said")
def test_what_a_crash_kept_from_being_cleared_away_is_cleared_at_the_next_unlock(
    journal, folder, passphrase, in_the_clear, monkeypatch, opened
):
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(erase, "sweep", crash)
    with pytest.raises(KeyboardInterrupt):
        journal.erase_conversation("c")
    monkeypatch.undo()
    assert [each.id for each in journal.conversations()] == ["d"]
    journal.lock()
    again = opened(Journal.open(folder, passphrase))
    assert SECRET.encode() not in in_the_clear()
    with again._transaction() as connection:
        assert not erase.needs_sweep(connection)


@pytest.mark.usefixtures("secrets_said")
def test_a_reader_in_the_way_is_named_and_the_rest_is_done_when_it_is_gone(
    journal, folder, passphrase, in_the_clear, opened
):
    reader = opened(Journal.open_reader(folder, passphrase))
    run_alone(journal._engine, "PRAGMA busy_timeout = 10")
    with reader._transaction() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM events").fetchall()
        with pytest.raises(JournalBusy, match="gone from the journal 'anna'"):
            journal.erase_conversation("c")
        assert [each.id for each in journal.conversations()] == ["d"]
    reader.lock()
    journal.lock()
    opened(Journal.open(folder, passphrase))
    assert SECRET.encode() not in in_the_clear()
