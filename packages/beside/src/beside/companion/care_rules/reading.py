"""What one turn says, taken by itself: clause by clause, weighed by what stands around the words.

It knows one turn only; what earlier turns leave is in `carried`.
"""

import re
from dataclasses import dataclass

from beside.companion.care_rules.plain import plain
from beside.companion.care_rules.rulebook import Match, Rule, Rulebook, rulebook
from beside.companion.care_rules.small_words import small_words

_SENTENCES = re.compile(r"[!?;\n\r…]+|\.+(?!\d)|:(?!\w)")
_CLAUSES = re.compile(
    r" (?:but|though|although|however|echter|mais|pourtant|pero|sino|aunque|aber|jedoch"
    r"|maar(?! (?:dood|nooit|weg|laten|gewoon|gelukt|sterven|verdwijnen|de moed|het lef))) "
)
_WORD_OR_MARK = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[,\"]")

NEAR = 80
"""Characters between "she says" and what she says; more than small words can fill."""


LONG = 90
"""The words from which on a turn is long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that the rules saw in a turn; `alone` where despair must stand behind it.

    `oblique`: danger is meant by the words more than said.
    """

    rule: str
    kinds: tuple[str, ...]
    level: int
    who: str
    near: bool
    topic: str | None
    alone: int | None
    oblique: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that the rules saw in a turn: findings that weigh, and marks that only inform.

    `signs` are those that weigh only together, each with its kind of danger; `settings` add to
    them, and are none. In a `long` turn some stand there by chance.
    """

    findings: tuple[Finding, ...]
    marks: frozenset[str]
    signs: frozenset[tuple[str, str]] = frozenset()
    settings: frozenset[tuple[str, str]] = frozenset()
    long: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """Words in even spelling, a blank before each; where commas and quotes stood, by character.

    `sentence` is the number of the sentence it belongs to.
    """

    sentence: int
    words: str
    commas: tuple[int, ...]
    quotes: tuple[int, ...]


def clauses(text: str) -> list[Clause]:
    """The clauses of a turn."""
    found: list[Clause] = []
    for number, sentence in enumerate(_SENTENCES.split(plain(text))):
        for part in _CLAUSES.split(f" {' '.join(_WORD_OR_MARK.findall(sentence))} "):
            clause = _clause(number, part.split())
            if clause.words:
                found.append(clause)
    return found


def _clause(sentence: int, tokens: list[str]) -> Clause:
    words: list[str] = []
    commas: list[int] = []
    quotes: list[int] = []
    at = 0
    for each in tokens:
        if each == ",":
            commas.append(at)
        elif each == '"':
            quotes.append(at)
        else:
            words.append(f" {each}")
            at += len(each) + 1
    return Clause(
        sentence=sentence, words="".join(words), commas=tuple(commas), quotes=tuple(quotes)
    )


def read(text: str) -> Reading:
    """What the rules see in these words."""
    book = rulebook()
    read_clauses = [(clause, _found(clause, book)) for clause in clauses(text)]
    meanings = {match.meaning for _, found in read_clauses for match in found}
    excuses = {
        (clause.sentence, match.meaning)
        for clause, found in read_clauses
        for match in found
        if match.meaning.startswith("unless:")
    }
    findings: dict[str, Finding] = {}
    signs: set[tuple[str, str]] = set()
    settings: set[tuple[str, str]] = set()
    for clause, found in read_clauses:
        frames = [m for m in found if m.meaning.startswith(("frames:", "calms:"))]
        for match in found:
            if not match.meaning.startswith("rule:"):
                continue
            rule = book.rules[match.meaning.removeprefix("rule:")]
            if (clause.sentence, f"unless:{rule.name}") in excuses:
                continue
            if f"never:{rule.name}" in meanings:
                continue
            finding = _weigh(rule, match, clause, frames, meanings)
            if rule.sign:
                if finding and finding.level:
                    seen = settings if rule.setting else signs
                    seen |= {(kind, rule.name) for kind in finding.kinds}
                continue
            known = findings.get(rule.name)
            if finding and (known is None or finding.level > known.level):
                findings[rule.name] = finding
    marks = {each.removeprefix("marks:") for each in meanings if each.startswith("marks:")}
    return Reading(
        findings=tuple(findings.values()),
        marks=frozenset(marks),
        signs=frozenset(signs),
        settings=frozenset(settings),
        long=sum(clause.words.count(" ") for clause, _ in read_clauses) > LONG,
    )


def _found(clause: Clause, book: Rulebook) -> list[Match]:
    """What stands in a clause; rules do not see the idioms ("dying of laughter") in it."""
    serious = clause.words
    for idiom in book.idioms.find(clause.words):
        serious = idiom.phrase.pattern.sub(lambda m: " " + "~" * (len(m[0]) - 1), serious)
    found = list(book.phrases.find(serious))
    if serious != clause.words:
        found = [match for match in found if match.meaning.startswith("rule:")] + [
            match
            for match in book.phrases.find(clause.words)
            if not match.meaning.startswith("rule:")
        ]
    return found


def _weigh(
    rule: Rule, match: Match, clause: Clause, frames: list[Match], meanings: set[str]
) -> Finding | None:
    """The finding as it counts here; None where the words mean nothing of the kind."""
    if rule.needs and f"with:{rule.name}" not in meanings:
        return None
    level, who = rule.level, rule.who
    if not rule.firm:
        here = {frame.meaning for frame in frames}
        if denied(match, clause):
            level = min(level, rule.denied)
        elif "frames:past" in here and "frames:now" not in here:
            level = min(level, rule.past)
        calms = {f"calms:{kind}" for kind in rule.kinds} & meanings
        if calms and ("frames:now" not in here or (level < 3 and calms & here)):
            level = min(level, 0 if rule.sign else 1)
        if who == "self" and _said_by_another(match, clause, frames):
            who = "other"
        elif who == "self" and _of_another(match, clause):
            who, level = "other", max(min(level, 1), level - 1)
        if who == "other" and "calms:others" in meanings:
            level = min(level, 0 if rule.sign else 1)
        if who == "other" and "frames:work" in meanings:
            level = min(level, max(1, level - 1))
        if "frames:story" in meanings:
            if rule.who == "other":
                level = min(level, rule.story)
            elif who == "other" or _told(match, clause, frames):
                level = min(level, 0 if rule.sign else 1)
    return Finding(
        rule=rule.name,
        kinds=rule.kinds,
        level=level,
        who=who,
        near=rule.near and level > 1,
        topic=rule.topic,
        alone=min(level, rule.alone) if rule.after_despair else None,
        oblique=rule.oblique,
    )


def denied(match: Match, clause: Clause) -> bool:
    """Whether a "not" reaches these words: nothing but linking words in between."""
    small = small_words()
    if match.phrase.hides_no and not small.deny.isdisjoint(
        clause.words[match.start : match.end].split()
    ):
        return True
    since = max((comma for comma in clause.commas if comma <= match.start), default=0)
    before = clause.words[since : match.start].split()
    for at in range(len(before) - 1, -1, -1):
        if before[at] in small.deny:
            ahead = before[at + 1] if at + 1 < len(before) else ""
            behind = before[at - 1] if at else ""
            return behind not in small.no_denial_after and ahead not in small.no_denial_before
        if before[at] not in small.link:
            return False
    return False


def _of_another(match: Match, clause: Clause) -> bool:
    """Whether words that name nobody ("thoughts of suicide") belong to someone else here.

    "er" is "he" in German and "there" in Dutch: it counts where nobody else is named.
    """
    small = small_words()
    before = clause.words[: match.start]
    if before.endswith(" y a") or not small.me.isdisjoint(
        clause.words[match.start : match.end].split()
    ):
        return False
    for word in reversed(before.split()):
        if word in small.me:
            return False
        if word in small.others:
            return True
    return "er" in clause.words[: match.start].split()


def _said_by_another(match: Match, clause: Clause, frames: list[Match]) -> bool:
    """Whether the clause gives these words to someone else ("she says ...")."""
    return any(
        frame.meaning == "frames:they_say"
        and frame.end <= match.start <= frame.end + NEAR
        and set(clause.words[frame.end : match.start].split()) <= small_words().that
        for frame in frames
    )


def _told(match: Match, clause: Clause, frames: list[Match]) -> bool:
    """Whether a song, a film or a figure in a story says these words."""
    quoted = sum(quote <= match.start for quote in clause.quotes) % 2 == 1
    return quoted or any(
        frame.meaning == "frames:telling" and frame.end <= match.start for frame in frames
    )
