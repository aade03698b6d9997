"""Where voices are shown, the page says it when words cannot be weighed."""


def test_where_the_gauge_fails_the_voices_say_so_in_one_sentence(reader, beside):
    reader.begin()
    quiet = "The gauge that weighs words is not working here."
    assert quiet not in reader.get("/voices")
    beside.scales.failed = True
    assert quiet in reader.get("/voices")


def test_words_that_came_as_they_are_have_no_link_but_a_page_that_says_so(reader):
    reader.begin()
    where = reader.say("My sister did not call.")
    assert "/why/" not in reader.page
    turn = reader.page.split('<li class="turn reply" id="turn-')[1].split('"')[0]
    assert "were not chosen among others" in reader.get(f"{where}/why/{turn}")
