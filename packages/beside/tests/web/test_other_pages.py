import io
import json
import re
import zipfile

import pytest

from beside.carry import jsonl
from beside.store.journal import Journal

PASSPHRASE = "warm rain on slate"
KIND = "Reach a person"


def test_the_list_shows_each_conversation_by_how_it_began(reader):
    reader.begin()
    reader.say("the first one")
    reader.say("the second one")
    page = reader.get("/conversations")
    assert page.index("the second one") < page.index("the first one")


def test_words_are_found_and_stand_in_no_address(reader):
    reader.begin()
    where = reader.say("the blue kettle")
    page = reader.post("/conversations", words="kettle")
    assert "kettle" not in reader.path
    assert "<mark>kettle</mark>" in page
    found = re.search(r'href="(/talk/[^"]+around=[^"]+)"', page)[1]
    assert found.startswith(where)
    assert "the blue kettle" in reader.get(found)


@pytest.mark.parametrize("words", ["", '"', "NEAR(", "* OR -", "\x00", "'; drop table words; --"])
def test_whatever_is_searched_for_gets_a_page(reader, words):
    reader.begin()
    reader.say("the blue kettle")
    reader.post("/conversations", words=words)
    assert reader.status == 200


def test_an_erased_turn_and_an_erased_conversation_are_gone(reader):
    reader.begin()
    where = reader.say("the blue kettle")
    reader.say("the chair", where)
    mine = re.findall(r'<li class="turn mine" id="turn-(\w+)"', reader.page)[0]
    assert "Erase this turn?" in reader.get(f"{where}/erase/{mine}")
    page = reader.post(f"{where}/erase/{mine}")
    assert "kettle" not in page
    assert "the chair" in page
    assert "Erase this conversation?" in reader.get(f"{where}/erase")
    reader.post(f"{where}/erase")
    assert reader.path == "/conversations"
    reader.get(where)
    assert reader.status == 404


def test_erasing_everything_asks_for_the_passphrase_and_then_nothing_is_left(reader, beside):
    reader.begin()
    reader.say("the blue kettle")
    reader.get("/settings/erase")
    assert "did not open" in reader.post("/settings/erase", passphrase="not this one")
    assert beside.people() == ("me",)
    page = reader.post("/settings/erase", passphrase=PASSPHRASE)
    assert "Everything is erased." in page
    assert beside.people() == ()
    reader.get("/")
    assert reader.path == "/begin"


def test_the_theme_and_the_language_hold_also_while_locked(reader):
    reader.begin()
    reader.post("/settings/look", theme="contrast", language="nl", country="BE")
    assert 'data-theme="contrast"' in reader.page
    assert 'lang="nl"' in reader.page
    reader.post("/lock")
    assert 'data-theme="contrast"' in reader.page
    assert 'lang="nl"' in reader.page
    assert 'href="tel:1813"' in reader.page


def test_a_choice_that_is_none_changes_nothing(reader):
    reader.begin()
    reader.post("/settings/look", theme="blinking", language="xx", country="nowhere")
    assert 'data-theme="system"' in reader.page
    reader.post("/settings/idle", minutes="1000000")
    assert "15 minutes</option>" in reader.page


def test_the_idle_lock_is_adjustable_and_stays_so(reader, beside):
    reader.begin()
    reader.post("/settings/idle", minutes="30")
    assert re.search(r'value="30" selected', reader.page)
    assert beside._open["me"].idle_seconds == 1800
    reader.post("/lock")
    reader.post("/unlock", passphrase=PASSPHRASE)
    assert beside._open["me"].idle_seconds == 1800


def test_asking_how_long_beside_stays_open_does_not_keep_it_open(reader, beside):
    assert reader.client.get("/awake").json() == {"seconds": 0}
    reader.begin()
    before = beside._open["me"].last_seen
    assert reader.client.get("/awake").json()["seconds"] > 800
    assert beside._open["me"].last_seen == before


