"""The mirror on the page: correct, consent, own mark first, and only then what is seen."""

import io
import re
import time
import zipfile

from packages.beside.tests.mirror.sessions import TALK

CONSENT = "She agreed on 4 May that I look at this by myself."
ESTIMATES = re.compile(r"between \d\.\d and|class=.picture.|What opened|Other words")


def brought(reader, words=TALK):
    """Paste a conversation; the page on which the speakers are corrected."""
    reader.begin()
    reader.get("/mirror")
    return reader.post("/mirror/read", words=words)


def kept(reader):
    brought(reader)
    return reader.post(reader.path, do="keep", consent=CONSENT, title="Four in the morning")


def marked(reader, **fields):
    """Put the own mark, and wait for what is seen after it."""
    where = reader.path
    page = reader.post(f"{where}/mark", **fields)
    while "It is being read" in page:
        time.sleep(0.5)
        page = reader.get(where)
    return page


def test_the_speakers_are_guessed_and_shown_and_nothing_is_kept_yet(reader):
    page = brought(reader)
    assert "12 turns were found" in page
    assert '<option value="practitioner" selected>' in page
    assert "Nothing of this is kept yet" in page
    assert "What you kept" not in reader.get("/mirror")


def test_a_role_that_was_guessed_wrong_is_put_right(reader):
    page = brought(reader)
    page = reader.post(reader.path, **{"role-A": "person", "role-B": "practitioner"}, do="correct")
    roles = re.findall(r'<option value="(pr\w+|pe\w+)" selected>', page)
    assert sorted(roles) == ["person", "practitioner"]
    assert '<li id="turn-2" value="2" class="mine">' in page


def test_without_consent_or_without_two_roles_nothing_is_kept(reader):
    brought(reader)
    page = reader.post(reader.path, do="keep", consent="  ")
    assert reader.status == 422
    assert "who agreed" in page
    page = reader.post(
        reader.path, **{"role-A": "person", "role-B": "person"}, do="keep", consent=CONSENT
    )
    assert reader.status == 422
    assert "What you kept" not in reader.get("/mirror")


def test_names_become_initials_on_request_and_it_is_said_which(reader):
    page = brought(reader, TALK.replace("my father", "my father Bernard Whitlock"))
    page = reader.post(reader.path, initials="yes", do="correct")
    assert "replaced by initials" in page
    assert "Whitlock" in page.split("replaced by initials")[1][:200]
    assert "Whitlock" not in page.split("How it begins")[1]


def test_what_is_no_conversation_gets_a_sentence_and_is_in_the_box_still(reader):
    page = brought(reader, "a list\nof things\nto buy")
    assert reader.status == 422
    assert 'role="alert"' in page
    assert "of things" in page


def test_no_estimate_is_there_before_the_own_mark(reader):
    page = kept(reader)
    where = reader.path
    assert "Your own mark first" in page
    assert not ESTIMATES.search(page)
    for address in ("/mirror", "/mirror/room", "/mirror/time", where):
        page = reader.get(address)
        assert not re.search(r"between \d\.\d and|What opened|Other words", page)
    reader.get(where)
    reader.post(f"{where}/take", **{"part-profile": "yes"})
    assert reader.path == where
    assert "Your own mark first" in reader.page


def test_after_the_own_mark_it_is_seen_tied_to_the_words_with_one_question(reader):
    kept(reader)
    where = reader.path
    page = marked(reader, mark="62", words="I was there at the end")
    assert reader.path == where
    assert "I was there at the end" in page
    assert page.index("Your own mark") < page.index("What opened")
    assert page.index("What opened") < page.index("Where it may have narrowed")
    assert "<mark>You should</mark> try a breathing exercise." in page
    assert page.count('class="question"') == 1
    assert page.count('class="picture"') >= 4
    assert page.count("<table") >= 4
    assert "at 62 of 100" in page
    assert len(re.findall(r"\d\.\d", page)) > 10
    numbers = re.findall(r"about \d\.\d[^<]*", page)
    assert all("between" in each for each in numbers)


def test_single_turns_can_be_marked_and_only_ones_own(reader):
    kept(reader)
    where = reader.path
    page = reader.post(f"{where}/mark", turn="5", mark="20", words="too quick")
    assert "Turn 5: at 20 of 100" in page
    assert not ESTIMATES.search(page)
    reader.post(f"{where}/mark", turn="4", mark="20")
    assert reader.status == 422
    reader.get(where)
    page = marked(reader, mark="50")
    assert "Turns that you marked" in page
    assert "too quick" in page


def test_the_report_holds_what_was_ticked_and_nothing_else(reader):
    kept(reader)
    where = reader.path
    marked(reader, mark="62", words="mine alone")
    reader.get(f"{where}/take")
    page = reader.post(f"{where}/take", **{"part-profile": "yes"})
    assert "Eight ways" in page
    assert "mine alone" not in page
    assert "breathing" not in page
    assert "father" not in page
    assert "<script" not in page
    assert not re.search(r"(?:src|href)=", page)
    reader.get(f"{where}/take")
    whole = reader.post(f"{where}/take", **{"part-transcript": "yes", "part-own": "yes"})
    assert "mine alone" in whole
    assert "my father standing in the door" in whole


