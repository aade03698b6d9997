import pytest
from hypothesis import given
from hypothesis import strategies as st

from beside.errors import NameUnusable
from beside.store.people import clean_name, people, people_folder, person_folder


@pytest.mark.parametrize("name", ["anna", "Anna-Maria O'Neill", "José", "李明", "مريم", "j.r", "7"])
def test_names_of_any_language_can_be_used(name: str, tmp_path):
    folder = person_folder(tmp_path, name)
    assert folder.parent == people_folder(tmp_path)
    folder.mkdir(parents=True)


@pytest.mark.parametrize(
    "name",
    [
        "", " ", ".", "..", "../anna", "a/b", "a\\b", "a:b", ".anna", "anna.", "-rf", "a\x00b",
        "a\nb\x07", "CON", "nul.txt", "com1", "a" * 61, "a*", "a?", "~", "\ud800", "🌱",
        "\u202eabc", "\u0301abc",
    ],
)  # fmt: skip
def test_a_name_that_no_folder_should_have_is_refused_kindly(name: str, tmp_path):
    with pytest.raises(NameUnusable, match="Please choose"):
        person_folder(tmp_path, name)


@given(st.text(max_size=70))
def test_a_name_never_leads_out_of_the_folder_of_people(name: str):
    try:
        clean = clean_name(name)
    except NameUnusable:
        return
    assert not set(clean) & set('/\\:*?"<>|\x00\n')
    assert clean not in (".", "..")
    assert len(clean.encode()) <= 255
    assert clean_name(clean) == clean


def test_blanks_and_ways_of_writing_a_letter_make_no_second_person():
    assert clean_name("  Jose\u0301   Maria ") == clean_name("Jos\u00e9 Maria")


def test_only_folders_with_a_journal_are_people(tmp_path):
    assert people(tmp_path) == ()
    for name in ("mara", "anna", "empty", ".begun.new"):
        (people_folder(tmp_path) / name).mkdir(parents=True)
    for name in ("mara", "anna", ".begun.new"):
        (people_folder(tmp_path) / name / "journal.db").touch()
    assert people(tmp_path) == ("anna", "mara")
