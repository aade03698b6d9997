"""A conversation as a practitioner brings it in: who spoke, in which role, and every turn.

Nothing here is kept, and nothing is weighed. The speakers are guessed, for the practitioner to see
and correct; names become initials only where that is asked for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from beside.mirror.importers import anything
from beside.mirror.importers.found import Found, tidied
from beside.mirror.importers.ours import found_in
from beside.mirror.names import Names
from beside.mirror.roles import Role, guessed
from beside.talk.conversation import Conversation

__all__ = [
    "Role", "Speaker", "Spoken", "Transcript", "from_conversation", "initials", "merged", "read",
    "read_all", "with_roles",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Somebody who speaks: `id` is "A", "B" and so on, in the order in which they begin."""

    id: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """One turn: the id of the speaker, the words, and the seconds from the beginning if known."""

    speaker: str
    text: str
    at: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """A conversation; `source` is the kind of file, `left_out` counts lines that were no turn."""

    title: str | None
    source: str
    speakers: tuple[Speaker, ...]
    turns: tuple[Spoken, ...]
    left_out: int = 0

    def role_of(self, speaker: str) -> Role:
        """The role of the speaker with this id. Raises KeyError where there is none."""
        for each in self.speakers:
            if each.id == speaker:
                return each.role
        raise KeyError(speaker)


def read(data: bytes, *, name: str | None = None) -> Transcript:
    """The conversation in a file; the longest, where there are several.

    `name` is the name of the file, and only helps. The turns of the other conversations are
    counted in `left_out`. Raises NotAConversation.
    """
    found = read_all(data, name=name)
    longest = max(found, key=lambda each: len(each.turns))
    others = sum(len(each.turns) + each.left_out for each in found if each is not longest)
    return replace(longest, left_out=longest.left_out + others)


def read_all(data: bytes, *, name: str | None = None) -> tuple[Transcript, ...]:
    """Every conversation in a file, in order, each with at least two who speak.

    Raises NotAConversation, with a sentence, where there is none.
    """
    return tuple(_transcript(each) for each in anything.read(data, name=name))


def from_conversation(conversation: Conversation) -> Transcript:
    """The visible line of a conversation held in Beside; whoever answers is the practitioner."""
    return _transcript(tidied(found_in(conversation)))


def with_roles(
    transcript: Transcript,
    roles: Mapping[str, Role],
    names: Mapping[str, str] | None = None,
) -> Transcript:
    """The same with what the practitioner corrected: roles, and names, by the speaker's id.

    Two speakers who are given one name become one. Raises KeyError for a speaker who is not there.
    """
    renamed = {key: name.strip() for key, name in (names or {}).items() if name.strip()}
    known = {each.id for each in transcript.speakers}
    for key in [*roles, *(names or {})]:
        if key not in known:
            raise KeyError(key)
    kept: dict[str, Speaker] = {}
    same: dict[str, str] = {}
    for each in transcript.speakers:
        name = renamed.get(each.id, each.name)
        first = kept.setdefault(
            name.casefold(), replace(each, name=name, role=roles.get(each.id, each.role))
        )
        same[each.id] = first.id
    return replace(
        transcript,
        speakers=tuple(kept.values()),
        turns=tuple(
            turn
            if same[turn.speaker] == turn.speaker
            else replace(turn, speaker=same[turn.speaker])
            for turn in transcript.turns
        ),
    )


def merged(transcript: Transcript) -> Transcript:
    """The same with consecutive turns of one speaker joined, a line break between them."""
    return replace(transcript, turns=tuple(_joined(transcript.turns)))


def initials(transcript: Transcript) -> tuple[Transcript, tuple[str, ...]]:
    """The same with names, addresses and numbers of people replaced, and what was found.

    What is found stands as it was written, in the order of the alphabet. A name that is also a
    word may be missed: the practitioner sees the result before anything is kept.
    """
    names = Names([each.name for each in transcript.speakers], (t.text for t in transcript.turns))
    changed = replace(
        transcript,
        title=None if transcript.title is None else names.hidden(transcript.title),
        speakers=tuple(
            replace(each, name=names.hidden_name(each.name)) for each in transcript.speakers
        ),
        turns=tuple(replace(turn, text=names.hidden(turn.text)) for turn in transcript.turns),
    )
    return changed, names.found()


def _joined(turns: Sequence[Spoken]) -> Iterator[Spoken]:
    first: Spoken | None = None
    words: list[str] = []
    for turn in turns:
        if first is not None and turn.speaker == first.speaker:
            words.append(turn.text)
            continue
        if first is not None:
            yield replace(first, text="\n".join(words))
        first, words = turn, [turn.text]
    if first is not None:
        yield replace(first, text="\n".join(words))


def _transcript(found: Found) -> Transcript:
    names: dict[str, str] = {}
    ids: dict[str, str] = {}
    turns = []
    for line in found.lines:
        key = line.name.casefold()
        if key not in ids:
            ids[key] = _letter(len(ids))
            names[ids[key]] = line.name
        turns.append(Spoken(speaker=ids[key], text=line.text, at=line.at))
    roles = guessed(names, ((turn.speaker, turn.text) for turn in turns))
    return Transcript(
        title=found.title,
        source=found.source,
        speakers=tuple(Speaker(id=key, name=name, role=roles[key]) for key, name in names.items()),
        turns=tuple(turns),
        left_out=found.left_out,
    )


def _letter(number: int) -> str:
    """A, B, ... Z, AA, AB and so on."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
