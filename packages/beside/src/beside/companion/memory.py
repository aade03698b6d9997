"""What goes along from one conversation to the next: what the person allowed, as they put it."""

from collections.abc import Sequence

from beside.talk.conversation import Note

LONGEST_MEMORY = 1_500
"""Characters of notes that go along; the newest first."""


def recall(notes: Sequence[Note]) -> tuple[str, ...]:
    """The notes that fit, the oldest of them first."""
    kept: list[str] = []
    room = LONGEST_MEMORY
    for note in reversed(notes):
        room -= len(note.text)
        if room < 0:
            break
        kept.append(note.text)
    return tuple(reversed(kept))
