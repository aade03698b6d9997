import json
import re

import pytest

from beside.surfaces.web.views import PAGE_TURNS
from beside.voices.scripted import ScriptedVoice


def turn_ids(page, kind):
    return re.findall(rf'<li class="turn {kind}" id="turn-(\w+)"', page)


def test_what_is_said_is_answered_and_both_stay(reader):
    reader.begin()
    where = reader.say("I lie awake.")
    page = reader.get(where)
    assert "I lie awake." in page
    assert "I am listening." in page


def test_the_next_words_go_on_in_the_same_conversation(reader, voice):
    reader.begin()
    where = reader.say("I lie awake.")
    assert reader.say("Since May.", where) == where
    assert [each.text for each in voice.heard if each.role == "person"] == [
        "I lie awake.",
        "Since May.",
    ]


@pytest.mark.parametrize("words", ["", "   \n\t ", "\x00\x01\x07", "\u200b\u200b"])
def test_nothing_visible_is_answered_kindly_and_begins_nothing(reader, words):
    reader.begin()
    page = reader.post("/talk", words=words)
    assert reader.status == 422
    assert "no words here yet" in page
    assert "There is nothing here yet" in reader.get("/conversations")


def test_too_many_words_come_back_in_the_box(reader):
    reader.begin()
    where = reader.say("first")
    many = "once more " * 3000
    page = reader.post(where, words=many)
    assert reader.status == 422
    assert many.strip() in page
    assert "longer than one turn" in page


def test_broken_utf8_is_told_and_nothing_is_kept(reader):
    reader.begin()
    headers = {
        "Origin": "http://127.0.0.1:8787",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    for body in (
        b"key=" + reader.key.encode() + b"&words=%ff%fe",
        b"\xff\xfe\x00",
        b"a" * 10 + b"\x80",
    ):
        answer = reader.client.post("/talk", content=body, headers=headers)
        assert answer.status_code == 400
        assert "did not arrive as text" in answer.text
    headers["Content-Type"] = "application/octet-stream"
    assert reader.client.post("/talk", content=b"x", headers=headers).status_code == 400


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ 7 * 7 }} {% raw %}",
        "&lt;b&gt; & co",
        "\u202egnihtemos",
        "مرحبا، أنا متعب",
        "😔😔😔",
        "]]> --> </textarea></li>",
    ],
)
def test_whatever_is_said_is_shown_as_it_was_said_and_never_run(reader, words):
    from markupsafe import escape

    reader.begin()
    page = reader.get(reader.say(words))
    assert f'<div class="words" dir="auto">{escape(words)}</div>' in page


def test_control_characters_are_left_out_and_the_words_stay(reader):
    reader.begin()
    assert "one two" in reader.get(reader.say("one\x00 two\x1b"))


def test_a_draft_is_there_again_on_the_same_page_and_gone_once_it_is_said(reader):
    reader.begin()
    reader.post("/draft", conversation="new", words="half a sent")
    assert "half a sent" in reader.get("/")
    where = reader.say("half a sentence")
    assert "half a sent" not in reader.get("/").split("<textarea")[1].split("</textarea>")[0]
    reader.post("/draft", conversation=where.split("/")[-1], words="and ano")
    assert "and ano" in reader.get(where)


def test_a_draft_is_there_again_after_the_lock(reader):
    reader.begin()
    reader.post("/draft", conversation="new", words="half a sentence")
    reader.get("/")
    reader.post("/lock")
    assert "half a sentence" not in reader.page
    reader.post("/unlock", passphrase="warm rain on slate")
    assert "half a sentence" in reader.page


def test_words_that_reach_a_locked_beside_are_in_the_box_after_the_unlock(reader, beside):
    reader.begin()
    where = reader.say("first")
    form_key = reader.key
    person = beside._open["me"]
    reader.client.portal.call(person.lock)
    page = reader.post(where, key=form_key, words="I was still writing")
    assert reader.status == 403
    assert "not lost" in page
    held = re.search(r'name="held" value="([^"]*)"', page)[1]
    held_for = re.search(r'name="held_for" value="([^"]*)"', page)[1]
    assert held == "I was still writing"
    reader.post("/unlock", passphrase="warm rain on slate", held=held, held_for=held_for)
    assert reader.path == where
    assert "I was still writing" in reader.page


def test_words_sent_from_a_page_of_before_the_unlock_come_back_to_be_sent(reader):
    reader.begin()
    page = reader.post("/talk", key="of-yesterday", words="what I wrote")
    assert reader.status == 403
    assert "what I wrote" in page
    reader.post("/talk", words="what I wrote")
    assert "what I wrote" in reader.page


def test_another_reply_is_a_branch_and_one_can_go_back(reader):
    reader.begin()
    where = reader.say("I lie awake.")
    first = turn_ids(reader.page, "reply")[0]
    reader.post(f"{where}/again", turn=first)
    reader.listen()
    page = reader.get(where)
    assert "2 of 2" in page
    assert "And what is it like now?" in page
    page = reader.post(f"{where}/go-to", turn=first)
    assert "1 of 2" in page
    assert "I am listening." in page


def test_a_turn_said_differently_is_a_branch_and_the_first_stays(reader):
    reader.begin()
    where = reader.say("I lie awake.")
    mine = turn_ids(reader.page, "mine")[0]
    assert "I lie awake." in reader.get(f"{where}/edit/{mine}")
    reader.say("I cannot sleep.", f"{where}/edit/{mine}")
    page = reader.get(where)
    assert "I cannot sleep." in page
    assert "I lie awake." not in page
    assert "I lie awake." in reader.post(f"{where}/go-to", turn=mine)


