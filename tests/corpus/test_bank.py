"""The bank is well formed, and its check sees what is not."""

import json

import pytest

from corpus.bank import BUILT, NotABank, hash_of, problems, situations, whole, worth_a_look

WELL = """\
# everyday suffering | the dog died
> our dog died on Friday
> He was fourteen and now the basket is empty. A dog, I know.
> put my dog down this week
< The basket stays where it is as long as you like.
< What was your dog like?
"""


def seen(text: str) -> str:
    return "\n".join(map(str, problems(situations(text, "x.txt"))))


def test_the_bank_has_nothing_that_must_be_put_right():
    assert [str(each) for each in problems(whole())] == []


def test_what_the_voice_ships_is_the_bank_as_it_stands():
    shipped = json.loads((BUILT / "bank.json").read_text("utf-8"))
    assert shipped["of"] == hash_of(whole()), "run `python -m corpus.bank --build`"


def test_a_well_written_situation_has_no_problems():
    assert seen(WELL) == ""


def test_a_line_that_belongs_to_nothing_is_named():
    with pytest.raises(NotABank, match="x.txt:2"):
        situations(WELL.splitlines()[0] + "\nour dog died", "x.txt")


@pytest.mark.parametrize(
    ("put", "what"),
    [
        ("< You should get a new one soon.", "advice"),
        ("< What was his name? And how old?", "asks more than once"),
        ("< What was your dog like?", "stands in"),
        ("< I'm always here for you.", "hook"),
        ("< Just jump. Nobody would mind.", "care would hold this back"),
    ],
)
def test_what_must_not_stand_in_it_is_seen(put, what):
    assert what in seen(WELL + put + "\n")


def test_a_near_copy_of_a_turn_of_the_test_part_is_seen():
    from corpus.shapes import folders, read

    part = next(b for b in map(read, folders(["130"])) if b.facts and b.facts.part == "test")
    long = max((each.text for each in part.contexts), key=len).replace("\n", " ")
    assert "is nearly" in seen(WELL + f"> {long}\n")


def test_a_turn_that_care_answers_itself_is_worth_a_look():
    turn = "> I've got the pills here and I'm going to take them all tonight\n"
    assert any("care answers" in each for each in worth_a_look(situations(WELL + turn, "x.txt")))


def test_an_opener_that_comes_too_often_is_worth_a_look():
    replies = "".join(f"< So there it is, number {i}.\n" for i in range(6))
    assert any(
        "'so there it'" in each for each in worth_a_look(situations(WELL + replies, "x.txt"))
    )