def test_the_passphrase_can_be_changed_by_whoever_knows_it(reader):
    reader.begin()
    reader.get("/settings")
    new = "another long one"
    page = reader.post("/settings/passphrase", old="not this one", passphrase=new, again=new)
    assert "did not open" in page
    page = reader.post(
        "/settings/passphrase", old=PASSPHRASE, passphrase=new, again="else entirely"
    )
    assert "not the same" in page
    assert "is changed" in reader.post(
        "/settings/passphrase", old=PASSPHRASE, passphrase=new, again=new
    )
    reader.post("/lock")
    reader.post("/unlock", passphrase=new)
    assert reader.path == "/"


def test_a_new_recovery_key_is_shown_once(reader):
    reader.begin()
    reader.get("/settings")
    page = reader.post("/settings/recovery-key", passphrase=PASSPHRASE)
    assert reader.path == "/recovery-key"
    assert 'class="recovery"' in page


def test_notes_are_kept_and_taken_back(reader):
    reader.begin()
    reader.get("/settings")
    page = reader.post("/settings/notes", note="  I live by the sea. ")
    assert "I live by the sea." in page
    note = re.search(r'name="note" value="(\w+)"', page)[1]
    assert "by the sea" not in reader.post("/settings/notes/drop", note=note)


def test_a_number_of_ones_own_stands_on_the_card_also_while_locked(reader):
    reader.begin()
    reader.get("/settings")
    page = reader.post("/settings/lines", name="Aunt Ada", number="not a number")
    assert reader.status == 422
    assert 'value="Aunt Ada"' in page
    reader.post("/settings/lines", name="Aunt Ada", number="020 555 01 23")
    reader.post("/lock")
    assert 'href="tel:0205550123"' in reader.page
    reader.post("/unlock", passphrase=PASSPHRASE)
    reader.get("/settings")
    assert "Ada" not in reader.post("/settings/lines/drop", name="Aunt Ada", number="020 555 01 23")


@pytest.mark.parametrize("path", ["/begin", "/reach", "/nothing", "/about"])
def test_the_card_is_there_before_any_passphrase_and_asks_for_the_country(reader, path):
    page = reader.get(path)
    assert KIND in page
    assert "call your local emergency number" in page
    first = re.search(r"<(a|button|input|select|summary|textarea)\b", page.split("<body")[1])
    assert first[1] == "summary"


def test_the_page_to_reach_a_person_shows_the_numbers_openly(reader):
    assert '<details class="reach" open>' in reader.get("/reach")
    assert '<details class="reach" >' in reader.get("/begin")


def test_the_card_shows_a_chosen_country_with_source_date_and_what_to_check(reader):
    reader.get("/begin")
    page = reader.post("/reach", country="NL", back="/begin")
    assert reader.path == "/begin"
    assert '<details class="reach" open>' in page
    assert 'href="tel:112"' in page
    assert "rijksoverheid.nl" in page
    assert "2026-11-22" in page
    assert "please check" in page


@pytest.mark.parametrize("back", ["//evil.example", "http://evil.example", "/\\evil", ""])
def test_the_card_leads_back_to_no_other_place(reader, back):
    reader.get("/begin")
    reader.post("/reach", country="NL", back=back)
    assert reader.path == "/reach"


def test_a_voice_elsewhere_is_used_only_after_a_plain_statement_and_a_yes(reader, beside):
    reader.begin()
    reader.get("/voices")
    reader.post("/voices/add", name="far", address="https://models.example/v1", model="m")
    assert reader.path == "/voices"
    page = reader.post("/voices/choose", voice="far")
    assert reader.path == "/voices/agree/far"
    assert "models.example" in page
    assert "whole conversation so far is sent" in page
    preferences = beside._open["me"].journal.preferences
    assert preferences().get("voice") != "far"
    reader.post("/voices/agree/far")
    assert preferences()["voice"] == "far"
    assert preferences()["agreed:far"] == "m at https://models.example/v1"
    reader.post("/voices/take-back", voice="far")
    assert preferences()["agreed:far"] == "no"
    assert preferences()["voice"] == "authored"


def test_a_yes_does_not_count_for_another_server_of_the_same_name(reader, beside):
    reader.begin()
    reader.get("/voices")
    reader.post("/voices/add", name="far", address="https://models.example/v1", model="m")
    reader.post("/voices/agree/far")
    reader.post("/voices/add", name="far", address="https://other.example/v1", model="m")
    assert not beside.has_agreed("far", beside._open["me"].journal.preferences())
    reader.post("/voices/remove", voice="far")
    assert "other.example" not in reader.page


