"""A voice elsewhere proposes other words only where it was agreed to, and for a session said so."""

import asyncio

import pytest
from packages.beside.tests.mirror.sessions import TALK

BOX = 'name="ask-voice"'


@pytest.fixture
def asked(beside, monkeypatch):
    """What the look was asked with, each time: the voice, and whether there was a yes."""
    seen = []
    look_at = beside.look_at

    async def watched(session, mark, on_way, *, voice, agreed):
        seen.append((voice, agreed))
        return await look_at(session, mark, on_way, voice="authored", agreed=False)

    monkeypatch.setattr(beside, "look_at", watched)
    return seen


def kept(reader):
    reader.get("/mirror")
    reader.post("/mirror/read", words=TALK)
    return reader.post(reader.path, do="keep", consent="She agreed on Monday.")


def far_away(reader, beside, *, agree):
    reader.begin()
    beside.catalogue.add_server("far", "http://models.example/v1", "m")
    if agree:
        reader.get("/voices/agree/far")
        reader.post("/voices/agree/far")
        return
    person = next(iter(beside._open.values()))
    asyncio.run(person.set_preference("voice", "far"))


def test_a_voice_on_this_machine_is_asked_without_a_question(reader, asked):
    reader.begin()
    assert BOX not in kept(reader)
    reader.post(f"{reader.path}/mark", mark="50")
    assert asked == [("scripted", False)]


def test_a_voice_elsewhere_without_a_yes_is_neither_offered_nor_asked(reader, beside, asked):
    far_away(reader, beside, agree=False)
    assert BOX not in kept(reader)
    reader.post(f"{reader.path}/mark", mark="50", **{"ask-voice": "yes"})
    assert asked == [("far", False)]


def test_with_a_yes_to_the_voice_it_waits_for_a_yes_to_this_session(reader, beside, asked):
    far_away(reader, beside, agree=True)
    page = kept(reader)
    where = reader.path
    assert BOX in page
    assert "models.example" in page
    assert "checked" not in page.split(BOX)[1].split(">")[0]
    reader.post(f"{where}/mark", mark="50")
    assert asked == [("far", False)]
    reader.get(f"{where}?mark")
    reader.post(f"{where}/mark", mark="50", **{"ask-voice": "yes"})
    assert asked[-1] == ("far", True)
    assert "checked" in reader.get(f"{where}?mark").split(BOX)[1].split(">")[0]
    kept(reader)
    reader.post(f"{reader.path}/mark", mark="50")
    assert asked[-1] == ("far", False)
