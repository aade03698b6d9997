"""A process that is killed while it writes: whatever it was told is kept, is there."""

import random
import subprocess
import sys
import time

import pytest

from beside.store.journal import Journal

SPEAK = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from beside.store.journal import Journal
from beside.talk.events import PersonSpoke, ReplyBegan, ReplyEnded, ReplyPart
journal = Journal.open(Path(sys.argv[1]), sys.argv[2])
own = {"at": datetime.now(UTC), "conversation": "c"}
spoken = len(journal.conversation("c").turns) // 2
while True:
    turn, reply = f"p{spoken}", f"r{spoken}"
    journal.append(PersonSpoke(**own, turn=turn, parent=None, text=f"said {spoken}"))
    print("said", spoken, flush=True)
    journal.append(ReplyBegan(**own, turn=reply, parent=turn, voice="v"))
    for part in range(5):
        journal.append(ReplyPart(**own, turn=reply, text=f"{part} "))
        print("part", spoken, part, flush=True)
    journal.append(ReplyEnded(**own, turn=reply, why="done"))
    spoken += 1
"""


@pytest.mark.parametrize("kill", range(5))
def test_what_was_acknowledged_survives_being_killed(
    journal, folder, passphrase, talk, opened, kill
):
    talk(journal)
    journal.lock()
    with subprocess.Popen(
        [sys.executable, "-c", SPEAK, str(folder), passphrase], stdout=subprocess.PIPE, text=True
    ) as speaking:
        assert speaking.stdout is not None
        first = speaking.stdout.readline()
        time.sleep(random.Random(kill).uniform(0, 0.2))
        speaking.kill()
        acknowledged = [first, *speaking.stdout.readlines()]
    again = opened(Journal.open(folder, passphrase))
    again.check()
    turns = again.conversation("c").turns
    for line in acknowledged:
        match line.split():
            case ["said", number]:
                assert turns[f"p{number}"].text == f"said {number}"
                assert f"p{number}" in {each.turn for each in again.search(f"said {number} ")}
            case ["part", number, part]:
                assert f"{part} " in turns[f"r{number}"].text
    assert len(again.unfinished_replies()) <= 1
    assert [turn for _, turn in again.unfinished_replies()] == [
        turn.id for turn in again.conversation("c").speaking()
    ]


def test_a_lock_goes_with_the_process_that_held_it(journal, folder, passphrase, talk, opened):
    talk(journal)
    journal.lock()
    with subprocess.Popen(
        [sys.executable, "-c", SPEAK, str(folder), passphrase], stdout=subprocess.PIPE, text=True
    ) as speaking:
        assert speaking.stdout is not None
        speaking.stdout.readline()
        with pytest.raises(Exception, match="Another Beside"):
            Journal.open(folder, passphrase)
        speaking.kill()
    opened(Journal.open(folder, passphrase))
