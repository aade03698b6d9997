import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from packages.beside.tests.facts import BEGAN, answered, began, conversations, spoke

from beside.carry import markdown, plain
from beside.carry.brought import become_facts
from beside.errors import NotAConversation
from beside.talk.conversation import PersonTurn, replay

TREACHEROUS = [
    "# not a heading",
    "## You · 2026-11-22 20:00:05 UTC",
    "<script>alert(1)</script>",
    "<!-- beside-markdown 1 -->",
    "![x](http://example.org/x.png) and [y](javascript:alert(1))",
    "[y]: http://example.org",
    "> quoted\nand on\n\n    four spaces\n\ttab",
    "- a\n* b\n+ c\n1. d\n2) e",
    "under\n-----\nover\n=====\n***\n___\n---",
    "```\ncode\n```\n~~~\n~~old~~",
    "a|b\n-|-\n1|2",
    "*stars* **two** _under_ snake_case 2 * 3 * 4 `tick` \\ \\* end\\",
    "&amp; &#42; AT&T <3 a<b",
    "\u200f\u0634\u0643\u0631\u0627 \u202e reversed",
    "nul \x00 bell \x07 back\rreturn\x85next\u2028line",
    "https://example.org/a_b?c=d&e=f#g <https://example.org>",
]


def _conversation(*texts, title=None, source=None, state="done"):
    events = [began(title=title, source=source)]
    parent = None
    for number, text in enumerate(texts):
        turn = str(number)
        if number % 2 == 0:
            events.append(spoke(turn, parent, text))
        else:
            events += answered(turn, parent, text, why=state)
        parent = turn
    return replay(events)


def _read(text):
    facts = become_facts(
        markdown.read(text), source="Beside", at=BEGAN, random_bytes=random.Random(7).randbytes
    )
    return replay(facts.events)


def _plain(text):
    """What can be told apart when Markdown is shown: words and line ends, not runs of blanks."""
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def _shown(text):
    """The lines of text that a reader of Markdown shows, and the kinds of things it sees."""
    reader = MarkdownIt("js-default", {"linkify": False, "typographer": False})
    lines, kinds = [""], set()
    for token in reader.parse(text):
        kinds.add(token.type)
        for child in token.children or []:
            kinds.add(child.type)
            if child.type in ("softbreak", "hardbreak"):
                lines.append("")
            else:
                lines[-1] += child.content
        lines.append("")
    return [" ".join(line.split()) for line in lines if line.strip()], kinds


@given(words=st.text(max_size=60) | st.text("#*_-+=>`~|[]()<>!&;\\ \n\t.1aA:/", max_size=40))
@example(words="\n".join(TREACHEROUS))
def test_words_are_shown_as_they_were_said_and_nothing_in_them_acts(words):
    body = markdown.write(_conversation(words)).split("UTC\n", 1)[-1]
    lines, kinds = _shown(body)
    assert kinds <= {
        "paragraph_open", "paragraph_close", "inline", "text", "softbreak", "hardbreak"
    }  # fmt: skip
    assert lines == _plain(plain.tidy(words))


@pytest.mark.parametrize("words", TREACHEROUS)
def test_treacherous_words_are_read_back_as_they_were(words):
    (turn,) = _read(markdown.write(_conversation(words))).line()
    assert _plain(turn.text) == _plain(plain.words(words))


@given(facts=conversations())
def test_what_is_written_is_read_back_with_its_voices_and_times(facts):
    before = replay(facts)
    said = [turn for turn in before.line() if plain.words(turn.text)]
    text = markdown.write(before)
    brought = markdown.read(text)
    kept = [each for each in brought.said if each.text]
    assert len(kept) == len(said)
    for turn, each in zip(said, kept, strict=True):
        assert (each.role == "person") == isinstance(turn, PersonTurn)
        assert each.at == turn.at.replace(microsecond=0)
        assert _plain(each.text) == _plain(plain.words(turn.text))
    assert brought.title == plain.name(before.title)


def test_a_conversation_reads_well_as_it_stands():
    text = markdown.write(
        _conversation(
            "My hands shake.\nOnly at night.", "At night.", title="Hands", source="ChatGPT"
        )
    )
    assert text == (
        "<!-- beside-markdown 1 -->\n\n# Hands\n\n"
        "Begun 2026-03-01 09:00:00 UTC. Brought from ChatGPT.\n\n"
        "## You · 2026-03-01 09:01:00 UTC\n\nMy hands shake.  \nOnly at night.\n\n"
        "## Companion (authored) · 2026-03-01 09:02:00 UTC\n\nAt night.\n"
    )


def test_a_reply_that_was_stopped_says_so_and_is_read_as_stopped():
    text = markdown.write(_conversation("Hello", "Good eve", state="stopped"))
    assert "UTC · stopped\n" in text
    assert _read(text).line()[-1].state == "stopped"


def test_the_words_around_can_be_in_another_language():
    labels = markdown.Labels(
        person="Jij", companion="Metgezel (stem)", begun="Begonnen op {moment}.", stopped="gestopt"
    )
    text = markdown.write(_conversation("Dag", "Dag.", state="stopped"), labels)
    assert "## Jij · " in text
    assert "## Metgezel stem (authored) · " in text
    assert [turn.text for turn in _read(text).line()] == ["Dag", "Dag."]


def test_a_file_that_a_person_has_edited_is_still_read():
    text = markdown.write(_conversation("Hello", "Good evening.")).replace("\n", "\r\n")
    edited = "\ufeff" + text.replace("Good evening.", "Good *evening*.\n\n## A heading of my own")
    assert _read(edited).line()[-1].text == "Good *evening*.\n\n## A heading of my own"


def test_another_text_or_a_later_version_says_so():
    with pytest.raises(NotAConversation, match="not a conversation"):
        markdown.read("# Notes\n\nMilk, bread.")
    with pytest.raises(NotAConversation, match="later version"):
        markdown.read("<!-- beside-markdown 2 -->\n")
