"""A sitting from inside: what happens while nobody is at the keys, and the loop beside it."""

import asyncio
import threading

import pytest

from beside.settings import Settings
from beside.surfaces.cli.card import card_wanted
from beside.surfaces.cli.loop import Loop
from beside.surfaces.cli.sitting import Left, Sitting
from beside.surfaces.cli.slash import in_parts
from beside.surfaces.cli.talk import _tell_when_locked
from beside.surfaces.cli.terminal import Terminal
from beside.wiring import Beside


@pytest.fixture
def sitting(tmp_path):
    with Loop() as loop:
        beside = Beside.open(Settings(data_folder=tmp_path))
        yield Sitting(Terminal(), loop, beside, beside.guest(), untraced=True)
        loop.run(beside.close())


def test_when_beside_locks_itself_the_person_is_told_how_to_go_on(sitting, capsys):
    notice = sitting.loop.start(_tell_when_locked(sitting))
    sitting.loop.run(asyncio.sleep(0.1))
    sitting.loop.run(sitting.kept.lock())
    sitting.loop.run(asyncio.sleep(0.8))
    notice.cancel()
    assert "Beside has locked itself. Press Enter to go on." in capsys.readouterr().out


def test_a_guest_who_was_locked_out_finds_nothing_left(sitting, capsys):
    sitting.loop.run(sitting.kept.lock())
    with pytest.raises(Left):
        sitting.say("Are you still there?")
    assert "left no trace" in capsys.readouterr().err


def test_words_that_are_too_long_are_cut_between_words_and_none_is_lost():
    text = "one two three " * 5_000
    parts = in_parts(text, 18_000)
    assert " ".join(parts).split() == text.split()
    assert all(len(part) <= 18_000 for part in parts)
    assert in_parts("x" * 50, 20) == ["x" * 20, "x" * 20, "x" * 10]


def test_an_error_in_the_loop_comes_to_the_one_who_waits():
    async def breaks():
        raise ValueError("here")

    async def some():
        yield 1
        raise ValueError("there")

    with Loop() as loop:
        with pytest.raises(ValueError, match="here"):
            loop.run(breaks())
        each = loop.each(some())
        assert next(each) == 1
        with pytest.raises(ValueError, match="there"):
            next(each)


def test_what_still_runs_is_ended_with_the_loop():
    ended = threading.Event()

    async def waits():
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()

    with Loop() as loop:
        loop.start(waits())
        loop.run(asyncio.sleep(0))
    assert ended.is_set()


def test_two_keys_ask_for_the_card_and_a_sentence_does_not():
    assert card_wanted("r") == (None,)
    assert card_wanted(" R ") == (None,)
    assert card_wanted("r nl") == ("NL",)
    for words in ("", "run", "r you there", "r you there now", "r 22", "rr"):
        assert card_wanted(words) is None
