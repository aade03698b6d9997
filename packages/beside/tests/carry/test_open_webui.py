import json
from datetime import UTC, datetime

from beside.talk.conversation import replay


def _brought(export, bring_in):
    imported = bring_in(export("open_webui.json"), "chat-export.json")
    return imported, [replay(each) for each in imported.conversations]


def test_the_line_leads_to_the_current_message(export, bring_in):
    imported, (first, _) = _brought(export, bring_in)
    assert imported.kind == "open-webui"
    assert [turn.text for turn in first.line()] == [
        "I have not slept since Tuesday.",
        "Three nights is long. What is it like at four in the morning?",
        "Quiet. <details>is what I said</details>",
        "A quiet that",
    ]
    assert first.line()[-1].state == "stopped"


def test_two_models_that_answered_at_once_are_two_branches(export, bring_in):
    _, (first, _) = _brought(export, bring_in)
    replies = [first.turns[each] for each in first.siblings(first.line()[1].id)]
    assert [reply.voice for reply in replies] == ["llama3.1:8b", "qwen2.5:7b"]


def test_titles_times_and_the_source_are_kept(export, bring_in):
    _, (first, second) = _brought(export, bring_in)
    assert (first.title, first.source) == ("Night shift", "Open WebUI")
    assert first.began_at == datetime.fromtimestamp(1740000000, UTC)
    assert first.line()[2].at == datetime.fromtimestamp(1740000100, UTC)
    assert second.began_at == datetime.fromtimestamp(1705000000, UTC)


def test_a_flat_list_in_the_old_form_is_read_in_its_order(export, bring_in):
    imported, (_, second) = _brought(export, bring_in)
    assert [turn.text for turn in second.line()] == [
        "Hello",
        "Good evening.",
        "Good evening to you.",
    ]
    assert imported.skipped == 1  # the instruction that stood above


def test_thoughts_and_tool_results_never_become_words(export, bring_in):
    _, conversations = _brought(export, bring_in)
    everything = json.dumps([t.text for c in conversations for t in c.turns.values()])
    assert "The person is tired" not in everything
    assert "hidden" not in everything
    assert "pirate" not in everything


def test_a_history_that_is_a_list_is_read_by_its_names(export, bring_in):
    exported = json.loads(export("open_webui.json"))[:1]
    history = exported[0]["chat"]["history"]
    history["messages"] = list(history["messages"].values())
    (events,) = bring_in(json.dumps(exported).encode()).conversations
    assert len(replay(events).turns) == 5


def test_a_single_chat_that_is_not_in_a_list_is_read(export, bring_in):
    exported = json.loads(export("open_webui.json"))[0]
    assert len(bring_in(json.dumps(exported).encode()).conversations) == 1
