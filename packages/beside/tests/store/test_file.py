"""Each thing that can be wrong with a file has its own sentence, and the file stays as it was."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from beside.errors import (
    DiskFull,
    JournalBusy,
    JournalDamaged,
    KeyMissing,
    NoSuchPerson,
    NotAJournal,
    StoreError,
    WrongPassphrase,
)
from beside.store.file import run_alone, sentence_for
from beside.store.journal import Journal
from beside.talk.events import PersonSpoke


@pytest.fixture
def kept(journal, folder, talk):
    """A journal with something in it, locked."""
    sitting = talk(journal)
    for number in range(40):
        sitting.say(f"p{number}", "I am tired of all this. " * 20, None)
    journal.lock()
    return folder


def opens_not(folder: Path, passphrase: str, error: type[StoreError], sentence: str) -> None:
    """Neither a writer nor a reader opens it, and no file is altered by trying."""
    before = {each.name: each.read_bytes() for each in folder.glob("*.*")}
    for opening in (Journal.open, Journal.open_reader):
        with pytest.raises(error, match=sentence) as caught:
            opening(folder, passphrase)
        assert type(caught.value) is error
        assert "tired" not in str(caught.value)
    after = {each.name: each.read_bytes() for each in folder.glob("*.*")}
    after.pop("journal.lock", None)
    before.pop("journal.lock", None)
    assert after == before


def test_a_wrong_passphrase(kept):
    opens_not(kept, "eight loud herons", WrongPassphrase, "try again")


def test_no_journal_under_this_name(tmp_path, passphrase):
    with pytest.raises(NoSuchPerson, match="'mara'"):
        Journal.open(tmp_path / "mara", passphrase)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_key_file(kept, passphrase):
    (kept / "keys.json").unlink()
    opens_not(kept, passphrase, KeyMissing, "keys.json")


def test_a_damaged_key_file(kept, passphrase):
    (kept / "keys.json").write_bytes((kept / "keys.json").read_bytes()[:-40])
    opens_not(kept, passphrase, JournalDamaged, "keys.json")


def test_a_missing_journal_file(kept, passphrase):
    (kept / "journal.db").unlink()
    opens_not(kept, passphrase, JournalDamaged, "journal.db is not")


def test_a_plain_database_in_its_place(kept, passphrase):
    (kept / "journal.db").unlink()
    plain = sqlite3.connect(kept / "journal.db")
    plain.execute("CREATE TABLE events (words TEXT)")
    plain.commit()
    plain.close()
    opens_not(kept, passphrase, NotAJournal, "plain database")


def test_another_file_in_its_place(kept, passphrase):
    (kept / "journal.db").write_bytes(b"Dear diary, \n" * 4096)
    opens_not(kept, passphrase, NotAJournal, "not one that these keys belong to")


def test_a_text_file_in_its_place(kept, passphrase):
    (kept / "journal.db").write_bytes(b"Dear diary")
    opens_not(kept, passphrase, JournalDamaged, "cut short or damaged")


def test_the_journal_of_someone_else_in_its_place(kept, tmp_path, passphrase, light):
    other, _ = Journal.create(tmp_path / "people" / "mara", passphrase, work=light)
    other.lock()
    (tmp_path / "people" / "mara" / "journal.db").replace(kept / "journal.db")
    opens_not(kept, passphrase, NotAJournal, "not one that these keys belong to")


@pytest.mark.parametrize("left", [0, 1000, 4096, 5 * 4096, 10 * 4096 + 77, -4096, -1])
def test_a_file_that_was_cut_short(kept, passphrase, left):
    whole = (kept / "journal.db").read_bytes()
    (kept / "journal.db").write_bytes(whole[:left])
    opens_not(kept, passphrase, JournalDamaged, "safe place first")


def test_a_damaged_beginning(kept, passphrase):
    damaged = bytearray((kept / "journal.db").read_bytes())
    damaged[100:120] = bytes(20)
    (kept / "journal.db").write_bytes(damaged)
    opens_not(kept, passphrase, NotAJournal, "beginning is damaged")


def test_a_damaged_page_is_noticed_when_it_is_read_and_by_a_check(kept, passphrase, opened):
    damaged = bytearray((kept / "journal.db").read_bytes())
    for start in range(3 * 4096, len(damaged), 4096):
        damaged[start + 50] ^= 1
    (kept / "journal.db").write_bytes(damaged)
    with pytest.raises(JournalDamaged):
        opened(Journal.open(kept, passphrase)).check()
    opened(Journal.open_reader(kept, passphrase))
    with pytest.raises(JournalDamaged):
        opened(Journal.open_reader(kept, passphrase)).events()


def test_a_whole_file_passes_the_check(journal, talk):
    talk(journal).say("p", "I am tired.")
    journal.check()


def test_a_second_writer(journal, folder, passphrase, talk):
    with pytest.raises(JournalBusy, match="'anna'"):
        Journal.open(folder, passphrase)
    talk(journal).say("p", "I am tired.")


def test_a_second_writer_in_another_process(journal, folder, passphrase):
    script = (
        "import sys; from pathlib import Path; from beside.store.journal import Journal\n"
        "try: Journal.open(Path(sys.argv[1]), sys.argv[2])\n"
        "except Exception as error: print(type(error).__name__)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder), passphrase],
        capture_output=True,
        check=True,
        text=True,
    )
    assert (done.stdout.strip(), done.stderr) == ("JournalBusy", "")
    journal.lock()


def test_a_full_disk_keeps_everything_that_was_there_and_goes_on_when_there_is_room(
    journal, folder, passphrase, talk, opened
):
    sitting = talk(journal)
    sitting.say("p0", "I am tired. " * 100)
    engine = journal._engine
    [(pages,)] = run_alone(engine, "PRAGMA page_count")
    run_alone(engine, f"PRAGMA max_page_count = {pages + 2}")
    said = 1
    with suppress(DiskFull):
        while said < 100:
            sitting.say(f"p{said}", "I am tired. " * 100, f"p{said - 1}")
            said += 1
    with pytest.raises(DiskFull, match="make some room") as caught:
        sitting.say(f"p{said}", "I am tired. " * 100, f"p{said - 1}")
    assert "tired" not in str(caught.value)
    assert sitting.line() == [f"p{number}" for number in range(said)]
    run_alone(engine, "PRAGMA max_page_count = 1000000")
    sitting.say(f"p{said}", "Again.", f"p{said - 1}")
    journal.lock()
    assert len(opened(Journal.open(folder, passphrase)).conversation("c").line()) == said + 1


SAY_UNTIL_IT_FAILS = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from beside.errors import StoreError
from beside.store.journal import Journal, PassphraseWork
from beside.talk.events import ConversationBegan, PersonSpoke
now, folder, said = datetime.now(UTC), Path(sys.argv[1]), 0
light = PassphraseWork(memory_kib=64, passes=1, lanes=1)
journal, _ = Journal.create(folder, "seven quiet herons", work=light)
journal.append(ConversationBegan(at=now, conversation="c"))
if len(sys.argv) > 2:
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    for said in range(1000):
        journal.append(
            PersonSpoke(at=now, conversation="c", turn=f"p{said}", parent=None, text="Here. " * 400)
        )
except StoreError as error:
    print(type(error).__name__)
assert len(journal.conversation("c").turns) == said
journal.lock()
if len(sys.argv) == 2:
    journal = Journal.open(folder, "seven quiet herons")
    assert len(journal.conversation("c").turns) == said
    journal.check()
"""


