import re

import pytest

from beside.errors import DiskFull
from beside.store.file import run_alone
from beside.surfaces.web.pages import Pages
from beside.wiring import Beside

LONG = "It is about the blue kettle, again. " * 400


def box(page):
    found = re.search(r'<textarea[^>]*name="words"[^>]*>\n?([^<]*)</textarea>', page)
    return found and found[1].strip()


@pytest.fixture
def fill_disk(beside):
    """Leaves no room for anything more in the journal that is open."""

    def fill():
        run_alone(beside._open["me"].journal._engine, "PRAGMA max_page_count = 1")

    return fill


def test_words_for_which_there_is_no_room_come_back_in_the_box(reader, fill_disk):
    reader.begin()
    where = reader.say("first")
    reader.get("/")
    fill_disk()
    for path in ("/talk", where):
        page = reader.post(path, words=LONG)
        assert reader.status == 507
        assert "no room left on the disk" in page
        assert box(page) == LONG.strip()


def test_a_turn_said_differently_for_which_there_is_no_room_comes_back_too(reader, fill_disk):
    reader.begin()
    where = reader.say("first")
    mine = re.findall(r'<li class="turn mine" id="turn-(\w+)"', reader.page)[0]
    fill_disk()
    page = reader.post(f"{where}/edit/{mine}", words=LONG)
    assert reader.status == 507
    assert "no room left on the disk" in page
    assert box(page) == LONG.strip()


def test_words_for_a_conversation_that_is_gone_come_back(reader):
    reader.begin()
    page = reader.post("/talk/nowhere", words="the blue kettle")
    assert reader.status == 404
    assert box(page) == "the blue kettle"


def test_words_that_meet_a_lock_halfway_are_in_the_box_after_the_unlock(
    reader, beside, monkeypatch
):
    reader.begin()
    where = reader.say("first")
    person = beside._open["me"]
    say = person.say

    async def locked_meanwhile(*args, **more):
        await person.lock()
        return await say(*args, **more)

    monkeypatch.setattr(person, "say", locked_meanwhile)
    page = reader.post(where, words="the blue kettle")
    assert reader.status == 403
    assert 'name="held" value="the blue kettle"' in page


def test_where_no_page_can_be_made_a_plain_one_still_names_the_emergency_number(
    reader, monkeypatch, caplog
):
    reader.begin()

    def broken(*_args, **_more):
        raise RuntimeError("the blue kettle")

    monkeypatch.setattr(Pages, "render", broken)
    answer = reader.client.get("/about")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert "your local emergency number" in answer.text
    assert "kettle" not in answer.text + caplog.text
    assert "RuntimeError" in caplog.text


def test_the_card_is_there_also_where_the_book_of_numbers_fails(
    reader, beside, monkeypatch, caplog
):
    reader.begin()

    def broken(*_args, **_more):
        raise RuntimeError("the blue kettle")

    monkeypatch.setattr(beside.helplines, "emergency", broken)
    monkeypatch.setattr(beside.helplines, "countries", broken)
    page = reader.get(reader.say("I have the pills here and I want to kill myself."))
    assert reader.status == 200
    assert "Reach a person" in page
    assert "call your local emergency number" in page
    assert "kettle" not in page + caplog.text


def test_words_come_back_also_where_something_unforeseen_breaks(reader, monkeypatch):
    reader.begin()

    def broken(*_args, **_more):
        raise RuntimeError("another thing entirely")

    monkeypatch.setattr("beside.companion.person.clean", broken)
    page = reader.post("/talk", words="the blue kettle")
    assert reader.status == 500
    assert box(page) == "the blue kettle"
    assert "another thing" not in page


def test_a_full_disk_while_a_journal_opens_is_told(reader, monkeypatch):
    reader.begin()
    reader.post("/lock")

    async def no_room(*_args):
        raise DiskFull("There is no room.")

    monkeypatch.setattr(Beside, "unlock", no_room)
    assert "no room left on the disk" in reader.post("/unlock", passphrase="warm rain on slate")
