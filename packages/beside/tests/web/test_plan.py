"""The person's own safety plan on the page: written, read, printed, erased, never pushed."""

import json
import re

NAME = "My plan for hard hours"


def test_a_plan_is_written_in_ones_own_words_and_stands_on_the_page(reader):
    reader.begin()
    assert "nobody asks for it" in reader.get("/plan")
    page = reader.post("/plan", signs="I stop opening the post\r\nand sleep on the sofa", people="")
    assert "I stop opening the post\nand sleep on the sofa" in page
    assert page.count("<dt>") == 1
    assert "It is kept." in page


def test_what_a_plan_holds_is_shown_as_text(reader):
    reader.begin()
    page = reader.post("/plan", matters="<script>alert(1)</script>")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_plan_that_is_emptied_or_erased_is_gone(reader):
    reader.begin()
    reader.post("/plan", myself="a cold shower")
    assert "cold shower" not in reader.post("/plan", myself="  ")
    reader.post("/plan", myself="a cold shower")
    assert "cold shower" not in reader.post("/plan/erase")


def test_a_plan_goes_along_and_is_locked_with_the_rest(reader):
    reader.begin()
    reader.post("/plan", professionals="Dr Osei")
    lines = reader.post("/carry/export", form="jsonl").splitlines()
    assert any(json.loads(each).get("professionals") == "Dr Osei" for each in lines)
    reader.get("/settings")
    reader.post("/lock")
    assert "Dr Osei" not in reader.get("/plan")


def test_the_plan_is_a_link_where_it_may_be_needed_and_nowhere_else(reader):
    reader.begin()
    assert NAME in reader.get("/settings")
    ordinary = reader.get(reader.say("The tomatoes are doing well."))
    assert NAME not in re.sub(r"<header.*?</header>", "", ordinary, flags=re.S)
    danger = reader.get(reader.say("I want to die"))
    assert NAME in re.sub(r"<header.*?</header>", "", danger, flags=re.S)


def test_where_nothing_is_kept_there_is_no_plan(reader):
    reader.get("/begin")
    assert NAME not in reader.get("/reach")


def test_every_part_has_a_label_and_a_hint(reader):
    reader.begin()
    page = reader.get("/plan")
    assert len(re.findall(r"<textarea", page)) == 7
    assert len(re.findall(r'<label for="plan-', page)) == 7
    assert len(re.findall(r'aria-describedby="plan-', page)) == 7
