from beside.surfaces.web.sessions import MOST_SESSIONS, Sessions
from beside.wiring import Beside


def test_many_visitors_without_a_cookie_end_nobodys_conversation(reader):
    reader.get("/begin")
    reader.post("/untraced/begin")
    where = reader.say("the blue kettle", "/untraced/talk")
    kept = dict(reader.client.cookies)
    for _ in range(MOST_SESSIONS + 1):
        reader.client.cookies.clear()
        reader.client.get("/about")
    reader.client.cookies.clear()
    for name, value in kept.items():
        reader.client.cookies.set(name, value)
    assert "the blue kettle" in reader.get(where)


def test_a_new_visitor_is_known_also_where_everyone_else_has_something_open(beside: Beside):
    sessions = Sessions()
    for _ in range(MOST_SESSIONS):
        sessions.begin().untraced = beside.guest()
    visitor = sessions.begin()
    assert sessions.find(visitor.id) is visitor
