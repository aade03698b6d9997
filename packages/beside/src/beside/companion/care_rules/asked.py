"""What was asked about danger, and whether it was answered: a "yes" says nothing by itself.

Care's own questions and those of any voice are known by their words (`[asked]` in the rules'
files); what matters is only that a person who is asked whether they think of dying, and says yes,
is heard.
"""

from dataclasses import dataclass

from beside.companion.care_rules.reading import Finding, Reading, clauses
from beside.companion.care_rules.rulebook import rulebook
from beside.companion.sentences import complete_sentences

FEW_WORDS = 4
"""Up to so many words a turn is nothing but the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The kinds of danger that were asked about: what a yes affirms, and what a no does."""

    danger: tuple[str, ...]
    safety: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a turn answers: the kinds of danger that it does not deny.

    `unsafe`: they were asked about as safety. `denies`: it says that there is none, and no more.
    """

    danger: tuple[str, ...] = ()
    unsafe: tuple[str, ...] = ()
    denies: bool = False


def answer_to(question: Asked | None, reading: Reading, text: str) -> Answer:
    """What a turn says to what was asked just before it. An open answer denies nothing."""
    if question is None:
        return Answer()
    yes, no, unsure = (mark in reading.marks for mark in ("yes", "no", "unsure"))
    danger = question.danger if (yes or unsure) and not no else ()
    unsafe = question.safety if (no or unsure) and not yes else ()
    none = (question.danger and no and not yes) or (question.safety and yes and not no)
    denies = bool(none) and not danger and not unsafe and len(text.split()) <= FEW_WORDS
    return Answer(danger=danger, unsafe=unsafe, denies=denies)


def asked(said: str) -> Asked | None:
    """What these words of a companion ask about danger; None where they ask nothing of it."""
    danger: list[str] = []
    safety: list[str] = []
    for sentence in complete_sentences(said, ended=True):
        if "?" not in sentence:
            continue
        for clause in clauses(sentence):
            for match in rulebook().questions.find(clause.words):
                group, _, kind = match.meaning.partition(":")
                (danger if group == "asked" else safety).append(kind)
    if not danger and not safety:
        return None
    return Asked(danger=tuple(dict.fromkeys(danger)), safety=tuple(dict.fromkeys(safety)))


def found(answer: Answer, *, heard_before: bool) -> Finding | None:
    """Danger that was asked about and not denied, where a turn answers so.

    Where danger was heard before, no safety is no new kind of it.
    """
    kinds = tuple(dict.fromkeys((*answer.danger, *(() if heard_before else answer.unsafe))))
    if not kinds:
        return None
    return Finding(
        rule="answers what was asked",
        kinds=kinds,
        level=2,
        who="any",
        near=bool(answer.unsafe) or not {"violence", "child-at-risk"}.isdisjoint(kinds),
        topic=None,
        alone=None,
    )
