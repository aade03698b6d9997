import re
import tomllib
from collections import Counter
from importlib.resources import files

import pytest

from beside.errors import NotAPerson
from beside.mirror.inner import ASKED_SOONER, beginning
from beside.mirror.person import GROUPS, SETTINGS, person, persons, problems, read_person

WHOLE = files("beside.mirror").joinpath("persons", "ines.toml").read_text("utf-8")
RUBRIC = re.compile(r"(?<!\w)(?:openness|rubric|threshold|practitioner|roleplay|simulat|D[1-8])")


def everything_said(each):
    for piece in (*each.story, *each.topics, *each.hidden):
        yield from piece.says
    for fact in each.hidden:
        yield from fact.not_yet
    for lines in (each.begins, *each.lines.values(), *each.body.values()):
        yield from lines


def test_there_are_four_people_in_every_setting():
    assert Counter(each.setting for each in persons()) == dict.fromkeys(SETTINGS, 4)


def test_every_person_is_whole_and_gives_nothing_hidden_away():
    for each in persons():
        assert not problems(each), each.id


def test_no_two_people_say_the_same_long_sentence():
    said = Counter(
        text for each in persons() for text in set(everything_said(each)) if len(text.split()) > 6
    )
    assert [text for text, times in said.items() if times > 1] == []


def test_nobody_speaks_of_rules_or_numbers_of_their_own():
    for each in persons():
        for text in everything_said(each):
            assert not RUBRIC.search(text), (each.id, text)


def test_what_is_hidden_is_out_of_reach_at_the_beginning():
    for each in persons():
        for fact in each.hidden:
            for seed in range(20):
                assert fact.needs - ASKED_SOONER > beginning(each, seed).open, (each.id, fact.id)


def test_a_person_is_found_by_id_or_first_name():
    assert person("ines") is person("Inês")
    with pytest.raises(NotAPerson, match="nobody of this name"):
        person("nobody")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("name = ", "nome = "), "name"),
        (('setting = "nursing"', 'setting = "banking"'), "setting may be"),
        (("open = 0.24", "open = 3"), "between 0 and 1"),
        (("soothed = 1.3", "tickled = 1.3"), "tender knows"),
        (('["Her hand lets go', '["twenty to four", "Her hand lets go'), "given away elsewhere"),
        (('after = ["the night he died"]', 'after = ["nothing"]'), "not there"),
        (("[[hidden]]", "[[hidden"), "not TOML"),
        (("quick = 1.0", "quick = inf"), "between 0 and 5"),
        (("about = [", 'about = ["(",'), "another form"),
        (("received = 4", "received = inf"), "another form"),
    ],
)
def test_a_file_that_is_not_whole_says_what_it_lacks(change, told):
    assert change[0] in WHOLE
    with pytest.raises(NotAPerson, match=re.escape(told)):
        read_person(WHOLE.replace(*change, 1), id="somebody")


def test_every_group_of_lines_is_asked_for():
    for group in GROUPS:
        given = tomllib.loads(WHOLE)
        assert given["lines"].pop(group)
        with pytest.raises(NotAPerson, match=group):
            read_person(WHOLE.replace(f"\n{group} = ", f"\nnot_{group} = ", 1), id="somebody")
