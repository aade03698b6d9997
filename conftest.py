"""For every test: no outside connection, and a Beside that cannot touch this account's own data."""

import os
import socket
from ipaddress import ip_address

import pytest


def _is_outside(address: object) -> bool:
    if not isinstance(address, tuple):
        return False  # a Unix socket
    host = str(address[0]).partition("%")[0]
    if host in ("", "localhost"):
        return False
    try:
        return not ip_address(host).is_loopback and host != "0.0.0.0"  # noqa: S104 - compared
    except ValueError:
        return True


@pytest.fixture(autouse=True)
def _no_outside_connection(monkeypatch):
    """Any attempt to reach beyond this machine is an error, and says to where."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded(plain):
        def call(self, address):
            if _is_outside(address):
                raise AssertionError(f"a test tried to reach {address!r}")
            return plain(self, address)

        return call

    monkeypatch.setattr(socket.socket, "connect", guarded(connect))
    monkeypatch.setattr(socket.socket, "connect_ex", guarded(connect_ex))


@pytest.fixture(autouse=True)
def _own_folders(monkeypatch, tmp_path_factory):
    """Each test has a home of its own, and none of this account's settings."""
    home = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith("BESIDE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("BESIDE_OPEN_BROWSER", "false")
