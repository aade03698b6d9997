from beside.surfaces.web.sessions import MOST_SESSIONS, Sessions


def test_unlocking_gives_a_fresh_cookie_and_a_fresh_form_key(beside):
    sessions = Sessions()
    before = sessions.begin()
    after = sessions.open_for(before, beside.guest())
    assert after.id != before.id
    assert after.form_key != before.form_key
    assert sessions.find(before.id) is None
    assert sessions.find(after.id) is after


def test_visitors_never_push_out_someone_who_is_here(beside):
    sessions = Sessions()
    here = sessions.open_for(sessions.begin(), beside.guest())
    for _ in range(MOST_SESSIONS + 5):
        sessions.begin()
    assert sessions.find(here.id) is here


def test_a_lock_empties_the_session(beside):
    sessions = Sessions()
    guest = beside.guest()
    session = sessions.open_for(sessions.begin(), guest)
    session.recovery_key, session.preferences = "KEY", {"theme": "dark"}
    guest.locked = True
    found = sessions.find(session.id)
    assert found is session
    assert found.person is None
    assert found.recovery_key is None
    assert found.preferences == {}


def test_an_unknown_cookie_finds_nothing():
    assert Sessions().find(None) is None
    assert Sessions().find("anything") is None