def test_an_address_that_is_none_is_answered_and_stays_in_the_form(reader):
    reader.begin()
    reader.get("/voices")
    page = reader.post("/voices/add", name="x", address="ftp://no where", model="m")
    assert reader.status == 422
    assert "ftp://no where" in page
    reader.post("/voices/choose", voice="nobody")
    assert reader.status == 422


def test_one_conversation_and_all_can_be_taken_along(reader):
    reader.begin()
    where = reader.say("the blue kettle")
    key, one = reader.key, where.split("/")[-1]
    reader.post("/carry/export", key=key, form="markdown", conversation=one)
    assert "the blue kettle" in reader.page
    reader.post("/carry/export", key=key, form="jsonl")
    assert jsonl.read(reader.page.encode())
    headers = {"Origin": "http://127.0.0.1:8787"}
    packed = reader.client.post(
        "/carry/export", data={"key": key, "form": "markdown"}, headers=headers
    )
    assert "kettle" not in packed.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
        (name,) = archive.namelist()
        assert "kettle" not in name
        assert "the blue kettle" in archive.read(name).decode()


def bring_in(reader, data, name="conversations.json"):
    reader.get("/carry")
    headers = {"Origin": "http://127.0.0.1:8787"}
    fields, files = {"key": reader.key}, {"file": (name, data)}
    return reader._took(
        reader.client.post("/carry/import", data=fields, files=files, headers=headers)
    )


def test_what_was_taken_along_can_be_brought_in_again(reader):
    reader.begin()
    reader.say("the blue kettle")
    reader.post("/carry/export", form="jsonl")
    taken = reader.page.encode()
    page = bring_in(reader, taken, "beside.jsonl")
    assert "1 conversation was brought in." in page
    assert reader.get("/conversations").count("the blue kettle") == 2


@pytest.mark.parametrize("data", [b"", b"\x00\xff\xfe", b"{}", json.dumps([1, 2]).encode()])
def test_a_file_that_holds_no_conversation_is_answered_and_changes_nothing(reader, data):
    reader.begin()
    page = bring_in(reader, data)
    assert reader.status == 422
    assert KIND in page
    assert "There is nothing here yet" in reader.get("/conversations")


def test_a_backup_opens_with_the_passphrase_and_only_for_whoever_knows_it(reader, tmp_path):
    reader.begin()
    where = reader.say("the blue kettle")
    reader.get("/carry")
    assert "did not open" in reader.post("/carry/backup", passphrase="not this one")
    headers = {"Origin": "http://127.0.0.1:8787"}
    answer = reader.client.post(
        "/carry/backup", data={"key": reader.key, "passphrase": PASSPHRASE}, headers=headers
    )
    (tmp_path / "b.age").write_bytes(answer.content)
    Journal.restore(tmp_path / "b.age", PASSPHRASE, tmp_path / "again")
    journal = Journal.open(tmp_path / "again", PASSPHRASE)
    assert journal.conversation(where.split("/")[-1]).line()[0].text == "the blue kettle"
    journal.lock()


def test_the_worker_keeps_the_shell_and_no_page(client):
    code = client.get("/worker.js").text
    kept = json.loads(code.split("const SHELL = ", 1)[1].split(";\n", 1)[0])
    assert kept["files"]
    assert all(file.startswith("/static/") for file in kept["files"])
    for file in kept["files"]:
        assert client.get(file).status_code == 200


def test_the_page_can_be_installed(client):
    manifest = client.get("/manifest.webmanifest").json()
    assert manifest["start_url"] == "/"
    for icon in manifest["icons"]:
        assert client.get(icon["src"]).status_code == 200
    assert client.get("/favicon.ico").headers["content-type"] == "image/png"


def test_an_address_that_is_not_there_has_a_kind_page(reader):
    page = reader.get("/nowhere")
    assert reader.status == 404
    assert KIND in page
    assert reader.client.get("/static/../app.py").status_code == 404
    assert reader.client.get("/openapi.json").status_code == 404
