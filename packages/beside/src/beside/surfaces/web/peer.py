"""Whose program is at the other end of a loopback connection. Linux tells; elsewhere nobody does.

Other accounts on this machine can reach 127.0.0.1 too. Their connections are turned away.
"""

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

Address = tuple[str, int]

_TABLES = Path("/proc/net")
_TRIES = 3
"""The table is not read in one piece: a row can be missed while others come and go."""


def same_account(client: Address | None, server: Address | None) -> bool:
    """Whether the client runs under the account that Beside runs under.

    True where the system cannot tell (not Linux, not a loopback address); False where it should
    know the connection and does not.
    """
    if not sys.platform.startswith("linux") or not (_TABLES / "tcp").exists():
        return True
    if client is None or server is None or not _is_address(client[0]):
        return True
    for _ in range(_TRIES):
        account = account_of(client, server)
        if account is not None:
            return account == os.geteuid()
    return False


def account_of(client: Address, server: Address, *, tables: Path = _TABLES) -> int | None:
    """The number of the account that holds the client's end; None where no row is found."""
    wanted = {
        (_row(client, mapped), _row(server, mapped))
        for mapped in (False, True)
        if not mapped or ":" not in client[0]
    }
    for table in ("tcp", "tcp6"):
        for local, remote, account in _rows(tables / table):
            if (local, remote) in wanted:
                return account
    return None


def _rows(table: Path) -> Iterator[tuple[str, str, int]]:
    try:
        lines = table.read_text("ascii").splitlines()[1:]
    except OSError:
        return
    for line in lines:
        columns = line.split()
        yield columns[1], columns[2], int(columns[7])


def _row(address: Address, mapped: bool) -> str:
    """An address as the table writes it: words of four bytes in the machine's own order."""
    host, port = address
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    packed = socket.inet_pton(family, host)
    if mapped:
        packed = bytes(10) + b"\xff\xff" + packed
    words = (packed[at : at + 4] for at in range(0, len(packed), 4))
    written = "".join(f"{int.from_bytes(word, sys.byteorder):08X}" for word in words)
    return f"{written}:{port:04X}"


def _is_address(host: str) -> bool:
    try:
        socket.inet_pton(socket.AF_INET6 if ":" in host else socket.AF_INET, host)
    except OSError:
        return False
    return True
