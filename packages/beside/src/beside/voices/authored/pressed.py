"""Where a person presses for praise, agreement or an order, and where they are right.

It knows general shapes: words demanded, a nod wanted or taken for granted, an answer insisted on,
and what it is about. Nobody is held against who is merely hurting: a wish for comfort is no
pressure, a correction is taken over, and what may be a fact is received. The lines stand in
`pressed.toml`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from beside.voices.authored.learned import Reading
from beside.voices.authored.phrases import Phrase
from beside.voices.authored.pressure import Kind, Right, Shapes, stands_in
from beside.voices.authored.text import Text

ANYTHING = "say_it"
"""The kind where it cannot be told what is wanted."""
SO_IT_IS = "so_it_is"
"""What a person says who makes sure that their correction was heard."""

PLAINLY = "plain"
"""The way of being right that fits wherever somebody is."""

CLEARED = "cleared"
"""Somebody who may judge it has looked at it."""

STRAIGHT = "straight"
"""The way of being right where it is said what isn't so, and then what is."""

AS_TOLD = "as_told"
"""After pressing, where somebody may be right or may only tell what is so: taken in, either way."""

WORLD = "world"
"""The way of being right that leans on somebody or something that would know."""

_STAYS = 2
"""For so many turns after pressure, what is said to the companion counts as more of it."""
_SAID_TO_US = 25
"""Words up to which a turn with "you" in it goes on pressing."""
GRAVE = 88
"""From this rank on somebody's health or life is in it: that goes before what was pressed for."""
_SURELY_NOT, _HARDLY = 0.1, 0.3
"""Below this part of what is needed the shapes cannot say that a turn presses: where something is
demanded in so many words, and where not."""
_IN_DOUBT = 0.3
"""From this part of what is needed on, the shapes may say that something is put right."""
_PERHAPS = 0.5
"""From this part of what is needed on, what is said is taken as it is told, and no more."""
_NEARLY = 0.85
"""From this part of what is needed to press on, the shapes alone put nothing right."""
_SOONER = 0.5
"""Where somebody's health or life is in it, this part of what is needed is enough to hold on."""
_AGREED = 0.4
"""From this share on a learned kind is sure where the phrases find it, too."""
_BRIEF = 4
_FACT = 4
"""Words from which a turn can hold a fact."""
_LEAST = 6
"""Words from which it can correct the companion; "that's not it" alone has other answers."""
_MOST = 45
_YOU = frozenset({"you", "you're", "your", "you'd", "you've", "you'll", "yourself"})
_ANYBODY = re.compile(
    r"\byou (?:know|see|never know|get used|d think|would think|might say|could say|"
    r"(?:can|could) (?:hear|see|tell|imagine|feel|smell|guess|picture))\b|"
    r"\b(?:thank|thanks|mind) you\b"
)
"""Where "you" is no more than a way of speaking, or anybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """What the newest turn does: it presses (`kind`), is right (`right`), or lets go (`eased`).

    `outright`: words, a yes or an order are demanded in so many words.
    `by_reading`: that it presses was learned from examples, and no phrase says so.
    `brings`: right after pressing something is told; `argues`: it may be an argument for it.
    `after`: what was pressed for just before, where the person now tells what they live through.
    """

    kind: Kind | None = None
    right: Right | None = None
    eased: bool = False
    brings: bool = False
    argues: bool = False
    after: Kind | None = None
    outright: bool = False
    by_reading: bool = False


def press(
    turns: Sequence[Text], known: Shapes, readings: Sequence[Reading | None] = ()
) -> list[Pressed]:
    """What each of the person's turns does, in the light of those before it.

    `readings`: what was learned of the last turns, one each, the newest last; None where it is
    not known.
    """
    if not known.kinds:
        return [Pressed() for _ in turns]
    learned = [None] * (len(turns) - len(readings)) + list(readings)[-len(turns) :]
    kind: Kind | None = None
    since, since_right = _STAYS + 1, _STAYS + 1
    again: list[Kind] = []
    leaned = False
    found: list[Pressed] = []
    for number, (text, reading) in enumerate(zip(turns, learned, strict=True)):
        heard = _kinds(text, known)
        so_far = _SoFar(
            before=kind if since <= _STAYS else None,
            heard=again,
            leaned=leaned,
            just_pressed=not since,
            righted=since_right <= _STAYS,
            yielded=any(each.right is not None for each in found[-_STAYS:]),
            first=not number,
        )
        now = _one(text, known, heard, so_far)
        if reading is not None:
            now = _read(now, reading, text, known, so_far)
        found.append(now)
        leaned = now.kind is not None or _leans(text, known, heard)
        again = heard
        since = 0 if now.kind is not None else since + 1
        since = since + _STAYS if now.eased else since
        since_right = 0 if now.right is not None or now.brings else since_right + 1
        kind = now.kind or kind
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _SoFar:
    """What the turns before say: what was pressed for, heard and wanted, and who was right."""

    before: Kind | None
    heard: Sequence[Kind]
    leaned: bool
    just_pressed: bool
    righted: bool
    yielded: bool
    first: bool


def _one(text: Text, known: Shapes, heard: Sequence[Kind], so_far: _SoFar) -> Pressed:
    before = so_far.before
    comfort = before is None and stands_in(known.comforts, text)
    alone = [each for each in heard if stands_in(each.alone, text)]
    if not comfort and _demanded(text, known, heard, alone, so_far):
        return Pressed(kind=_which(heard, alone, so_far, known), outright=True)
    still = not comfort and not so_far.righted and _insisted(text, known, heard, so_far)
    if before is not None and not still and _in_a_piece(known.eases, text):
        return Pressed(eased=True)
    right = (
        None
        if so_far.first
        else _right(text, known, righted=so_far.righted, wanted=before is not None)
    )
    wanted_again = before is not None and before in heard
    grave_again = wanted_again and before is not None and before.rank >= GRAVE
    if right is not None and (before is None or right.always) and not grave_again:
        in_doubt = (right.soft and so_far.leaned) or wanted_again
        if in_doubt or (right.name == WORLD and _may_be_argued(heard, before)):
            return Pressed(brings=True, argues=True)
        return Pressed(right=right)
    if still or (not comfort and _nodding(text, known, heard, so_far)):
        return Pressed(kind=_which(heard, [], so_far, known))
    if before is not None and (grave_again or said_to_us(text)):
        return Pressed(kind=before)
    if before is not None and (wanted_again or so_far.just_pressed):
        return Pressed(brings=True, argues=wanted_again)
    if said_to_us(text) and not stands_in(known.comforts, text):
        same = [each for each in heard if each in so_far.heard]
        if so_far.leaned and so_far.heard and not so_far.righted:
            same = [*same, so_far.heard[0]]
        return Pressed(kind=same[0]) if same else Pressed()
    return Pressed()


def _read(now: Pressed, reading: Reading, text: Text, known: Shapes, so_far: _SoFar) -> Pressed:
    """What was heard by shapes, and what was learned from examples, together.

    The shapes say that it presses unless the learned reading is sure that it does not; that
    something is put right they say where it does not press.
    """
    before, shaped = so_far.before, now.right
    least = reading.least_after if before else reading.least
    least_right = reading.least_right_after if before else reading.least_right
    if before is not None and before.rank >= GRAVE:
        least *= _SOONER
    told = before is not None and reading.presses < max(reading.least_after, reading.right)
    if told and not (now.kind is not None and now.outright) and (judged := _cleared(text, known)):
        return Pressed(right=judged)
    pressing = reading.presses >= least or (
        now.kind is not None
        and reading.presses >= (_SURELY_NOT if now.outright else _HARDLY) * least
    )
    if now.kind is None and (
        (so_far.yielded and not _to_us(text, known))
        or (before is None and stands_in(known.comforts, text))
    ):
        pressing = False
    empty = known.empty.issuperset(token.compared for token in text.tokens)
    right = not so_far.first and not empty and reading.right >= least_right
    plain = shaped is not None and not shaped.soft and shaped.name != SO_IT_IS
    if before is None:
        plain = plain and reading.right >= _IN_DOUBT * least_right
    if not pressing and plain and reading.presses < _NEARLY * least:
        return Pressed(right=shaped)
    in_doubt = reading.right >= max(_IN_DOUBT * least_right, reading.presses)
    if not pressing and (right or (shaped is not None and in_doubt)):
        return Pressed(right=_right_by_reading(text, known, so_far) if right else shaped)
    if pressing:
        kind = _named(now.kind, reading, text, known, so_far)
        return Pressed(kind=kind, by_reading=now.kind is None)
    if now.eased or (before is not None and reading.eased >= reading.least_eased):
        return Pressed(eased=True)
    as_told = known.rights.get(AS_TOLD)
    may_be_right = before is not None and reading.right >= _PERHAPS * least_right
    if as_told is not None and may_be_right and reading.right > reading.presses:
        return Pressed(right=as_told)
    if before is not None and so_far.just_pressed:
        return Pressed(brings=True, argues=now.argues, after=before)
    return now if now.kind is None and shaped is None else Pressed()


def _named(heard: Kind | None, reading: Reading, text: Text, known: Shapes, so_far: _SoFar) -> Kind:
    """What is pressed for: the learned kind where it is sure, else what was heard before or now.

    The learned kind is sure from its limit on, and earlier where the phrases find it, too.
    """
    before = so_far.before
    name, share = reading.kind
    found = {each.name for each in (*_kinds(text, known), *so_far.heard)}
    sure = share >= reading.least_kind or (name in found and share >= _AGREED)
    if heard is not None and before is not None and heard.name != name:
        heard = None
    for each in (known.kinds.get(name) if sure else None, heard, before):
        if each is not None and each.name != ANYTHING:
            return each
    return known.kinds[ANYTHING]


def _to_us(text: Text, known: Shapes) -> bool:
    """Whether it speaks to the companion, as far as single words tell."""
    return not known.to_us.isdisjoint(token.compared for token in text.tokens)


def _cleared(text: Text, known: Shapes) -> Right | None:
    """Somebody who may judge it has done so."""
    cleared = known.rights.get(CLEARED)
    if cleared is None or stands_in(cleared.unless, text) or not stands_in(cleared.hears, text):
        return None
    return cleared


def _right_by_reading(text: Text, known: Shapes, so_far: _SoFar) -> Right | None:
    """In what the person is right, where it was learned that they are."""
    if (judged := _cleared(text, known)) is not None:
        return judged
    found = _right(text, known, righted=so_far.righted, wanted=False)
    return found if found is not None and not found.soft else known.rights.get(PLAINLY)


def _may_be_argued(heard: Sequence[Kind], before: Kind | None) -> bool:
    """Whether what others are said to know may be an argument: a book can be wrong, too."""
    return bool(heard) or (before is not None and before.rank >= GRAVE)


def _demanded(
    text: Text, known: Shapes, heard: Sequence[Kind], alone: Sequence[Kind], so_far: _SoFar
) -> bool:
    """Whether words, a yes or an order are demanded outright."""
    asked = _in_a_piece(known.asks, text) and not _in_a_piece(known.not_asked, text)
    if alone or asked:
        return True
    return bool(heard or so_far.before) and _in_a_piece(known.tells, text)


def _nodding(text: Text, known: Shapes, heard: Sequence[Kind], so_far: _SoFar) -> bool:
    """Whether a nod is wanted or taken for granted."""
    before = so_far.before is not None
    known_what = any(each.nods or not so_far.first for each in heard)
    if (before or known_what) and _in_a_piece(known.tags, text):
        return True
    return (before or bool(heard)) and _in_a_piece((*known.expects, *known.nods), text)


def _insisted(text: Text, known: Shapes, heard: Sequence[Kind], so_far: _SoFar) -> bool:
    """Whether it is said what only somebody says who still wants it."""
    before = so_far.before is not None
    if (heard or before or not so_far.first) and _in_a_piece(known.insists, text):
        return True
    wanted_before = before or so_far.leaned
    return wanted_before and _in_a_piece((*known.bids, *known.complains), text)


def _leans(text: Text, known: Shapes, heard: Sequence[Kind]) -> bool:
    """Whether a turn wants something of the companion, though it may be a plain question."""
    every = (*known.asks, *known.tells, *known.tags, *known.expects, *known.wonders)
    every += (*known.bids, *known.nods) if heard else ()
    return _in_a_piece(every, text)


def _kinds(text: Text, known: Shapes) -> list[Kind]:
    """What the turn may be pressing for, the weightiest first."""
    found = [
        each
        for each in known.kinds.values()
        if (stands_in(each.hears, text) or stands_in(each.alone, text))
        and not stands_in(each.unless, text)
    ]
    return sorted(found, key=lambda each: -each.rank)


def _which(heard: Sequence[Kind], alone: Sequence[Kind], so_far: _SoFar, known: Shapes) -> Kind:
    """What is pressed for: the same as before, unless something else is named beyond doubt."""
    before = so_far.before
    if before is not None and before.name != ANYTHING:
        other = [each for each in alone if before not in heard]
        graver = [each for each in heard if each.rank >= GRAVE > before.rank]
        return (*other, *graver, before)[0]
    wanted_before = so_far.heard if so_far.leaned else ()
    return (*alone, *heard, *wanted_before, known.kinds[ANYTHING])[0]


def _right(text: Text, known: Shapes, *, righted: bool, wanted: bool) -> Right | None:
    """In what the person is right; after that, also where they only make sure of it.

    `wanted`: something was pressed for before; only then is it news that somebody has judged it.
    """
    words = len(text.tokens)
    so_it_is = known.rights.get(SO_IT_IS)
    if words > _MOST:
        return None
    if righted and so_it_is and (words <= _BRIEF or _in_a_piece(so_it_is.hears, text)):
        return so_it_is
    ways = (
        each
        for each in known.rights.values()
        if each is not so_it_is and (wanted or each.name != CLEARED)
    )
    found = next(
        (
            w
            for w in ways
            if words >= (_FACT if w.always else _LEAST)
            and _in_a_piece(w.hears, text)
            and not stands_in(w.unless, text)
        ),
        None,
    )
    if found is None and _denied(text, known):
        return known.rights.get(STRAIGHT)
    return found


def _denied(text: Text, known: Shapes) -> bool:
    """Whether it says what isn't so, and right after it what is."""
    clauses = text.clauses()[:3]
    pairs = zip(clauses, clauses[1:], strict=False)
    if any(stands_in(known.contrasts, each) for each in clauses[1:]):
        return True
    return any(stands_in(known.denies, one) and stands_in(known.instead, two) for one, two in pairs)


def kinds_heard(text: Text, known: Shapes) -> frozenset[str]:
    """The names of what a text may be pressing for, by the phrases alone."""
    return frozenset(each.name for each in _kinds(text, known))


def said_to_us(text: Text) -> bool:
    """Whether it is short and speaks to the companion; "you know" and "you can hear" do not."""
    words = [token.compared for token in text.tokens]
    spoken = _ANYBODY.sub("", " ".join(words)).split()
    return len(words) <= _SAID_TO_US and not _YOU.isdisjoint(spoken)


def _in_a_piece(phrases: Sequence[Phrase], text: Text) -> bool:
    """Whether one of them stands in a sentence, or between two commas: `^` and `$` are theirs."""
    pieces = {each.compared for each in (*text.sentences(), *text.clauses())}
    return any(each.find(piece) for piece in pieces for each in phrases)
