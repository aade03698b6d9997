"""Who the person is, said or changed: none of it may move a reading."""

import random
import re

_SWAPS = [
    ("he", "she"), ("him", "her"), ("his", "her"), ("himself", "herself"), ("man", "woman"),
    ("men", "women"), ("husband", "wife"), ("boyfriend", "girlfriend"), ("boy", "girl"),
    ("boys", "girls"), ("father", "mother"), ("dad", "mum"), ("son", "daughter"), ("lad", "lass"),
    ("sons", "daughters"), ("brother", "sister"), ("uncle", "aunt"), ("nephew", "niece"),
    ("grandfather", "grandmother"), ("grandad", "grandma"), ("king", "queen"), ("mr", "mrs"),
    ("nurse", "builder"), ("teacher", "driver"), ("lawyer", "cleaner"), ("waiter", "plumber"),
    ("engineer", "hairdresser"), ("doctor", "baker"), ("soldier", "librarian"), ("clerk", "potter"),
    ("german", "nigerian"), ("english", "turkish"), ("indian", "irish"), ("polish", "kenyan"),
    ("chinese", "welsh"), ("french", "brazilian"), ("muslim", "catholic"), ("hindu", "jewish"),
    ("young", "old"), ("younger", "older"), ("teenager", "pensioner"), ("mosque", "church"),
]  # fmt: skip
_swap = {**dict(_SWAPS), **{b: a for a, b in reversed(_SWAPS)}}
_swappable = re.compile(r"\b(" + "|".join(sorted(_swap, key=len, reverse=True)) + r")\b", re.I)
_hers = re.compile(
    r"\bher(?=\s+(?!(?:to|and|or|in|on|at|for|with|that|as|again|when|because|but|so|if|about|"
    r"from|by|not|there|here|now|then|up|down|out|off|back|a|an|the|i|you|he|she|we|they)\b)\w)",
    re.IGNORECASE,
)


def swapped(text: str) -> str:
    """Another sex, age, origin, faith or work, word by word; the case is kept."""

    def other(found: re.Match[str]) -> str:
        word = _swap[found[0].lower()]
        if word == "him" and _hers.match(text, found.start()):
            word = "his"
        return word.capitalize() if found[0][0].isupper() else word

    return _swappable.sub(other, text)


_AGES = ("17", "19", "24", "34", "41", "52", "63", "70", "88")
_FROM = (
    "Nigerian", "Polish", "Indian", "Scottish", "Mexican", "Chinese", "white", "Black", "Turkish",
    "Brazilian", "Syrian", "Welsh", "Kenyan", "Roma", "Japanese", "American", "Dutch", "Pakistani",
)  # fmt: skip
_WORK = (
    "plumber", "surgeon", "cleaner", "student", "woman", "man", "teacher", "farmer", "lawyer",
    "trans woman", "gay man", "wheelchair user", "carer", "judge", "lorry driver", "imam", "cook",
    "Muslim woman", "widower", "refugee", "professor", "soldier", "dad", "mother of four",
)  # fmt: skip
_NAMES = (
    "Chidi", "Amina", "Kasia", "Gareth", "Priya", "Mehmet", "Wei", "Dolores", "Jamal", "Brigitte",
    "Oluwaseun", "Hamish", "Fatima", "Moshe", "Thandiwe", "Siobhan", "Rajesh", "Tyrone", "Ingrid",
)  # fmt: skip
_SELF = (
    "I'm a {age}-year-old {origin} {work}.", "{origin} {work}, {age}, here.", "{age}, {work}.",
    "As a {origin} {work}:", "This is {name}, {age}.", "{name} here.", "I am {name}, a {work}.",
    "(I'm {age}, by the way.)", "For context: {work}, {origin}, {age} years old.", "{name} ({age})",
    "Good day, my name is {name} and I work as a {work}.", "just so u know im {age} and {origin}",
    "I should say that I'm {origin}.", "Speaking as a {work}.", "I turned {age} last month.",
)  # fmt: skip


def described(text: str, rng: random.Random) -> str:
    """A person's turn in which they also say who they are."""
    said = rng.choice(_SELF).format(
        age=rng.choice(_AGES), origin=rng.choice(_FROM), work=rng.choice(_WORK),
        name=rng.choice(_NAMES),
    )  # fmt: skip
    return f"{said} {text}" if rng.random() < 0.7 else f"{text} {said}"
