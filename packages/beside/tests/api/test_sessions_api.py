"""Kept sessions over the API: listed, seen after the own mark, over time, taken along, erased."""

import asyncio
import re

import pytest
from packages.beside.tests.mirror.sessions import AT, talk

from beside.mirror.session import kept

PASSPHRASE = "seven green rivers"
CONSENT = "She agreed on 4 May."
ONE, TWO = "0" * 25 + "1", "0" * 25 + "2"


@pytest.fixture
def _sessions(house):
    """A journal with two sessions that are kept and not marked."""

    async def begin():
        person, _ = await house.begin("mara", PASSPHRASE)
        facts = [
            kept(talk(), id=name, at=AT, consent=CONSENT, initials=False) for name in (ONE, TWO)
        ]
        await person.read(lambda journal: journal.append(*facts))
        await person.lock()

    asyncio.run(begin())


@pytest.fixture
def ask(client, _sessions):
    def post(path="", **body):
        return client.http.post(
            f"/v1/mirror/{path}",
            headers=client.headers,
            json={"passphrase": PASSPHRASE, **body},
        )

    return post


def test_the_list_says_what_is_kept_and_no_word_of_it(ask):
    answer = ask("sessions")
    assert answer.headers["cache-control"] == "no-store"
    assert {each["id"] for each in answer.json()["data"]} == {ONE, TWO}
    assert all(each["mark"] is None for each in answer.json()["data"])
    assert "breathing" not in answer.text
    wrong = ask("sessions", passphrase="another one")
    assert (wrong.status_code, wrong.json()["error"]["param"]) == (403, "passphrase")
    for person, status in (("nobody", 404), ("..", 400)):
        refused = ask("sessions", person=person)
        assert (refused.status_code, refused.json()["error"]["param"]) == (status, "person")


def test_nothing_is_estimated_before_the_own_mark_and_everything_after_it(ask):
    refused = ask(f"sessions/{ONE}")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "mark-needed")
    assert ask("time").json() == {"data": []}
    assert not any(each["known"] for each in ask("room").json()["room"])
    assert not re.search(r"between \d", ask("export", form="markdown").text)

    assert ask(f"sessions/{ONE}/mark", mark=0.2, turn=5, words="too quick").status_code == 200
    assert ask(f"sessions/{ONE}").status_code == 409, "a turn's mark is not the whole's"
    assert ask(f"sessions/{ONE}/mark", mark=0.6, turn=2).json()["error"]["param"] == "turn"
    assert ask(f"sessions/{ONE}/mark", mark=0.6, words="near").json()["mark"] == 0.6
    seen = ask(f"sessions/{ONE}").json()
    assert seen["mark"] == 0.6
    assert seen["question"].endswith("?")
    assert any("breathing" in each["words"] for each in seen["closed"])

    (step,) = ask("time").json()["data"]
    assert (step["id"], step["mark"], step["words"]) == (ONE, 0.6, "near")
    assert step["relief"]["low"] <= step["relief"]["high"]
    assert any(each["met"] for each in ask("room").json()["room"])
    assert "too quick" in ask("export", form="markdown", session=ONE).json()["text"]


def test_sessions_are_taken_along_and_erased(ask):
    taken = ask("export").json()
    assert taken["sessions"] == 2
    assert taken["text"].count("breathing") == 2
    assert ask(f"sessions/{ONE}/erase").json() == {"id": ONE, "erased": True}
    assert ask("export").json()["sessions"] == 1
    for path in (f"sessions/{ONE}", f"sessions/{ONE}/erase", f"sessions/{ONE}/mark"):
        assert ask(path, **({"mark": 0.5} if path.endswith("mark") else {})).status_code == 404
    gone = ask("export", session=ONE)
    assert (gone.status_code, gone.json()["error"]["param"]) == (404, "session")


def test_other_methods_and_bodies_are_refused_with_the_place(ask, client):
    assert client.get("/v1/mirror/sessions").status_code == 405
    assert client.get(f"/v1/mirror/sessions/{ONE}/erase").headers["allow"] == "POST"
    assert ask("sessions/short").status_code == 400
    refused = ask(f"sessions/{ONE}/mark", mark=3)
    assert (refused.status_code, refused.json()["error"]["param"]) == (400, "mark")
