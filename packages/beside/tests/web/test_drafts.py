import asyncio

from beside.surfaces.web.drafts import LONGEST_DRAFT, MOST_DRAFTS, Drafts
from beside.wiring import Beside

PASSPHRASE = "warm rain on slate"


def run(beside: Beside, doing):
    async def all_of_it():
        person, _ = await beside.begin("me", PASSPHRASE)
        try:
            return await doing(person)
        finally:
            await beside.close()

    return asyncio.run(all_of_it())


def test_a_draft_outlives_the_lock_and_cannot_be_read_during_it(beside):
    async def doing(person):
        drafts = Drafts()
        await drafts.keep(person, "new", "the blue kettle")
        await person.lock()
        assert "kettle" not in str(drafts._sealed)
        again = await beside.unlock("me", PASSPHRASE)
        return await drafts.find(again, "new")

    assert run(beside, doing) == "the blue kettle"


def test_no_words_are_no_draft_and_very_many_are_not_kept(beside):
    async def doing(person):
        drafts = Drafts()
        for words in (" \n", "x" * (LONGEST_DRAFT + 1)):
            await drafts.keep(person, "new", "something")
            await drafts.keep(person, "new", words)
            assert await drafts.find(person, "new") == ""
        return True

    assert run(beside, doing)


def test_the_oldest_drafts_make_room(beside):
    async def doing(person):
        drafts = Drafts()
        for number in range(MOST_DRAFTS + 1):
            await drafts.keep(person, str(number), "words")
        return await drafts.find(person, "0"), await drafts.find(person, str(MOST_DRAFTS))

    assert run(beside, doing) == ("", "words")


def test_drafts_can_be_let_go_of(beside):
    async def doing(person):
        drafts = Drafts()
        for where in ("a", "b", "c"):
            await drafts.keep(person, where, "words")
        drafts.forget(person, "a")
        left = [await drafts.find(person, where) for where in "abc"]
        drafts.forget(person)
        return left, drafts._sealed

    assert run(beside, doing) == (["", "words", "words"], {})
