import asyncio

import pytest

from beside.errors import WrongPassphrase
from beside.surfaces.door import FREE_TRIES, LONGEST_PAUSE_SECONDS, Door


async def opens():
    return "open"


async def stays_shut():
    raise WrongPassphrase("no")


def tries(door: Door, *openings, name="me"):
    async def run():
        for opening in openings:
            try:
                await door.try_opening(name, opening)
            except WrongPassphrase:
                continue

    asyncio.run(run())


def test_a_few_slips_cost_nothing_and_then_each_try_waits_longer():
    waited = []

    async def pause(seconds):
        waited.append(seconds)

    door = Door(pause)
    tries(door, *[stays_shut] * FREE_TRIES)
    assert waited == []
    tries(door, *[stays_shut] * 9)
    assert waited == sorted(waited)
    assert waited[0] == 1
    assert waited[-1] == LONGEST_PAUSE_SECONDS


def test_the_right_passphrase_begins_the_count_anew_and_names_do_not_share_it():
    waited = []

    async def pause(seconds):
        waited.append(seconds)

    door = Door(pause)
    tries(door, *[stays_shut] * FREE_TRIES)
    tries(door, opens, name="other")
    assert waited == []
    tries(door, opens, stays_shut, opens)
    assert len(waited) == 1


def test_other_errors_are_not_counted():
    async def breaks():
        raise ValueError

    door = Door(stays_shut)  # would raise, were it asked to pause
    for _ in range(FREE_TRIES + 1):
        with pytest.raises(ValueError, match="^$"):
            asyncio.run(door.try_opening("me", breaks))
