import pytest


@pytest.mark.parametrize(
    "before",
    ["2020-01-01", "2020-01-01T00:00:00", "0001-01-01T00:00:00%2B14:00", "yesterday", "1e400"],
)
def test_whatever_moment_is_asked_for_gets_a_page(reader, before):
    reader.begin()
    reader.say("the blue kettle")
    page = reader.get(f"/conversations?before={before}")
    assert reader.status in (200, 404)
    assert "Reach a person" in page


def test_the_shelf_goes_back_to_before_a_moment(reader):
    reader.begin()
    reader.say("the blue kettle")
    assert "blue kettle" in reader.get("/conversations?before=2999-01-01T00:00:00%2B00:00")
    assert "blue kettle" not in reader.get("/conversations?before=2020-01-01T00:00:00%2B00:00")
