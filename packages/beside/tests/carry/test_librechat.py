import json
from datetime import UTC, datetime

from beside.talk.conversation import replay


def test_a_nested_export_keeps_its_branches_and_shows_the_newest(export, bring_in):
    imported = bring_in(export("librechat_tree.json"), "my-sister.json")
    conversation = replay(imported.conversations[0])
    assert imported.kind == "librechat"
    assert [turn.text for turn in conversation.line()] == [
        "My sister and I have not spoken for a year.",
        "A year is long.\n\nWhat was the last thing you did together?",
        "We swam.",
    ]
    others = [conversation.turns[t] for t in conversation.siblings(conversation.line()[1].id)]
    assert [(reply.text, reply.state) for reply in others][0] == ("Call her.", "stopped")


def test_titles_times_voices_and_the_source_are_kept(export, bring_in):
    conversation = replay(bring_in(export("librechat_tree.json")).conversations[0])
    assert (conversation.title, conversation.source) == ("My sister", "LibreChat")
    assert conversation.began_at == datetime(2025, 3, 1, 9, 0, 0, 500_000, tzinfo=UTC)
    assert conversation.line()[1].voice == "gpt-4-turbo"


def test_an_error_is_not_something_that_was_said(export, bring_in):
    imported = bring_in(export("librechat_tree.json"))
    texts = [turn.text for turn in replay(imported.conversations[0]).turns.values()]
    assert not any("no_user_key" in text for text in texts)
    assert not any("coach" in text.casefold() for text in texts)
    assert imported.skipped == 1


def test_a_flat_export_is_read_and_thoughts_are_left_out(export, bring_in):
    conversation = replay(bring_in(export("librechat_flat.json")).conversations[0])
    assert [turn.text for turn in conversation.line()] == [
        "Thank you for last week.",
        "You are welcome.",
        "Until next time.",
    ]


def test_a_tree_under_one_object_is_read_as_well(export, bring_in):
    exported = json.loads(export("librechat_tree.json"))
    exported["messages"] = {"children": exported.pop("messagesTree")}
    assert len(replay(bring_in(json.dumps(exported).encode()).conversations[0]).turns) == 4


def test_a_conversation_nested_three_thousand_turns_deep_is_read_whole(bring_in):
    opening = '{"conversationId":"x","recursive":true,"messagesTree":['
    turns = 3000
    body = "".join(
        f'{{"messageId":"{n}","isCreatedByUser":{"true" if n % 2 == 0 else "false"},'
        f'"text":"turn {n}","children":['
        for n in range(turns)
    )
    (events,) = bring_in((opening + body + "]}" * turns + "]}").encode()).conversations
    line = replay(events).line()
    assert [turn.text for turn in line] == [f"turn {n}" for n in range(turns)]
