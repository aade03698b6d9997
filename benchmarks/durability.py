"""Words that are lost when the server is killed while replies stream.

A real server is killed (SIGKILL) at a random moment; then the journal is opened as a person would
open it. Lost: words of the person that were acknowledged (the page answered), or reply words that
had been shown for more than a second. Torn: a journal that does not open whole, or a text that is
not what was said. Replay failures: a conversation that does not replay.
"""

import asyncio
import json
import random
import re
import signal
import tempfile
import time
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from benchmarks.house import PASSPHRASE, furnish, scripted_reply, start, visiting
from benchmarks.report import Metric, count, main

REACH = {"words_lost": "0", "torn": "0", "replay_failures": "0"}


@dataclass(slots=True)
class Witness:
    """What a person saw before the kill."""

    said: dict[str, list[str]] = field(default_factory=dict)
    shown: list[tuple[float, str, str, str]] = field(default_factory=list)
    """Moment, conversation, reply, text so far."""


async def talk_until_killed(port: int, witness: Witness, dice: random.Random) -> None:
    """Talk in several conversations at once, until the connection breaks."""
    async with visiting(port) as visitor:
        await visitor.unlock()

        async def converse() -> None:
            conversation: str | None = None
            while True:
                words = f"note {dice.getrandbits(64):x} and some more of it"
                conversation, reply = await visitor.say(words, conversation)
                witness.said.setdefault(conversation, []).append(words)
                stop_after = dice.choice([0, 3, 8, 30])
                seen = 0
                async for name, data in visitor.words(conversation, reply):
                    if name == "words":
                        text = unescape(re.sub("<[^>]+>", "", json.loads(data)["html"]))
                        witness.shown.append((time.monotonic(), conversation, reply, text.strip()))
                        seen += 1
                        if stop_after and seen == stop_after:
                            await visitor.post(f"/talk/{conversation}/stop", turn=reply)
                    if name == "end":
                        break

        async with asyncio.TaskGroup() as group:
            for _ in range(2):
                group.create_task(converse())


def one_kill(folder: Path, dice: random.Random) -> tuple[int, int, int]:
    """One server, killed; words lost, torn, replays that failed."""
    from beside.errors import BesideError
    from beside.store.journal import Journal, person_folder
    from beside.talk.conversation import PersonTurn, ReplyTurn

    process, port = start(folder, pieces_per_second=80)
    witness = Witness()
    killed_at = 0.0

    async def run() -> None:
        nonlocal killed_at

        async def kill() -> None:
            nonlocal killed_at
            await asyncio.sleep(dice.uniform(0.6, 3.5))
            killed_at = time.monotonic()
            process.send_signal(signal.SIGKILL)

        killing = asyncio.create_task(kill())
        try:
            await talk_until_killed(port, witness, dice)
        except* Exception as broken:  # noqa: BLE001 - the kill breaks every connection
            if not killing.done():
                raise RuntimeError("it broke before the kill") from broken
        await killing

    asyncio.run(run())
    process.wait()
    lost = torn = failures = 0
    try:
        journal = Journal.open(person_folder(folder, "me"), PASSPHRASE)
    except BesideError:
        return 0, 1, 0
    whole = scripted_reply()
    try:
        for conversation, said in witness.said.items():
            try:
                tree = journal.conversation(conversation)  # type: ignore[arg-type]
            except (BesideError, ValueError):
                failures += 1
                continue
            kept = [t.text for t in tree.turns.values() if isinstance(t, PersonTurn)]
            lost += sum(len(words.split()) for words in said if words not in kept)
            replies = {t.id: t.text for t in tree.turns.values() if isinstance(t, ReplyTurn)}
            torn += sum(not whole.startswith(text.strip()) for text in replies.values())
            for moment, where, reply, text in witness.shown:
                if where == conversation and moment < killed_at - 1:
                    kept_text = replies.get(reply, "")  # type: ignore[call-overload]
                    lost += max(0, len(text.split()) - len(kept_text.split()))
    finally:
        journal.lock()
    return lost, torn, failures


def measure(short: bool) -> list[Metric]:
    """Kill the server 1,000 times (short: 20), each time at another moment."""
    kills = 20 if short else 1000
    dice = random.Random(20261122)
    totals = [0, 0, 0]
    began = time.monotonic()
    done = 0
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        furnish(folder, "me")
        for _ in range(kills):
            if short and time.monotonic() - began > 40:
                break
            for index, value in enumerate(one_kill(folder, dice)):
                totals[index] += value
            done += 1
    return [
        count("words_lost", totals[0], n=done),
        count("torn", totals[1], n=done),
        count("replay_failures", totals[2], n=done),
    ]


if __name__ == "__main__":
    main(measure, REACH)
