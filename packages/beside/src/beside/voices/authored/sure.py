"""Whether a moment may be believed: in a long turn one common word says nothing about the whole.

A short turn is about what it names. The longer it is, the more has to point the same way; and a
moment that goes against the tone of the turn is let go. A plain reply is better than a wrong one.
"""

import re
from collections.abc import Sequence

from beside.voices.authored.book import Moment
from beside.voices.authored.text import Text
from beside.voices.authored.tone import Tone

_SHORT = 8
_ACT_WORDS = 14
_EDGE_WORDS = 8
_TO_US = 72
_YOU = re.compile(r"you(?:'|$)")
_LIGHT_WORDS = 6
_MOVE_WORDS = 8
_A_THEME = 20
_WEIGHTY = 60
_PLAIN_TOLD = 66
"""From this rank on a hurt is told by its name, and is believed without a heavy tone."""
_DANGER = 90
"""From this rank on it is about danger: its phrases are narrow, and it is heard at any length."""


def is_sure(moment: Moment, hits: Sequence[re.Match[str]], text: Text, tone: Tone) -> bool:
    """Whether what was heard is enough, for a turn of this length and tone."""
    words = len(text.tokens)
    if moment.rank >= _DANGER:
        return True
    if moment.kind == "act":
        return words <= _ACT_WORDS or _said_to_us(moment, hits, text)
    weight = max(_own_words(hit) for hit in hits) + 2 * (len(hits) - 1)
    if moment.kind == "move":
        if moment.rank >= _PLAIN_TOLD and weight >= 4:
            return words <= 22
        return words <= _MOVE_WORDS or (weight >= 6 and words <= 1.5 * _MOVE_WORDS)
    if moment.kind == "light":
        return _is_light(moment, words, tone, weight)
    if tone == "light" and (words > _SHORT or weight < 3):
        return False
    if moment.rank < _A_THEME:
        return words <= _SHORT
    if moment.rank < _WEIGHTY and words > _A_THEME and len(hits) < 2:
        return False
    if moment.rank >= _PLAIN_TOLD and words <= 40 and weight >= 4:
        return True
    if words > 22 and tone != "heavy":
        return False
    return weight >= _needed(words) - (tone == "heavy")


def _is_light(moment: Moment, words: int, tone: Tone, weight: int) -> bool:
    if tone == "heavy":
        return False
    if moment.rank < 40:
        return words <= _LIGHT_WORDS
    return words <= 2 * _LIGHT_WORDS or (weight >= 3 and words <= 3 * _LIGHT_WORDS)


def _needed(words: int) -> int:
    """How many words must have spoken for a hurt."""
    steps = ((_SHORT, 1), (22, 2), (40, 5))
    return next((needed for most, needed in steps if words <= most), 8)


def _own_words(hit: re.Match[str]) -> int:
    """How many words were found, without the loose ones that only fill a slot."""
    loose = sum(got.count(" ") for got in hit.groups() if got and got.count(" ") > 2)
    return min(hit.group().count(" ") - loose, 6)


def _said_to_us(moment: Moment, hits: Sequence[re.Match[str]], text: Text) -> bool:
    """Whether it stands in a sentence to the companion, or in a short one at the turn's edge."""
    sentences = text.sentences()
    for index, sentence in enumerate(sentences):
        words = [token.compared for token in sentence.tokens]
        if not any(hit.group() in sentence.compared for hit in hits):
            continue
        if moment.rank >= _TO_US and (len(hits) > 1 or any(map(_YOU.match, words[:2]))):
            return True
        most = _EDGE_WORDS + 2 * (moment.rank >= _TO_US)
        if index in (0, len(sentences) - 1) and len(words) <= most:
            return True
    return False
