import errno
import os
import stat
import time

import pytest

from beside.errors import DiskFull, PersonExists, StoreError
from beside.store.private import (
    LEFT_AFTER_SECONDS,
    begin_folder,
    make_private_folder,
    room_needed,
    write_private,
)


def test_a_folder_appears_when_it_is_complete(tmp_path):
    with begin_folder(tmp_path / "people" / "anna") as beginning:
        (beginning / "journal.db").write_bytes(b"all of it")
        assert not (tmp_path / "people" / "anna").exists()
    assert (tmp_path / "people" / "anna" / "journal.db").read_bytes() == b"all of it"


def test_a_folder_that_could_not_be_completed_leaves_nothing(tmp_path):
    def fail() -> None:
        with begin_folder(tmp_path / "anna") as beginning:
            (beginning / "journal.db").write_bytes(b"half of it")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_someone_else_made_meanwhile_is_not_replaced(tmp_path):
    def lose_the_race() -> None:
        with begin_folder(tmp_path / "anna"):
            (tmp_path / "anna").mkdir()
            (tmp_path / "anna" / "journal.db").write_bytes(b"theirs")

    with pytest.raises(PersonExists):
        lose_the_race()
    assert (tmp_path / "anna" / "journal.db").read_bytes() == b"theirs"
    assert [each.name for each in tmp_path.iterdir()] == ["anna"]


def test_an_empty_folder_may_become_a_journal(tmp_path):
    (tmp_path / "anna").mkdir()
    with begin_folder(tmp_path / "anna") as beginning:
        (beginning / "journal.db").touch()
    assert (tmp_path / "anna" / "journal.db").exists()


def test_what_a_kill_left_half_made_is_gone_when_the_next_journal_is_begun(tmp_path):
    left, fresh = tmp_path / ".0123456789abcdef.new", tmp_path / ".fedcba9876543210.new"
    others = [tmp_path / ".notes.new", tmp_path / "0123456789abcdef.new", tmp_path / "bert"]
    for each in (left, fresh, *others):
        each.mkdir()
        (each / "journal.db").write_bytes(b"half of it")
    long_ago = time.time() - LEFT_AFTER_SECONDS - 60
    for each in (left, *others):
        os.utime(each / "journal.db", (long_ago, long_ago))
        os.utime(each, (long_ago, long_ago))
    with begin_folder(tmp_path / "anna") as beginning:
        (beginning / "journal.db").touch()
    assert not left.exists()
    assert all((each / "journal.db").exists() for each in (fresh, *others, tmp_path / "anna"))


def test_a_half_made_folder_that_is_still_written_to_stays(tmp_path):
    beginning = tmp_path / ".0123456789abcdef.new"
    beginning.mkdir()
    (beginning / "journal.db").write_bytes(b"more of it, just now")
    long_ago = time.time() - LEFT_AFTER_SECONDS - 60
    os.utime(beginning, (long_ago, long_ago))
    with begin_folder(tmp_path / "anna"):
        pass
    assert (beginning / "journal.db").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_what_is_made_is_for_this_account_alone(tmp_path):
    make_private_folder(tmp_path / "a" / "b")
    write_private(tmp_path / "a" / "b" / "c", b"x")
    modes = [stat.S_IMODE((tmp_path / each).stat().st_mode) for each in ("a", "a/b", "a/b/c")]
    assert modes == [0o700, 0o700, 0o600]


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "keys.json"
    write_private(path, b"the earlier")

    def no_room(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_room)
    with pytest.raises(DiskFull), room_needed("anna"):
        write_private(path, b"the later")
    assert path.read_bytes() == b"the earlier"
    assert [each.name for each in tmp_path.iterdir()] == ["keys.json"]


def test_what_the_system_refuses_is_said_in_a_sentence(tmp_path):
    with pytest.raises(StoreError, match="'anna' could not be written"), room_needed("anna"):
        write_private(tmp_path / "nowhere" / "keys.json", b"x")
