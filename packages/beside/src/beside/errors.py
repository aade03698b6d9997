"""Everything that can go wrong, as a tree.

BesideError
├── StoreError
│   ├── WrongPassphrase      NoSuchPerson         PersonExists
│   ├── KeyMissing           NotAJournal          JournalDamaged
│   ├── JournalNewer         JournalBusy          DiskFull
│   ├── JournalLocked        BackupUnreadable     PassphraseTooShort
│   └── NameUnusable
├── VoiceError
│   ├── VoiceUnreachable     VoiceTimedOut        VoiceRefused
│   ├── VoiceBroke           VoiceMissing         ConsentNeeded
│   └── WeightsWrong
├── CarryError
│   └── NotAConversation     NotAPerson
├── TurnError
│   ├── NothingSaid          TooLong              NoSuchTurn
│   ├── NoSuchConversation   StillSpeaking
└── SettingWrong

An error says what happened, to what, and what to do next. It never holds what a person wrote.
`code` is short and stable: it is what the journal keeps and what translations hang on.
"""

from typing import ClassVar


class BesideError(Exception):
    """Something went wrong that a person can be told about, in `str(error)`."""

    code: ClassVar[str] = "beside"

    @property
    def sentence(self) -> str:
        """What it says, with what is needed to say it in another language (see `sentence.py`)."""
        return self.args[0] if self.args and isinstance(self.args[0], str) else str(self)


class StoreError(BesideError):
    """The journal could not be opened, read or written."""

    code = "store"


class WrongPassphrase(StoreError):
    """The passphrase or recovery key does not open this journal."""

    code = "wrong-passphrase"


class PassphraseTooShort(StoreError):
    """The passphrase is shorter than the least that is accepted."""

    code = "passphrase-too-short"


class NoSuchPerson(StoreError):
    """There is no journal under this name."""

    code = "no-such-person"


class PersonExists(StoreError):
    """There is a journal under this name already."""

    code = "person-exists"


class NameUnusable(StoreError):
    """No folder can be named like this."""

    code = "name-unusable"


class KeyMissing(StoreError):
    """The file with the wrapped keys is not beside the journal."""

    code = "key-missing"


class NotAJournal(StoreError):
    """The file is not an encrypted journal of Beside's."""

    code = "not-a-journal"


class JournalDamaged(StoreError):
    """The journal is cut short or damaged."""

    code = "journal-damaged"


class JournalNewer(StoreError):
    """The journal was written by a later version of Beside."""

    code = "journal-newer"


class JournalBusy(StoreError):
    """Another Beside has this journal open for writing."""

    code = "journal-busy"


class JournalLocked(StoreError):
    """The journal has been locked; it must be unlocked before it is read or written."""

    code = "journal-locked"


class DiskFull(StoreError):
    """There is no room left to write."""

    code = "disk-full"


class BackupUnreadable(StoreError):
    """The file is not a backup, or another passphrase opens it."""

    code = "backup-unreadable"


class VoiceError(BesideError):
    """A voice could not answer, or could not go on."""

    code = "voice"


class VoiceUnreachable(VoiceError):
    """No connection to the server of this voice."""

    code = "unreachable"


class VoiceTimedOut(VoiceError):
    """The voice was silent for too long."""

    code = "timed-out"


class VoiceRefused(VoiceError):
    """The server answered with an error (a key, a quota, an unknown model)."""

    code = "refused"


class VoiceBroke(VoiceError):
    """The reply broke off or could not be understood."""

    code = "broke"


class VoiceMissing(VoiceError):
    """The voice, its weights or its runtime are not here."""

    code = "missing"


class ConsentNeeded(VoiceError):
    """This voice sends words off the machine and the person has not agreed to it."""

    code = "consent-needed"


class WeightsWrong(VoiceError):
    """The downloaded weights are not the expected ones; they were deleted."""

    code = "weights-wrong"


class CarryError(BesideError):
    """Something could not be brought in or taken along."""

    code = "carry"


class NotAConversation(CarryError):
    """The file holds no conversation that Beside can read."""

    code = "not-a-conversation"


class NotAPerson(CarryError):
    """The file or the name is of nobody whom one could practise with."""

    code = "not-a-person"


class TurnError(BesideError):
    """What was asked of a conversation cannot be done."""

    code = "turn"


class NothingSaid(TurnError):
    """The message holds no words."""

    code = "nothing-said"


class TooLong(TurnError):
    """The message is longer than a turn can be."""

    code = "too-long"


class NoSuchTurn(TurnError):
    """There is no such turn in this conversation."""

    code = "no-such-turn"


class NoSuchConversation(TurnError):
    """There is no such conversation in this journal."""

    code = "no-such-conversation"


class StillSpeaking(TurnError):
    """A reply is being written in this conversation."""

    code = "still-speaking"


class SettingWrong(BesideError):
    """A setting has a value that it cannot have."""

    code = "setting-wrong"
