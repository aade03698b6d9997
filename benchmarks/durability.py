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
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from benchmarks.house import PASSPHRASE, furnish, scripted_reply, start, visiting
from benchmarks.report import Metric, count, main

JOURNALS = 4
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


def many_kills(kills: int, seed: int, until: float) -> tuple[int, int, int, int]:
    """One journal, its server killed again and again; how often, and what was lost."""
    dice = random.Random(seed)
    lost = torn = failures = done = 0
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        furnish(folder, "me")
        for _ in range(kills):
            if time.monotonic() > until:
                break
            try:
                now = one_kill(folder, dice)
            except RuntimeError as broken:  # the machine was too busy for a server: not a kill
                sys.stderr.write(f"seed {seed}: not counted, {broken}\n")
                continue
            lost, torn, failures = lost + now[0], torn + now[1], failures + now[2]
            done += 1
            if not done % 25:
                sys.stderr.write(f"seed {seed}: {done} kills, lost {lost}, torn {torn}\n")
    return done, lost, torn, failures


def measure(short: bool) -> list[Metric]:
    """Kill the server 1,000 times (short: 20), each time at another moment; four journals at once.

    The full form takes about half an hour and says every 25 kills on stderr how it goes.
    """
    each, until = (5, time.monotonic() + 38) if short else (250, float("inf"))
    with ThreadPoolExecutor(JOURNALS) as pool:
        runs = list(pool.map(many_kills, [each] * JOURNALS, range(JOURNALS), [until] * JOURNALS))
    done = sum(run[0] for run in runs)
    names = ("words_lost", "torn", "replay_failures")
    return [count(name, sum(run[i + 1] for run in runs), n=done) for i, name in enumerate(names)]


if __name__ == "__main__":
    main(measure, REACH)
