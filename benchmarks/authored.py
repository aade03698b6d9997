"""Whether the authored voice passes the probes of the design, and whether it repeats itself.

The probes go through the whole turn (care first), without any model. Their replies are read blind
by readers who wrote none of them; `readings/authored.json` keeps each verdict with the hash of the
replies that were judged. Where today's replies have another hash, `probes_passed` is not printed:
`--replies` prints what has to be read again. Repeats: a sentence that the companion says twice in
one conversation of 12 turns.
"""

import asyncio
import hashlib
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.report import Metric, count, main, plain
from beside.settings import Settings
from beside.voices.base import Message
from beside.wiring import Beside

HERE = Path(__file__).parent
READINGS = HERE / "readings" / "authored.json"
REACH = {"probes_passed": "30 of 35", "authored_repeats": "0"}
SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")


def read_lines(name: str) -> list[dict[str, Any]]:
    """The objects of a file of cases."""
    text = (HERE / "cases" / name).read_text("utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


async def converse(
    beside: Beside, said: Sequence[str], earlier: Sequence[Message] = ()
) -> list[str]:
    """The companion's replies to what a person says, turn by turn."""
    line = list(earlier)
    replies = []
    for words in said:
        line.append(Message(role="person", text=words))
        reply = "".join([piece async for piece in beside.one_off(line, voice="authored")])
        replies.append(reply)
        line.append(Message(role="companion", text=reply))
    return replies


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


async def everything() -> tuple[list[dict[str, Any]], int, int]:
    """The probes' replies; repeats over the conversations; how many conversations."""
    beside = Beside.open(Settings(data_folder=Path("/nonexistent/beside")))
    answered = await probe_replies(beside)
    conversations = read_lines("conversations.jsonl")
    again = 0
    for each in conversations:
        again += repeats(await converse(beside, each["turns"]))
    await beside.close()
    return answered, again, len(conversations)


def measure(short: bool) -> list[Metric]:  # noqa: ARG001 - it is short already
    """All probes and all conversations."""
    answered, again, conversations = asyncio.run(everything())
    found = passed(answered)
    if not found:
        sys.stderr.write(
            "The replies have changed since they were read: probes_passed is unread.\n"
        )
    return [
        *found,
        count("authored_repeats", again, n=12 * conversations),
        plain("authored_conversations", conversations, unit="conversations"),
    ]


if __name__ == "__main__":
    if "--replies" in sys.argv:
        answered = asyncio.run(everything())[0]
        sys.stdout.write(json.dumps({"replies_sha256": hash_of(answered), "probes": answered}))
    else:
        main(measure, REACH)
