"""A turn with real parts: an encrypted journal, care, the authored voice, a scripted one."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from beside.errors import JournalLocked, NoSuchTurn, StillSpeaking, WrongPassphrase
from beside.settings import Settings
from beside.store.journal import Journal, person_folder
from beside.talk.conversation import PersonTurn, ReplyTurn
from beside.voices.scripted import ScriptedVoice
from beside.wiring import Beside

PASSPHRASE = "seven quiet herons"
SLOW = "One thing at a time. " * 40


@asynccontextmanager
async def house(folder, **voices):
    beside = Beside.open(Settings(data_folder=folder), voices=voices)
    try:
        yield beside
    finally:
        await beside.close()


async def to_the_end(person, said):
    return [update async for update in person.listen(said.conversation, said.reply)]


def test_what_was_said_and_answered_is_there_after_locking_and_unlocking(tmp_path):
    async def run():
        async with house(tmp_path) as beside:
            person, _ = await beside.begin("noor", PASSPHRASE)
            said = await person.say("My brother stopped calling in March.")
            updates = await to_the_end(person, said)
            assert updates[-1].state == "done"
            shown = "".join(update.text for update in updates)
            await person.lock()
            with pytest.raises(JournalLocked):
                await person.conversation(said.conversation)
            again = await beside.unlock("noor", PASSPHRASE)
            line = (await again.conversation(said.conversation)).line()
            assert [turn.text for turn in line] == ["My brother stopped calling in March.", shown]

    asyncio.run(run())


def test_danger_is_answered_by_care_whatever_voice_is_chosen(tmp_path):
    async def run():
        loud = ScriptedVoice(["Cheer up!"])
        async with house(tmp_path, loud=loud) as beside:
            person = beside.guest()
            said = await person.say("I have the pills here and I want to die tonight", voice="loud")
            shown = "".join([u.text for u in await to_the_end(person, said)])
            tree = await person.conversation(said.conversation)
            assert tree.turns[said.reply].voice == "care"
            assert tree.turns[said.person_turn].care_level == 3
            assert loud.heard == ()
            assert "Cheer up" not in shown
            assert shown

    asyncio.run(run())


def test_a_stopped_reply_keeps_the_words_already_spoken(tmp_path):
    async def run():
        slow = ScriptedVoice([SLOW], pieces_per_second=100)
        async with house(tmp_path, slow=slow) as beside:
            person, _ = await beside.begin("noor", PASSPHRASE)
            said = await person.say("Hello there", voice="slow")
            async for update in person.listen(said.conversation, said.reply):
                if "at a time" in update.text:
                    await person.stop(said.reply)
            reply = (await person.conversation(said.conversation)).turns[said.reply]
            assert reply.state == "stopped"
            assert reply.text
            assert SLOW.startswith(reply.text)
            assert slow.stopped == 1
            await person.lock()
            again = await beside.unlock("noor", PASSPHRASE)
            kept = (await again.conversation(said.conversation)).turns[said.reply]
            assert kept == reply

    asyncio.run(run())


def test_closing_the_page_does_not_stop_the_reply(tmp_path):
    async def run():
        words = "A few words. And then a few more."
        slow = ScriptedVoice([words], pieces_per_second=40)
        async with house(tmp_path, slow=slow) as beside:
            person = beside.guest()
            said = await person.say("Hello there", voice="slow")
            async for _ in person.listen(said.conversation, said.reply):
                break
            updates = await to_the_end(person, said)
            assert "".join(update.text for update in updates) == words

    asyncio.run(run())


def test_a_voice_that_breaks_off_leaves_its_words_and_the_authored_voice_goes_on(tmp_path):
    async def run():
        frail = ScriptedVoice(["It is late. You are still up, and I wonder"], fail_after=5)
        async with house(tmp_path, frail=frail) as beside:
            person = beside.guest()
            said = await person.say("I can't settle tonight.", voice="frail")
            updates = await to_the_end(person, said)
            assert updates[-1].state == "failed"
            assert updates[-1].reason == "broke"
            further = await person.go_on(said.conversation, said.reply)
            await to_the_end(person, further)
            line = (await person.conversation(said.conversation)).line()
            assert [type(turn) for turn in line] == [PersonTurn, ReplyTurn, ReplyTurn]
            assert line[1].text.startswith("It is late. ")
            assert line[2].voice == "authored"

    asyncio.run(run())


def test_a_voice_that_cannot_be_had_is_replaced_by_the_authored_one_at_once(tmp_path):
    async def run():
        async with house(tmp_path) as beside:
            person = beside.guest()
            said = await person.say("I can't settle tonight.", voice="nobody")
            updates = await to_the_end(person, said)
            assert updates[-1].state == "done"
            assert updates[-1].reason == "missing"
            assert "".join(update.text for update in updates)

    asyncio.run(run())


def test_what_a_model_may_not_say_is_never_shown(tmp_path):
    async def run():
        wrong = ScriptedVoice(["That is a lot. You should stop taking your medication. Bye."])
        async with house(tmp_path, wrong=wrong) as beside:
            person = beside.guest()
            said = await person.say("My tablets make me dull.", voice="wrong")
            updates = await to_the_end(person, said)
            shown = "".join(update.text for update in updates)
            assert "stop taking" not in shown
            assert "Bye" not in shown

    asyncio.run(run())


def test_trying_again_and_editing_make_branches_that_one_can_go_back_to(tmp_path):
    async def run():
        voice = ScriptedVoice(["First answer.", "Second answer.", "Third answer."])
        async with house(tmp_path, voice=voice) as beside:
            person = beside.guest()
            said = await person.say("The first words", voice="voice")
            await to_the_end(person, said)
            again = await person.try_again(said.conversation, said.reply, voice="voice")
            await to_the_end(person, again)
            tree = await person.conversation(said.conversation)
            assert tree.line()[-1].text == "Second answer."
            assert tree.siblings(again.reply) == (said.reply, again.reply)
            edited = await person.edit(said.conversation, said.person_turn, "Other words")
            await to_the_end(person, edited)
            tree = await person.conversation(said.conversation)
            assert tree.line()[0].text == "Other words"
            await person.go_to(said.conversation, said.reply)
            tree = await person.conversation(said.conversation)
            assert [turn.text for turn in tree.line()] == ["The first words", "First answer."]
            with pytest.raises(NoSuchTurn):
                await person.edit(said.conversation, said.reply, "not mine to edit")

    asyncio.run(run())


def test_nothing_new_is_begun_while_a_reply_is_being_written(tmp_path):
    async def run():
        slow = ScriptedVoice([SLOW], pieces_per_second=20)
        async with house(tmp_path, slow=slow) as beside:
            person = beside.guest()
            said = await person.say("Hello there", voice="slow")
            with pytest.raises(StillSpeaking):
                await person.say("And another", conversation=said.conversation)
            await person.stop(said.reply)
            await person.say("And another", conversation=said.conversation)

    asyncio.run(run())


def test_a_reply_cut_off_by_a_crash_is_ended_with_its_words_when_the_journal_opens(tmp_path):
    async def run():
        slow = ScriptedVoice([SLOW], pieces_per_second=100)
        async with house(tmp_path, slow=slow) as beside:
            person, _ = await beside.begin("noor", PASSPHRASE)
            said = await person.say("Hello there", voice="slow")
            await asyncio.sleep(1.2)
            # what a crash leaves behind: the file as it is now, read by another process
            snapshot = tmp_path / "snapshot"
            person.journal.backup(tmp_path / "now.age", "another passphrase")
            Journal.restore(
                tmp_path / "now.age", "another passphrase", person_folder(snapshot, "noor")
            )
        async with house(snapshot) as later:
            person = await later.unlock("noor", PASSPHRASE)
            reply = (await person.conversation(said.conversation)).turns[said.reply]
            assert reply.state == "failed"
            assert reply.reason == "interrupted"
            assert reply.text

    asyncio.run(run())


def test_unlocking_what_is_open_still_asks_for_the_passphrase(tmp_path):
    async def run():
        async with house(tmp_path) as beside:
            person, _ = await beside.begin("noor", PASSPHRASE)
            assert await beside.unlock("noor", PASSPHRASE) is person
            with pytest.raises(WrongPassphrase):
                await beside.unlock("noor", "not the passphrase")

    asyncio.run(run())


def test_a_guest_leaves_nothing_on_the_disk(tmp_path):
    async def run():
        folder = tmp_path / "data"
        async with house(folder) as beside:
            said = await (person := beside.guest()).say("Nobody may know this.")
            await to_the_end(person, said)
        assert not folder.exists() or not [p for p in folder.rglob("*") if p.is_file()]

    asyncio.run(run())


def test_trying_again_with_the_authored_voice_gives_other_words(tmp_path):
    async def run():
        async with house(tmp_path) as beside:
            person = beside.guest()
            said = await person.say("My brother stopped calling in March.")
            first = "".join([u.text for u in await to_the_end(person, said)])
            again = await person.try_again(said.conversation, said.reply)
            second = "".join([u.text for u in await to_the_end(person, again)])
            assert first != second

    asyncio.run(run())


def test_a_fault_in_care_leaves_nobody_without_an_answer(tmp_path, monkeypatch, caplog):
    def faulty(*_, **__):
        raise ValueError("a fault, put here on purpose")

    async def run():
        async with house(tmp_path) as beside:
            monkeypatch.setattr("beside.companion.care.look", faulty)
            person = beside.guest()
            said = await person.say("My marzipan brother stopped calling.")
            updates = await to_the_end(person, said)
            assert updates[-1].state == "done"
            assert "".join(update.text for update in updates)

    asyncio.run(run())
    assert "ValueError" in caplog.text
    assert "marzipan" not in caplog.text


def test_a_reply_that_went_on_is_one_message_for_the_next_voice(tmp_path):
    async def run():
        frail = ScriptedVoice(["It is late. You are still up, and I wonder"], fail_after=5)
        steady = ScriptedVoice(["Yes."])
        async with house(tmp_path, frail=frail, steady=steady) as beside:
            person = beside.guest()
            said = await person.say("I can't settle tonight.", voice="frail")
            await to_the_end(person, said)
            await to_the_end(person, await person.go_on(said.conversation, said.reply))
            further = await person.say("Hm.", conversation=said.conversation, voice="steady")
            await to_the_end(person, further)
            roles = [message.role for message in steady.heard]
            assert roles == ["stance", "person", "companion", "person"]

    asyncio.run(run())


def test_a_voice_gets_ready_with_the_stance_when_a_conversation_is_opened(tmp_path):
    class Waking(ScriptedVoice):
        woken = ()

        async def warm(self, messages):
            self.woken = tuple(messages)

    async def run():
        voice = Waking(["Yes."])
        async with house(tmp_path, voice=voice) as beside:
            person = beside.guest()
            await person.set_preference("voice", "voice")
            await person.get_ready()
            await asyncio.sleep(0)
            assert [message.role for message in voice.woken] == ["stance"]

    asyncio.run(run())


def test_however_often_a_reply_is_stopped_it_ends_once_and_is_told(tmp_path):
    async def run():
        for pause in (0, 0.001, 0.003, 0.01):
            slow = ScriptedVoice([SLOW], pieces_per_second=100)
            async with house(tmp_path / str(pause), slow=slow) as beside:
                person, _ = await beside.begin("noor", PASSPHRASE)
                said = await person.say("Hello there", voice="slow")
                await asyncio.sleep(0.2)
                stops = []
                for _ in range(4):
                    stops.append(asyncio.create_task(person.stop(said.reply)))
                    await asyncio.sleep(pause)
                await asyncio.wait_for(asyncio.gather(*stops), 5)
                updates = await asyncio.wait_for(to_the_end(person, said), 5)
                assert updates[-1].state == "stopped"
                assert not person.speaking

    asyncio.run(run())


def test_nothing_is_spoken_on_a_locked_journal(tmp_path):
    async def run():
        for pause in (0, 0.002, 0.005, 0.01, 0.02):
            slow = ScriptedVoice([SLOW], pieces_per_second=100)
            async with house(tmp_path / str(pause), slow=slow) as beside:
                person, _ = await beside.begin("noor", PASSPHRASE)
                saying = asyncio.create_task(person.say("Hello there", voice="slow"))
                await asyncio.sleep(pause)
                await person.lock()
                await asyncio.gather(saying, return_exceptions=True)
                assert not person.speaking

    asyncio.run(run())


def test_danger_is_answered_also_where_the_answer_itself_has_a_fault(tmp_path, monkeypatch):
    def faulty(*_, **__):
        raise KeyError("a fault, put here on purpose")

    async def run():
        async with house(tmp_path) as beside:
            monkeypatch.setattr("beside.companion.turn.answer", faulty)
            person = beside.guest()
            said = await person.say("I want to kill myself tonight.")
            updates = await to_the_end(person, said)
            assert updates[-1].state == "done"
            assert "emergency number" in "".join(update.text for update in updates)

    asyncio.run(run())


def test_a_voice_with_a_fault_is_replaced_by_the_authored_one(tmp_path):
    class Faulty(ScriptedVoice):
        async def stream(self, messages):  # noqa: ARG002
            raise KeyError("a fault, put here on purpose")
            yield ""

    async def run():
        async with house(tmp_path, faulty=Faulty(["Never said."])) as beside:
            person = beside.guest()
            said = await person.say("I can't settle tonight.", voice="faulty")
            updates = await to_the_end(person, said)
            assert updates[-1].state == "done"
            assert updates[-1].reason == "broke"
            assert "".join(update.text for update in updates)

    asyncio.run(run())
