import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from packages.beside.tests.facts import journals

from beside.carry import jsonl
from beside.errors import NotAConversation
from beside.talk.events import ConversationBegan, PersonSpoke

AT = datetime(2026, 11, 22, 20, 0, 0, 123_456, tzinfo=UTC)


def _small():
    return [
        ConversationBegan(at=AT, conversation="c", title="Été\u2028🌙", source=None),
        PersonSpoke(
            at=AT, conversation="c", turn="t", parent=None, text='"quoted"\n\tand \\ lines'
        ),
    ]


@given(events=journals)
def test_what_is_written_is_read_back_exactly(events):
    assert jsonl.read(jsonl.write(events)) == events


def test_every_fact_is_one_line_that_other_tools_can_read():
    lines = jsonl.write(_small()).decode().splitlines()
    assert [json.loads(line).get("type") for line in lines] == [
        None,
        "ConversationBegan",
        "PersonSpoke",
    ]
    assert "Été" in lines[1]


def test_a_lone_half_of_a_character_survives_the_way_there_and_back():
    events = [PersonSpoke(at=AT, conversation="c", turn="t", parent=None, text="half \ud83d")]
    assert jsonl.read(jsonl.write(events)) == events


def test_an_empty_journal_is_a_header_alone():
    assert jsonl.read(jsonl.write([])) == []


def test_a_byte_order_mark_and_empty_lines_do_no_harm():
    data = b"\xef\xbb\xbf" + jsonl.write(_small()).replace(b"\n", b"\r\n\r\n")
    assert jsonl.read(data) == _small()


def test_a_later_version_says_to_update_beside():
    data = jsonl.write(_small()).replace(b'"version":1', b'"version":2', 1)
    with pytest.raises(NotAConversation, match="later version of Beside"):
        jsonl.read(data)


def test_a_file_of_another_kind_says_so():
    for data in (b"", b"hello", b"[]", b'{"format":"other","version":1}\n', b"\xff\xfe\x00"):
        with pytest.raises(NotAConversation):
            jsonl.read(data)


def test_a_damaged_line_is_named_by_its_number_and_never_quoted():
    cut = jsonl.write(_small())[:-12]
    with pytest.raises(NotAConversation, match="Line 3") as raised:
        jsonl.read(cut)
    assert "quoted" not in str(raised.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text", 5),
        ("text", None),
        ("turn", ["t"]),
        ("at", "2026-11-22T20:00:00"),
        ("at", 5),
        ("type", "Event"),
        ("version", 2),
    ],
)
def test_a_field_that_holds_something_else_is_damage(name, value):
    header, _, person = jsonl.write(_small()).decode().splitlines()
    record = json.loads(person) | {name: value}
    with pytest.raises(NotAConversation, match="Line 2"):
        jsonl.read(f"{header}\n{json.dumps(record)}".encode())
