"""The journal of one person: facts are appended, encrypted, and never changed but by erasing.

A journal is safe to use from several threads; one process at a time may write it.
"""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine

from beside.errors import DiskFull, JournalBusy, JournalLocked, StoreError
from beside.store import backup, erase
from beside.store.append import Replays, append, no_such_conversation, no_such_session
from beside.store.file import JOURNAL, busy, damaged, in_sentences, is_whole, open_file
from beside.store.keys import (
    KEYS,
    MINIMUM_PASSPHRASE,
    PassphraseWork,
    check_passphrase,
    new_keys,
    open_with_passphrase,
    open_with_recovery_key,
    read_keys,
    with_new_recovery_key,
    with_passphrase,
    write_keys,
)
from beside.store.migrate import bring_up_to_date, check_up_to_date, make_tables
from beside.store.people import people, people_folder, person_folder
from beside.store.private import begin_folder, begin_private_file, room_needed
from beside.store.rows import (
    read_all,
    read_mirror,
    read_mirror_outlines,
    read_outside_conversations,
    read_speaking,
)
from beside.store.search import Found, search
from beside.store.summaries import Summary, has_conversation, list_summaries
from beside.talk.conversation import (
    Conversation,
    Note,
    replay_notes,
    replay_plan,
    replay_preferences,
)
from beside.talk.events import Event, PlanKept
from beside.talk.ids import ConversationId, MirrorId, NoteId, TurnId

__all__ = [
    "MINIMUM_PASSPHRASE",
    "Found",
    "Journal",
    "PassphraseWork",
    "Summary",
    "people",
    "people_folder",
    "person_folder",
]

LOCK = "journal.lock"
_KEPT_REPLAYS = 4


