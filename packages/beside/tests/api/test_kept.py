"""What a client asks to be kept goes into the person's journal, and nowhere else."""

import asyncio

import pytest

from beside.surfaces.door import FREE_TRIES

PASSPHRASE = "zeven grüne rivières"
OPEN = {"passphrase": PASSPHRASE}


@pytest.fixture
def journal(house):
    async def begin():
        person, _ = await house.begin("me", PASSPHRASE)
        await person.lock()

    asyncio.run(begin())
    return house


@pytest.mark.usefixtures("journal")
def test_what_the_client_asks_to_keep_is_kept_and_goes_on(client, house):
    first = client.chat("The lighthouse is out.", store=True, beside=OPEN).json()
    name = first["beside"]["conversation"]
    assert first["choices"][0]["message"]["content"] == "I hear you. What is it like?"
    events = client.events(
        "And the sea is loud.", store=True, beside=OPEN, metadata={"conversation": name}
    )
    assert events[-1]["beside"]["conversation"] == name

    async def kept():
        person = await house.unlock("me", PASSPHRASE)
        return await person.conversation(name)

    said = [turn.text for turn in client.http.portal.call(kept).line()]
    assert said == [
        "The lighthouse is out.",
        "I hear you. What is it like?",
        "And the sea is loud.",
        "Stay as long as you like.",
    ]


@pytest.mark.usefixtures("journal")
def test_a_wrong_passphrase_keeps_nothing(client):
    answer = client.chat(store=True, beside={"passphrase": "something else"})
    assert answer.status_code == 403
    assert answer.json()["error"]["param"] == "beside.passphrase"
    assert "something else" not in answer.text


@pytest.mark.usefixtures("journal")
def test_what_cannot_be_kept_is_refused(client):
    nobody = client.chat(store=True, beside={**OPEN, "person": "nobody"})
    assert nobody.status_code == 404
    nowhere = client.chat(store=True, beside=OPEN, metadata={"conversation": "none"})
    assert nowhere.status_code == 404
    earlier = [
        {"role": "user", "content": "One."},
        {"role": "assistant", "content": "Two."},
        {"role": "user", "content": "Three."},
    ]
    refused = client.chat(earlier, store=True, beside=OPEN)
    assert refused.json()["error"]["code"] == "conversation-needed"
    empty = client.chat(" ", store=True, beside=OPEN)
    assert empty.json()["error"]["code"] == "nothing-said"


def test_without_a_journal_nothing_can_be_kept(client):
    refused = client.chat(store=True, beside=OPEN)
    assert refused.json()["error"]["code"] == "person-needed"


@pytest.mark.usefixtures("journal")
def test_half_characters_in_what_names_or_opens_a_journal_are_answered_cleanly(client):
    half = "\ud800"
    nowhere = client.chat(store=True, beside=OPEN, metadata={"conversation": half})
    assert nowhere.status_code == 404
    assert client.chat(store=True, beside={"passphrase": half * 9}).status_code == 403
    unnamed = client.chat(store=True, beside={**OPEN, "person": half})
    assert unnamed.json()["error"]["code"] == "name-unusable"
    assert client.chat(half, store=True, beside=OPEN).status_code == 200


@pytest.mark.usefixtures("journal")
def test_whoever_tries_passphrases_waits_at_the_same_door_as_on_the_page(client, door, pauses):
    for _ in range(FREE_TRIES + 2):
        assert client.chat(store=True, beside={"passphrase": "not this one"}).status_code == 403
    assert pauses == [1.0, 2.0]
    spelled = {"passphrase": "not this one", "person": "  me "}
    assert client.chat(store=True, beside=spelled).status_code == 403
    assert pauses == [1.0, 2.0, 4.0]

    async def on_the_page():
        await door.try_opening("me", nothing)

    async def nothing():
        return None

    client.http.portal.call(on_the_page)
    assert pauses == [1.0, 2.0, 4.0, 8.0]
    assert client.chat(store=True, beside=OPEN).status_code == 200
    assert pauses == [1.0, 2.0, 4.0, 8.0]