def test_a_report_with_a_passphrase_is_opened_by_it_alone(reader):
    import pyrage

    kept(reader)
    where = reader.path
    marked(reader, mark="62")
    reader.get(f"{where}/take")
    origin = {"Origin": "http://127.0.0.1:8787", "Sec-Fetch-Site": "same-origin"}
    fields = {"key": reader.key, "part-own": "yes", "passphrase": "slow green boats"}
    answer = reader.client.post(f"{where}/take", data=fields, headers=origin)
    assert answer.headers["content-disposition"].endswith('.html.age"')
    assert b"<html" not in answer.content
    assert b"<html" in pyrage.passphrase.decrypt(answer.content, "slow green boats")


def test_an_erased_session_is_not_there_any_more(reader):
    kept(reader)
    where = reader.path
    assert "nobody can bring it back" in reader.get(f"{where}/erase")
    assert "Four in the morning" not in reader.post(f"{where}/erase")
    reader.get(where)
    assert reader.status == 404


def test_over_time_marks_and_estimates_stand_side_by_side(reader):
    kept(reader)
    marked(reader, mark="62")
    assert "With two sessions" in reader.get("/mirror/time")
    reader.get("/mirror")
    reader.post("/mirror/read", words=TALK)
    reader.post(reader.path, do="keep", consent=CONSENT)
    marked(reader, mark="40")
    page = reader.get("/mirror/time")
    assert page.count('class="picture"') >= 3
    assert "at 40 of 100" in page
    room = reader.get("/mirror/room")
    assert "slow change" in room
    assert "not yet known" in room


def test_a_lock_takes_what_was_not_kept(reader):
    brought(reader)
    where = reader.path
    reader.get("/settings")
    reader.post("/lock")
    page = reader.get(where)
    assert "father" not in page


def taken(reader, **fields):
    """A file that was taken along."""
    data = {"key": reader.key, "what": "sessions", **fields}
    origin = {"Origin": "http://127.0.0.1:8787", "Sec-Fetch-Site": "same-origin"}
    return reader.client.post("/carry/export", data=data, headers=origin)


def test_all_kept_sessions_are_taken_along_brought_in_again_and_erased(reader):
    kept(reader)
    where = reader.path
    marked(reader, mark="62", words="I was there.")
    reader.get("/mirror")
    assert "Take all of them along" in reader.page
    lines = taken(reader, form="jsonl").content
    packed = zipfile.ZipFile(io.BytesIO(taken(reader, form="markdown").content))
    (name,) = packed.namelist()
    text = packed.read(name).decode()
    for words in ("Four in the morning", CONSENT, "at 62 of 100", "I was there.", "Estimates"):
        assert words in text
    reader.get(f"{where}/take")
    one = taken(reader, form="markdown", session=where.rsplit("/", 1)[1]).text
    assert one == text
    reader.post(f"{where}/erase")
    assert "Four in the morning" not in reader.get("/mirror")
    reader.get("/carry")
    origin = {"Origin": "http://127.0.0.1:8787", "Sec-Fetch-Site": "same-origin"}
    page = reader.client.post(
        "/carry/import",
        data={"key": reader.key},
        files={"file": ("mine.jsonl", lines)},
        headers=origin,
    ).text
    assert "1 session of the mirror was brought in." in page
    assert "Four in the morning" in reader.get("/mirror")


def test_what_is_taken_along_before_the_mark_holds_no_estimate(reader):
    kept(reader)
    text = taken(reader, form="markdown", session=reader.path.rsplit("/", 1)[1]).text
    assert "not marked yet" in text
    assert not re.search(r"between \d", text)


def test_everything_as_markdown_holds_the_sessions_too(reader):
    kept(reader)
    packed = zipfile.ZipFile(io.BytesIO(taken(reader, form="markdown", what="").content))
    assert any(name.startswith("mirror/") for name in packed.namelist())


def test_what_opened_and_narrowed_stands_beside_the_words_it_is_tied_to(reader):
    kept(reader)
    page = marked(reader, mark="62")
    turn = re.search(r'<li id="turn-5".*?</li>', page, re.S)[0]
    assert '<mark class="closed">You should</mark> try a breathing exercise.' in turn
    assert 'class="noted closed" role="note"' in turn
    assert "Advice, where none was asked for." in turn
    assert '<mark class="opened">' in page
    assert page.count('class="as-list"') == 2, "the lists give way to it where there is room"
    other = re.search(r'<li id="turn-4".*?</li>', page, re.S)[0]
    assert "<mark" not in other
    assert "noted" not in other
