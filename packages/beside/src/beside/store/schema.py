"""What is inside the encrypted file: the facts, and indexes that can be made anew from them.

`migrations/` makes and changes these tables; a test holds both to be the same.
"""

from sqlalchemy import Column, Index, Integer, MetaData, Table, Text

REVISIONS = ("0001",)
"""Every shape the file has had, oldest first; the last is this version's."""

metadata = MetaData()

events = Table(
    "events",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    Column("conversation", Text),
    Column("turn", Text),
    Column("type", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("body", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""The facts, one a row, only ever appended; `body` is the rest of the fact as JSON."""

events_of_a_conversation = Index("events_of_a_conversation", events.c.conversation)

summaries = Table(
    "summaries",
    metadata,
    Column("conversation", Text, primary_key=True),
    Column("title", Text),
    Column("first_words", Text, nullable=False),
    Column("began_at", Integer, nullable=False),
    Column("last_at", Integer, nullable=False),
    Column("turns", Integer, nullable=False),
)
"""An index for the list: one row for each conversation; moments are microseconds since 1970."""

summaries_by_time = Index("summaries_by_time", summaries.c.last_at)

words = Table(
    "words",
    metadata,
    Column("conversation", Text),
    Column("turn", Text),
    Column("role", Text),
    Column("at", Text),
    Column("text", Text),
)
"""An index for search (FTS5): one row for each turn that has words and is not being spoken."""

speaking = Table(
    "speaking",
    metadata,
    Column("conversation", Text, primary_key=True),
    Column("turn", Text, primary_key=True),
)
"""An index of the replies that have not ended, for mending after a crash."""

unfinished = Table(
    "unfinished",
    metadata,
    Column("work", Text, primary_key=True),
)
"""Work on the whole file that a crash may have interrupted: `sweep` after something was erased."""
