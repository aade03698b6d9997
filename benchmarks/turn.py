"""How long Beside itself takes, over real HTTP on this machine.

`added_first_words`: from the moment the voice gave the piece that completes a sentence (so that it
may be shown) to the moment the page has it. `authored_turn`: from posting the person's words to the
last word of the authored voice's reply. `open_5000_turns`: an unlocked journal's conversation of
5,000 turns, not read since the unlock, up to the full page of the newest. `search_5000_turns`: one
search over it, up to the full page of what was found. `weigh`: one choice among four candidates
after an exchange of four turns, reading and vetoes and all, beyond the voice's own time.

What the clocked voice says is given on as it is, so that what is measured is the way to the page.
"""

import asyncio
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvicorn

from benchmarks.house import PASSPHRASE, free_port, furnish, visiting, wait_for
from benchmarks.report import Metric, main, middle
from beside.companion.turn import care_look
from beside.companion.weigh import Candidate, choose
from beside.settings import Settings
from beside.store.journal import Journal, person_folder
from beside.surfaces.web.app import create_app
from beside.talk.events import (
    ConversationBegan,
    Event,
    PersonSpoke,
    PreferenceSet,
    ReplyBegan,
    ReplyEnded,
    ReplyPart,
)
from beside.talk.ids import ConversationId, TurnId, VoiceName
from beside.voices.base import Message, Role
from beside.voices.scripted import ScriptedVoice
from beside.wiring import Beside
from beside_gauge.gauge import Gauge

REACH = {
    "added_first_words_ms_p50": "50",
    "authored_turn_ms_p50": "50",
    "open_5000_turns_ms_p50": "200",
    "search_5000_turns_ms_p50": "50",
    "weigh_ms_p50": "200",
}
TURNS = 5_000


SAID = (
    "My brother stopped calling in March, and I keep looking at the phone.",
    "Since March. And the phone stays where you can see it.",
    "Yes. I tell myself he is busy. Then I lie awake and go through everything I said.",
)
CANDIDATES = (
    "You go through everything you said, at night, alone with it. What comes up most?",
    "You should call him yourself; it will clear the air, and you will sleep better.",
    "You're so brave to share this! Families can be difficult, and that sounds really hard.",
    "Busy is what you tell yourself, and the night tells you something else. We can stay there.",
)


class ClockedVoice(ScriptedVoice):
    """Says two sentences, and notes when the first was complete."""

    def __init__(self) -> None:
        super().__init__(["That is a long time. I am here."], name="clocked")
        self.complete_at = 0.0

    async def stream(self, messages: Sequence[Message]) -> AsyncIterator[str]:  # noqa: ARG002
        """A sentence word by word, a pause, another."""
        for piece in ("That ", "is ", "a ", "long ", "time. "):
            await asyncio.sleep(0.02)
            self.complete_at = time.perf_counter()
            yield piece
        await asyncio.sleep(0.3)
        yield "I am here."


