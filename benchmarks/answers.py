"""Does a reply answer the person? A sheet for blind readers, and what their answers come to.

`python -m benchmarks.answers --sheet` writes the replies of 12-turn conversations in random order,
a quarter of them secretly taken from another conversation, and the key apart; the hash of the key
is printed, to be committed before anybody reads. Readers answer with lines of `NUMBER yes` or
`NUMBER no` in `readings/answers/NAME.txt`. Nothing is printed of readings whose replies are no
longer today's.
"""

import argparse
import asyncio
import hashlib
import json
import random
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import fmean

from benchmarks.rehearsal.scripts import Script, persons
from benchmarks.report import Metric
from beside.settings import Settings
from beside.talk.ids import VoiceName
from beside.voices.base import Message
from beside.wiring import Beside

HERE = Path(__file__).parent
FURTHER = HERE / "cases" / "authored_further.json"
READINGS = HERE / "readings" / "answers"
SWAPPED = 0.25
SHOWN = 5
"""Messages before a reply that a reader sees: so many, the person's last among them."""
PARTS = ((1, 4), (5, 8), (9, 12))
NO_MORE_TO_SAY = ("I don't know.", "Anyway. That's about it.")
"""The eleventh and twelfth turn of a conversation for which none were written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One reply of the sheet: whose it is, at which turn, and whether it was swapped in."""

    number: int
    conversation: str
    turn: int
    swapped: bool
    reply_of: str


def scripts() -> list[Script]:
    """All rehearsed conversations, with their written further turns where they have some."""
    further: dict[str, list[str]] = json.loads(FURTHER.read_text("utf-8"))
    return [
        replace(each, turns=(*each.turns, *further.get(each.id, NO_MORE_TO_SAY)))
        for each in persons()
    ]


def calm(*, written: bool) -> list[Script]:
    """The English ones without danger; with `written`, only those written to twelve turns."""
    further = json.loads(FURTHER.read_text("utf-8"))
    return [
        each
        for each in scripts()
        if each.language == "en" and each.kind != "crisis" and (not written or each.id in further)
    ]


async def converse(
    beside: Beside, said: Sequence[str], earlier: Sequence[Message] = ()
) -> list[str]:
    """The authored voice's replies to what a person says, turn by turn, weighed."""
    await beside.scales.open()
    line = list(earlier)
    replies = []
    for words in said:
        line.append(Message(role="person", text=words))
        pieces = [p async for p in beside.one_off(line, voice=VoiceName("authored"))]
        replies.append("".join(pieces))
        line.append(Message(role="companion", text=replies[-1]))
    return replies


async def spoken(chosen: Sequence[Script]) -> dict[str, list[str]]:
    """Each script's replies."""
    beside = Beside.open(Settings(data_folder=Path("/nonexistent/beside")))
    try:
        return {each.id: await converse(beside, each.turns) for each in chosen}
    finally:
        await beside.close()


def hash_of(replies: dict[str, list[str]]) -> str:
    """The hash of all replies."""
    return hashlib.sha256(json.dumps(replies, ensure_ascii=False).encode()).hexdigest()


def sheet(
    chosen: Sequence[Script], replies: dict[str, list[str]], seed: str
) -> tuple[str, list[Item]]:
    """What readers get, and the key. The same replies and seed give the same sheet."""
    dice = random.Random(seed)
    places = [(s, t) for s in chosen for t in range(len(s.turns))]
    swapped = set(dice.sample(range(len(places)), round(SWAPPED * len(places))))
    order = dice.sample(range(len(places)), len(places))
    key, told = [], []
    for number, at in enumerate(order, 1):
        script, turn = places[at]
        own = f"{script.id}:{turn + 1}"
        others = [f"{s.id}:{t + 1}" for s, t in places if s.id != script.id]
        of = dice.choice(others) if at in swapped else own
        name, _, which = of.partition(":")
        key.append(
            Item(number=number, conversation=script.id, turn=turn + 1, swapped=at in swapped,
                 reply_of=of)
        )  # fmt: skip
        line = [
            f"{who}: {text}"
            for said, reply in zip(script.turns[:turn], replies[script.id], strict=False)
            for who, text in (("me", said), ("they", reply))
        ] + [f"me: {script.turns[turn]}"]
        told.append(
            "\n".join([f"## {number}", *line[-SHOWN:], f"--> {replies[name][int(which) - 1]}", ""])
        )
    return "\n".join(told), key


def metrics(replies: dict[str, list[str]]) -> list[Metric]:
    """What the readers said; nothing where nobody read, or other replies were read."""
    key_file = READINGS / "key.json"
    readers = {p.stem: _answers(p) for p in sorted(READINGS.glob("*.txt")) if p.stem != "sheet"}
    if not key_file.exists() or not readers:
        return []
    key = json.loads(key_file.read_text("utf-8"))
    if key["replies_sha256"] != hash_of(replies):
        sys.stderr.write("The replies have changed since they were read: nothing is printed.\n")
        return []
    items = [Item(**each) for each in key["items"]]
    yes = {
        each.number: fmean(float(answers[each.number]) for answers in readers.values())
        for each in items
    }
    own = [each for each in items if not each.swapped]
    parts = {"": own, "_swapped": [each for each in items if each.swapped]}
    for low, high in PARTS:
        parts[f"_turns_{low}_to_{high}"] = [each for each in own if low <= each.turn <= high]
    return [_mean(f"authored_answers_me{name}", part, yes) for name, part in parts.items()]


def _answers(path: Path) -> dict[int, bool]:
    found = re.findall(r"^(\d+)[ :]+(yes|no)\b", path.read_text("utf-8"), re.MULTILINE)
    return {int(number): answer == "yes" for number, answer in found}


def _mean(name: str, items: Sequence[Item], yes: dict[int, float]) -> Metric:
    """The share of yes, with a bootstrap over conversations."""
    groups: dict[str, list[float]] = {}
    for each in items:
        groups.setdefault(each.conversation, []).append(yes[each.number])
    dice, every = random.Random(0), list(groups.values())
    again = sorted(
        fmean(v for group in dice.choices(every, k=len(every)) for v in group) for _ in range(1000)
    )
    return Metric(
        metric=name, value=fmean(yes[each.number] for each in items), low=again[25],
        high=again[974], unit="share", n=len(items),
    )  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the sheet and its key, and prints their hashes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheet", action="store_true", help="write a new sheet and its key")
    parser.add_argument("--seed", default="1", help="decides the order and what is swapped in")
    parser.add_argument("--key", type=Path, default=READINGS / "key.json",
                        help="where the key goes, out of the readers' sight")  # fmt: skip
    given = parser.parse_args(arguments)
    if not given.sheet:
        parser.print_help()
        return 0
    chosen = calm(written=True)
    replies = asyncio.run(spoken(chosen))
    told, key = sheet(chosen, replies, given.seed)
    READINGS.mkdir(parents=True, exist_ok=True)
    (READINGS / "sheet.txt").write_text(told, "utf-8")
    kept = {
        "replies_sha256": hash_of(replies),
        "seed": given.seed,
        "items": [asdict(i) for i in key],
    }
    given.key.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    sealed = hashlib.sha256(given.key.read_bytes()).hexdigest()
    sys.stdout.write(
        f"{len(key)} replies, {sum(each.swapped for each in key)} swapped in\n"
        f"{given.key.name}    {sealed}\n"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