def test_an_edit_without_words_keeps_the_page_and_says_so(reader):
    reader.begin()
    where = reader.say("I lie awake.")
    mine = turn_ids(reader.page, "mine")[0]
    page = reader.post(f"{where}/edit/{mine}", words=" ")
    assert reader.status == 422
    assert "no words here yet" in page


def test_a_long_conversation_shows_its_newest_page_and_the_way_to_what_was_before(reader):
    reader.begin()
    where = reader.say("number 0.")
    for number in range(1, PAGE_TURNS // 2 + 5):
        reader.say(f"number {number}.", where)
    page = reader.get(where)
    assert page.count('<li class="turn') == PAGE_TURNS
    assert "number 0." not in page
    before = re.search(r'href="([^"]+\?before=\w+)"', page)[1]
    page = reader.get(before)
    assert "number 0." in page
    assert 'id="say"' not in page


def test_a_name_stands_above_the_conversation_and_in_no_title_or_address(reader):
    reader.begin()
    where = reader.say("hello")
    page = reader.post(f"{where}/name", title="  The  blue kettle ")
    assert reader.path == where
    assert "The blue kettle</h1>" in page
    assert "kettle" not in re.search("<title>([^<]*)</title>", page)[1]
    assert "The blue kettle" in reader.get("/conversations")


def test_danger_brings_the_people_who_answer_onto_the_page(reader):
    reader.begin()
    page = reader.get(reader.say("I have the pills here and I want to kill myself."))
    assert "People who can be with you now" in page
    assert 'href="tel:112"' in page


@pytest.mark.parametrize("path", ["/talk/nowhere", "/talk/nowhere/edit/none", "/talk/x/words/y"])
def test_a_conversation_that_is_not_here_has_a_kind_page(reader, path):
    reader.begin()
    page = reader.get(path)
    assert reader.status == 404
    assert "Reach a person" in page


def test_a_voice_that_breaks_off_keeps_its_words_and_beside_can_go_on(reader, beside):
    beside._ready_made["scripted"] = ScriptedVoice(
        ["One whole sentence here. And then another one."], fail_after=6
    )
    reader.begin()
    where = reader.say("hello")
    assert "One whole sentence here." in reader.page
    assert "The voice broke off." in reader.page
    reply = turn_ids(reader.page, "reply")[0]
    reader.post(f"{where}/go-on", turn=reply)
    reader.listen()
    page = reader.get(where)
    assert "One whole sentence here." in page
    assert len(turn_ids(page, "reply")) == 2


def test_what_is_said_without_a_trace_is_nowhere_once_it_is_left(reader, beside):
    reader.begin()
    reader.post("/untraced/begin")
    assert "Nothing of this is kept" in reader.page
    where = reader.say("the blue kettle", "/untraced/talk")
    assert where.startswith("/untraced/talk/")
    assert "the blue kettle" in reader.get(where)
    assert "kettle" not in reader.get("/conversations")
    reader.post("/untraced/leave")
    reader.get(where)
    assert "kettle" not in reader.page
    for path in beside.settings.data_folder.rglob("*"):
        assert path.is_dir() or b"kettle" not in path.read_bytes()


def test_one_can_talk_without_a_trace_before_any_passphrase(reader, beside):
    reader.get("/begin")
    reader.post("/untraced/begin")
    where = reader.say("the blue kettle", "/untraced/talk")
    assert "I am listening." in reader.get(where)
    assert beside.people() == ()
    assert reader.get("/conversations")
    assert reader.path == "/begin"


def test_the_lock_ends_the_conversation_without_a_trace_too(reader):
    reader.begin()
    reader.post("/untraced/begin")
    where = reader.say("the blue kettle", "/untraced/talk")
    reader.get("/")
    reader.post("/lock")
    assert "kettle" not in reader.get(where)


def test_a_page_that_waits_for_words_renews_itself_without_script(reader, beside):
    beside._ready_made["scripted"] = ScriptedVoice(["Slow words."], pieces_per_second=0.5)
    reader.begin()
    page = reader.post("/talk", words="hello")
    where = reader.path
    assert f'http-equiv="refresh" content="2;url={where}?look=1#newest"' in page
    assert "?look=2#newest" in reader.get(f"{where}?look=1")
    assert "?look=1#newest" in reader.get(f"{where}?look=x")
    assert "Stop" in page
    reply = turn_ids(page, "reply")[0]
    page = reader.post(f"{where}/stop", turn=reply)
    assert "Stopped here." in page
    assert "http-equiv" not in page


def test_going_on_while_a_reply_is_written_lets_it_give_way(reader, beside):
    beside._ready_made["scripted"] = ScriptedVoice(["Slow words."], pieces_per_second=0.5)
    reader.begin()
    reader.post("/talk", words="hello")
    page = reader.post(reader.path, words="wait, this first")
    assert "Stopped here." in page
    assert "wait, this first" in page


def test_the_stream_brings_the_words_as_clean_html_and_the_whole_turn_at_the_end(reader, beside):
    beside._ready_made["scripted"] = ScriptedVoice(["**Yes.** <script>x</script>\n\n- one\n- two"])
    reader.begin()
    reader.post("/talk", words="hello")
    stream = reader.listen()
    assert "event: end" in stream
    html = json.loads(stream.split("event: end\ndata: ")[1].split("\n")[0])["html"]
    assert "<strong>Yes.</strong>" in html
    assert "&lt;script&gt;" in html
    assert "<script>" not in html
    assert '"spoken": "Beside said: Yes.' in stream