def long_conversation(turns: int) -> list[Event]:
    """A conversation of so many turns: a person's, a reply's, and so on."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    where = ConversationId("0" * 25 + "1")
    events: list[Event] = [ConversationBegan(at=at, conversation=where, title="The long one")]
    above: TurnId | None = None
    for number in range(turns // 2):
        at += timedelta(minutes=3)
        mine, reply = TurnId(f"p{number:025}"), TurnId(f"r{number:025}")
        mine_text = f"Evening {number}: the house is quiet, and I counted the stairs again. " * 3
        events += [
            PersonSpoke(at=at, conversation=where, turn=mine, parent=above, text=mine_text),
            ReplyBegan(
                at=at, conversation=where, turn=reply, parent=mine, voice=VoiceName("scripted")
            ),
            ReplyPart(at=at, conversation=where, turn=reply, text=f"Evening {number}, and quiet. "),
            ReplyPart(at=at, conversation=where, turn=reply, text="You counted them again. " * 4),
            ReplyEnded(at=at, conversation=where, turn=reply, why="done"),
        ]
        above = reply
    return events


async def measure_all(port: int, voice: ClockedVoice, rounds: int) -> list[Metric]:
    """Visit as a person would, and keep the times."""
    added, authored, opened, searched = [], [], [], []
    async with visiting(port) as visitor:
        await visitor.unlock("clocked")
        conversation: str | None = None
        for number in range(rounds):
            conversation, reply = await visitor.say(f"This is turn {number}", conversation)
            first = True
            async for name, data in visitor.words(conversation, reply):
                if first and name == "words" and "time." in data:
                    added.append(1000 * (time.perf_counter() - voice.complete_at))
                    first = False
    async with visiting(port) as visitor:
        await visitor.unlock("plain")
        conversation = None
        for number in range(rounds):
            began = time.perf_counter()
            said = f"My sister did not call, week {number}. I am so tired of waiting."
            conversation, reply = await visitor.say(said, conversation)
            if reply:
                async for name, _ in visitor.words(conversation, reply):
                    if name == "end":
                        break
            authored.append(1000 * (time.perf_counter() - began))
    async with visiting(port) as visitor:
        for _ in range(rounds):
            await visitor.unlock("long")
            began = time.perf_counter()
            page = await visitor.get("/talk/" + "0" * 25 + "1")
            opened.append(1000 * (time.perf_counter() - began))
            if f"Evening {TURNS // 2 - 1}" not in page:
                raise RuntimeError("the newest turn is not on the page")
            began = time.perf_counter()
            found = await visitor.post("/conversations", words="quiet stairs 2400")
            searched.append(1000 * (time.perf_counter() - began))
            if "2400" not in found.text:
                raise RuntimeError("the words were not found")
            await visitor.post("/lock")
    return [
        middle("added_first_words_ms_p50", added),
        middle("authored_turn_ms_p50", authored),
        middle("open_5000_turns_ms_p50", opened),
        middle("search_5000_turns_ms_p50", searched),
    ]


def weigh_times(rounds: int) -> list[float]:
    """Milliseconds for each choice among four; the gauge is open, as it is once somebody talks."""
    gauge = Gauge.load()
    roles: tuple[Role, ...] = ("person", "companion", "person")
    line = [Message(role=role, text=text) for role, text in zip(roles, SAID, strict=True)]
    took = []
    for number in range(rounds + 2):
        candidates = [
            Candidate(text=f"{text} {number}.", source="authored" if place == 3 else "model")
            for place, text in enumerate(CANDIDATES)
        ]
        began = time.perf_counter()
        look = care_look(line[-1].text, line[:-1])
        choice = choose(candidates, line, mode="issue", look=look, gauge=gauge, floor="authored")
        took.append(1000 * (time.perf_counter() - began))
        if choice.gauge is None or len(choice.aside) < 2:
            raise RuntimeError("the candidates were not weighed")
    return took[2:]


def _append(folder: Path, name: str, *events: Event) -> None:
    journal = Journal.open(person_folder(folder, name), PASSPHRASE)
    journal.append(*events)
    journal.lock()


def measure(short: bool) -> list[Metric]:
    """Each 40 times (short: 8)."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        furnish(folder, "clocked", "plain", "long")
        _append(folder, "long", *long_conversation(TURNS))
        chosen = PreferenceSet(at=datetime.now(UTC), name="voice", value="clocked")
        _append(folder, "clocked", chosen)
        port = free_port()
        voice = ClockedVoice()
        beside = Beside.open(Settings(data_folder=folder, port=port), voices={"clocked": voice})
        server = uvicorn.Server(
            uvicorn.Config(
                create_app(beside, port=port),
                host="127.0.0.1",
                port=port,
                log_level="error",
                access_log=False,
            )  # fmt: skip
        )
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        wait_for(port)
        try:
            times = asyncio.run(measure_all(port, voice, 8 if short else 40))
        finally:
            server.should_exit = True
            thread.join(10)
    return [*times, middle("weigh_ms_p50", weigh_times(8 if short else 40))]


if __name__ == "__main__":
    main(measure, REACH)