@pytest.mark.skipif(os.name == "nt", reason="needs a limit on the size of files")
def test_a_file_that_may_not_grow_loses_nothing(folder, passphrase, opened):
    command = [sys.executable, "-c", SAY_UNTIL_IT_FAILS, str(folder), "limited"]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    assert (done.stdout, done.stderr) == ("StoreError\n", "")
    journal = opened(Journal.open(folder, passphrase))
    assert len(journal.conversation("c").turns) > 0
    journal.check()


def test_a_disk_without_room_loses_nothing(tmp_path):
    namespace = ["unshare", "--user", "--map-root-user", "--mount"]
    if not shutil.which("unshare") or subprocess.run([*namespace, "true"], check=False).returncode:
        pytest.skip("no small disk can be made here without rights (unshare)")
    inside = f'mount -t tmpfs -o size=400k tmpfs {tmp_path} && exec "$@"'
    command = [*namespace, "sh", "-c", inside, "sh", sys.executable, "-c", SAY_UNTIL_IT_FAILS]
    done = subprocess.run(
        [*command, str(tmp_path / "anna")], capture_output=True, check=False, text=True
    )
    assert (done.stdout, done.stderr) == ("DiskFull\n", "")


def test_no_error_holds_what_a_person_wrote(journal, talk):
    sitting = talk(journal)
    fact = sitting.fact(PersonSpoke, turn="p", parent=None, text="my secret words")
    engine = journal._engine
    run_alone(engine, "PRAGMA max_page_count = 1")
    with pytest.raises(DiskFull) as caught:
        journal.append(
            fact,
            *[
                sitting.fact(PersonSpoke, turn=f"q{n}", parent=None, text="my secret words" * 999)
                for n in range(9)
            ],
        )
    error: BaseException | None = caught.value
    while error is not None:
        assert "secret" not in str(error) + repr(error)
        error = error.__cause__ or error.__context__


def test_an_error_that_nobody_foresaw_is_a_sentence_too():
    assert "beside doctor" in str(sentence_for(None, RuntimeError("secret")))
    assert "secret" not in str(sentence_for(None, RuntimeError("secret")))


def test_nothing_is_printed_about_a_file_that_does_not_open(kept, passphrase, capfd):
    damaged = bytearray((kept / "journal.db").read_bytes())
    damaged[100:120] = bytes(20)
    (kept / "journal.db").write_bytes(damaged)
    with pytest.raises(NotAJournal):
        Journal.open(kept, passphrase)
    assert capfd.readouterr() == ("", "")
