"""Why did it say that: in plain sentences, on the page and in the terminal."""

import re

import pytest
from packages.beside.tests.facts import answered, began, happened, spoke
from packages.beside.tests.weigh.test_speaking import ADVICE, GOOD, PATIENT, PRAISE, SAID, quick
from starlette.testclient import TestClient

from beside.settings import Settings
from beside.surfaces.cli.conversations import show_why
from beside.surfaces.cli.terminal import Terminal
from beside.surfaces.language import Words
from beside.surfaces.web.app import create_app
from beside.surfaces.why import explain_choice
from beside.talk.conversation import replay
from beside.talk.events import ReplyWeighed
from beside.wiring import Beside

PORT = 8787


def reply(**weighed):
    fact = happened(ReplyWeighed, 3, turn="r", **weighed)
    told = replay([began(), spoke("p", None), *answered("r", "p", "Yes."), fact])
    return told.turns["r"]


def gettext(language="en"):
    return Words(language)


def test_what_was_chosen_and_put_aside_is_told_in_plain_sentences():
    turn = reply(
        source="model",
        sources=("model", "model", "model", "authored"),
        reasons=("best", "takes-up", "asks-one"),
        aside=("model:advice", "model:flattery"),
        gauge="a-gauge",
        reading=("D1 2.13 0.84 3.00", "D4 2.00 1.50 2.50"),
    )
    why = explain_choice(turn, gettext())
    assert why.sentences == (
        "It was chosen among 4.",
        "The words are those of the voice model.",
        "It takes up words of yours.",
        "It asks one thing.",
    )
    assert why.aside == ("It gave advice that nobody asked for.", "It praised.")
    assert [each.value for each in why.values] == [None, 2.0]
    assert why.values[0].sentence == "between 0.8 and 3.0, of 3"
    dutch = explain_choice(turn, gettext("nl"))
    assert "Het neemt woorden van jou op." in dutch.sentences
    assert "tussen 0,8 en 3,0" in dutch.values[0].sentence


def test_a_code_of_another_version_and_a_broken_reading_are_told_plainly():
    turn = reply(
        source="x",
        sources=("x", "y"),
        aside=("x:unknown", "y:care-z", "y:gate-z"),
        reading=("D1 a",),
    )
    why = explain_choice(turn, gettext())
    assert why.values == ()
    assert len(why.aside) == 3


def test_words_that_were_not_chosen_say_so():
    told = replay([began(), spoke("p", None), *answered("r", "p", "Yes.")])
    assert explain_choice(told.turns["r"], gettext()) is None


def test_a_fact_about_no_reply_cannot_have_happened():
    with pytest.raises(ValueError, match="only a reply is weighed"):
        replay([began(), spoke("p", None), happened(ReplyWeighed, turn="p", source="x")])


@pytest.fixture
def client(tmp_path):
    settings = Settings(data_folder=tmp_path, voice="voice", port=PORT, **PATIENT)
    beside = Beside.open(settings, voices={"voice": quick(PRAISE, ADVICE, GOOD)})
    with TestClient(create_app(beside, port=PORT), base_url=f"http://127.0.0.1:{PORT}") as client:
        yield client


def test_the_page_has_a_quiet_link_at_each_reply_that_tells_why(client):
    origin = {"Origin": f"http://127.0.0.1:{PORT}", "Sec-Fetch-Site": "same-origin"}
    room = re.search(r'action="(/[^"]*untraced[^"]*)"', client.get("/").text)[1]

    def post(path, page, **fields):
        key = re.search(r'name="key" value="([^"]+)"', page)[1]
        return client.post(path, data={"key": key, **fields}, headers=origin)

    page = post(room, client.get("/").text)
    begun = re.search(r'<form method="post" action="(/[^"]*/talk)"', page.text)[1]
    talk = post(begun, page.text, words=SAID)
    turn = re.findall(r'<li class="turn reply" id="turn-(\w+)"', talk.text)[-1]
    client.get(f"{talk.url.path}/words/{turn}")
    shown = client.get(talk.url.path).text
    link = re.search(rf'href="({talk.url.path}/why/{turn})"', shown)[1]
    why = client.get(link)
    assert why.status_code == 200
    assert "Why these words" in why.text
    assert re.search(r"It was chosen among \d", why.text)
    assert "It praised." in why.text
    assert "Nine times in ten" in why.text
    assert client.get(f"{talk.url.path}/why/nothing").status_code == 404


def test_the_terminal_tells_it_too_and_the_values_on_request(capsys):
    turn = reply(
        source="authored",
        sources=("x", "authored"),
        reasons=("best",),
        aside=("x:pity",),
        gauge="a-gauge",
        reading=("D1 2.13 0.84 3.00",),
    )
    show_why(Terminal("en"), turn, values=False)
    plainly = capsys.readouterr().out
    assert "It looked down with pity." in plainly
    assert "a-gauge" not in plainly
    show_why(Terminal("en"), turn, values=True)
    fully = capsys.readouterr().out
    assert "Presence and acknowledgement: between 0.8 and 3.0, of 3" in fully
    assert "a-gauge" in fully
