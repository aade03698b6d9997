import os
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from beside.errors import (
    BackupUnreadable,
    JournalDamaged,
    JournalNewer,
    PassphraseTooShort,
    PersonExists,
    StoreError,
    WrongPassphrase,
)
from beside.store.backup import install, pack, unpack
from beside.store.journal import Journal, PassphraseWork
from beside.talk.events import ConversationBegan, PersonSpoke

PASSPHRASE = "seven quiet herons"
BACKUP = "another quiet heron"


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("backup")


@pytest.fixture(scope="module")
def backup(place) -> Path:
    """Made once (age takes its second or two): by a reader, while another has the journal open."""
    folder = place / "people" / "anna"
    light = PassphraseWork(memory_kib=64, passes=1, lanes=1)
    journal, _ = Journal.create(folder, PASSPHRASE, work=light)
    own: dict[str, Any] = {"at": datetime(2026, 3, 1, tzinfo=UTC), "conversation": "c"}
    spoke = PersonSpoke(**own, turn="p", parent=None, text="I am tired.")
    journal.append(ConversationBegan(**own), spoke)
    reader = Journal.open_reader(folder, PASSPHRASE)
    reader.backup(place / "anna.age", BACKUP)
    with pytest.raises(StoreError, match="reading only"):
        reader.append(spoke)
    reader.lock()
    journal.append(PersonSpoke(**own, turn="q", parent="p", text="Said after the backup."))
    journal.lock()
    return place / "anna.age"


def test_what_was_backed_up_is_restored_and_opens_with_the_journals_own_passphrase(
    backup, tmp_path, opened
):
    folder = tmp_path / "elsewhere" / "anna"
    Journal.restore(backup, BACKUP, folder)
    if os.name != "nt":
        assert {stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()} == {0o600}
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with pytest.raises(WrongPassphrase):
        Journal.open(folder, BACKUP)
    restored = opened(Journal.open(folder, PASSPHRASE))
    assert [turn.text for turn in restored.conversation("c").line()] == ["I am tired."]
    restored.check()


def test_a_backup_holds_nothing_that_can_be_read_and_leaves_nothing_behind(backup, place):
    content = backup.read_bytes()
    assert content.startswith(b"age-encryption.org/v1")
    for trace in (b"tired", b"journal", b"keys", b"anna"):
        assert trace not in content
    assert sorted(each.name for each in place.rglob("*") if each.is_file()) == [
        "anna.age", "journal.db", "journal.lock", "keys.json"
    ]  # fmt: skip


def test_a_backup_covers_no_other_file(journal, tmp_path):
    (tmp_path / "letter").write_text("Dear Mara")
    with pytest.raises(StoreError, match="another name"):
        journal.backup(tmp_path / "letter", BACKUP)
    assert (tmp_path / "letter").read_text() == "Dear Mara"


def test_a_backup_that_cannot_be_made_says_why_and_leaves_nothing(journal, folder, tmp_path):
    with pytest.raises(PassphraseTooShort):
        journal.backup(tmp_path / "b.age", "short")
    with pytest.raises(StoreError, match="could not be written"):
        journal.backup(tmp_path / "nowhere" / "b.age", BACKUP)
    journal.lock()
    assert {each.name for each in folder.iterdir()} == {"journal.db", "journal.lock", "keys.json"}
    assert not list(tmp_path.glob("*.age*"))


def test_a_damaged_journal_is_not_backed_up_as_if_it_were_whole(
    journal, folder, passphrase, tmp_path, opened
):
    journal.lock()
    damaged = bytearray((folder / "journal.db").read_bytes())
    damaged[-100] ^= 1
    (folder / "journal.db").write_bytes(damaged)
    with pytest.raises(JournalDamaged):
        opened(Journal.open_reader(folder, passphrase)).backup(tmp_path / "b.age", BACKUP)
    assert not (tmp_path / "b.age").exists()


def test_a_journal_is_never_covered_by_a_restored_one(backup, journal, folder):
    journal.lock()
    before = {each.name: each.read_bytes() for each in folder.iterdir()}
    with pytest.raises(PersonExists):
        Journal.restore(backup, BACKUP, folder)
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == before


def test_another_passphrase_restores_nothing(backup, tmp_path):
    with pytest.raises(BackupUnreadable, match="chosen when it was made"):
        Journal.restore(backup, "not this one", tmp_path / "mara")
    assert not (tmp_path / "mara").exists()


@pytest.mark.parametrize("content", [b"", b"Dear Mara", b"age-encryption.org/v1\n-> x\n", None])
def test_what_is_no_whole_backup_is_refused(backup, tmp_path, content):
    broken = tmp_path / "broken.age"
    broken.write_bytes(backup.read_bytes()[:-50] if content is None else content)
    with pytest.raises(BackupUnreadable, match="not a whole backup"):
        Journal.restore(broken, BACKUP, tmp_path / "mara")
    assert not (tmp_path / "mara").exists()


def test_a_backup_that_is_not_there_is_said_to_be_so(tmp_path):
    with pytest.raises(BackupUnreadable, match="is there"):
        Journal.restore(tmp_path / "none.age", BACKUP, tmp_path / "mara")


@pytest.mark.parametrize(
    ("files", "error"),
    [
        ({"beside.json": b'{"format": 1}', "keys.json": b"{}"}, BackupUnreadable),
        ({"beside.json": b"[]", "keys.json": b"{}", "journal.db": b"x"}, BackupUnreadable),
        ({"../../escape": b"x"}, BackupUnreadable),
        ({"beside.json": b'{"format": 2}', "keys.json": b"{}", "journal.db": b"x"}, JournalNewer),
        ({"beside.json": b'{"format": 1}', "keys.json": b"{}", "journal.db": b"x"}, JournalDamaged),
    ],
)
def test_what_was_sealed_but_is_no_backup_of_ours_is_refused(tmp_path, files, error):
    with pytest.raises(error):
        install(unpack(pack(files), "b.age"), tmp_path / "people" / "mara")
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == []


def test_what_was_sealed_and_cannot_be_unpacked_is_refused():
    for packed in (b"", b"x" * 2000, pack({"beside.json": b"{}"})[:600]):
        with pytest.raises(BackupUnreadable, match="not a backup of Beside's"):
            unpack(packed, "b.age")


def test_what_else_is_in_a_backup_is_not_brought_back(tmp_path, journal, folder):
    journal.lock()
    files = {each: (folder / each).read_bytes() for each in ("keys.json", "journal.db")}
    install({**files, "../escape": b"x"}, tmp_path / "people" / "mara")
    assert {each.name for each in (tmp_path / "people" / "mara").iterdir()} == files.keys()
    assert not list(tmp_path.rglob("escape"))
