"""The bank: replies written for kinds of situations, which the authored voice draws on.

`python -m corpus.bank [FILE ...]` checks `bank/*.txt`: problems must be put right (exit 1), what is
worth a look is for the writer to judge. `--build` makes of them what the voice ships: their words,
and the vectors of their turns by the gauge that is installed. The gauge never learns from the bank.
"""

import argparse
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from beside_gauge import Turn
from corpus import sameness
from corpus.shapes import Problem, Setting, folders, read

if TYPE_CHECKING:
    from beside.voices.authored.bank import Bank
    from beside.voices.authored.vectors import Vectors

SOURCE = Path(__file__).parent / "bank"
BUILT = Path(__file__).parents[1] / "packages/beside/src/beside/voices/authored"
MODES = ("suffering", "issue", "chat", "limit")
SETTINGS: tuple[str, ...] = get_args(Setting)

FEWEST_TURNS, MOST_TURNS = 3, 6
FEWEST_REPLIES, MOST_REPLIES = 2, 6
MOST_WORDS = 45
MOST_OPENERS = 5
"""How many replies of one file may begin with the same three words."""
STRAYED, STRAYED_BY_WORDS = 0.05, 0.03
"""How many of the turns that belong to no situation may be near one: with vectors, without."""
TOO_NEAR = 0.4
LEAST_OWN = 8
"""Part of the runs of four words that a text may not share with one of the test part; shorter ones
than eight words are anybody's."""

