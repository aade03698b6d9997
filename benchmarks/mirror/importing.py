"""Bringing in: round trips in every form, and damaged files.

`turns_lost` counts turns of generated conversations that do not come back with their speaker and
their words (blanks at the ends of lines aside), in all forms together. `import_crashes` counts
files that end in anything but a transcript or NotAConversation.
"""

import random

from benchmarks.mirror.written import FORMS, Said, conversation
from benchmarks.report import Metric, count
from beside.errors import NotAConversation
from beside.mirror import transcript

REACH = {"import_crashes": "0", "turns_lost": "0"}


def lost(said: list[Said], form: str) -> int:
    """How many of these turns do not come back when they are written in a form and read."""
    name, write = FORMS[form]
    read = transcript.read(write(said), name=name)
    names = {each.id: each.name for each in read.speakers}
    back = [(names[turn.speaker], _even(turn.text)) for turn in read.turns]
    wanted = [(each.name, _even(each.text)) for each in said]
    same = sum(one == other for one, other in zip(wanted, back, strict=False))
    return max(len(wanted), len(back)) - same


def _even(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().split("\n"))


def damaged(data: bytes, dice: random.Random) -> bytes:
    """The file cut, mixed, repeated or with other bytes in it."""
    mutable = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(mutable) + 1)
        to = min(len(mutable), at + dice.randint(1, 40))
        match dice.randrange(5):
            case 0:
                del mutable[at:to]
            case 1:
                mutable[at:at] = dice.randbytes(dice.randint(1, 8))
            case 2:
                mutable[at:at] = mutable[at:to]
            case 3:
                mutable[at:at] = dice.choice(_NASTY)
            case _:
                mutable = mutable[: max(1, at)]
    return bytes(mutable)


_NASTY = (
    b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"{", b"[" * 400, b'"', b": ", b"-->", b"\n\n", b"<v >",
    b"1e999", b"null", b"\r", b"PK\x03\x04", b"99/99/9999, 99:99 - x: y\n", b"&#x110000;",
    b"-1", b"\\ud800",
)  # fmt: skip


def crashes(data: bytes, name: str | None) -> bool:
    """Whether reading this ends in anything but a transcript or NotAConversation."""
    try:
        transcript.read(data, name=name)
    except NotAConversation:
        return False
    except Exception:  # what is counted
        return True
    return False


def measure(short: bool) -> list[Metric]:
    """1,000 conversations there and back, spread over every form; damaged files of every form."""
    dice = random.Random(5)
    made = [conversation(dice) for _ in range(100 if short else 1000)]
    turns = gone = broken = tried = 0
    for form, (name, write) in FORMS.items():
        for said in made:
            turns += len(said)
            gone += lost(said, form)
        for _ in range(40 if short else 600):
            tried += 1
            broken += crashes(damaged(write(dice.choice(made)), dice), dice.choice((name, None)))
    return [
        count("import_crashes", broken, n=tried),
        count("turns_lost", gone, n=turns),
    ]