class Journal:
    """One person's journal, open: from `create`, `open`, `open_reader`, `recover` or `in_memory`.

    Everything it raises about the file is a StoreError with a sentence for people.
    """

    def __init__(
        self, engine: Engine, *, folder: Path | None, keeper: FileLock | None, writing: bool
    ) -> None:
        self._engine: Engine | None = engine
        self._folder = folder
        self._path = folder / JOURNAL if folder is not None else None
        self._keeper = keeper
        self._writing = writing
        self._alone = threading.RLock()
        self._replays = Replays(_KEPT_REPLAYS if writing else 0)

    @classmethod
    def create(
        cls, folder: Path, passphrase: str, *, work: PassphraseWork | None = None
    ) -> tuple[Self, str]:
        """A new journal in `folder`, open, and its recovery key, which is shown only now.

        Raises PassphraseTooShort, PersonExists or DiskFull; then there is no journal.
        """
        check_passphrase(passphrase)
        data_key = secrets.token_bytes(32)
        keys, recovery_key = new_keys(data_key, passphrase, work or PassphraseWork())
        with begin_folder(folder) as beginning:
            write_keys(beginning, keys)
            path = begin_private_file(beginning / JOURNAL)
            engine = open_file(path, data_key, writing=True, fresh=True)
            with in_sentences(path):
                make_tables(engine)
                engine.dispose()
        return cls._open(folder, data_key), recovery_key

    @classmethod
    def open(cls, folder: Path, passphrase: str) -> Self:
        """The journal in `folder`, open for reading and writing.

        Raises NoSuchPerson, KeyMissing, WrongPassphrase, NotAJournal, JournalDamaged,
        JournalNewer, JournalBusy or DiskFull; then nothing was changed.
        """
        return cls._open(folder, open_with_passphrase(read_keys(folder), passphrase))

    @classmethod
    def open_reader(cls, folder: Path, passphrase: str) -> Self:
        """The journal in `folder`, for reading only; another process may be writing it."""
        data_key = open_with_passphrase(read_keys(folder), passphrase)
        engine = open_file(folder / JOURNAL, data_key, writing=False)
        try:
            check_up_to_date(engine, folder / JOURNAL)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, folder=folder, keeper=None, writing=False)

    @classmethod
    def recover(cls, folder: Path, recovery_key: str, new_passphrase: str) -> tuple[Self, str]:
        """The journal, open, under another passphrase, and a new recovery key in place of this.

        Raises WrongPassphrase (also for a typing slip, and says so), PassphraseTooShort and
        what `open` raises; then both secrets stay what they were.
        """
        check_passphrase(new_passphrase)
        keys = read_keys(folder)
        data_key = open_with_recovery_key(keys, recovery_key)
        journal = cls._open(folder, data_key)
        try:
            keys, new_recovery_key = with_new_recovery_key(keys, data_key)
            write_keys(folder, with_passphrase(keys, data_key, new_passphrase))
        except BaseException:
            journal.lock()
            raise
        return journal, new_recovery_key

    @classmethod
    def in_memory(cls) -> Self:
        """A journal that leaves no trace: it is gone when it is locked or the process ends."""
        engine = open_file(None, None, writing=True)
        make_tables(engine)
        return cls(engine, folder=None, keeper=None, writing=True)

    @classmethod
    def _open(cls, folder: Path, data_key: bytes) -> Self:
        keeper = FileLock(folder / LOCK, timeout=0, mode=0o600, thread_local=False)
        with room_needed(folder.name):
            try:
                keeper.acquire()
            except Timeout:
                raise busy(folder.name) from None
        try:
            path = folder / JOURNAL
            engine = open_file(path, data_key, writing=True)
            try:
                bring_up_to_date(engine, path)
            except BaseException:
                engine.dispose()
                raise
            journal = cls(engine, folder=folder, keeper=keeper, writing=True)
            journal._finish_erasing()
            return journal
        except BaseException:
            keeper.release()
            raise

    @property
    def locked(self) -> bool:
        """Whether the journal was locked, so that nothing can be read or written any more."""
        return self._engine is None

    def append(self, *events: Event) -> None:
        """Keep these facts, all or none; when this returns they are safe on the disk.

        Raises NoSuchConversation or NoSuchTurn where what they belong to is not (or no longer)
        there, ValueError where they cannot have happened, DiskFull, and JournalLocked.
        """
        if not events:
            return
        with self._transaction(writing=True) as connection:
            append(connection, self._replays, events)

    def events(self, conversation: ConversationId | None = None) -> list[Event]:
        """Everything that was kept, in order; of one conversation, or of all and everything."""
        with self._transaction() as connection:
            if conversation is not None and not has_conversation(connection, conversation):
                raise no_such_conversation()
            return read_all(connection, conversation)

    def conversation(self, conversation: ConversationId) -> Conversation:
        """One conversation as it stands. Raises NoSuchConversation."""
        with self._transaction() as connection:
            return self._replays.of(connection, conversation).conversation()

    def conversations(self, *, limit: int = 50, before: datetime | None = None) -> list[Summary]:
        """The list, newest first; `before` (a `last_at`) asks for those further down."""
        with self._transaction() as connection:
            return list_summaries(connection, limit, before)

    def notes(self) -> tuple[Note, ...]:
        """What the person allowed to be remembered, oldest first."""
        return replay_notes(self._facts_outside_conversations())

    def preferences(self) -> dict[str, str]:
        """What the person chose, the newest of each name."""
        return replay_preferences(self._facts_outside_conversations())

    def plan(self) -> PlanKept | None:
        """The person's safety plan as it stands; None where there is none."""
        return replay_plan(self._facts_outside_conversations())

    def keep_plan(self, plan: PlanKept) -> None:
        """Keep the safety plan in the place of the one before, which is really gone then."""
        with self._transaction(writing=True) as connection:
            before = erase.erase_plan(connection)
            append(connection, self._replays, [plan])
        if before:
            with suppress(JournalBusy, DiskFull):  # it is swept when the journal is next opened
                self._sweep()

    def erase_plan(self) -> None:
        """Erase the safety plan; see `erase_turn`."""
        with self._transaction(writing=True) as connection:
            erase.erase_plan(connection)
        self._sweep()

    def mirror_session(self, session: MirrorId) -> list[Event]:
        """Everything kept of one session of the mirror. Raises NoSuchConversation."""
        with self._transaction() as connection:
            facts = read_mirror(connection, session)
        if not facts:
            raise no_such_session()
        return facts

    def mirror_outlines(self) -> list[Event]:
        """Everything kept of all sessions of the mirror, without what was said in them."""
        with self._transaction() as connection:
            return read_mirror_outlines(connection)

    def erase_mirror(self, session: MirrorId | None = None) -> None:
        """Erase one session of the mirror, or all; see `erase_turn`."""
        with self._transaction(writing=True) as connection:
            erase.erase_mirror(connection, session)
        self._sweep()

    def unfinished_replies(self) -> list[tuple[ConversationId, TurnId]]:
        """The replies that began and have no end: being written now, or cut off by a crash."""
        with self._transaction() as connection:
            return read_speaking(connection)

    def verify(self, passphrase: str) -> None:
        """Nothing, where this passphrase opens the journal. Raises WrongPassphrase elsewhere."""
        with self._own_folder() as folder:
            keys = read_keys(folder)
        open_with_passphrase(keys, passphrase)

    def search(self, words: str, *, limit: int = 50) -> list[Found]:
        """The turns that hold all these words, newest first; whatever is typed is safe."""
        with self._transaction() as connection:
            return search(connection, words, limit)

    def erase_turn(self, conversation: ConversationId, turn: TurnId) -> None:
        """Erase a turn, and the answers to it where the person said it; what followed stays.

        Really gone: from search, free space and log too. Raises NoSuchConversation, NoSuchTurn;
        JournalBusy or DiskFull where it is gone to the eye and the clearing away must wait.
        """
        with self._transaction(writing=True) as connection:
            erase.erase_turn(connection, self._replays, conversation, turn)
        self._sweep()

    def erase_conversation(self, conversation: ConversationId) -> None:
        """Erase a conversation with everything in it; see `erase_turn`."""
        with self._transaction(writing=True) as connection:
            erase.erase_conversation(connection, self._replays, conversation)
        self._sweep()

    def erase_note(self, note: NoteId) -> None:
        """Erase what the person had allowed to be remembered; see `erase_turn`."""
        with self._transaction(writing=True) as connection:
            erase.erase_note(connection, note)
        self._sweep()

    def erase_everything(self) -> None:
        """Erase the whole journal, keys and all: nobody can open it again. It is locked then."""
        with self._engine_in_use(writing=True) as engine:
            engine.dispose()
            if self._folder is not None:
                erase.delete_files(self._folder)
            self.lock()
            if self._folder is not None:
                (self._folder / LOCK).unlink(missing_ok=True)
                with suppress(OSError):  # it stays where something else was put into it
                    self._folder.rmdir()

    def change_passphrase(self, old: str, new: str) -> None:
        """From now on `new` opens the journal; `old` does until that is safe on the disk.

        Raises WrongPassphrase or PassphraseTooShort; then nothing was changed.
        """
        check_passphrase(new)
        with self._own_folder(writing=True) as folder:
            keys = read_keys(folder)
            data_key = open_with_passphrase(keys, old)
            write_keys(folder, with_passphrase(keys, data_key, new))

    def new_recovery_key(self, passphrase: str) -> str:
        """A new recovery key, shown only now; the earlier one no longer opens the journal."""
        with self._own_folder(writing=True) as folder:
            keys = read_keys(folder)
            keys, recovery_key = with_new_recovery_key(keys, open_with_passphrase(keys, passphrase))
            write_keys(folder, keys)
        return recovery_key

    def backup(self, to: Path, passphrase: str) -> None:
        """One age file at `to` with the journal as it is now, opened by a passphrase of its own.

        What is restored from it opens with the passphrase the journal has now. Raises
        PassphraseTooShort, JournalDamaged, DiskFull, or StoreError where `to` is there already.
        """
        backup.refuse_file(to)
        check_passphrase(passphrase)
        with self._own_folder() as folder:
            self.check()
            with in_sentences(folder / JOURNAL), self._engine_in_use() as engine:
                journal = backup.snapshot(engine, folder)
            keys = (folder / KEYS).read_bytes()
        backup.write_backup(to, passphrase, journal, keys)

    @staticmethod
    def restore(from_: Path, passphrase: str, folder: Path) -> None:
        """Bring a backup back into `folder`, whole or not at all; never over a journal.

        Raises PersonExists, BackupUnreadable, JournalNewer or DiskFull.
        """
        backup.restore(from_, passphrase, folder)

    def check(self) -> None:
        """Read every page of the file. Raises JournalDamaged where one is not as it was written."""
        with self._engine_in_use() as engine, in_sentences(self._path):
            if not is_whole(engine):
                raise damaged(self._path)

    def lock(self) -> None:
        """Close the file and drop its key; from here on everything raises JournalLocked."""
        with self._alone:
            engine, self._engine = self._engine, None
            self._replays.forget_all()
            try:
                if engine is not None:
                    engine.dispose()
            finally:
                if self._keeper is not None:
                    self._keeper.release()

    def _facts_outside_conversations(self) -> list[Event]:
        with self._transaction() as connection:
            return read_outside_conversations(connection)

    def _finish_erasing(self) -> None:
        """What a crash or a reader kept from being cleared away is cleared away now, if it can."""
        with self._transaction() as connection:
            waiting = erase.needs_sweep(connection)
        if waiting:
            with suppress(JournalBusy, DiskFull):
                self._sweep()

    def _sweep(self) -> None:
        with self._engine_in_use() as engine, in_sentences(self._path):
            if self._folder is not None:
                erase.delete_copies(self._folder)
            erase.sweep(engine, self._folder.name if self._folder is not None else "in memory")

    @contextmanager
    def _engine_in_use(self, *, writing: bool = False) -> Iterator[Engine]:
        """The open file, for this thread alone. Raises JournalLocked."""
        with self._alone:
            if self._engine is None:
                raise JournalLocked("The journal is locked. Please unlock it with the passphrase.")
            if writing and not self._writing:
                raise StoreError(
                    "The journal was opened for reading only, so nothing in it can be changed."
                )
            yield self._engine

    @contextmanager
    def _transaction(self, *, writing: bool = False) -> Iterator[Connection]:
        with self._engine_in_use(writing=writing) as engine, in_sentences(self._path):
            try:
                with engine.begin() as connection:
                    yield connection
            except BaseException:
                self._replays.forget_all()  # they may tell what was not kept after all
                raise

    @contextmanager
    def _own_folder(self, *, writing: bool = False) -> Iterator[Path]:
        with self._engine_in_use(writing=writing):
            if self._folder is None:
                raise StoreError("A journal that leaves no trace has no passphrase and no files.")
            yield self._folder
