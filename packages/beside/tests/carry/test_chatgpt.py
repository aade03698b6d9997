import json
from datetime import UTC, datetime

from beside.talk.conversation import PersonTurn, ReplyTurn, replay


def _brought(export, bring_in):
    imported = bring_in(export("chatgpt.json"), "conversations.json")
    return imported, [replay(each) for each in imported.conversations]


def test_the_visible_line_of_an_export_is_the_line_that_chatgpt_showed(export, bring_in):
    imported, (first, second) = _brought(export, bring_in)
    assert imported.kind == "chatgpt"
    assert [turn.text for turn in first.line()] == [
        "My father's coat still hangs in the hall.",
        "It hangs there, and he does not come in.",
        "This is the coat.\n\nI can still smell him in it.",
        "Let me look at it.\n\nA smell can hold a whole person.",
    ]
    assert [type(turn) for turn in first.line()] == [PersonTurn, ReplyTurn] * 2
    assert [turn.text for turn in second.line()] == ["Bonne nuit 🌙"]


def test_a_reply_that_was_tried_again_stays_as_a_branch(export, bring_in):
    _, (first, _) = _brought(export, bring_in)
    shown = first.line()[1]
    texts = [first.turns[each].text for each in first.siblings(shown.id)]
    assert texts == ["Coats can be donated.", "It hangs there, and he does not come in."]


def test_titles_times_voices_and_the_source_are_kept(export, bring_in):
    _, (first, second) = _brought(export, bring_in)
    assert first.title == "The evening after"
    assert first.source == "ChatGPT"
    assert first.began_at == datetime.fromtimestamp(1755000000.25, UTC)
    assert first.line()[0].at == datetime.fromtimestamp(1755000010, UTC)
    assert first.last_at == datetime.fromtimestamp(1755000065 - 3, UTC)
    assert [turn.voice for turn in first.line()[1::2]] == ["gpt-5", "gpt-5"]
    assert second.title is None
    assert second.line()[0].at == datetime.fromtimestamp(1755002000, UTC)


def test_instructions_tools_and_thoughts_are_left_out_and_counted(export, bring_in):
    imported, conversations = _brought(export, bring_in)
    everything = json.dumps([t.text for c in conversations for t in c.turns.values()])
    for left_out in ("gardener", "Ignore all", "describe(", "brown coat", "grieves", "cite"):
        assert left_out not in everything
    # the editable context, the thoughts, the call, its output, and the entry without messages
    assert imported.skipped == 5


def test_the_current_node_chooses_the_line_even_where_another_branch_is_newer(export, bring_in):
    exported = json.loads(export("chatgpt.json"))[:1]
    exported[0]["current_node"] = "n-a1"
    (events,) = bring_in(json.dumps(exported).encode()).conversations
    assert replay(events).line()[-1].text == "Coats can be donated."


def test_a_node_that_was_named_only_by_its_parent_is_found(export, bring_in):
    exported = json.loads(export("chatgpt.json"))[:1]
    for node in exported[0]["mapping"].values():
        del node["parent"]
    (events,) = bring_in(json.dumps(exported[0]).encode()).conversations
    assert len(replay(events).line()) == 4


def test_a_named_thing_in_a_reply_keeps_its_name(bring_in):
    marked = 'At \ue200entity\ue202["place","Lake Marken","a lake"]\ue201 you swam.'
    exported = {
        "mapping": {
            "u": {"message": _message("user", "Hi"), "parent": None, "children": ["a"]},
            "a": {"message": _message("assistant", marked), "parent": "u", "children": []},
        }
    }
    (events,) = bring_in(json.dumps(exported).encode()).conversations
    assert replay(events).line()[-1].text == "At Lake Marken you swam."


def _message(role, text):
    return {"author": {"role": role}, "content": {"content_type": "text", "parts": [text]}}
