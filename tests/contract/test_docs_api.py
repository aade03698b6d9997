"""Every example of the API's page runs, against a Beside that is really serving."""

import asyncio
import re
import shutil
import subprocess
import threading
from pathlib import Path

import pytest
import uvicorn

from beside.settings import Settings
from beside.surfaces.cli.serve import take_port
from beside.surfaces.cli.terminal import Terminal
from beside.surfaces.web.app import create_app
from beside.wiring import Beside

PAGE = (Path(__file__).parents[2] / "docs" / "use" / "api.md").read_text("utf-8")
TOKEN = "a-token-for-the-tests-0"


@pytest.fixture
def as_served(tmp_path):
    """A function that puts the real address and token where the page has examples of them."""
    settings = Settings(data_folder=tmp_path / "data")
    beside = Beside.open(settings)

    async def begin():
        person, _ = await beside.begin("me", "seven green rivers")
        await person.lock()

    asyncio.run(begin())
    listening = take_port(Terminal(), 0, and_next=False)
    port = listening.getsockname()[1]
    app = create_app(Beside.open(settings), port=port, api_token=TOKEN)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=3))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield lambda text: text.replace("127.0.0.1:8787", f"127.0.0.1:{port}").replace("TOKEN", TOKEN)
    server.should_exit = True
    thread.join()
    listening.close()


def test_every_python_block_of_the_page_runs(as_served, capsys):
    blocks = re.findall(r"^```python\n(.*?)^```", PAGE, re.M | re.S)
    assert len(blocks) == 3
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(as_served(block), "api.md", "exec"), names)  # noqa: S102 - our own page
    names["client"].close()
    assert capsys.readouterr().out.strip()


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not here")
def test_the_example_without_a_library_runs(as_served):
    (block,) = re.findall(r"^```sh\n(.*?)^```", PAGE, re.M | re.S)
    run = subprocess.run(
        ["bash", "-c", as_served(block)], capture_output=True, check=True, text=True
    )
    assert '"role":"assistant"' in run.stdout
