"""Practising over the API: somebody comes in, turns are taken anew, two ways compared, one kept."""

import pytest
from packages.beside.tests.mirror.test_persons import WHOLE

from beside.mirror.session import replay_mirror

PASSPHRASE = "seven green rivers"


class Practising:
    """One practice, as a client of the API has it."""

    def __init__(self, client, **begin):
        self.client = client
        answer = self.post("/v1/practise", {"person": "ines", "seed": 1, **begin})
        assert answer.status_code == 200, answer.text
        self.begun = answer.json()
        self.at = f"/v1/practise/{self.begun['id']}"

    def post(self, path, body):
        return self.client.http.post(path, headers=self.client.headers, json=body)

    def say(self, words):
        return self.post(f"{self.at}/say", {"words": words})

    def rewind(self, turn):
        return self.post(f"{self.at}/rewind", {"turn": turn})


@pytest.fixture
def ines(client):
    return Practising(client)


def code(answer):
    return answer.status_code, answer.json()["error"]["code"]


def test_everybody_can_be_chosen(client):
    listed = client.get("/v1/practise/persons").json()["data"]
    assert len(listed) >= 24
    assert {"counselling", "medicine", "nursing"} < {each["setting"] for each in listed}
    assert "hidden" not in str(listed)


def test_words_are_answered_with_one_quiet_line_and_no_state(ines):
    assert ines.begun["turns"] == []
    said = ines.say("You should sleep more.").json()
    (turn,) = said["turns"]
    assert turn["answer"]
    assert turn["seen"]
    assert "way out" in turn["why"] or "pressure" in turn["why"]
    assert not {"state", "told", "open", "strain"} & (turn.keys() | said.keys())


def test_a_turn_is_taken_anew_and_two_ways_are_compared(ines):
    ines.say("Take your time.")
    ines.say("You should sleep more.")
    assert code(ines.client.get(f"{ines.at}/compare")) == (400, "one-way")
    assert len(ines.rewind(2).json()["turns"]) == 1
    ines.say("There is no hurry.")
    seen = ines.client.get(f"{ines.at}/compare").json()
    assert seen["ways"] == [1, 2]
    assert [each["words"] for each in seen["shared"]] == ["Take your time."]
    assert seen["first"][0]["words"] == "You should sleep more."
    assert seen["second"][0]["words"] == "There is no hurry."
    assert seen["sentences"][-1].endswith("?")
    assert ines.rewind(9).status_code == 400
    assert ines.client.get(f"{ines.at}/compare?one=1&other=7").status_code == 400


def test_the_same_seed_is_the_same_day(client):
    one, other = Practising(client), Practising(client)
    assert one.begun["begins"] == other.begun["begins"]
    assert one.say("...").json()["turns"] == other.say("...").json()["turns"]


def test_words_about_oneself_are_not_played_with_before_they_are_asked_about(ines):
    held = ines.say("I want to kill myself tonight.").json()
    assert held["turns"] == []
    assert "about you yourself" in held["held"]
    assert len(ines.say("I want to kill myself tonight.").json()["turns"]) == 1


def test_the_way_can_be_looked_at_after_ones_own_mark(ines):
    for words in ("Take your time.", "What is it like?", "You should sleep more."):
        said = ines.say(words).json()
    body = {
        "transcript": said["transcript"],
        "mark": 0.5,
        "roles": {"I": "practitioner", said["person"]["name"]: "person"},
    }
    seen = ines.post("/v1/mirror", body).json()
    assert seen["turns"] == 7
    assert seen["question"].endswith("?")


def test_a_way_is_kept_in_a_journal_once_and_waits_for_its_own_mark(ines, house):
    import asyncio

    asyncio.run(_begun(house))
    assert code(ines.post(f"{ines.at}/keep", {"passphrase": PASSPHRASE})) == (400, "nothing-said")
    ines.say("Take your time.")
    wrong = ines.post(f"{ines.at}/keep", {"passphrase": "another one here"})
    assert wrong.status_code == 403
    first = ines.post(f"{ines.at}/keep", {"passphrase": PASSPHRASE}).json()["session"]
    again = ines.post(f"{ines.at}/keep", {"passphrase": PASSPHRASE}).json()["session"]
    assert first == again
    (found,) = asyncio.run(_kept(house))
    assert found.id == first
    assert found.mark is None
    assert found.practised.person == "ines"


async def _begun(house):
    person, _ = await house.begin("mara", PASSPHRASE)
    await person.lock()


async def _kept(house):
    person = await house.unlock("mara", PASSPHRASE)
    return replay_mirror(await person.read(lambda journal: journal.mirror_outlines()))


def test_somebody_of_ones_own_comes_in_and_a_file_that_is_not_whole_says_what_it_lacks(client):
    own = Practising(client, person=None, file=WHOLE)
    assert own.say("Good morning.").status_code == 200
    wrong = own.post("/v1/practise", {"file": "name = 1"})
    assert wrong.status_code == 400
    assert "lacks" in wrong.json()["error"]["message"]
    for body in ({}, {"person": "ines", "file": WHOLE}, {"person": "nobody"}):
        assert own.post("/v1/practise", body).status_code == 400


def test_a_voice_says_it_in_its_own_words_and_one_that_is_not_there_is_said(client, voices):
    talk = Practising(client, voice="scripted")
    (turn,) = talk.say("Take your time.").json()["turns"]
    assert turn["answer"] == "I hear you. What is it like?"
    assert "hidden" not in " ".join(each.text for each in voices["scripted"].heard)
    broken = Practising(client, voice="broken").say("Take your time.").json()
    assert "And then it" not in broken["turns"][0]["answer"]
    assert code(talk.post("/v1/practise", {"person": "ines", "voice": "none"}))[0] == 404


def test_a_voice_elsewhere_needs_a_yes(client, house):
    house.catalogue.add_server("far", "http://models.example/v1", "m")
    body = {"person": "ines", "voice": "far"}
    answer = client.http.post("/v1/practise", headers=client.headers, json=body)
    assert code(answer) == (400, "consent-needed")


def test_a_practice_can_be_let_go_of(ines):
    assert ines.client.http.delete(ines.at, headers=ines.client.headers).json()["deleted"]
    assert code(ines.client.get(ines.at)) == (404, "practice_not_found")
    assert code(ines.say("Hello?")) == (404, "practice_not_found")


def test_nothing_and_too_much_are_refused_without_a_word_of_it(ines):
    assert ines.say("   ").status_code == 400
    long = ines.say("secret " * 4_000)
    assert long.status_code == 400
    assert "secret" not in long.text


def test_a_wrong_method_is_told_the_right_one(ines):
    for path, allowed in ((ines.at, "GET, DELETE"), (f"{ines.at}/say", "POST")):
        wrong = ines.client.http.put(path, headers=ines.client.headers)
        assert wrong.status_code == 405
        assert wrong.headers["allow"] == allowed
