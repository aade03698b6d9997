"""The keys of one journal: a random data key, sealed by a passphrase and by a recovery key.

`keys.json` holds only sealed keys. Whoever has it, and the journal, still needs one of the two
secrets. Changing either seals the same data key anew and never touches the journal.
"""

import hashlib
import json
import secrets
import unicodedata
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from beside.errors import (
    JournalDamaged,
    JournalNewer,
    KeyMissing,
    NoSuchPerson,
    PassphraseTooShort,
    StoreError,
    WrongPassphrase,
)
from beside.store.private import room_needed, write_private
from beside.store.recovery import make_recovery_key, read_recovery_key
from beside.store.seal import seal, unseal

MINIMUM_PASSPHRASE = 8
"""The least number of characters in a passphrase."""

KEYS = "keys.json"
_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PassphraseWork:
    """How much work one try at a passphrase is (Argon2id).

    The default is twice the passes that RFC 9106 recommends where memory is scarce: about a
    quarter of a second and 64 MiB. Tests may take less; people should not.
    """

    memory_kib: int = 64 * 1024
    passes: int = 6
    lanes: int = 4

    def bearable(self) -> bool:
        """Whether a machine should begin on this at all; a forged file could ask for anything."""
        return (
            8 <= self.memory_kib <= 4 * 1024**2 and 0 < self.passes <= 64 and 0 < self.lanes <= 64
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedKeys:
    """What `keys.json` says."""

    work: PassphraseWork
    salt: bytes
    by_passphrase: str
    by_recovery_key: str


def check_passphrase(passphrase: str) -> None:
    """Raise PassphraseTooShort where this passphrase is too short to protect anything."""
    if len(one_form(passphrase)) < MINIMUM_PASSPHRASE:
        raise PassphraseTooShort(
            f"A passphrase has at least {MINIMUM_PASSPHRASE} characters; a few words that only "
            "you would put together are easy to keep in mind and hard to guess."
        )


def one_form(passphrase: str) -> str:
    """The passphrase with one form for letters that keyboards write in two (é, or e and ´)."""
    return unicodedata.normalize("NFC", passphrase)


def new_keys(data_key: bytes, passphrase: str, work: PassphraseWork) -> tuple[SealedKeys, str]:
    """The data key sealed under a passphrase and a new recovery key, which comes back too."""
    recovery_key = make_recovery_key()
    salt = secrets.token_bytes(16)
    keys = SealedKeys(
        work=work,
        salt=salt,
        by_passphrase=seal(data_key, _stretch(passphrase, salt, work)),
        by_recovery_key=seal(data_key, _from_recovery_key(recovery_key)),
    )
    return keys, recovery_key


def open_with_passphrase(keys: SealedKeys, passphrase: str) -> bytes:
    """The data key. Raises WrongPassphrase."""
    data_key = unseal(keys.by_passphrase, _stretch(passphrase, keys.salt, keys.work))
    if data_key is None:
        raise WrongPassphrase(
            "This passphrase does not open the journal. Nothing was changed; you can try again "
            "as often as you like. If it does not come back to you, the recovery key opens it too."
        )
    return data_key


def open_with_recovery_key(keys: SealedKeys, recovery_key: str) -> bytes:
    """The data key. Raises WrongPassphrase, also for a typing slip (and says so)."""
    data_key = unseal(keys.by_recovery_key, _from_recovery_key(recovery_key))
    if data_key is None:
        raise WrongPassphrase(
            "This recovery key is written rightly, but it does not open this journal. It may be "
            "an earlier one, or that of another journal. Nothing was changed."
        )
    return data_key


def with_passphrase(keys: SealedKeys, data_key: bytes, passphrase: str) -> SealedKeys:
    """The same keys, with the data key sealed under another passphrase."""
    salt = secrets.token_bytes(16)
    return SealedKeys(
        work=keys.work,
        salt=salt,
        by_passphrase=seal(data_key, _stretch(passphrase, salt, keys.work)),
        by_recovery_key=keys.by_recovery_key,
    )


def with_new_recovery_key(keys: SealedKeys, data_key: bytes) -> tuple[SealedKeys, str]:
    """The same keys under a new recovery key, which comes back too; the earlier one is void."""
    recovery_key = make_recovery_key()
    changed = SealedKeys(
        work=keys.work,
        salt=keys.salt,
        by_passphrase=keys.by_passphrase,
        by_recovery_key=seal(data_key, _from_recovery_key(recovery_key)),
    )
    return changed, recovery_key


def read_keys(folder: Path) -> SealedKeys:
    """The sealed keys of a person's folder.

    Raises NoSuchPerson, KeyMissing, JournalNewer or JournalDamaged.
    """
    try:
        text = (folder / KEYS).read_bytes()
    except FileNotFoundError:
        if not (folder / "journal.db").exists():
            raise NoSuchPerson(
                f"There is no journal under the name {folder.name!r} here."
            ) from None
        raise KeyMissing(
            f"The journal {folder.name!r} is here, but the file {KEYS} that belongs beside it is "
            "not, and without it nobody can open the journal. Put it back from a backup; the "
            "journal was not touched."
        ) from None
    except OSError as error:
        raise StoreError(
            f"The file {KEYS} of the journal {folder.name!r} cannot be read ({error.strerror}). "
            "Please see to it that this account may read it; nothing was changed."
        ) from None
    return parse_keys(text)


def write_keys(folder: Path, keys: SealedKeys) -> None:
    """Put the sealed keys in the folder: the earlier ones stay until these are safe on disk."""
    record: dict[str, Any] = {
        "format": _FORMAT,
        "passphrase": {
            "kind": "argon2id",
            **asdict(keys.work),
            "salt": keys.salt.hex(),
            "sealed": keys.by_passphrase,
        },
        "recovery": {"kind": "blake2b", "sealed": keys.by_recovery_key},
    }
    record["check"] = _check(record)
    with room_needed(folder.name):
        write_private(folder / KEYS, json.dumps(record, indent=1).encode())


def parse_keys(text: bytes) -> SealedKeys:
    """What the text of `keys.json` says. Raises JournalNewer or JournalDamaged."""
    try:
        record = json.loads(text)
        if isinstance(record.get("format"), int) and record["format"] > _FORMAT:
            raise JournalNewer(
                f"The file {KEYS} was written by a later version of Beside. Please use that "
                "version; nothing was changed."
            )
        check = record.pop("check")
        passphrase = record["passphrase"]
        keys = SealedKeys(
            work=PassphraseWork(
                memory_kib=passphrase["memory_kib"],
                passes=passphrase["passes"],
                lanes=passphrase["lanes"],
            ),
            salt=bytes.fromhex(passphrase["salt"]),
            by_passphrase=passphrase["sealed"],
            by_recovery_key=record["recovery"]["sealed"],
        )
        whole = check == _check(record) and keys.work.bearable()
    except (ValueError, KeyError, TypeError, AttributeError):
        whole = False
    if not whole:
        raise JournalDamaged(
            f"The file {KEYS} beside the journal is damaged, so no passphrase can be tried. Put "
            "it back from a backup; the journal itself was not touched."
        )
    return keys


def _check(record: dict[str, Any]) -> str:
    """A sum over everything else: a damaged file is told from a wrong passphrase."""
    text = json.dumps({k: v for k, v in record.items() if k != "check"}, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def _stretch(passphrase: str, salt: bytes, work: PassphraseWork) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(
        secret=one_form(passphrase).encode("utf-8", "surrogatepass"),
        salt=salt,
        time_cost=work.passes,
        memory_cost=work.memory_kib,
        parallelism=work.lanes,
        hash_len=32,
        type=Type.ID,
    )


def _from_recovery_key(recovery_key: str) -> bytes:
    """130 random bits need no stretching, only another shape."""
    return hashlib.blake2b(
        read_recovery_key(recovery_key), digest_size=32, person=b"beside-recovery"
    ).digest()