_head = re.compile(r"^# (\w+) (\w+) \| (\S.*)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A kind of situation: ways of saying it, and replies that fit each of them."""

    name: str
    setting: str
    mode: str
    kind: str
    turns: tuple[str, ...]
    replies: tuple[str, ...]


class NotABank(ValueError):
    """A line that cannot be read; says which, and what it should look like."""


def sources() -> list[Path]:
    """The files of the bank."""
    return sorted(SOURCE.glob("*.txt"))


def situations(text: str, file: str) -> list[Situation]:
    """The situations of one file. Raises NotABank with the line's number."""
    made: list[dict[str, str | list[str]]] = []
    for at, line in enumerate(text.splitlines(), 1):
        if line.startswith("%") or not line.strip():
            continue
        if head := _head.match(line):
            keys = dict(zip(("setting", "mode", "kind"), head.groups(), strict=True))
            made.append({**keys, "name": f"{file}:{at}", "turns": [], "replies": []})
        elif made and line[:2] in ("> ", "< "):
            into = made[-1]["turns" if line[0] == ">" else "replies"]
            assert isinstance(into, list)  # noqa: S101 - made so above
            into.append(line[2:].strip())
        else:
            raise NotABank(
                f"{file}:{at} is none of '# setting mode | kind', '> words', '< words': "
                f"{line[:40]!r}"
            )
    return [
        Situation(
            name=str(each["name"]),
            setting=str(each["setting"]),
            mode=str(each["mode"]),
            kind=str(each["kind"]),
            turns=tuple(each["turns"]),
            replies=tuple(each["replies"]),
        )
        for each in made
    ]


def whole() -> list[Situation]:
    """Every situation of the bank."""
    return [s for path in sources() for s in situations(path.read_text("utf-8"), path.name)]


def problems(bank: Sequence[Situation]) -> list[Problem]:
    """What must be put right: form, repeats, MUST NOTs, copies of the test part."""
    return [
        *(Problem(each.name, what) for each in bank for what in _form(each)),
        *_repeats(bank),
        *(Problem(each.name, what) for each in bank for what in _must_nots(each)),
        *(Problem(each.name, what) for each in bank for what in _held_back(each)),
        *_copies(bank),
    ]


def worth_a_look(bank: Sequence[Situation]) -> Iterator[str]:
    """Openers that come often, what is nearly the same as something else, and care's own turns."""
    from beside.companion.care import look

    replies = {f"{each.name}<{i}": r for each in bank for i, r in enumerate(each.replies)}
    turns = {f"{each.name}>{i}": t for each in bank for i, t in enumerate(each.turns)}
    for opener, names in sameness.repeated_openers(replies):
        for file, count in Counter(name.split(":")[0] for name in names).items():
            if count > MOST_OPENERS:
                yield f"opener {opener!r}: {count} times in {file}"
    for one, other, alike in sameness.near_duplicates(replies | turns):
        yield f"nearly the same ({alike:.2f}): {one} and {other}"
    for run, count in sameness.refrains(replies, lambda name: name.split("<")[0], groups=6)[:20]:
        yield f"refrain in {count} situations: {run!r}"
    for name, reply in replies.items():
        if (long := len(reply.split())) > MOST_WORDS:
            yield f"{name} has {long} words"
    for name, turn in turns.items():
        if (level := look(turn).level) >= 2:
            yield f"care answers {name} itself (level {level}): {turn[:60]!r}"


def build(bank: Sequence[Situation], to: Path = BUILT) -> None:
    """Write `bank.json` and `bank.npz`, which the authored voice reads.

    From what nearness on a situation is near is found here: only `STRAYED` of the turns whose own
    situation is left out may still be near another.
    """
    import numpy as np

    from beside.voices.authored import bank as read
    from beside.voices.authored.book import open_book
    from beside.voices.authored.recognise import hear
    from beside.voices.authored.vectors import States, kept
    from beside_gauge import Gauge

    book = open_book("en")
    if book is None:
        raise ValueError("the English lines are not there")
    heard = {turn: hear(turn, book).moment for each in bank for turn in each.turns}
    ready = [
        read.Situation(
            kind=each.kind,
            setting=each.setting,
            mode=each.mode,
            turns=each.turns,
            replies=each.replies,
            moments=tuple(m.name if (m := heard[turn]) is not None else None
                          for turn in each.turns),
        )
        for each in bank
    ]  # fmt: skip
    made = read.Bank(ready, book.same)
    by_words = left_out(made, [None] * len(made.turns))
    of = hash_of(bank)
    words: dict[str, Any] = {
        "of": of,
        "least": quantile([each.gone for each in by_words], 1 - STRAYED_BY_WORDS),
        "situations": [asdict(each) for each in ready],
    }
    (to / "bank.json").write_text(
        json.dumps(words, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8"
    )
    gauge = Gauge.load(threads=2)
    states = gauge.turn_states([(Turn(role="person", text=turn),) for turn in made.turns])
    names = gauge.turn_states([(Turn(role="person", text=each.kind),) for each in bank])
    vectors = kept(states, names)
    made.with_states(gauge.encoder, States.of_kept(vectors), 1.0)
    by_meaning = left_out(made, list(states))
    least = quantile([each.gone for each in by_meaning], 1 - STRAYED)
    np.savez(to / "bank.npz", encoder=np.array(gauge.encoder), of=np.array(of),
             least=np.array(least), **vectors)  # type: ignore[arg-type]  # fmt: skip
    sys.stdout.write(
        f"by words, from {words['least']:.3f} on: {shares(by_words, float(words['least']))}\n"
        f"by meaning, from {least:.3f} on: {shares(by_meaning, least)}\n"
    )


class Found(NamedTuple):
    """One turn of the bank, looked for without itself.

    How near the nearest situation is, whether it is the turn's own, and how near the nearest is
    where its own is gone.
    """

    near: float
    own: bool
    gone: float


def left_out(bank: "Bank", states: "Sequence[Vectors | None]") -> list[Found]:
    """Each turn of the bank, left out once and looked for among the others."""
    found = []
    for at, (turn, own, state) in enumerate(zip(bank.turns, bank.of, states, strict=True)):
        near = bank.nearness(turn, state, moment=bank.moments[at], without=at)
        first = max(range(len(near)), key=near.__getitem__)
        gone = max(each for situation, each in enumerate(near) if situation != own)
        found.append(Found(near=near[first], own=first == own, gone=gone))
    return found


class Shares(NamedTuple):
    """How many turns find their own situation, find another, and stray where their own is gone."""

    found: float
    beside_it: float
    strayed: float


def shares(found: Sequence[Found], least: float) -> Shares:
    """The shares of the turns, where a situation is near from this nearness on."""
    return Shares(
        found=round(fmean(each.near >= least and each.own for each in found), 4),
        beside_it=round(fmean(each.near >= least and not each.own for each in found), 4),
        strayed=round(fmean(each.gone >= least for each in found), 4),
    )


def quantile(values: Sequence[float], share: float) -> float:
    """What this share of the values does not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def hash_of(bank: Sequence[Situation]) -> str:
    """The SHA-256 of all that the bank says, whatever its layout."""
    told = [[s.setting, s.mode, s.kind, s.turns, s.replies] for s in bank]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _form(each: Situation) -> Iterator[str]:
    if each.setting not in SETTINGS:
        yield f"setting {each.setting!r} is none of {', '.join(SETTINGS)}"
    if each.mode not in MODES:
        yield f"mode {each.mode!r} is none of {', '.join(MODES)}"
    if not FEWEST_TURNS <= len(each.turns) <= MOST_TURNS:
        yield f"has {len(each.turns)} ways of saying it, not {FEWEST_TURNS} to {MOST_TURNS}"
    if not FEWEST_REPLIES <= len(each.replies) <= MOST_REPLIES:
        yield f"has {len(each.replies)} replies, not {FEWEST_REPLIES} to {MOST_REPLIES}"
    for reply in each.replies:
        if reply.count("?") > 1:
            yield f"asks more than once: {reply[:50]!r}"
        if re.search(r"[{}<>]", reply):
            yield f"holds a sign that is never said: {reply[:50]!r}"


def _repeats(bank: Sequence[Situation]) -> Iterator[Problem]:
    for what in ("turns", "replies"):
        first: dict[str, str] = {}
        for each in bank:
            for text in getattr(each, what):
                plain = " ".join(sameness.words(text)) or text
                if plain in first:
                    yield Problem(each.name, f"stands in {first[plain]} too: {text[:50]!r}")
                first[plain] = each.name


def _must_nots(each: Situation) -> Iterator[str]:
    from beside.companion.plain_rules import asks_for_ways, hooks, must_nots

    for reply in each.replies:
        for turn in each.turns:
            heard = (Turn(role="person", text=turn),)
            asked = any(asks_for_ways(other) for other in each.turns)
            found = {*must_nots(reply, heard, ways_asked=asked), *hooks(reply, leaving=False)}
            if found:
                yield f"{', '.join(sorted(found))} in {reply[:60]!r}"
                break


def _held_back(each: Situation) -> Iterator[str]:
    from beside.companion.care import look, look_at_reply

    calm = look("Good morning.")
    for reply in each.replies:
        if not (seen := look_at_reply(reply, calm)).allowed:
            yield f"care would hold this back ({seen.reason}): {reply[:60]!r}"


def _copies(bank: Sequence[Situation]) -> Iterator[Problem]:
    """What shares too many words with the test part of the corpus."""
    tests = {
        f"test {name}": text
        for batch in map(read, folders())
        if batch.facts is not None and batch.facts.part == "test"
        for name, text in [
            *((each.id, each.text) for each in batch.contexts),
            *((each.id, each.text) for each in batch.replies),
        ]
    }
    ours = {
        f"{each.name} {i}": text
        for each in bank
        for i, text in enumerate((*each.turns, *each.replies))
        if len(text.split()) >= LEAST_OWN
    }
    for one, other, alike in sameness.near_duplicates(tests | ours, at_least=TOO_NEAR):
        if one.startswith("test ") != other.startswith("test "):
            yield Problem(min(one, other), f"is nearly {max(one, other)} ({alike:.2f})")


def main(arguments: Sequence[str] | None = None) -> int:
    """Checks files of the bank, or the whole of it; builds it where that is asked."""
    parser = argparse.ArgumentParser(prog="python -m corpus.bank", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="drafts to check instead of the bank")
    parser.add_argument("--build", action="store_true", help="make what the voice ships")
    given = parser.parse_args(arguments)
    paths = given.files or sources()
    try:
        bank = [s for path in paths for s in situations(path.read_text("utf-8"), path.name)]
    except NotABank as error:
        sys.stdout.write(f"{error}\n")
        return 1
    found = problems(bank)
    sys.stdout.writelines(f"{problem}\n" for problem in found)
    sys.stdout.writelines(f"worth a look: {line}\n" for line in worth_a_look(bank))
    sys.stdout.write(
        f"{len(bank)} situations, {sum(len(s.turns) for s in bank)} turns, "
        f"{sum(len(s.replies) for s in bank)} replies, {len(found)} problems\n"
    )
    if given.build and not found:
        build(whole())
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
