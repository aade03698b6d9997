"""One voice said in several ways to the same persons: bare, with the stance, and weighed.

Each way has its own conversation. Beside the weighed one, at each of its turns, stands what else
could have been said there: the voice bare, one of the same candidates by chance, the authored line.
"""

import asyncio
import hashlib
import json
import random
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.rehearsal import marks
from benchmarks.rehearsal.scripts import Script, persons
from beside.companion import stance, weigh
from beside.companion.care_reply import answer
from beside.companion.helplines import HelplineBook
from beside.companion.scales import Scales
from beside.companion.turn import care_look
from beside.companion.watch import Watch
from beside.errors import VoiceError
from beside.voices.authored.voice import AuthoredVoice
from beside.voices.base import Message, Voice

CONVERSATIONS, TURNS = 30, 4
CANDIDATES = 3
FLOOR = "authored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """One turn of a person, and what each way answered. `care`: care itself answered here.

    `bare` and `stance` were said in conversations of their own; `weighed` and all that stands
    below it answer the weighed conversation.
    """

    conversation: str
    turn: int
    said: str
    bare: str
    stance: str
    weighed: str
    source: str
    by_chance: str
    authored: str
    bare_here: str
    candidates: tuple[tuple[str, str], ...] = field(default=())
    care: bool = False

    @property
    def id(self) -> str:
        """The situation: whose conversation, which turn."""
        return f"{self.conversation}.{self.turn}"


def fixed_persons() -> list[Script]:
    """The same 30 always: English, not in danger (care answers those), drawn by their ids."""
    able = [each for each in persons() if each.language == "en" and each.kind != "crisis"]
    by_lot = sorted(able, key=lambda each: hashlib.sha256(each.id.encode()).digest())
    return sorted(by_lot[:CONVERSATIONS], key=lambda each: each.id)


def head(voice: marks.Marks) -> marks.Marks:
    """The hashes of all that the outputs depend on."""
    return {
        **voice,
        **marks.own(),
        "weigh": marks.short(Path(weigh.__file__).read_bytes()),
        "scripts": marks.of_scripts(fixed_persons()),
    }


def read(path: Path) -> tuple[marks.Marks, list[Spoken]]:
    """The hashes, and every turn that was said, whole conversations only."""
    first, *lines = path.read_text("utf-8").splitlines()
    found: dict[str, list[Spoken]] = {}
    for line in lines:
        try:
            given: dict[str, Any] = json.loads(line)
        except ValueError:
            continue  # a line that was being written when the power went
        found[given["id"]] = [
            Spoken(**{**each, "candidates": tuple(map(tuple, each["candidates"]))})
            for each in given["turns"]
        ]
    made: marks.Marks = json.loads(first)["made_with"]
    return made, [each for turns in found.values() for each in turns]


def keep(path: Path, conversation: Sequence[Spoken]) -> None:
    """Write one whole conversation behind the others."""
    line = {"id": conversation[0].conversation, "turns": [asdict(each) for each in conversation]}
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")


def line_of(earlier: Sequence[Spoken], way: str, said: str) -> list[Message]:
    """What was said in the conversation of this way, the person's new words last."""
    line: list[Message] = []
    for each in earlier:
        line += [
            Message(role="person", text=each.said),
            Message(role="companion", text=getattr(each, way)),
        ]
    return [*line, Message(role="person", text=said)]


class Arms:
    """The ways of one voice. Open the scales before the first conversation."""

    def __init__(self, voice: Voice, scales: Scales) -> None:
        self._voice = voice
        self._scales = scales
        self._watch = Watch(scales.read_person)
        self._authored = AuthoredVoice(means=scales)
        self._book = HelplineBook.load(None)

    async def conversation(self, script: Script) -> list[Spoken]:
        """All ways through one conversation. Raises VoiceError where the voice says nothing."""
        made: list[Spoken] = []
        lived: list[weigh.Lived] = []
        for number, said in enumerate(script.turns[:TURNS], 1):
            bare_line = line_of(made, "bare", said)
            bare = await self._say(bare_line)
            with_stance = await self._say(
                await self._composed(line_of(made, "stance", said), script)
            )
            line = line_of(made, "weighed", said)
            look = await asyncio.to_thread(care_look, said, line[:-1], self._watch)
            messages = stance.compose(line, mode=script.mode, look=look)
            samples = [await self._say(messages) for _ in range(CANDIDATES)]
            own = await asyncio.to_thread(self._authored.candidates, messages, CANDIDATES)
            candidates = [
                *(weigh.Candidate(text=each, source="voice") for each in dict.fromkeys(samples)),
                *(weigh.Candidate(text=each, source=FLOOR) for each in own),
            ]
            judged = await asyncio.to_thread(
                weigh.judge, candidates, messages, mode=script.mode, look=look,
                gauge=self._scales.gauge, lived=lived,
            )  # fmt: skip
            choice = weigh.pick(judged, floor=FLOOR)
            alone = weigh.pick(
                [each for each in judged if each.candidate.source == FLOOR], floor=FLOOR
            )
            assert choice.chosen is not None
            assert alone.chosen is not None
            lived.append(weigh.lived(choice.reading))
            weighed, source = choice.chosen.text, choice.chosen.source
            if look.by_care:
                weighed = answer(look, said, line[:-1], country=None, book=self._book)
                source = "care"
            dice = random.Random(f"{script.id}.{number}")
            made.append(
                Spoken(
                    conversation=script.id, turn=number, said=said, bare=bare, stance=with_stance,
                    weighed=weighed, source=source, by_chance=dice.choice(candidates).text,
                    authored=alone.chosen.text,
                    bare_here=bare if number == 1 else await self._say(line),
                    candidates=tuple((each.source, each.text) for each in candidates),
                    care=look.by_care,
                )
            )  # fmt: skip
        return made

    async def _composed(self, line: list[Message], script: Script) -> list[Message]:
        look = await asyncio.to_thread(care_look, line[-1].text, line[:-1], self._watch)
        return stance.compose(line, mode=script.mode, look=look)

    async def _say(self, messages: Sequence[Message]) -> str:
        """One reply; words that came before a voice broke off are its reply, once it has any."""
        for left in (2, 1, 0):
            said = ""
            try:
                async with aclosing(_stream(self._voice, messages)) as pieces:
                    async for piece in pieces:
                        said += piece
            except VoiceError:
                if not said.strip() and not left:
                    raise
            if said.strip():
                return said.strip()
        raise VoiceError("The voice gave no words three times over.")


async def _stream(voice: Voice, messages: Sequence[Message]) -> AsyncGenerator[str, None]:
    async for piece in voice.stream(messages):
        yield piece
