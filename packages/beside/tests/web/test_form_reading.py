import asyncio

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request

from beside.surfaces.web.forms import Form, read_form


def read(body: bytes, kind: str) -> Form:
    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    scope = {"type": "http", "method": "POST", "headers": [(b"content-type", kind.encode())]}
    return asyncio.run(read_form(Request(scope, receive)))


def multipart(*parts: bytes) -> bytes:
    return b"".join(b"--B\r\n" + part + b"\r\n" for part in parts) + b"--B--\r\n"


FIELD = b'Content-Disposition: form-data; name="key"\r\n\r\nabc'


def test_fields_are_read_and_one_that_is_not_there_is_no_words():
    form = read(b"words=a+b%C3%A9&words=c&empty=", "application/x-www-form-urlencoded")
    assert form["words"] == "c"
    assert form["none"] == ""
    assert "empty" in form
    assert "none" not in form


def test_a_file_comes_with_its_name_and_however_large_never_touches_the_disk(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "there is no such folder"))
    content = b"the blue kettle" * 200_000
    part = b'Content-Disposition: form-data; name="file"; filename="x.json"\r\n\r\n' + content
    form = read(multipart(FIELD, part), "multipart/form-data; boundary=B")
    assert form["key"] == "abc"
    assert form.file == content
    assert form.file_name == "x.json"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"words=%FF", "application/x-www-form-urlencoded"),
        (b"words=\xff", "application/x-www-form-urlencoded"),
        (b"&".join(b"a=1" for _ in range(100)), "application/x-www-form-urlencoded"),
        (b"nothing", "multipart/form-data; boundary=B"),
        (b"nothing", "multipart/form-data"),
        (multipart(FIELD, *[FIELD] * 100), "multipart/form-data; boundary=B"),
        (b"{}", "application/json"),
        (b"", ""),
    ],
)
def test_what_is_no_form_is_told(body, kind):
    with pytest.raises(HTTPException) as told:
        read(body, kind)
    assert told.value.status_code == 400
