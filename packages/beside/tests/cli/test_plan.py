"""`beside plan`: the plan for hard hours is read, written and erased in the terminal."""

import pytest


@pytest.fixture
def file(beside, passphrase_file):
    beside("talk", "--passphrase-file", passphrase_file, typed="The lighthouse is on.")
    return ["--passphrase-file", passphrase_file]


def test_a_plan_is_written_part_by_part_and_read_again(beside, file):
    assert "no plan yet" in beside("plan", *file).stdout
    typed = "I go quiet\n\n\nMara\n\n\nthe allotment\n"
    assert "It is kept." in beside("plan", "--edit", *file, typed=typed).stdout
    shown = beside("plan", *file).stdout
    assert "I go quiet" in shown
    assert "the allotment" in shown
    assert "Professionals" not in shown


def test_enter_keeps_a_part_and_a_dash_empties_it(beside, file):
    beside("plan", "--edit", *file, typed="I go quiet\n\n\nMara\n\n\n\n")
    beside("plan", "--edit", *file, typed="\n\n\n-\n\n\n\n")
    shown = beside("plan", *file).stdout
    assert "I go quiet" in shown
    assert "Mara" not in shown


def test_an_erased_plan_is_gone(beside, file):
    beside("plan", "--edit", *file, typed="I go quiet\n\n\n\n\n\n\n")
    assert "erased" in beside("plan", "--erase", *file).stdout
    assert "no plan yet" in beside("plan", *file).stdout
    assert beside("plan", "--edit", "--erase", *file).exit_code == 2
