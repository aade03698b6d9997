"""A first start and a conversation with the network unreachable: who is called outside?

Everything runs in a network namespace of its own that has only the loopback interface. The kernel
counts there every attempt to reach an address for which there is no route (OutNoRoutes, IPv4 and
IPv6): each is one outside connection or look-up. The control then tries one, and must be counted.
Needs Linux and `unshare` (util-linux).
"""

import asyncio
import contextlib
import fcntl
import json
import os
import socket
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.house import PASSPHRASE, Visitor, free_port, visiting, wait_for
from benchmarks.report import Metric, count, main

REACH = {"outside_connections": "0", "control_connections": "at least 1"}
NOWHERE = ("192.0.2.1", 443)
"""An address of the documentation range (RFC 5737): nobody is there."""


def raise_loopback() -> None:
    """Bring the namespace's own loopback interface up."""
    get_flags, set_flags, up = 0x8913, 0x8914, 1
    with socket.socket() as one:
        name = struct.pack("16sH14s", b"lo", 0, b"")
        flags = struct.unpack("16sH14s", fcntl.ioctl(one, get_flags, name))[1]
        fcntl.ioctl(one, set_flags, struct.pack("16sH14s", b"lo", flags | up, b""))


def attempts() -> int:
    """How often the kernel was asked here for a way outside, and had none."""
    total = 0
    rows = [line.split() for line in Path("/proc/net/snmp").read_text().splitlines()]
    for names, values in zip(rows[::2], rows[1::2], strict=True):
        if names[0] == "Ip:":
            total += int(values[names.index("OutNoRoutes")])
    for line in Path("/proc/net/snmp6").read_text().splitlines():
        name, _, value = line.partition(" ")
        if name == "Ip6OutNoRoutes":
            total += int(value)
    return total


async def first_evening(port: int, turns: int) -> None:
    """What a person does first: begin, talk, look at the voices, lock."""
    async with visiting(port) as visitor:
        await visitor.get("/begin")
        await visitor.post("/begin", passphrase=PASSPHRASE, again=PASSPHRASE)
        await visitor.post("/recovery-key", kept="yes")
        conversation = await _talk(visitor, turns)
        await visitor.get("/voices")
        await visitor.post("/voices/look")
        await visitor.get(f"/talk/{conversation}")
        await visitor.post("/lock")


async def _talk(visitor: Visitor, turns: int) -> str:
    conversation: str | None = None
    for number in range(turns):
        said = f"It has been a long day, the {number + 1}th in a row."
        conversation, reply = await visitor.say(said, conversation)
        if reply:
            async for _ in visitor.words(conversation, reply):
                pass
    return conversation or ""


def inside(turns: int) -> None:
    """In the namespace: run it, count, run the control, count again; print both."""
    raise_loopback()
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = {
            **os.environ, "BESIDE_DATA_FOLDER": folder, "BESIDE_PORT": str(port),
            "BESIDE_OPEN_BROWSER": "false",
        }  # fmt: skip
        before = attempts()
        beside = str(Path(sys.executable).parent / "beside")
        server = subprocess.Popen([beside, "serve"], env=environment, stdout=subprocess.DEVNULL)
        try:
            wait_for(port, server)
            asyncio.run(first_evening(port, turns))
        finally:
            server.terminate()
            server.wait(20)
        outside = attempts() - before
    before = attempts()
    with contextlib.suppress(OSError):
        socket.create_connection(NOWHERE, timeout=2).close()
    sys.stdout.write(json.dumps({"outside": outside, "control": attempts() - before}))


def measure(short: bool) -> list[Metric]:
    """One first evening, of 3 turns (12 in the long form)."""
    turns = 3 if short else 12
    command = ["unshare", "-rn", sys.executable, "-m", "benchmarks.offline", "--inside", str(turns)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"The namespace could not be used here (Linux, unshare -rn):\n{done.stderr}")
    seen = json.loads(done.stdout)
    return [
        count("outside_connections", seen["outside"], n=1),
        count("control_connections", seen["control"], n=1),
    ]


if __name__ == "__main__":
    if "--inside" in sys.argv:
        inside(int(sys.argv[-1]))
    else:
        main(measure, REACH)
