"""Signs: what says little alone and enough together, such as a dog given away and bills all paid.

Two different signs of one kind of danger, in this turn or the few before it, are a reason to ask;
in a long turn it takes three. Only signs of one language add up: "testament" is a word in several.
What is only the setting (a child is spoken of) is none of them; it makes two signs as grave as
three.
"""

from collections import Counter
from collections.abc import Sequence

from beside.companion.care_rules.reading import Finding, Reading

TURNS_TOGETHER = 4
"""The turns, the present one included, whose signs are read together."""

_URGENT = frozenset({"physical", "overdose", "child-at-risk", "harm-to-others", "withdrawal"})
"""The kinds of danger where two signs are already reason for help at once."""


def together(readings: Sequence[Reading]) -> tuple[Finding, ...]:
    """What the signs in the last turn mean beside each other and those just before."""
    if not readings:
        return ()
    present = {kind for kind, _ in readings[-1].signs}
    lately = readings[-TURNS_TOGETHER:]
    seen = {each for reading in lately for each in reading.signs}
    settings = {kind for reading in lately for kind, _ in reading.settings}
    enough = 3 if readings[-1].long else 2
    found = []
    for kind in sorted(present):
        spoken = Counter(_language(name) for other, name in seen if other == kind)
        count = max(spoken.values())
        if count < enough:
            continue
        found.append(
            Finding(
                rule=f"signs of {kind}",
                kinds=(kind,),
                level=3 if count + (kind in settings) > enough or kind in _URGENT else 2,
                who="any",
                near=kind in ("violence", "child-at-risk"),
                topic=None,
                alone=None,
                oblique=True,
            )
        )
    return tuple(found)


def _language(name: str) -> str:
    return name.partition(":")[0]
