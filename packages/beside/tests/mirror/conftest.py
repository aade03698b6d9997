import pytest

from beside.store.journal import Journal, PassphraseWork

PASSPHRASE = "seven green rivers"


@pytest.fixture
def journal(tmp_path):
    """An empty journal on the disk, quick to open."""
    work = PassphraseWork(memory_kib=64, passes=1, lanes=1)
    made, _ = Journal.create(tmp_path / "mara", PASSPHRASE, work=work)
    yield made
    made.lock()


@pytest.fixture(scope="session")
def gauge():
    from beside_gauge.gauge import Gauge

    return Gauge.load()
