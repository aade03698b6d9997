"""Practising in the page, without script: choose, talk, take anew, compare, keep and look."""

import html
import re

import pytest


def begin(reader, who="ines"):
    reader.begin()
    reader.get("/practise")
    page = reader.post("/practise/begin", person=who)
    return reader.path, page


def test_everyone_can_be_chosen_from_the_mirror(reader):
    reader.begin()
    assert 'href="/practise"' in reader.get("/mirror")
    page = reader.get("/practise")
    assert page.count('name="person"') == 28
    assert "All of them are invented" in page


def test_words_are_answered_with_one_quiet_line(reader):
    path, page = begin(reader)
    assert "newspaper kiosk" in page
    page = reader.post(f"{path}/say", words="Take your time.")
    assert page.count('class="moved"') == 1
    assert "nothing was wanted of them" in page


def test_a_turn_is_taken_anew_with_its_words_in_the_box_and_two_ways_compared(reader):
    path, _ = begin(reader)
    reader.post(f"{path}/say", words="Take your time.")
    reader.post(f"{path}/say", words="You should sleep.")
    page = reader.post(f"{path}/back", turn="2")
    assert "You should sleep.</textarea>" in page
    assert page.count('class="moved"') == 1
    page = reader.post(f"{path}/say", words="I am here.")
    assert f"{path}/compare" in page
    page = reader.get(f"{path}/compare")
    assert "You should sleep." in page
    assert "I am here." in page
    assert "Which of the two" in page
    reader.get(path)
    reader.post(f"{path}/back", turn="9")
    assert reader.status == 404


def test_a_kept_practice_is_marked_before_anything_is_estimated(reader):
    path, _ = begin(reader)
    reader.post(f"{path}/say", words="Take your time.")
    page = reader.post(f"{path}/keep")
    assert reader.path.startswith("/mirror/")
    assert "Your own mark first" in page
    kept = reader.path
    assert '<svg class="picture' not in page
    reader.get(path)
    reader.post(f"{path}/keep")
    assert reader.path == kept
    assert re.search(r"Practice with Inês", reader.get("/mirror"))


def test_what_was_tried_differently_is_kept_with_where_it_branched(reader):
    path, _ = begin(reader)
    for words in ("Take your time.", "You should sleep."):
        reader.post(f"{path}/say", words=words)
    reader.post(f"{path}/keep")
    first = reader.path.rsplit("/", 1)[1]
    reader.get(path)
    reader.post(f"{path}/back", turn="2")
    reader.post(f"{path}/say", words="I am here.")
    reader.post(f"{path}/keep")
    assert reader.path.rsplit("/", 1)[1] != first


def test_words_about_oneself_are_asked_about_before_they_are_played_with(reader):
    path, _ = begin(reader)
    page = reader.post(f"{path}/say", words="I want to kill myself.")
    assert "may be about you yourself" in page
    assert 'class="moved"' not in page
    assert 'class="moved"' in reader.post(f"{path}/say", words="I want to kill myself.")


def test_a_practice_is_gone_when_beside_is_locked(reader):
    path, _ = begin(reader)
    reader.post("/lock")
    assert "kiosk" not in reader.get(path)


def test_words_are_shown_as_text_and_an_unknown_person_is_a_kind_sentence(reader):
    path, _ = begin(reader)
    page = reader.post(f"{path}/say", words="<script>alert(1)</script>")
    assert "<script>alert" not in page
    page = reader.post("/practise/begin", person="nobody")
    assert reader.status == 422


def test_the_chosen_voice_says_their_words_only_where_it_was_ticked(reader, beside, voice):
    reader.begin()
    assert 'name="ask-voice"' not in reader.get("/practise"), "it is in no list of voices"
    beside.catalogue.add_server("near", "http://127.0.0.1:9/v1", "m")
    reader.get("/voices")
    reader.post("/voices/choose", voice="near")
    assert 'name="ask-voice"' in reader.get("/practise")
    reader.post("/practise/begin", person="ines", **{"ask-voice": "yes"})
    page = reader.post(f"{reader.path}/say", words="Take your time.")
    assert page.count('class="moved"') == 1, "a voice that cannot be reached leaves their words"
    assert voice.heard == ()


def own(reader, words="", file=None, name="aunt-vera.toml"):
    """Send a person of one's own, pasted or as a file."""
    origin = {"Origin": "http://127.0.0.1:8787", "Sec-Fetch-Site": "same-origin"}
    answer = reader.client.post(
        "/practise/own",
        data={"key": reader.key, "words": words},
        files={"file": (name if file else "", file or b"")},
        headers=origin,
    )
    reader.page, reader.status, reader.path = answer.text, answer.status_code, answer.url.path
    return reader.page


def test_somebody_of_ones_own_comes_in_from_a_file_or_pasted(reader):
    reader.begin()
    reader.get("/practise")
    whole = reader.client.get("/practise/example").text.replace("Inês", "Aunt Vera")
    page = own(reader, file=whole.encode())
    assert "Aunt Vera" in page
    page = reader.post(f"{reader.path}/say", words="Take your time.")
    assert page.count('class="moved"') == 1
    reader.post(f"{reader.path}/keep")
    assert "Your own mark first" in reader.page
    reader.get("/practise")
    assert "Aunt Vera" in own(reader, words=whole.replace("\n", "\r\n"))
    assert "Aunt Vera" not in reader.get("/practise"), "nothing of the file is kept"


@pytest.mark.parametrize(
    ("words", "file", "said"),
    [
        ("", None, "Choose a file first, or paste one."),
        ("", b"\xff\xfe\x00", "cannot be read as text"),
        ("hello", None, "is not TOML"),
        (
            'name = "V"',
            None,
            "The file of V lacks something",
        ),
        ("", b"#" * 500_000, "too long for a person"),
        ("", b"#" * 150_000, "too long for a person"),
        ("a = " + "[" * 5_000, None, "is not TOML"),
    ],
)
def test_a_file_that_is_no_person_is_told_kindly_and_what_was_pasted_stays(
    reader, words, file, said
):
    reader.begin()
    reader.get("/practise")
    page = own(reader, words=words, file=file)
    assert reader.status == 422
    assert said in page
    if words and len(words) < 50:
        assert html.escape(words, quote=False) in html.unescape(page)
    assert page.count('name="person"') == 28
