import pytest

OURS = {"Origin": "http://127.0.0.1:8787", "Sec-Fetch-Site": "same-origin"}


@pytest.mark.parametrize("charset", ["unicode_escape", "raw_unicode_escape", "utf-7"])
def test_half_characters_in_a_form_do_not_stay(reader, charset):
    reader.begin()
    parts = {"key": reader.key, "note": "half \\ud800 a +2AA- sign"}
    body = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in parts.items()
    )
    kind = f"multipart/form-data; charset={charset}; boundary=x"
    reader.client.post(
        "/settings/notes", content=body + "--x--\r\n", headers={**OURS, "Content-Type": kind}
    )
    reader.get("/settings")
    assert reader.status == 200
