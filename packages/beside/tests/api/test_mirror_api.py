"""The mirror over the API: nothing without an own mark, intervals with every estimate."""

from packages.beside.tests.mirror.sessions import TALK


def look(client, **more):
    body = {"transcript": TALK, "mark": 0.6, **more}
    return client.http.post("/v1/mirror", headers=client.headers, json=body)


def test_without_an_own_mark_nothing_is_estimated(client):
    answer = client.http.post("/v1/mirror", headers=client.headers, json={"transcript": TALK})
    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == "mark"
    assert "between" not in answer.text


def test_what_is_seen_has_intervals_quotes_and_one_question(client):
    answer = look(client, marks={"5": 0.2})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    seen = answer.json()
    assert [each["role"] for each in seen["speakers"]] == ["practitioner", "person"]
    for each in (*seen["sides"], *seen["dimensions"]):
        assert each["value"] is None or each["low"] <= each["value"] <= each["high"]
    assert any("breathing" in each["words"] for each in seen["closed"])
    assert seen["question"].endswith("?")
    assert not {"score", "grade", "total", "overall"} & seen.keys()


def test_roles_are_as_they_were_given_and_have_to_be_of_those_who_speak(client):
    seen = look(client, roles={"Client": "practitioner", "Therapist": "person"}).json()
    assert {each["name"]: each["role"] for each in seen["speakers"]} == {
        "Therapist": "person",
        "Client": "practitioner",
    }
    assert look(client, roles={"Nobody": "person"}).json()["error"]["param"] == "roles"
    assert look(client, roles={"Client": "other"}).status_code == 400


def test_what_is_no_conversation_is_said(client):
    answer = look(client, transcript="bread\nmilk")
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "not-a-conversation"
    assert "milk" not in answer.text
