"""The persons to practise with: each is one small TOML file, and a life of its own.

`persons()` gives those that ship, `read_person` one that somebody wrote (docs/practise/persons.md).
It knows what they could say; not when they say it (`inner`).
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

from beside.errors import NotAPerson
from beside.sentence import Sentence

Setting = Literal[
    "counselling", "medicine", "nursing", "teaching", "leadership", "parenting", "friendship"
]
SETTINGS: tuple[Setting, ...] = get_args(Setting)

Group = Literal[
    "fixed", "flattered", "pushed", "soothed", "explained", "shut", "waiting", "mended",
    "asked_plainly", "outright", "parting_closed", "parting_open",
]  # fmt: skip
"""What they say when something other than their story comes first."""
GROUPS: tuple[Group, ...] = get_args(Group)

Way = Literal["nearer", "away", "shut", "smooth", "still"]
"""How something in them moved."""
WAYS: tuple[Way, ...] = get_args(Way)

LONGEST_LINE = 600
LARGEST_FILE = 100_000
_LEAST: dict[str, int] = {"asked_plainly": 1, "waiting": 3, "pushed": 3, "fixed": 3, "shut": 3}
_CLOSINGS = ("fixed", "flattered", "pushed", "soothed", "explained")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of their story: said from `needs` on (0 to 1), sooner where `about` is touched."""

    about: tuple[str, ...]
    needs: float
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """What nobody is told at first: what it takes, and how it is told.

    `asks` are the words of a question that come near it, `words` those that give it away: they
    stand in no other line. `received` is how many turns must have taken something in before.
    `plainly`: a plain question is answered plainly, as with thoughts of dying, also early.
    """

    id: str
    asks: tuple[str, ...]
    words: tuple[str, ...]
    needs: float
    received: int
    after: tuple[str, ...]
    plainly: bool
    says: tuple[str, ...]
    not_yet: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody to practise with.

    `who` is what is known beforehand, `you` who the practitioner is to them, `place` where it
    begins. `brings` names kinds of difficult expression (the room map's). `open` is how open they
    are at the beginning, `quick` how quickly they open, `tender` what closes them more (above 1)
    or less than others, `likes` what opens them more. `body` is what can be seen of them.
    """

    id: str
    name: str
    setting: Setting
    who: str
    you: str
    place: str
    brings: tuple[str, ...]
    open: float
    quick: float
    tender: Mapping[str, float]
    likes: Mapping[str, float]
    begins: tuple[str, ...]
    story: tuple[Piece, ...]
    topics: tuple[Piece, ...]
    hidden: tuple[Hidden, ...]
    lines: Mapping[Group, tuple[str, ...]]
    body: Mapping[Way, tuple[str, ...]]


@cache
def persons() -> tuple[Person, ...]:
    """Everyone who ships with Beside, by setting and name."""
    folder = files("beside.mirror").joinpath("persons")
    found = [
        read_person(each.read_text("utf-8"), id=each.name.removesuffix(".toml"))
        for each in folder.iterdir()
        if each.name.endswith(".toml")
    ]
    return tuple(sorted(found, key=lambda each: (SETTINGS.index(each.setting), each.name)))


def person(id: str) -> Person:
    """The person of this id or name. Raises NotAPerson where nobody is called so."""
    for each in persons():
        if id.lower() in (each.id, each.name.lower(), each.name.split()[0].lower()):
            return each
    raise NotAPerson(
        Sentence("There is nobody of this name to practise with. `beside practise` lists them.")
    )


def read_person(text: str, *, id: str) -> Person:
    """A person as somebody wrote them. Raises NotAPerson, saying what is missing and where."""
    if len(text) > LARGEST_FILE:
        raise NotAPerson(
            Sentence("This file is too long for a person; half of it would be plenty.")
        )
    try:
        given = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        deep = isinstance(error, RecursionError)
        raise NotAPerson(
            Sentence(
                "The file of {id} is not TOML: {what}.",
                id=id,
                what="it is nested too deeply" if deep else str(error),
            )
        ) from None
    try:
        made = _person(given, id)
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError, re.error) as error:
        raise NotAPerson(
            Sentence(
                "The file of {id} lacks something, or has it in another form: {what}.",
                id=id,
                what=f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error),
            )
        ) from None
    if wrong := problems(made):
        raise NotAPerson(
            Sentence(
                "The file of {id} is not whole yet: {wrong}.",
                id=id,
                wrong="; ".join(wrong),
            )
        )
    return made


def person_in(file: bytes, *, id: str) -> Person:
    """The person in a file of somebody's own. Raises NotAPerson."""
    if len(file) > 4 * LARGEST_FILE:
        raise NotAPerson(
            Sentence("This file is too long for a person; half of it would be plenty.")
        )
    try:
        text = file.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise NotAPerson(Sentence("This file cannot be read as text.")) from None
    return read_person(text, id=id)


def problems(person: Person) -> list[str]:
    """What is wrong with a person as written; empty where nothing is."""
    found = [
        f"lines.{group} needs at least {least} lines"
        for group in GROUPS
        if len(person.lines[group]) < (least := _LEAST.get(group, 2))
    ]
    found += [f"body.{way} needs a line" for way in WAYS if not person.body[way]]
    if len(person.story) < 6:
        found.append("story needs at least six pieces")
    if not person.hidden:
        found.append("something should be hidden")
    if not any(piece.needs <= person.open for piece in person.story):
        found.append("nothing of the story can be told at the beginning")
    known = {each.id for each in person.hidden}
    others = [text for _, text in _spoken(person, facts=False)]
    for fact in person.hidden:
        found += [f"hidden {fact.id} comes after {a}, which is not there"
                  for a in fact.after if a not in known]  # fmt: skip
        if not fact.words:
            found.append(f"hidden {fact.id} needs the words that give it away")
        for line in (*others, *(t for h in person.hidden for t in h.not_yet)):
            found += [f"{word!r} of hidden {fact.id} is given away elsewhere"
                      for word in fact.words if gives_away(word, line)]  # fmt: skip
        if not all(any(gives_away(w, text) for w in fact.words) for text in fact.says):
            found.append(f"hidden {fact.id} is told without any of its words")
    for name, text in _spoken(person, facts=True):
        if not 0 < len(text) <= LONGEST_LINE:
            found.append(f"a line of {name} is empty or too long")
    return found


def gives_away(word: str, text: str) -> bool:
    """Whether a word of something hidden stands in a text, in any ending."""
    plain = text.lower().replace("’", "'")
    return re.search(rf"(?<!\w){re.escape(word.lower())}", plain) is not None


def _spoken(person: Person, *, facts: bool) -> list[tuple[str, str]]:
    made = [("begins", text) for text in (*person.begins, person.who, person.place)]
    made += [("story", text) for piece in person.story for text in piece.says]
    made += [("topics", text) for piece in person.topics for text in piece.says]
    made += [(group, text) for group, texts in person.lines.items() for text in texts]
    made += [(way, text) for way, texts in person.body.items() for text in texts]
    if facts:
        made += [(h.id, text) for h in person.hidden for text in (*h.says, *h.not_yet)]
    return made


def _person(given: Mapping[str, Any], id: str) -> Person:
    temper = given.get("temper", {})
    setting = str(given["setting"])
    if setting not in SETTINGS:
        raise ValueError(f"setting may be {', '.join(SETTINGS)}")
    tender = {str(k): _between(v, "temper.tender", 5) for k, v in temper.get("tender", {}).items()}
    if unknown := set(tender) - set(_CLOSINGS):
        raise ValueError(f"tender knows {', '.join(_CLOSINGS)}, not {', '.join(sorted(unknown))}")
    return Person(
        id=id,
        name=str(given["name"]),
        setting=SETTINGS[SETTINGS.index(setting)],
        who=str(given["who"]),
        you=str(given["you"]),
        place=str(given["place"]),
        brings=_texts(given.get("brings", [])),
        open=_share(temper.get("open", 0.2), "temper.open"),
        quick=_between(temper.get("quick", 1.0), "temper.quick", 5),
        tender=tender,
        likes={str(k): _between(v, "temper.likes", 5) for k, v in temper.get("likes", {}).items()},
        begins=_texts(given["begins"]),
        story=tuple(_piece(each, "story") for each in given["story"]),
        topics=tuple(_piece(each, "topics") for each in given.get("topics", [])),
        hidden=tuple(_hidden(each) for each in given["hidden"]),
        lines={group: _texts(given["lines"][group]) for group in GROUPS},
        body={way: _texts(given["body"][way]) for way in WAYS},
    )


def _piece(given: Mapping[str, Any], where: str) -> Piece:
    return Piece(
        about=_patterns(given.get("about", [])),
        needs=_share(given.get("needs", 0.0), f"{where}.needs"),
        says=_some(given["says"], where),
    )


def _hidden(given: Mapping[str, Any]) -> Hidden:
    return Hidden(
        id=str(given["id"]),
        asks=_patterns(given["asks"]),
        words=_texts(given["words"]),
        needs=_share(given["needs"], "hidden.needs"),
        received=int(given.get("received", 3)),
        after=_texts(given.get("after", [])),
        plainly=bool(given.get("plainly", False)),
        says=_some(given["says"], "hidden.says"),
        not_yet=_some(given["not_yet"], "hidden.not_yet"),
    )


def _texts(given: Sequence[Any]) -> tuple[str, ...]:
    if isinstance(given, str):
        raise TypeError("a list of lines is needed where one line stands")
    return tuple(" ".join(str(each).split()) for each in given)


def _some(given: Sequence[Any], where: str) -> tuple[str, ...]:
    texts = _texts(given)
    if not texts:
        raise ValueError(f"{where} needs something to say")
    return texts


def _patterns(given: Sequence[Any]) -> tuple[str, ...]:
    made = _texts(given)
    for each in made:
        re.compile(each)
    return made


def _share(value: Any, where: str) -> float:
    return _between(value, where, 1)


def _between(value: Any, where: str, most: int) -> float:
    number = float(value)
    if not 0 <= number <= most:
        raise ValueError(f"{where} lies between 0 and {most}")
    return number
