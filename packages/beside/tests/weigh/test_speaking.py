"""A turn in which voices are weighed: quick, slow, silent, broken; journaled and shown again."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from beside.carry import jsonl
from beside.carry.importers import read_any
from beside.companion.scales import Scales
from beside.settings import Settings
from beside.talk.events import ReplyWeighed
from beside.voices.base import Message
from beside.voices.scripted import ScriptedVoice
from beside.wiring import Beside

PASSPHRASE = "seven quiet herons"
SAID = "My brother stopped calling in March and I keep looking at the phone."
GOOD = "Since March, and still you look at the phone. What is it like, each time it stays silent?"
PRAISE = "You are so brave!"
ADVICE = "You should call him yourself."
SLOW = {"first_words_seconds": 20.0}
"""At five words a second a reply is not whole in half of this."""
PATIENT = {"first_words_seconds": 100.0}


def quick(*replies, **how):
    return ScriptedVoice(replies, weighed=True, name="voice", **how)


@asynccontextmanager
async def house(folder, *, voice, scales=None, **chosen):
    settings = Settings(data_folder=folder, voice="voice", **chosen)
    beside = Beside.open(settings, voices={"voice": voice}, scales=scales)
    try:
        yield beside
    finally:
        await beside.close()


async def heard(person, text=SAID, **more):
    said = await person.say(text, **more)
    updates = [update async for update in person.listen(said.conversation, said.reply)]
    turn = (await person.conversation(said.conversation)).turns[said.reply]
    return said, updates, turn


def test_a_quick_voice_is_asked_a_few_times_and_the_best_is_said(tmp_path):
    async def run():
        voice = quick(PRAISE, GOOD, ADVICE)
        async with house(tmp_path, voice=voice, **PATIENT) as beside:
            _, updates, turn = await heard(beside.guest())
            assert updates[-1].state == "done"
            assert turn.text not in (PRAISE, ADVICE)
            weighed = turn.weighed
            assert weighed is not None
            assert weighed.sources[:3] == ("voice", "voice", "voice")
            assert weighed.sources[3] == "authored"
            assert {"voice:flattery", "voice:advice"} <= set(weighed.aside)
            assert weighed.gauge == beside.scales.model
            assert all(each.startswith("D") for each in weighed.reading)

    asyncio.run(run())


def test_with_one_candidate_the_voice_is_asked_once(tmp_path):
    async def run():
        async with house(tmp_path, voice=quick(GOOD, PRAISE), candidates=1) as beside:
            _, _, turn = await heard(beside.guest())
            assert turn.weighed.sources.count("voice") == 1

    asyncio.run(run())


def test_a_slow_voice_is_heard_sentence_by_sentence(tmp_path):
    async def run():
        voice = quick(GOOD, pieces_per_second=5)
        async with house(tmp_path, voice=voice, **SLOW) as beside:
            _, updates, turn = await heard(beside.guest())
            shown = [update.text for update in updates if update.text]
            assert shown[0] == "Since March, and still you look at the phone. "
            assert turn.text == GOOD
            assert turn.weighed.source == "voice"
            assert "by-sentence" in turn.weighed.reasons

    asyncio.run(run())


def test_where_a_slow_voice_may_not_go_on_the_reply_ends_there(tmp_path):
    async def run():
        first = "Since March, and still you look at the phone. "
        voice = quick(f"{first}{ADVICE} And so on and on.", pieces_per_second=5)
        async with house(tmp_path, voice=voice, **SLOW) as beside:
            _, updates, turn = await heard(beside.guest())
            assert turn.text == first
            assert updates[-1].state == "done"
            assert turn.weighed.aside[0] == "voice:advice"
            assert turn.weighed.reasons[0] == "ended-there"
            assert voice.stopped == 1

    asyncio.run(run())


def test_where_little_was_said_yet_beside_goes_on_in_its_own_words(tmp_path):
    async def run():
        voice = quick(f"Since March. {ADVICE} And so on and on.", pieces_per_second=2)
        async with house(tmp_path, voice=voice, first_words_seconds=2) as beside:
            _, _, turn = await heard(beside.guest())
            assert turn.text.startswith("Since March. ")
            assert "should" not in turn.text
            assert len(turn.text) > len("Since March. ")
            assert turn.weighed.reasons[0] == "went-on"

    asyncio.run(run())


def test_where_the_first_words_may_not_be_said_the_authored_line_is_the_reply(tmp_path):
    async def run():
        voice = quick(f"{PRAISE} {GOOD} {GOOD}", pieces_per_second=5)
        async with house(tmp_path, voice=voice, **SLOW) as beside:
            _, updates, turn = await heard(beside.guest())
            assert turn.weighed.source == "authored"
            assert "voice:flattery" in turn.weighed.aside
            assert "brave" not in turn.text
            assert updates[-1].reason is None
            assert turn.text

    asyncio.run(run())


def test_where_nothing_came_in_time_the_authored_line_is_the_reply_and_says_so(tmp_path):
    async def run():
        voice = quick("Well, and then, and so.", pieces_per_second=0.2)
        async with house(tmp_path, voice=voice, first_words_seconds=0.6) as beside:
            _, updates, turn = await heard(beside.guest())
            assert (turn.state, turn.reason) == ("done", "late")
            assert turn.weighed.source == "authored"
            assert turn.text
            assert updates[-1].state == "done"
            assert voice.stopped == 1

    asyncio.run(run())


def test_a_voice_that_breaks_off_keeps_the_sentences_that_passed(tmp_path):
    async def run():
        voice = quick(f"{GOOD} And now I wonder", fail_after=20)
        async with house(tmp_path, voice=voice) as beside:
            _, _, turn = await heard(beside.guest())
            assert (turn.state, turn.reason) == ("failed", "broke")
            assert turn.text.startswith(GOOD)

    asyncio.run(run())


def test_a_voice_that_breaks_before_a_word_is_replaced_at_once(tmp_path):
    async def run():
        async with house(tmp_path, voice=quick(GOOD, fail_after=0)) as beside:
            _, _, turn = await heard(beside.guest())
            assert (turn.state, turn.reason) == ("done", "broke")
            assert turn.weighed.source == "authored"

    asyncio.run(run())


def test_a_weighed_reply_that_is_stopped_keeps_its_words_and_their_why(tmp_path):
    async def run():
        voice = quick(" ".join([GOOD] * 8), pieces_per_second=5)
        async with house(tmp_path, voice=voice, **SLOW) as beside:
            person, _ = await beside.begin("noor", PASSPHRASE)
            said = await person.say(SAID)
            async for update in person.listen(said.conversation, said.reply):
                if update.text:
                    await person.stop(said.reply)
            await person.lock()
            again = await beside.unlock("noor", PASSPHRASE)
            turn = (await again.conversation(said.conversation)).turns[said.reply]
            assert turn.state == "stopped"
            assert turn.text
            assert GOOD.startswith(turn.text.strip()[:20])
            assert turn.weighed.source == "voice"
            assert voice.stopped == 1

    asyncio.run(run())


def test_stopping_before_any_word_stops_the_voice(tmp_path):
    async def run():
        voice = quick(GOOD, pieces_per_second=1)
        async with house(tmp_path, voice=voice) as beside:
            person = beside.guest()
            said = await person.say(SAID)
            await asyncio.sleep(0.3)
            await person.stop(said.reply)
            turn = (await person.conversation(said.conversation)).turns[said.reply]
            assert (turn.state, turn.text, turn.weighed) == ("stopped", "", None)
            assert voice.stopped == 1

    asyncio.run(run())


def test_without_a_gauge_the_plain_checks_stand(tmp_path):
    def missing():
        raise ImportError("onnxruntime")

    async def run():
        scales = Scales(missing)
        voice = quick(PRAISE, ADVICE, "Since March, and the phone.")
        async with house(tmp_path, voice=voice, scales=scales, **PATIENT) as beside:
            _, _, turn = await heard(beside.guest())
            assert turn.text == "Since March, and the phone."
            assert turn.weighed.gauge is None
            assert "not-read" in turn.weighed.reasons
            assert scales.failed

    asyncio.run(run())


def test_a_reply_that_is_kept_nowhere_is_weighed_too(tmp_path):
    async def run():
        voice = quick(PRAISE, ADVICE, GOOD)
        async with house(tmp_path, voice=voice, **PATIENT) as beside:
            said = [Message(role="person", text=SAID)]
            words = "".join([piece async for piece in beside.one_off(said)])
            assert words
            assert words not in (PRAISE, ADVICE)

    asyncio.run(run())


def test_the_why_goes_along_with_the_facts_and_is_erased_with_the_turn(tmp_path):
    async def run():
        async with house(tmp_path, voice=quick(PRAISE, GOOD)) as beside:
            person, _ = await beside.begin("noor", PASSPHRASE)
            said, _, turn = await heard(person)
            events = await person.read(lambda journal: journal.events(said.conversation))
            (kept,) = [each for each in events if isinstance(each, ReplyWeighed)]
            assert kept == turn.weighed
            assert SAID not in repr(kept)
            assert turn.text not in repr(kept)
            assert jsonl.read(jsonl.write(events)) == events
            brought = read_any(
                jsonl.write(events), None, at=datetime.now(UTC), random_bytes=beside.random_bytes
            )
            again = [e for e in brought.conversations[0] if isinstance(e, ReplyWeighed)]
            assert [each.reading for each in again] == [kept.reading]
            await person.read(lambda journal: journal.erase_turn(said.conversation, said.reply))
            left = await person.read(lambda journal: journal.events(said.conversation))
            assert not [each for each in left if isinstance(each, ReplyWeighed)]

    asyncio.run(run())


def test_what_earlier_replies_lived_goes_along_to_the_next(tmp_path):
    from beside.companion.line import lived_to

    async def run():
        replies = [GOOD, "Silence from him, and you, waiting by it.", "And the phone between you."]
        async with house(tmp_path, voice=quick(*replies), candidates=1) as beside:
            person = beside.guest()
            said, _, _ = await heard(person)
            said, _, _ = await heard(person, "Heavy, every time.", conversation=said.conversation)
            tree = await person.conversation(said.conversation)
            assert len(lived_to(tree, said.person_turn)) == 1
            assert len(lived_to(tree, said.reply)) == 2

    asyncio.run(run())
