"""Situations and phrases that the gauge never saw, by somebody who never saw the gauge."""

import json
import random
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from beside_gauge import Exchange, Turn

FOLDER = Path(__file__).parent.parent / "cases" / "gauge"
_end = re.compile(r"(?<=[.!?…])\s+")


@cache
def cases(name: str) -> tuple[dict[str, Any], ...]:
    """All cases of one file, in order."""
    lines = (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()
    return tuple(json.loads(line) for line in lines if line.strip())


@cache
def phrases() -> dict[str, list[str]]:
    """What is added to replies, by trick."""
    return tomllib.loads((FOLDER / "phrases.toml").read_text("utf-8"))


def turns(case: dict[str, Any]) -> tuple[Turn, ...]:
    """The turns of a case."""
    return tuple(Turn(role=turn["role"], text=turn["text"]) for turn in case["turns"])


def exchange(case: dict[str, Any], reply: str) -> Exchange:
    """A reply in the place of a case."""
    return Exchange(context=turns(case), reply=reply)


def inserted(reply: str, phrase: str, rng: random.Random) -> str:
    """The phrase before, between or behind the sentences of a reply."""
    own = [sentence for sentence in _end.split(reply) if sentence]
    at = rng.randint(0, len(own))
    return " ".join([*own[:at], phrase, *own[at:]])


def bulleted(reply: str) -> str:
    """The reply's sentences as a list with a heading, as chatbots like to write."""
    own = [sentence for sentence in _end.split(reply) if sentence]
    return "Here are some thoughts:\n\n" + "\n".join(f"- **{each}**" for each in own)


def doubled(reply: str, rng: random.Random) -> str:
    """At least twice as long, with sentences that say nothing."""
    text, words = reply, 2 * len(reply.split())
    for phrase in rng.sample(phrases()["filler"], len(phrases()["filler"])):
        if len(text.split()) >= words:
            break
        text = inserted(text, phrase, rng)
    return text
