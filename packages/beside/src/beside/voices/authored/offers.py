"""What the bank offers at one turn: replies of near situations that may be said now, or nothing.

Nothing is offered where something more certain was heard, where the tone of a situation is not
that of the turn, and where all was said. The gauge chooses among what is offered.
"""

import random
import re
from collections.abc import Iterator, Sequence

from beside.voices.authored.alike import stem
from beside.voices.authored.bank import Near, Situation
from beside.voices.authored.book import Book
from beside.voices.authored.pick import Said, opener, pick, sentences
from beside.voices.authored.text import read
from beside.voices.authored.thread import Thread

_DANGER = 90
_MOST_WORDS = 45
_MOST_ECHO = 0.5
_LACKS = frozenset({"not", "no", "never", "nobody", "none", "only", "without", "would", "ago"})
"""Small words with which something is missing."""
_SMALL = 4
"""Letters up to which a word does not make two sentences be about the same."""


def offers(
    thread: Thread, book: Book, near: Sequence[Near], chance: random.Random, many: int
) -> list[str]:
    """Up to `many` replies, the most fitting first; the last may take up the person's words."""
    if many < 1:
        return []
    near = [each for each in near if each.sure or not is_certain(thread)]
    found = [
        reply
        for each in near
        if _may_be_met(each, thread)
        for reply in _replies(each.situation, thread, chance)
    ]
    picked = _apart(found, many)
    if picked and (own := in_own_words(picked[0], thread, book, chance)) is not None:
        return [*picked[: many - 1], own] if many > 1 else picked
    return picked


def is_certain(thread: Thread) -> bool:
    """Whether what was heard is about the talk itself: that has its own lines."""
    return thread.now.moment is not None and thread.now.moment.kind == "act"


def receiving(thread: Thread, book: Book, chance: random.Random) -> str | None:
    """A short line that supposes nothing, where it is not known what the turn is."""
    if thread.now.moment is not None or thread.now.wants is not None or thread.now.tone == "light":
        return None
    hurts = thread.now.tone == "heavy" or (thread.theme is not None and thread.theme.kind == "hurt")
    asking = thread.asked_in_a_row < 1 and not thread.just_refused
    lines = [*book.pool("hold_hurt" if hurts else "hold"), *book.pool("receive")]
    if thread.theme is None and not hurts:
        lines = list(book.pool("receive_even" if is_even(thread) else "receive"))
    return pick(lines, thread.words, thread.said, chance, asking=asking)


def is_even(thread: Thread) -> bool:
    """Whether nothing weighs in what was just told, and nothing has hurt so far."""
    words = [token.compared for token in thread.now.text.tokens]
    lacks = any(word in _LACKS or word.endswith("n't") for word in words)
    told = len(words) > _SMALL and thread.mode != "suffering" and not lacks
    return told and thread.now.weight <= 0 and thread.theme is None


def in_own_words(line: str, thread: Thread, book: Book, chance: random.Random) -> str | None:
    """The reply after a short opening in the person's own words; None where it would not flow."""
    if thread.said_back or not thread.words or thread.now.odd:
        return None
    heavy = thread.now.tone == "heavy" or (thread.theme is not None and thread.theme.kind == "hurt")
    lines = [each for each in book.pool("take_hurt" if heavy else "take") if "{" in each]
    begun = pick(lines, thread.words, thread.said, chance, asking=False)
    if begun is None or _about(begun) & _about(line):
        return None
    whole = f"{begun} {line}"
    words = len(whole.split())
    flows = words <= _MOST_WORDS and len(begun.split()) <= _MOST_ECHO * words
    return whole if flows else None


def _may_be_met(near: Near, thread: Thread) -> bool:
    situation, tone = near.situation, thread.now.tone
    if thread.now.moment is not None and thread.now.moment.rank >= _DANGER:
        return False
    if not near.sure and (tone, situation.mode) in (("light", "suffering"), ("heavy", "chat")):
        return False
    return near.sure or not any(_repeated(reply, thread.said) for reply in situation.replies)


def _replies(situation: Situation, thread: Thread, chance: random.Random) -> Iterator[str]:
    """Those that may be said: not said before, begun otherwise, asking only where that is well."""
    asking = thread.asked_in_a_row < 2 and not thread.just_refused
    fitting = [
        reply
        for reply in situation.replies
        if (asking or "?" not in reply)
        and not _repeated(reply, thread.said)
        and opener(reply) not in thread.said.openers
        and reply.split()[0] != thread.said.last.split(" ")[0]
    ]
    chance.shuffle(fitting)
    yield from fitting


def _apart(replies: Sequence[str], many: int) -> list[str]:
    """The first of them that do not say the same sentence."""
    picked: list[str] = []
    for reply in replies:
        if len(picked) < many and not _repeated(reply, Said.of(picked)):
            picked.append(reply)
    return picked


def _repeated(reply: str, said: Said) -> bool:
    """Whether a sentence of it was said, however short."""
    before = f" ¶ {said.words} "
    return any(
        re.search(rf"(?:^|[.!?…¶]) *{re.escape(each.lower().rstrip('.!?…'))} *[.!?…¶]", before)
        for each in sentences(reply)
    )


def _about(text: str) -> frozenset[str]:
    """The longer words, without their endings."""
    return frozenset(
        stem(token.compared)
        for sentence in sentences(text)
        for token in read(sentence, {}).tokens
        if len(token.compared) > _SMALL
    )
