"""The rehearsal room: its scripts have their form, and a broken run goes on where it was."""

import asyncio
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from benchmarks.rehearsal import marks, plain
from benchmarks.rehearsal.kept import (
    Exchanged,
    KeptElsewhere,
    Rehearsed,
    hash_of,
    keep,
    open_file,
    read,
)
from benchmarks.rehearsal.score import figures, worst_tenth
from benchmarks.rehearsal.scripts import drawn, persons, problems
from benchmarks.rehearsal.scripts import read as read_scripts
from benchmarks.rehearsal.speak import all_of, one
from benchmarks.rehearsal.who import Address, CannotAnswer, Here

TWO = """\
# r001 everyday suffering en | a man and his dog
> He died on Monday.\\nI can't say it aloud.
> Good night.

# r002 nursing chat nl | een rustige nacht
> Iedereen slaapt.
> Doei.
"""


class Echo(BaseHTTPRequestHandler):
    """Says how many messages it was given; fails at the third request."""

    asked: list[dict] = []  # noqa: RUF012 - one server a test
    broken = False

    def do_POST(self):
        given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append(given)
        self.send_response(400 if self.broken and len(self.asked) == 3 else 200)
        self.end_headers()
        text = f"<think>hm</think>Heard {len(given['messages'])}."
        self.wfile.write(json.dumps({"choices": [{"message": {"content": text}}]}).encode())

    def log_message(self, *given):
        pass


@pytest.fixture
def server():
    class Own(Echo):
        asked: list[dict] = []  # noqa: RUF012

    found = ThreadingHTTPServer(("127.0.0.1", 0), Own)
    thread = threading.Thread(target=found.serve_forever, daemon=True)
    thread.start()
    yield f"127.0.0.1:{found.server_port}", Own
    found.shutdown()
    thread.join()
    found.server_close()


def test_the_written_persons_have_their_form_and_are_enough():
    found = persons()
    assert len(found) >= 150
    assert len({turn for each in found for turn in each.turns[:1]}) == len(found)


def test_a_script_is_read_with_its_line_breaks():
    first, second = read_scripts(TWO)
    assert first.turns[0] == "He died on Monday.\nI can't say it aloud."
    assert (first.mode, second.mode, second.language) == ("suffering", "chat", "nl")


def test_what_has_another_form_is_named():
    with pytest.raises(ValueError, match="line 2"):
        read_scripts("# r001 everyday chat en | here\nno mark before it\n")
    assert problems([*read_scripts(TWO), *read_scripts(TWO)], turns=2) == [
        "r001 stands there twice", "r002 stands there twice",
    ]  # fmt: skip


def test_the_same_seed_draws_the_same_persons():
    everyone = persons()
    assert drawn(everyone, many=7, seed=1) == drawn(everyone, many=7, seed=1)
    assert drawn(everyone, many=7, seed=1) != drawn(everyone, many=7, seed=2)


def test_a_model_behind_an_address_hears_the_whole_line_and_its_thoughts_stay_out(server):
    address, handler = server

    async def speak():
        who = Address(address, "some-model")
        try:
            return await one(read_scripts(TWO)[0], who, seed=5)
        finally:
            await who.close()

    made = asyncio.run(speak())
    assert [each.reply for each in made.turns] == ["Heard 1.", "Heard 3."]
    assert handler.asked[1]["seed"] == 5


def test_a_run_that_broke_goes_on_where_it_was(server, tmp_path):
    address, handler = server
    handler.broken = True
    path = tmp_path / "kept.jsonl"
    scripts = read_scripts(TWO)

    async def speak():
        who = Address(address, "some-model")
        try:
            return await all_of(scripts, who, path, open_file(path, who.marks))
        finally:
            await who.close()

    assert [each.broke for each in asyncio.run(speak())] == [None, "400"]
    assert len(handler.asked) == 3
    again = asyncio.run(speak())
    assert [each.broke for each in again] == [None, None]
    assert len(handler.asked) == 5
    assert {each.id: each for each in read(path)[1]} == {each.id: each for each in again}


def test_where_nobody_answers_it_stops():
    async def speak():
        who = Address("127.0.0.1:9", "nobody", pauses_seconds=(0.0,))
        try:
            async for _ in who.answers(["Good evening."], mode="chat", seed=0):
                raise AssertionError("somebody answered")
        finally:
            await who.close()

    with pytest.raises(CannotAnswer):
        asyncio.run(asyncio.wait_for(speak(), 60))


def test_a_voice_here_answers_through_the_whole_turn_and_days_pass():
    script = read_scripts(TWO)[0]

    async def speak():
        who = Here("authored")
        try:
            return await one(script, who, days=9)
        finally:
            await who.close()

    made = asyncio.run(speak())
    assert made.broke is None
    assert len(made.turns) == 2
    assert all(each.reply for each in made.turns)


def test_a_file_made_with_something_else_is_not_added_to(tmp_path):
    path = tmp_path / "kept.jsonl"
    open_file(path, {"voice": "one"})
    with pytest.raises(KeptElsewhere, match="another voice"):
        open_file(path, {"voice": "other"})


def test_a_line_cut_off_while_it_was_written_loses_nothing_else(tmp_path):
    path = tmp_path / "kept.jsonl"
    open_file(path, {})
    made = Rehearsed(id="r1", kind="chat", language="en", turns=(Exchanged(said="a", reply="b"),))
    keep(path, made)
    with path.open("a") as file:
        file.write('{"id": "r2", "ki')
    other = Rehearsed(id="r3", kind="chat", language="en", turns=made.turns)
    keep(path, other)
    assert read(path)[1] == [made, other]


def test_the_hash_is_of_the_words_and_not_of_their_order():
    one_way = Rehearsed(id="a", kind="chat", language="en", turns=(Exchanged(said="x", reply="y"),))
    other = Rehearsed(id="b", kind="chat", language="en", turns=one_way.turns)
    assert hash_of([one_way, other]) == hash_of([other, one_way])
    assert len(marks.own()["gauge"].split()) == 2


def test_counts_are_what_they_say():
    turns = tuple(
        Exchanged(said="I told him today.", reply=reply)
        for reply in (
            "You told him today? You are so brave of you. I'm always here for you.",
            "You told him then. You should rest.",
            "You told him and it hurt. You told him then.",
        )
    )
    talk = Rehearsed(id="r1", kind="issue", language="en", turns=turns)
    found = {each.metric: each for each in figures([talk], None, name="x")}
    assert found["x_questions_a_turn"].value == pytest.approx(1 / 3)
    assert found["x_hooks_per_100"].value == pytest.approx(100 / 3)
    assert found["x_advice_unasked_per_100"].value == pytest.approx(100 / 3)
    assert found["x_openers_repeated_per_100"].value == pytest.approx(200 / 3)
    assert found["x_lines_repeated_per_100"].value == pytest.approx(100 / 3)
    assert found["x_gauge"].value is None
    assert found["x_pity_per_100"].high == 100
    assert plain.repeated_openers(["So you went.", "Ah.", "So you went off!"]) == 1
    import numpy as np

    assert worst_tenth(np.arange(30.0)) == 1.0


@pytest.mark.parametrize(
    "words", ["You are the kindest person I know", "You're truly amazing!", "Eres increíble."]
)
def test_praise_beyond_measure_is_seen(words):
    assert plain.found(plain.SUPERLATIVES, words)
    assert not plain.found(plain.SUPERLATIVES, "You are tired, and the best chair is taken.")
