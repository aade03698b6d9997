"""Whether the authored voice passes the probes of the design, and whether it repeats itself.

The probes go through the whole turn (care first), without any model. Their replies are read blind
by readers who wrote none of them; `readings/authored.json` keeps each verdict with the hash of the
replies that were judged. Where today's replies have another hash, `probes_passed` is not printed:
`--replies` prints what has to be read again. Repeats: a sentence that the companion says twice in
one conversation of 12 turns: those of `cases/`, and the rehearsed ones without danger.
Whether a reply answers the person is read blind too (`benchmarks.answers`).
"""

import asyncio
import hashlib
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import answers
from benchmarks.answers import converse
from benchmarks.report import Metric, count, main, plain
from beside.settings import Settings
from beside.voices.base import Message
from beside.wiring import Beside

HERE = Path(__file__).parent
READINGS = HERE / "readings" / "authored.json"
REACH = {
    "probes_passed": "30 of 35",
    "authored_repeats": "0",
    "authored_answers_me": "0.70",
    "authored_answers_me_swapped": "at most 0.20",
}
SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")


def read_lines(name: str) -> list[dict[str, Any]]:
    """The objects of a file of cases."""
    text = (HERE / "cases" / name).read_text("utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


async def probe_replies(beside: Beside) -> list[dict[str, Any]]:
    """Each probe with the replies it gets."""
    answered = []
    for probe in read_lines("probes.jsonl"):
        earlier = [Message(role=each["role"], text=each["text"]) for each in probe["earlier"]]
        said = probe.get("turns") or [probe["text"]]
        answered.append({**probe, "replies": await converse(beside, said, earlier)})
    return answered


def hash_of(answered: Sequence[dict[str, Any]]) -> str:
    """The hash of all probes and their replies."""
    told = json.dumps(
        [[each["id"], each["replies"]] for each in answered], ensure_ascii=False, sort_keys=True
    )
    return hashlib.sha256(told.encode("utf-8")).hexdigest()


def passed(answered: Sequence[dict[str, Any]]) -> list[Metric]:
    """How many probes most readers passed, and the range over single readers; none if unread."""
    if not READINGS.exists():
        return []
    readings = json.loads(READINGS.read_text("utf-8"))
    if readings["replies_sha256"] != hash_of(answered):
        return []
    verdicts: dict[str, dict[str, bool]] = readings["verdicts"]
    by_reader = [sum(each.values()) for each in verdicts.values()]
    ids = [each["id"] for each in answered]
    most = sum(2 * sum(v[one] for v in verdicts.values()) > len(verdicts) for one in ids)
    return [
        Metric(
            metric="probes_passed",
            value=most,
            low=min(by_reader),
            high=max(by_reader),
            unit=f"of {len(ids)}",
            n=len(ids),
        )
    ]


def repeats(replies: Sequence[str]) -> int:
    """Sentences that were said before in the same conversation."""
    seen: set[str] = set()
    again = 0
    for reply in replies:
        for sentence in SENTENCE.findall(reply):
            plain_words = " ".join(re.findall(r"\w+", sentence.casefold()))
            again += bool(plain_words) and plain_words in seen
            seen.add(plain_words)
    return again


async def everything(short: bool) -> tuple[list[dict[str, Any]], list[int]]:
    """The probes' replies; the repeats of each conversation."""
    beside = Beside.open(Settings(data_folder=Path("/nonexistent/beside")))
    answered = await probe_replies(beside)
    said = [each["turns"] for each in read_lines("conversations.jsonl")]
    said += [each.turns for each in answers.calm(written=False)]
    again = [repeats(await converse(beside, each)) for each in said[:: 8 if short else 1]]
    await beside.close()
    return answered, again


def measure(short: bool) -> list[Metric]:
    """All probes and all conversations; of these an eighth where it shall be short."""
    answered, again = asyncio.run(everything(short))
    found = passed(answered)
    if not found:
        sys.stderr.write(
            "The replies have changed since they were read: probes_passed is unread.\n"
        )
    if not short:
        found += answers.metrics(asyncio.run(answers.spoken(answers.calm(written=True))))
    return [
        *found,
        count("authored_repeats", sum(again), n=12 * len(again)),
        plain("authored_conversations", len(again), unit="conversations"),
    ]


if __name__ == "__main__":
    if "--readings" in sys.argv:
        sys.argv.remove("--readings")
        replies = asyncio.run(answers.spoken(answers.calm(written=True)))
        main(lambda _: answers.metrics(replies), REACH)
    elif "--replies" in sys.argv:
        answered = asyncio.run(everything(short=True))[0]
        sys.stdout.write(json.dumps({"replies_sha256": hash_of(answered), "probes": answered}))
    else:
        main(measure, REACH)
