"""The lines where a human answers: sourced, dated, and the person's own first."""

import json
import stat
from datetime import date
from pathlib import Path

import pytest

from beside.companion.helplines import ADDED_BY_YOU, HelplineBook, Line, own_line
from beside.errors import SettingWrong

TODAY = date(2026, 11, 22)


def anna() -> Line:
    return own_line("My sister Anna", "+32 470 00 00 00", added=TODAY)


def test_every_line_has_a_source_and_a_date():
    book = HelplineBook.load(None)
    for country in book.countries():
        for line in book.lines(country):
            assert line.source
            assert line.seen
            assert line.number


def test_a_line_without_a_source_is_never_shown():
    bare = Line(
        country="XX",
        kind="suicide",
        name="Somewhere",
        number="12345",
        text_or_chat=None,
        hours=None,
        languages=None,
        source="",
        seen="",
        confidence="press",
    )
    assert HelplineBook([bare]).lines("XX", ("suicide",)) == ()


def test_a_press_source_or_an_old_page_asks_to_be_checked():
    book = HelplineBook.load(None)
    (dutch, *_) = book.lines("NL", ("suicide",))
    (irish, *_) = book.lines("IE", ("suicide",))
    (swiss, *_) = book.lines("CH", ("suicide",))
    assert dutch.please_check  # press
    assert irish.please_check  # a government page of 2020
    assert not swiss.please_check  # a government page of 2023


def test_the_emergency_number_fits_the_danger():
    book = HelplineBook.load(None)
    medical, violent = book.emergency("BR", ("overdose",)), book.emergency("BR", ("violence",))
    assert medical
    assert violent
    assert medical.number != violent.number
    assert "SAMU" in medical.name


def test_a_country_of_the_union_without_an_entry_has_the_european_number():
    book = HelplineBook.load(None)
    greek = book.emergency("GR")
    assert greek
    assert greek.country == "EU"
    assert book.emergency("CH") is None
    assert book.emergency(None) is None


def test_lines_follow_the_kind_of_danger():
    book = HelplineBook.load(None)
    assert {line.kind for line in book.lines("DE", ("violence",))} == {"violence"}
    assert {line.kind for line in book.lines("DE", ("suicide", "self-harm"))} == {"suicide"}
    assert book.lines("DE", ("physical",)) == ()
    assert book.lines("DE")[0].kind == "emergency"


def test_own_lines_are_kept_and_come_first(tmp_path: Path):
    HelplineBook.load(tmp_path).set_own([anna()])
    book = HelplineBook.load(tmp_path)
    assert [line.name for line in book.own_lines()] == ["My sister Anna"]
    first = book.lines("BE", ("suicide",))[0]
    assert first.own
    assert first.source == ADDED_BY_YOU
    assert first.seen == "2026-11-22"
    assert not first.please_check
    kept = tmp_path / "helplines.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_an_own_line_can_take_the_place_of_one_in_the_package(tmp_path: Path):
    book = HelplineBook.load(tmp_path)
    book.set_own([own_line("Zelfmoordlijn", "1813", added=TODAY, country="BE", kind="suicide")])
    named = [line for line in book.lines("BE", ("suicide",)) if line.name == "Zelfmoordlijn"]
    assert [line.own for line in named] == [True]


def test_a_damaged_file_of_own_lines_never_stands_between_a_person_and_help(tmp_path: Path):
    kept = tmp_path / "helplines.json"
    kept.write_text('[{"name": "half', "utf-8")
    book = HelplineBook.load(tmp_path)
    assert book.own_lines() == ()
    assert book.lines("NL", ("suicide",))
    book.set_own([anna()])
    assert (tmp_path / "helplines.damaged.json").read_text("utf-8").startswith('[{"name": "half')
    assert json.loads(kept.read_text("utf-8"))[0]["name"] == "My sister Anna"


@pytest.mark.parametrize(
    ("name", "number", "country"),
    [
        ("", "112", ""),
        ("x" * 81, "112", ""),
        ("Anna", "", ""),
        ("Anna", "call me", ""),
        ("Anna", "1" * 41, ""),
        ("Anna", "<script>", ""),
        ("Anna", "112", "nl"),
    ],
)
def test_a_line_that_cannot_be_dialled_is_refused_without_repeating_it(
    name: str, number: str, country: str
):
    with pytest.raises(SettingWrong) as refused:
        own_line(name, number, added=TODAY, country=country)
    assert "<script>" not in str(refused.value)


def test_a_number_becomes_a_link_that_can_be_dialled():
    assert anna().tel == "+32470000000"
    irish = HelplineBook.load(None).emergency("IE")
    assert irish
    assert irish.tel is None  # it names two numbers
