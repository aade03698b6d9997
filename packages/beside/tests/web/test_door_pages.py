import re

PASSPHRASE = "warm rain on slate"


def test_the_first_page_says_what_beside_is_is_not_and_keeps(reader):
    page = reader.get("/")
    assert reader.path == "/begin"
    for words in ("What Beside is", "What it is not", "What it keeps", "Reach a person"):
        assert words in page


def test_the_recovery_key_is_shown_until_it_is_kept_and_never_again(reader):
    reader.get("/begin")
    page = reader.post("/begin", passphrase=PASSPHRASE, again=PASSPHRASE)
    assert reader.path == "/recovery-key"
    key = re.search(r'class="recovery"[^>]*>([^<]+)<', page)[1]
    assert key in reader.get("/recovery-key")
    reader.post("/recovery-key")
    assert reader.status == 422
    assert key in reader.page
    reader.post("/recovery-key", kept="yes")
    assert reader.path == "/"
    assert key not in reader.get("/recovery-key")


def test_two_passphrases_that_differ_make_no_journal(reader, beside):
    reader.get("/begin")
    page = reader.post("/begin", passphrase=PASSPHRASE, again="another one entirely")
    assert reader.status == 422
    assert "not the same" in page
    assert beside.people() == ()


def test_a_short_passphrase_is_answered_with_what_is_needed(reader, beside):
    reader.get("/begin")
    assert "at least eight characters" in reader.post("/begin", passphrase="short", again="short")
    assert reader.status == 422
    assert beside.people() == ()


def test_a_second_person_cannot_begin_where_one_keeps_a_journal(reader, beside):
    reader.begin()
    reader.post("/lock")
    reader.get("/begin")
    assert reader.path == "/unlock"
    reader.post("/begin", name="other", passphrase=PASSPHRASE, again=PASSPHRASE)
    assert beside.people() == ("me",)


def test_after_the_lock_no_page_shows_anything_that_was_said(reader):
    reader.begin()
    where = reader.say("the blue kettle")
    reader.get("/")
    reader.post("/lock")
    for path in (where, "/conversations", "/settings", "/", "/carry", "/voices"):
        assert "blue kettle" not in reader.get(path)
        assert reader.path == "/unlock"


def test_a_wrong_passphrase_is_told_kindly_and_the_right_one_opens(reader):
    reader.begin()
    reader.post("/lock")
    assert "did not open" in reader.post("/unlock", passphrase="not this one")
    assert reader.status == 403
    reader.post("/unlock", passphrase=PASSPHRASE)
    assert reader.path == "/"


def test_the_session_of_before_the_lock_opens_nothing(reader):
    reader.begin()
    old = dict(reader.client.cookies)
    reader.post("/lock")
    reader.post("/unlock", passphrase=PASSPHRASE)
    reader.client.cookies.clear()
    for name, value in old.items():
        reader.client.cookies.set(name, value)
    reader.get("/")
    assert reader.path == "/unlock"


def test_the_recovery_key_opens_the_journal_under_a_new_passphrase(reader):
    reader.get("/begin")
    page = reader.post("/begin", passphrase=PASSPHRASE, again=PASSPHRASE)
    key = re.search(r'class="recovery"[^>]*>([^<]+)<', page)[1]
    reader.post("/lock")
    reader.get("/recover")
    reader.post(
        "/recover", recovery_key=key, passphrase="another long one", again="another long one"
    )
    assert reader.path == "/recovery-key"
    reader.post("/recovery-key", kept="yes")
    reader.post("/lock")
    assert "did not open" in reader.post("/unlock", passphrase=PASSPHRASE)
    reader.post("/unlock", passphrase="another long one")
    assert reader.path == "/"


def test_a_wrong_recovery_key_stays_in_the_form(reader):
    reader.begin()
    reader.post("/lock")
    reader.get("/recover")
    page = reader.post(
        "/recover",
        recovery_key="AAAA-BBBB",
        passphrase="another long one",
        again="another long one",
    )
    assert reader.status == 403
    assert "AAAA-BBBB" in page


def test_leaving_quickly_locks_and_what_was_open_shows_an_empty_page(reader):
    reader.begin()
    where = reader.say("the blue kettle")
    page = reader.post("/leave")
    assert reader.path == "/away"
    assert "Beside" not in page
    reader.page = ""
    for path in (where, "/conversations", "/unlock"):
        page = reader.get(path)
        assert reader.path == "/away"
        assert "Beside" not in page
    reader.get("/")
    assert reader.path == "/unlock"


def test_the_statement_of_what_beside_is_can_be_read_while_locked(reader):
    reader.begin()
    reader.post("/lock")
    assert "What it keeps" in reader.get("/about")
