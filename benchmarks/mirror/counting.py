"""The mirror's counts beside counts by hand, on `cases/mirror/counted.txt`.

`count_error_mean`: |counted - by hand| / max(1, by hand) for questions, reflections and advice, the
plain difference for the talk share; the mean over these and over all conversations. The same on
those whose errors were not looked at while the code was made has a name of its own. With
`python -m benchmarks.mirror.counting` every difference is shown, of the first twelve only.
"""

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from benchmarks.report import Metric, mean
from beside.mirror.counts import Counts, count
from beside.mirror.transcript import Speaker, Spoken, Transcript

CASES = Path(__file__).parents[1] / "cases" / "mirror" / "counted.txt"
SEEN = 12
"""So many conversations at the beginning were looked at while the code was made."""
REACH = {"count_error_mean": "0.10"}
_TURN = re.compile(r"([PH])(?:\[([^\]]*)\])?: (.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A conversation and what was counted by hand, as letters of each turn."""

    id: str
    language: str
    transcript: Transcript
    marks: tuple[str, ...]

    def sum(self, letter: str) -> int:
        """How many of this were counted by hand."""
        return sum(of(marks, letter) for marks in self.marks)

    def fix_reflex(self) -> int | None:
        """Answers from the first heavy words to the first advice after them, by hand."""
        answers: int | None = None
        for turn, marks in zip(self.transcript.turns, self.marks, strict=True):
            if turn.speaker == "A":
                answers = 0 if answers is None and marks == "d" else answers
            elif answers is not None:
                answers += 1
                if of(marks, "a"):
                    return answers
        return None


def of(marks: str, letter: str) -> int:
    """What stands behind a letter; 1 where nothing does, 0 where it is not there."""
    found = re.search(rf"{letter}(\d*)", marks)
    return int(found[1] or 1) if found else 0


def cases() -> Iterator[Counted]:
    """The conversations that were counted by hand."""
    for block in CASES.read_text("utf-8").split("# ")[1:]:
        head, *lines = block.strip().split("\n")
        turns = [found for line in lines if (found := _TURN.fullmatch(line))]
        assert len(turns) == len(lines), head
        name, _, language = head.split()
        yield Counted(
            id=name,
            language=language,
            transcript=Transcript(
                title=None,
                source="text",
                speakers=(
                    Speaker(id="A", name="P", role="person"),
                    Speaker(id="B", name="H", role="practitioner"),
                ),
                turns=tuple(Spoken(speaker="A" if t[1] == "P" else "B", text=t[3]) for t in turns),
            ),
            marks=tuple(turn[2] or "" for turn in turns),
        )


def share_by_hand(case: Counted) -> float:
    """The words of the one who helps among all words."""
    words = {"A": 0, "B": 0}
    for turn in case.transcript.turns:
        words[turn.speaker] += len(re.findall(r"\S+", turn.text))
    return words["B"] / sum(words.values())


def _relative(counted: int | None, by_hand: int) -> float:
    return abs((counted or 0) - by_hand) / max(1, by_hand)


ERRORS: dict[str, Callable[[Counted, Counts], float]] = {
    "questions": lambda case, found: _relative(found.questions, case.sum("q")),
    "reflections": lambda case, found: _relative(found.reflections, case.sum("r")),
    "advice": lambda case, found: _relative(found.advice, case.sum("a")),
    "talk_share": lambda case, found: abs((found.talk_share or 0) - share_by_hand(case)),
}
FURTHER: dict[str, Callable[[Counted, Counts], float]] = {
    "leading": lambda case, found: _relative(found.leading, case.sum("l")),
    "boxes": lambda case, found: _relative(found.boxes, case.sum("b")),
    "pressed": lambda case, found: _relative(found.pressed, case.sum("x")),
    "fix_reflex": lambda case, found: float(found.fix_reflex != case.fix_reflex()),
}


def measure(short: bool) -> list[Metric]:  # noqa: ARG001  -- it is short as it is
    """The mean error of the four counts, each alone, and of what else is counted."""
    found = [(case, count(case.transcript)) for case in cases()]
    errors = {name: [of(*each) for each in found] for name, of in (ERRORS | FURTHER).items()}
    four = [list(each) for each in zip(*(errors[name] for name in ERRORS), strict=True)]
    means = [fmean(each) for each in four]
    return [
        mean("count_error_mean", means, unit="error"),
        mean("count_error_unseen_mean", means[SEEN:], unit="error"),
        *(mean(f"count_error_{name}", each, unit="error") for name, each in errors.items()),
    ]


def show() -> None:
    """Every turn of the first conversations that was counted in another way than by hand."""
    for case in list(cases())[:SEEN]:
        found = count(case.transcript)
        letters = {"question": "q", "leading": "l", "reflection": "r", "advice": "a", "box": "b", "pressed": "x"}  # fmt: skip  # noqa: E501
        for place, (turn, marks) in enumerate(zip(case.transcript.turns, case.marks, strict=True)):
            counted = {
                letter: sum(each.what == what and each.place == place for each in found.pointed)
                for what, letter in letters.items()
            }
            wrong = {k: n for k, n in counted.items() if n != of(marks, k)} if turn.speaker == "B" else {}  # fmt: skip  # noqa: E501
            if wrong:
                sys.stdout.write(f"{case.id} [{marks}] {wrong} {turn.text}\n")
        if found.fix_reflex != case.fix_reflex():
            sys.stdout.write(f"{case.id} reflex {found.fix_reflex}, not {case.fix_reflex()}\n")


if __name__ == "__main__":
    show()
