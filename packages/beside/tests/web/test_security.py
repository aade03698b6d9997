import pytest

from beside.surfaces.web.security import FORM_BYTES

OURS = "http://127.0.0.1:8787"


@pytest.mark.parametrize("host", ["127.0.0.1:8787", "localhost:8787"])
def test_the_two_names_of_this_machine_are_answered(client, host):
    assert client.get("/about", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1:9999", "127.0.0.1", "[::1]:8787", "localhost.evil.example:8787"],
)
def test_any_other_name_for_this_address_is_turned_away(client, host):
    answer = client.get("/about", headers={"Host": host})
    assert answer.status_code == 421
    assert "Beside" not in answer.headers.get("set-cookie", "")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "null"},
        {},
        {"Sec-Fetch-Site": "cross-site", "Origin": OURS},
        {"Sec-Fetch-Site": "same-site", "Origin": OURS},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"},
    ],
)
def test_another_page_in_the_browser_cannot_post_even_with_the_cookie_and_the_key(reader, headers):
    reader.begin()
    data = {"key": reader.key, "words": "planted"}
    assert reader.client.post("/talk", data=data, headers=headers).status_code == 403
    assert "planted" not in reader.get("/conversations")


def test_a_page_without_referrer_may_post_its_own_form(reader):
    reader.begin()
    headers = {"Sec-Fetch-Site": "same-origin", "Origin": "null"}
    answer = reader.client.post("/draft", data={"key": reader.key, "words": "x"}, headers=headers)
    assert answer.status_code == 204


@pytest.mark.parametrize("key", ["", "wrong", "\u00e9"])
def test_a_form_without_the_sessions_key_does_nothing(reader, key):
    reader.begin()
    reader.post("/talk", key=key, words="planted")
    assert reader.status == 403
    assert "planted" not in reader.get("/conversations")


def test_another_page_cannot_read_by_fetch_image_or_frame(reader):
    reader.begin()
    where = reader.say("the blue kettle")
    for mode, dest in (("cors", "empty"), ("no-cors", "image"), ("navigate", "iframe")):
        headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": dest}
        answer = reader.client.get(where, headers=headers)
        assert answer.status_code == 403
        assert "kettle" not in answer.text


def test_another_page_cannot_listen_to_a_reply(reader):
    reader.begin()
    reader.post("/talk", words="hello")
    reply = reader.page.split('<li class="turn reply" id="turn-')[1].split('"')[0]
    stream = f"{reader.path}/words/{reply}"
    headers = {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}
    assert reader.client.get(stream, headers=headers).status_code == 403
    assert reader.client.get(stream, headers={"Origin": "http://evil.example"}).status_code == 403


def test_a_link_from_elsewhere_opens_the_page_anew_and_leaves_the_session_alone(reader):
    reader.begin()
    headers = {
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "document",
    }
    answer = reader.client.get("/settings", headers=headers)
    assert answer.headers["refresh"] == "0; url=/settings"
    assert "set-cookie" not in answer.headers
    reader.get("/settings")
    assert reader.path == "/settings"


@pytest.mark.parametrize(
    ("path", "again"),
    [
        ("//evil.example/x", "/evil.example/x"),
        ("///evil.example", "/evil.example"),
        ("/%5Cevil.example", "/evil.example"),
        ("/%5C/%5C/evil.example", "/evil.example"),
        ("/%09/evil.example", "/%09/evil.example"),
        ("/a;url=b", "/a%3Burl%3Db"),
    ],
)
def test_a_link_from_elsewhere_leads_only_to_this_beside(client, path, again):
    headers = {
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "document",
    }
    answer = client.get(OURS + path, headers=headers)
    assert answer.headers["refresh"] == f"0; url={again}"


def test_every_answer_carries_the_strict_headers(reader):
    reader.begin()
    for path in ("/", "/nothing", "/reach", "/away", "/static/beside.css"):
        headers = reader.client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "geolocation=()" in headers["permissions-policy"]
        kept = "no-cache" if path.startswith("/static/") else "no-store"
        assert headers["cache-control"] == kept


def test_no_page_has_inline_script_or_style_or_an_address_elsewhere(reader):
    reader.begin()
    where = reader.say("hello")
    for path in (
        "/",
        where,
        "/conversations",
        "/settings",
        "/voices",
        "/carry",
        "/about",
        "/reach",
    ):
        page = reader.get(path)
        assert " style=" not in page
        assert "<style" not in page
        assert page.count("<script") == page.count('<script type="module" src="/static/') == 1
        assert " onclick=" not in page
        for piece in (
            page.split('href="')[1:] + page.split('src="')[1:] + page.split('action="')[1:]
        ):
            assert piece.startswith(("/", "#", "tel:")), piece[:40]


def test_the_cookie_is_for_this_server_only_and_script_cannot_read_it(client):
    cookies = client.get("/begin").headers.get_list("set-cookie")
    assert cookies
    for cookie in cookies:
        assert "HttpOnly" in cookie
        assert "samesite=strict" in cookie.lower()


def test_a_body_beyond_the_limit_is_answered_with_a_page(reader):
    reader.begin()
    page = reader.post("/talk", words="x" * FORM_BYTES)
    assert reader.status == 413
    assert "too much at once" in page


def test_what_breaks_inside_is_told_kindly_and_logged_without_any_words(
    reader, monkeypatch, caplog
):
    reader.begin()

    def broken(*_args, **_more):
        raise RuntimeError("the blue kettle")

    monkeypatch.setattr("beside.companion.person.clean", broken)
    page = reader.post("/talk", words="hello")
    assert reader.status == 500
    assert "kettle" not in page
    assert "Reach a person" in page
    assert "kettle" not in caplog.text
    assert "RuntimeError" in caplog.text


def test_a_web_socket_is_refused(client):
    from starlette.websockets import WebSocketDisconnect

    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/talk"):
        pass
