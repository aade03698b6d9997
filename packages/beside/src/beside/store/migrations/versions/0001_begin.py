"""The journal begins: facts, the list, full-text search."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    for statement in (
        """
        CREATE TABLE events (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            conversation TEXT,
            turn TEXT,
            type TEXT NOT NULL,
            version INTEGER NOT NULL,
            at TEXT NOT NULL,
            body TEXT NOT NULL
        )
        """,
        "CREATE INDEX events_of_a_conversation ON events (conversation)",
        """
        CREATE TABLE summaries (
            conversation TEXT PRIMARY KEY NOT NULL,
            title TEXT,
            first_words TEXT NOT NULL,
            began_at INTEGER NOT NULL,
            last_at INTEGER NOT NULL,
            turns INTEGER NOT NULL
        )
        """,
        "CREATE INDEX summaries_by_time ON summaries (last_at)",
        """
        CREATE VIRTUAL TABLE words USING fts5 (
            conversation UNINDEXED, turn UNINDEXED, role UNINDEXED, at UNINDEXED, text,
            tokenize = 'unicode61 remove_diacritics 2'
        )
        """,
        "INSERT INTO words (words, rank) VALUES ('secure-delete', 1)",
        """
        CREATE TABLE speaking (
            conversation TEXT NOT NULL,
            turn TEXT NOT NULL,
            PRIMARY KEY (conversation, turn)
        )
        """,
        "CREATE TABLE unfinished (work TEXT PRIMARY KEY NOT NULL)",
    ):
        op.execute(statement)


def downgrade() -> None:
    """A journal only goes forward; the copy kept before a migration is the way back."""
    raise NotImplementedError("a journal only goes forward")
