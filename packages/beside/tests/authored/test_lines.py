"""Every written line against the plain checks of what Beside never says."""

import re
import tomllib
from collections import defaultdict

import pytest

from beside.voices.authored.book import LINES_FOLDER, Book, languages, open_book
from beside.voices.authored.pick import sentences, slots

MOST_WORDS = 68


def book(language: str) -> Book:
    found = open_book(language)
    assert found is not None
    return found


def unquoted(line: str) -> str:
    return re.sub(r"“[^”]*”", " ", line)


NEVER = {
    "war": r"fight\w*|beat(s|en|ing)?|battl\w+|conquer\w*|crush\w*|defeat\w*|eliminat\w*|"
    r"get rid of|kill\w*|push through|overcom\w+|tackl\w+",
    "order": r"you should|you need to|you must|you have to|try to|make sure|start by|"
    r"i recommend|my advice|the best thing is|you ought",
    "minimising": r"at least|could be worse|look on the bright|don't worry|"
    r"everything happens for|time heals|it will be fine|it'll be fine|others have it worse",
    "pity": r"poor you|poor thing|how awful|i feel so sorry|so fragile",
    "flattery": r"amazing|incredible|so (brave|insightful|wise|strong)|brave|great job|well done|"
    r"proud of you|what a great question|impressive|wonderful|fantastic",
    "judging": r"wrong of you|overreacting|irrational|silly|lazy|selfish|toxic|you always|"
    r"you never|good for you",
    "hook": r"always here|only i|nobody else|don't go|before you go|i'll miss you|come back|"
    r"our special",
    "imposed meaning": r"this means|the real reason|deep down|it's because you|"
    r"your body is telling",
    "invented experience": r"when i was|i went through|i know exactly|i felt|i've been there|"
    r"as a mother i|i'm glad|i'm happy|i'm touched|i remember|i know how",
    "pushing": r"promise me|if you really|don't you want|you owe it|last chance|you'll regret",
    "stock softness": r"it sounds like|i hear that|i understand how",
    "label": r"disorder|depression|ptsd|adhd|bipolar|narcissis\w+",
    "jargon": r"compassion|inner strength|subconscious|mindful\w*|validate\w*|trauma\w*",
    "impatience": r"as i said|i already|we already|like last time",
}


@pytest.mark.parametrize("kind", NEVER)
def test_no_line_holds_what_beside_never_says(kind):
    never = re.compile(rf"\b(?:{NEVER[kind]})\b", re.IGNORECASE)
    assert [line for line in book("en").lines if never.search(unquoted(line))] == []


AUTONOMY = re.compile(r"\b(if you like|if you want|only if|or not|stay closed|your pace)\b", re.I)


def test_phrases_of_freedom_are_sparse():
    lines = book("en").lines
    with_one = [line for line in lines if AUTONOMY.search(line)]
    assert len(with_one) / len(lines) < 0.02
    assert all(len(AUTONOMY.findall(line)) == 1 for line in with_one)


@pytest.mark.parametrize("language", languages())
def test_a_line_is_short_and_asks_one_thing_at_most(language):
    for line in book(language).lines:
        assert len(line.split()) <= MOST_WORDS, line
        assert line.count("?") <= 1, line
        assert line == line.strip(), line
        assert "\n" not in line, line
        assert "  " not in line, line
        assert not re.match(r"\s*([-*•]|\d+\.)\s", line), line


def test_what_asks_is_a_question_and_comes_after_receiving():
    for moment in book("en").moments.values():
        assert all(line.endswith("?") for line in moment.ask), moment.name
        if moment.kind == "hurt" and moment.rank >= 20:
            plain = [line for line in moment.first if not line.split(".")[0].endswith("?")]
            assert plain == list(moment.first), moment.name


def test_a_door_grants_the_wish_before_it_asks():
    granting = re.compile(r"you want|you'd|it'd be|(it )?would be|relief|of course|wish|"
                          r"rest first|that it (should|might)|it may l|it may pass|you're entitled|"
                          r"quiet|being (free|without)|to (stop|be at peace)", re.I)  # fmt: skip
    for moment in book("en").moments.values():
        for line in moment.door:
            assert granting.search(line.split("?")[0]), line


def test_tender_moments_open_no_door():
    for moment in book("en").moments.values():
        assert not (moment.tender and moment.door), moment.name


@pytest.mark.parametrize("language", languages())
def test_no_longer_sentence_is_written_twice(language):
    places = defaultdict(list)
    for line in book(language).lines:
        for sentence in set(sentences(line)):
            if len(sentence.split()) > 6 and not slots(sentence):
                places[sentence.lower()].append(line)
    assert {sentence: lines for sentence, lines in places.items() if len(lines) > 1} == {}


@pytest.mark.parametrize("language", languages())
def test_every_slot_can_be_filled_by_something(language):
    read = book(language)
    written: dict[str, list[str]] = {}
    for path in [LINES_FOLDER / f"{language}.toml", *(LINES_FOLDER / language).glob("*.toml")]:
        if path.exists():
            for table in ("classes", "own"):
                written |= tomllib.loads(path.read_text("utf-8")).get(table, {})
    from_phrases = {name for each in written.values() for p in each
                    for name in re.findall(r"[<{](\w+)[>}]", p)}  # fmt: skip
    always = {"word", "quote", "echo", "fragment", "they", "them", "their"}
    always |= {"fact", "rather", "not_this", "earlier", "told", "cited"}
    known = {*written, *from_phrases, *always}
    assert {slot for line in read.lines for slot in slots(line)} <= known


def test_there_are_lines_enough():
    english = book("en")
    assert len(english.moments) >= 100
    assert len(english.lines) >= 1500
    for moment in english.moments.values():
        if moment.kind == "hurt" and moment.rank >= 20:
            assert len(moment.first) + len(moment.more) >= 3, moment.name


@pytest.mark.parametrize("language", languages())
def test_phrases_hold_words_and_signs_of_their_own_language_only(language):
    for path in [LINES_FOLDER / f"{language}.toml", *(LINES_FOLDER / language).glob("*.toml")]:
        moments = tomllib.loads(path.read_text("utf-8")).get("moments", {}) if path.exists() else {}
        for moment in moments.values():
            for phrase in [*moment.get("hears", ()), *moment.get("unless", ())]:
                bare = re.sub(r"[\w'’\-*(){}\[\]<>|^$&.,/+ ]", "", phrase)
                assert bare == "", phrase
