"""From drop to picture: how long a session takes, and what memory a very long one needs.

`session_400_s`: a file of 400 turns, read, kept in an encrypted journal, marked, read by the gauge
and drawn as a page's report. `session_50000_s` and `session_50000_mb`: the same for 50,000 turns,
with the most memory the process ever had; `--short` leaves them out. The gauge is open already,
as it is in a page that has been used; opening it takes well under a second more.
"""

import asyncio
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.report import Metric, middle, plain
from beside.mirror.session import kept, marked, replay_mirror
from beside.mirror.transcript import read
from beside.settings import Settings
from beside.store.journal import Journal, PassphraseWork
from beside.surfaces.language import Words
from beside.surfaces.mirror.report import report
from beside.surfaces.mirror.view import PARTS, view
from beside.surfaces.web.pages import Pages
from beside.talk.clock import utc_now
from beside.talk.ids import MirrorId
from beside.wiring import Beside

REACH = {"session_400_s": "5"}

SAID = (
    "I still wake at four and my chest is tight.",
    "Nothing has changed since the last time we spoke about it.",
    "My sister says that I should be over it by now.",
    "I just want it gone. What should I do?",
    "It is as if something heavy sits on me, and I cannot move.",
    "I never told anyone about the letters.",
    "I am such a coward, still afraid of a house.",
    "There was one good hour on Sunday, by the water.",
    "You don't know what it is like with him around.",
    "Maybe. I was only six.",
)
ANSWERED = (
    "Four in the morning, again. What is it like, lying there?",
    "You should try to write it down before you go to sleep.",
    "There is no hurry with this. We can leave it, or look a little, as you like.",
    "Something in you is afraid, and something in you came here and said it.",
    "At least there was the good hour on Sunday.",
    "I missed you there. Tell me again what you meant.",
    "What would that child have needed, do you think?",
    "Six years old, and alone with it.",
)


def written(turns: int) -> bytes:
    """A session of so many turns, as a practitioner may have it in a text file."""
    dice = random.Random(turns)
    lines = []
    for number in range(turns):
        if number % 2 == 0:
            words = f"{dice.choice(SAID)} {dice.choice(SAID)} It was day {number}."
            lines.append(f"Client: {words}")
        else:
            lines.append(f"Therapist: {dice.choice(ANSWERED)} {dice.choice(ANSWERED)}")
    return "\n".join(lines).encode()


async def seconds(beside: Beside, folder: Path, turns: int) -> float:
    """From the dropped bytes to the finished report."""
    data = written(turns)
    light = PassphraseWork(memory_kib=64, passes=1, lanes=1)
    journal, _ = Journal.create(folder / f"of-{turns}", "seven green rivers", work=light)
    begun = time.perf_counter()
    transcript = read(data, name="session.txt")
    session = MirrorId("s")
    at = utc_now()
    journal.append(
        kept(transcript, id=session, at=at, consent="made up", initials=False),
        marked(session, 0.5, at=at, place=None, words=None),
    )
    (found,) = replay_mirror(journal.mirror_session(session))
    assert found.mark is not None
    look = await beside.look_at(found, found.mark)
    seen = view(found, found.mark, look.seen, look.others, Words("en"))
    page = report(Pages(), "en", seen, found.transcript, frozenset(PARTS) - {"transcript"})
    taken = time.perf_counter() - begun
    assert look.seen.read
    assert b"<svg" in page
    journal.lock()
    return taken


async def _measured(short: bool) -> list[Metric]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        beside = Beside.open(Settings(data_folder=folder / "data"))
        await seconds(beside, folder, 12)
        times = [await seconds(beside, folder, 400 + 2 * at) for at in range(3)]
        made = [middle("session_400_s", times, unit="s")]
        if not short:
            taken = await seconds(beside, folder, 50_000)
            scale = 1024 if sys.platform != "darwin" else 1024 * 1024
            most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale
            made.append(plain("session_50000_s", round(taken, 1), unit="s"))
            made.append(plain("session_50000_mb", round(most), unit="MB"))
        await beside.close()
    return made


def measure(short: bool) -> list[Metric]:
    """All of it; the full form takes as long as 25,000 answers take the gauge."""
    return asyncio.run(_measured(short))
