import json

import pytest

from beside.errors import (
    JournalDamaged,
    JournalNewer,
    KeyMissing,
    NoSuchPerson,
    PassphraseTooShort,
    WrongPassphrase,
)
from beside.store import keys
from beside.store.keys import PassphraseWork

DATA_KEY = bytes(range(32))


@pytest.fixture
def sealed(passphrase, light):
    return keys.new_keys(DATA_KEY, passphrase, light)


def test_both_secrets_open_the_same_key(sealed, passphrase):
    own, recovery_key = sealed
    assert keys.open_with_passphrase(own, passphrase) == DATA_KEY
    assert keys.open_with_recovery_key(own, recovery_key) == DATA_KEY


def test_a_wrong_secret_says_so_and_does_not_repeat_it(sealed):
    own, recovery_key = sealed
    with pytest.raises(WrongPassphrase, match="recovery key opens it too") as error:
        keys.open_with_passphrase(own, "nine loud herons")
    assert "herons" not in str(error.value)
    with pytest.raises(WrongPassphrase, match="earlier one"):
        keys.open_with_recovery_key(own, keys.make_recovery_key())


def test_a_passphrase_opens_however_the_keyboard_writes_its_letters(light):
    own, _ = keys.new_keys(DATA_KEY, "caf\u00e9 at night", light)
    assert keys.open_with_passphrase(own, "cafe\u0301 at night") == DATA_KEY


def test_a_passphrase_may_be_in_any_script_and_is_counted_in_characters():
    keys.check_passphrase("\U0001f331" * 8)
    for short in ("", "seven77", "e\u0301" * 7):
        with pytest.raises(PassphraseTooShort):
            keys.check_passphrase(short)


def test_keys_come_back_from_the_folder_as_they_were_written(sealed, tmp_path):
    keys.write_keys(tmp_path, sealed[0])
    assert keys.read_keys(tmp_path) == sealed[0]
    assert [each.name for each in tmp_path.iterdir()] == ["keys.json"]


def test_keys_hold_neither_the_data_key_nor_a_secret(sealed, tmp_path, passphrase):
    own, recovery_key = sealed
    keys.write_keys(tmp_path, own)
    text = (tmp_path / "keys.json").read_text().lower()
    for secret in (
        DATA_KEY.hex(),
        passphrase,
        recovery_key.lower(),
        recovery_key[:4].lower() + "-",
    ):
        assert secret not in text


def test_a_folder_without_anything_has_no_journal(tmp_path):
    with pytest.raises(NoSuchPerson):
        keys.read_keys(tmp_path)


def test_a_journal_without_its_keys_says_what_is_missing(tmp_path):
    (tmp_path / "journal.db").write_bytes(b"x")
    with pytest.raises(KeyMissing, match="keys.json"):
        keys.read_keys(tmp_path)


def alter(path, change) -> None:
    record = json.loads(path.read_text())
    change(record)
    path.write_text(json.dumps(record))


@pytest.mark.parametrize(
    "change",
    [
        lambda record: record.pop("passphrase"),
        lambda record: record.pop("check"),
        lambda record: record["passphrase"].update(passes=2),
        lambda record: record["passphrase"].update(salt="not hex"),
        lambda record: record["recovery"].update(sealed="AAAA"),
    ],
)
def test_damaged_keys_are_told_from_a_wrong_passphrase(sealed, tmp_path, change):
    keys.write_keys(tmp_path, sealed[0])
    alter(tmp_path / "keys.json", change)
    with pytest.raises(JournalDamaged, match="keys.json"):
        keys.read_keys(tmp_path)


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"format": 1}'])
def test_what_is_no_keys_file_is_called_damaged(text):
    with pytest.raises(JournalDamaged):
        keys.parse_keys(text)


def test_keys_of_a_later_version_are_left_to_it(sealed, tmp_path):
    keys.write_keys(tmp_path, sealed[0])
    alter(tmp_path / "keys.json", lambda record: record.update(format=2))
    with pytest.raises(JournalNewer):
        keys.read_keys(tmp_path)


def test_forged_keys_cannot_ask_for_endless_work(passphrase, tmp_path, light):
    own, _ = keys.new_keys(DATA_KEY, passphrase, light)
    endless = PassphraseWork(memory_kib=2**40, passes=1, lanes=1)
    forged = keys.SealedKeys(
        work=endless,
        salt=own.salt,
        by_passphrase=own.by_passphrase,
        by_recovery_key=own.by_recovery_key,
    )
    keys.write_keys(tmp_path, forged)
    with pytest.raises(JournalDamaged):
        keys.read_keys(tmp_path)


def test_another_passphrase_leaves_the_recovery_key_as_it_is(sealed):
    own, recovery_key = sealed
    changed = keys.with_passphrase(own, DATA_KEY, "eight loud herons")
    assert keys.open_with_passphrase(changed, "eight loud herons") == DATA_KEY
    assert keys.open_with_recovery_key(changed, recovery_key) == DATA_KEY
    assert changed.salt != own.salt


def test_people_get_more_work_than_the_least_that_is_advised():
    assert PassphraseWork().memory_kib >= 64 * 1024
    assert PassphraseWork().passes >= 3
