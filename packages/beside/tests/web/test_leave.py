def test_leaving_quickly_locks_from_a_page_of_before_the_last_unlock(reader, beside):
    reader.begin()
    answer = reader.post("/leave", key="of-yesterday")
    assert reader.path == "/away"
    assert "Beside" not in answer
    assert beside._open["me"].locked


def test_leaving_quickly_needs_no_form_that_can_be_read(reader, beside):
    reader.begin()
    headers = {"Origin": "http://127.0.0.1:8787", "Content-Type": "text/plain"}
    answer = reader.client.post("/leave", content=b"\xff", headers=headers)
    assert answer.url.path == "/away"
    assert beside._open["me"].locked


def test_another_page_in_the_browser_cannot_lock(reader, beside):
    reader.begin()
    answer = reader.client.post("/leave", headers={"Origin": "http://evil.example"})
    assert answer.status_code == 403
    assert not beside._open["me"].locked
