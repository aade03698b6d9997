import os
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest
import uvicorn

from beside.surfaces.web.app import create_app
from beside.surfaces.web.peer import account_of, same_account

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can tell")


@contextmanager
def connected():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        client = socket.create_connection(listening.getsockname())
        server, _ = listening.accept()
        with client, server:
            yield client, server


@linux
def test_a_connection_of_this_account_is_known_by_its_number():
    with connected() as (client, _):
        assert account_of(client.getsockname(), client.getpeername()) == os.geteuid()
        assert same_account(client.getsockname(), client.getpeername())


@linux
def test_a_connection_that_is_not_there_is_not_ours():
    assert not same_account(("127.0.0.1", 1), ("127.0.0.1", 2))


@linux
def test_an_address_of_the_sixth_kind_is_found_too():
    try:
        listening = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("this machine has no IPv6")
    with listening:
        client = socket.create_connection(listening.getsockname()[:2])
        server, _ = listening.accept()
        with client, server:
            here, there = client.getsockname()[:2], client.getpeername()[:2]
            assert account_of(here, there) == os.geteuid()


@linux
def test_a_table_that_cannot_be_read_tells_nothing(tmp_path):
    assert account_of(("127.0.0.1", 1), ("127.0.0.1", 2), tables=tmp_path) is None


def test_what_is_no_address_is_left_to_the_other_guards():
    assert same_account(None, None)
    assert same_account(("testclient", 1), ("127.0.0.1", 2))


@contextmanager
def serving(beside):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        config = uvicorn.Config(create_app(beside, port=port), log_level="error")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            pass
        try:
            yield port
        finally:
            server.should_exit = True
            thread.join()


@linux
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another account")
def test_another_account_on_this_machine_can_neither_read_nor_post(beside):
    ask = """
import http.client, os, sys
def status(method):
    port = int(sys.argv[1])
    client = http.client.HTTPConnection("127.0.0.1", port)
    client.request(method, "/begin", body=b"", headers={"Origin": f"http://127.0.0.1:{port}"})
    return client.getresponse().status
print(status("GET"))
os.setgroups([]), os.setgid(65534), os.setuid(65534)
print(status("GET"), status("POST"))
"""
    with serving(beside) as port:
        other = subprocess.run(
            [sys.executable, "-I", "-c", ask, str(port)],
            capture_output=True,
            text=True,
            check=True,
        )
    assert other.stdout.split() == ["200", "403", "403"]
