import pytest
from hypothesis import given
from hypothesis import strategies as st

from beside.errors import VoiceMissing
from beside.voices.remote import (
    base_address,
    is_cloud_model,
    is_loopback,
    leaves_machine,
    what_leaves,
)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("localhost:11434", "http://localhost:11434/v1"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/v1"),
        (" HTTP://LocalHost:1234/v1/chat/completions ", "http://localhost:1234/v1"),
        ("http://[::1]:8000/v1", "http://[::1]:8000/v1"),
        ("api.example.org", "https://api.example.org/v1"),
        ("https://example.org/openai/v1/?key=x#y", "https://example.org/openai/v1"),
        ("http://192.168.1.5:8080/v1/models", "http://192.168.1.5:8080/v1"),
    ],
)
def test_an_address_is_understood_as_people_type_it(typed, address):
    assert base_address(typed) == address
    assert base_address(address) == address


@pytest.mark.parametrize(
    "typed",
    ["", "http://", "ftp://example.org", "http://a:b@example.org", "http://x:99999999", "/"],
)
def test_what_is_no_address_is_told_so(typed):
    with pytest.raises(VoiceMissing, match="address"):
        base_address(typed)


@given(st.text(max_size=60))
def test_anything_typed_is_either_an_address_or_told_not_to_be(typed):
    try:
        address = base_address(typed)
    except VoiceMissing:
        return
    assert address.startswith(("http://", "https://"))
    assert base_address(address) == address


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.1", "[::1]"])
def test_this_machine_is_this_machine(host):
    assert is_loopback(f"http://{host}:8080/v1")


@pytest.mark.parametrize(
    "host",
    [
        "localhost.example.org",
        "127.0.0.1.example.org",
        "127.0.0.1@example.org",
        "0.0.0.0",  # noqa: S104 -- nothing is bound here
        "192.168.1.5",
        "[fe80::1]",
        "2130706433",
        "my-machine.local",
    ],
)
def test_what_is_not_surely_this_machine_counts_as_elsewhere(host):
    assert not is_loopback(f"http://{host}/v1")


@pytest.mark.parametrize("model", ["gpt-oss:120b-cloud", "kimi-k2:cloud", "Qwen3-CLOUD"])
def test_a_cloud_model_of_a_local_server_leaves_the_machine(model):
    assert is_cloud_model(model)
    assert leaves_machine("http://localhost:11434/v1", model)
    assert "passes everything said" in what_leaves("http://localhost:11434/v1", model)


def test_what_leaves_is_said_with_the_place_it_goes_to():
    sentence = what_leaves("https://api.example.org/v1", "big")
    assert "api.example.org" in sentence
    assert "everything said in the conversation" in sentence
    assert "not encrypted" not in sentence
    assert "not encrypted" in what_leaves("http://192.168.1.5:8080/v1", "big")
