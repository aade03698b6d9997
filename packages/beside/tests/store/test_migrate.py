import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from beside.errors import JournalNewer, NotAJournal, StoreError
from beside.store import migrate, schema
from beside.store.file import open_file
from beside.store.journal import Journal
from beside.store.keys import open_with_passphrase, read_keys

NEXT = """
from alembic import op
revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE TABLE more (words TEXT)")
    op.execute("{last}")
"""


@pytest.fixture
def engine(journal, folder, passphrase, talk):
    """The file of a journal with one turn in it, open beneath the journal."""
    talk(journal).say("p", "I am tired.")
    journal.lock()
    data_key = open_with_passphrase(read_keys(folder), passphrase)
    engine = open_file(folder / "journal.db", data_key, writing=True)
    yield engine
    engine.dispose()


def later_scripts(tmp_path: Path, last: str) -> Path:
    scripts = tmp_path / "migrations"
    shutil.copytree(Path(migrate.__file__).parent / "migrations", scripts)
    (scripts / "versions" / "0002_more.py").write_text(NEXT.format(last=last))
    return scripts


def stamp(engine, revision: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :to"), {"to": revision})


def test_the_tables_are_those_that_the_migrations_make(engine):
    made = inspect(engine)
    for table in schema.metadata.sorted_tables:
        columns = [each["name"] for each in made.get_columns(table.name)]
        assert columns == [each.name for each in table.columns]
        indexes = {each["name"] for each in made.get_indexes(table.name)}
        assert indexes == {each.name for each in table.indexes}
    scripts = Path(migrate.__file__).parent / "migrations" / "versions"
    assert sorted(each.stem[:4] for each in scripts.glob("0*.py")) == list(schema.REVISIONS)


def test_an_earlier_file_is_brought_up_to_date_and_a_copy_of_it_kept(
    engine, folder, passphrase, tmp_path, opened
):
    before = (folder / "journal.db").read_bytes()
    scripts = later_scripts(tmp_path, "INSERT INTO more VALUES ('x')")
    path = folder / "journal.db"
    migrate.bring_up_to_date(engine, path, revisions=("0001", "0002"), scripts=scripts)
    assert migrate.revision_of(engine, path) == "0002"
    with engine.connect() as connection:
        assert connection.execute(text("SELECT words FROM more")).scalar() == "x"
    engine.dispose()
    copy = folder / "journal.db.before-0002"
    assert len(copy.read_bytes()) == len(before)
    assert copy.stat().st_mode & 0o077 == 0
    copy.replace(path)
    assert len(opened(Journal.open(folder, passphrase)).conversation("c").line()) == 1


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    engine, folder, passphrase, tmp_path, opened
):
    scripts = later_scripts(tmp_path, "INSERT INTO nowhere VALUES ('x')")
    path = folder / "journal.db"
    with pytest.raises(StoreError):
        migrate.bring_up_to_date(engine, path, revisions=("0001", "0002"), scripts=scripts)
    engine.dispose()
    assert len(opened(Journal.open(folder, passphrase)).conversation("c").line()) == 1


def test_a_file_of_a_later_version_is_left_to_it(engine, folder, passphrase):
    stamp(engine, "9999")
    engine.dispose()
    before = (folder / "journal.db").read_bytes()
    for opening in (Journal.open, Journal.open_reader):
        with pytest.raises(JournalNewer, match="later version"):
            opening(folder, passphrase)
    assert (folder / "journal.db").read_bytes() == before


def test_an_encrypted_file_without_a_journal_in_it_is_none(engine, folder, passphrase):
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE events"))
    engine.dispose()
    with pytest.raises(NotAJournal, match="holds no journal"):
        Journal.open(folder, passphrase)


def test_a_reader_asks_for_the_update_instead_of_making_it(engine, folder, monkeypatch):
    monkeypatch.setattr(migrate, "REVISIONS", ("0001", "0002"))
    with pytest.raises(StoreError, match="Unlock it once"):
        migrate.check_up_to_date(engine, folder / "journal.db")


def test_several_people_may_begin_at_the_same_moment(tmp_path):
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda i: Journal.create(tmp_path / f"p{i}", "six at once"), range(6)))
    assert [journal.conversations() for journal, _ in made] == [[]] * 6
    for journal, _ in made:
        journal.lock()
