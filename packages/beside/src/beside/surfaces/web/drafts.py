"""Words that are not said yet: kept only in memory, and sealed, so that they outlive a lock.

Each person's drafts are sealed to a key that is in their journal. While Beside is locked, nobody
can read them; after the unlock they are in the box again. When the process ends they are gone.
"""

import secrets

from beside.store.seal import seal, unseal
from beside.wiring import OpenPerson

KEY_PREFERENCE = "drafts-key"
LONGEST_DRAFT = 1_000_000
MOST_DRAFTS = 50


class Drafts:
    """The sealed drafts of everyone, by person and conversation."""

    def __init__(self) -> None:
        self._sealed: dict[tuple[str, str], str] = {}

    async def keep(self, person: OpenPerson, where: str, words: str) -> None:
        """Keep these words for this conversation; no words: nothing is kept."""
        self._sealed.pop((person.name, where), None)
        if not words.strip() or len(words) > LONGEST_DRAFT:
            return
        key = await _key(person)
        self._sealed[person.name, where] = seal(words.encode("utf-8", "replace"), key)
        mine = [each for each in self._sealed if each[0] == person.name]
        for oldest in mine[:-MOST_DRAFTS]:
            del self._sealed[oldest]

    async def find(self, person: OpenPerson, where: str) -> str:
        """The words that were kept for this conversation, or none."""
        sealed = self._sealed.get((person.name, where))
        if sealed is None:
            return ""
        words = unseal(sealed, await _key(person))
        return "" if words is None else words.decode("utf-8")

    def forget(self, person: OpenPerson, where: str | None = None) -> None:
        """Let go of the words kept for this conversation, or of all of this person's."""
        gone = [
            each for each in self._sealed if each[0] == person.name and where in (None, each[1])
        ]
        for each in gone:
            del self._sealed[each]


async def _key(person: OpenPerson) -> bytes:
    kept = (await person.read(lambda journal: journal.preferences())).get(KEY_PREFERENCE)
    if kept is None:
        kept = secrets.token_hex(32)
        await person.set_preference(KEY_PREFERENCE, kept)
    return bytes.fromhex(kept)
