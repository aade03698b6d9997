"""Written persons speak to whoever answers; each conversation is kept as soon as it is over."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from pathlib import Path

from benchmarks.rehearsal.at_once import as_they_end
from benchmarks.rehearsal.kept import Exchanged, Rehearsed, keep
from benchmarks.rehearsal.scripts import Script
from benchmarks.rehearsal.who import CannotAnswer, Who

GIVE_UP_AFTER = 3
"""So many conversations in a row without a single answer: nobody is there."""


async def one(
    script: Script, who: Who, *, turns: int | None = None, seed: int = 0, days: int = 0
) -> Rehearsed:
    """One conversation; where no answer can be had it ends there, and says why."""
    made: list[Exchanged] = []
    broke = None
    said = script.turns[:turns]
    try:
        async with aclosing(who.answers(said, mode=script.mode, seed=seed, days=days)) as answers:
            async for answer in answers:
                made.append(Exchanged(said=said[len(made)], reply=answer.text, ended=answer.ended))
    except CannotAnswer as why:
        broke = str(why)
    return Rehearsed(
        id=script.id, kind=script.kind, language=script.language, turns=tuple(made), broke=broke
    )


async def all_of(
    scripts: Sequence[Script],
    who: Who,
    path: Path,
    done: Sequence[Rehearsed],
    *,
    turns: int | None = None,
    seed: int = 0,
    at_once: int = 1,
    tell: Callable[[str], None] | None = None,
) -> list[Rehearsed]:
    """Every script that is not yet done, or broke off; all of them together with those done.

    Raises CannotAnswer where nobody answers at all; what was kept stays, and is gone on from.
    """
    whole = {each.id: each for each in done if each.broke is None}
    left = [each for each in scripts if each.id not in whole]
    silent = 0

    def job(script: Script) -> Callable[[], Awaitable[Rehearsed]]:
        return lambda: one(script, who, turns=turns, seed=seed)

    async with aclosing(as_they_end([job(each) for each in left], at_once=at_once)) as ended:
        async for made in ended:
            keep(path, made)
            whole[made.id] = made
            silent = silent + 1 if made.broke is not None and not made.turns else 0
            if tell is not None:
                tell(f"{made.id}: {len(made.turns)} turns, {made.broke or 'whole'}")
            if silent >= GIVE_UP_AFTER:
                raise CannotAnswer(made.broke)
    return [whole[each.id] for each in scripts]
