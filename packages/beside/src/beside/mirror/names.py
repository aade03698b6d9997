"""Names of people in what was said, replaced by their initials; addresses and numbers by a word.

A name is known because somebody speaks under it, because it is a common one (`names.toml`), or by
the word before it: a title, a relation, "called". One name has one initial all through.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from beside.mirror.roles import called_role

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+")
_DATE = r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d|(?:19|20)\d\d-\d"
_NUMBER = re.compile(rf"(?<![\w.,])(?!{_DATE})\+?\(?\d(?:[ ()./-]{{0,2}}\d){{8,14}}(?!\w)")
_ENDS = re.compile(r"(?:^|[.!?…:\n][\"'”’»)\]]*)\s*[\"'“‘«([—–-]*\s*$")
_DOES = re.compile(
    r"['’]s?\b|[,!]|\s(?:is|was|said|says|has|had|and|did|would|told|came|comes|thinks|wants|"
    r"gets|never|always|just|knows|asked|called|left|zei|zegt|heeft|a dit|dit|"
    r"sagt|sagte|hat|dijo|dice)\b"
)


class Names:
    """The names in one conversation. `found` gives what was replaced, as it was written."""

    def __init__(self, speakers: Sequence[str], texts: Iterable[str]) -> None:
        self._labels: dict[str, str] = {}
        self._found: set[str] = set()
        for speaker in speakers:
            for word in _name_words(speaker):
                self._know(word)
        for text in texts:
            self._look(text)
        self._pattern = _pattern(self._labels)

    def hidden(self, text: str) -> str:
        """The text with the names, addresses and long numbers replaced."""
        text = _ADDRESS.sub(lambda found: self._noted(found[0], "[e-mail]"), text)
        text = _NUMBER.sub(lambda found: self._noted(found[0], "[number]"), text)
        return self._pattern.sub(self._replaced, text) if self._pattern else text

    def hidden_name(self, name: str) -> str:
        """What a speaker is called, as initials; a role ("Therapist") stays."""
        if _NUMBER.search(name):
            return _NUMBER.sub(lambda found: self._noted(found[0], "[number]"), name)
        return self.hidden(name)

    def found(self) -> tuple[str, ...]:
        """What was replaced so far, in the order of the alphabet."""
        return tuple(sorted(self._found, key=str.casefold))

    def _look(self, text: str) -> None:
        previous: re.Match[str] | None = None
        for word in _WORD.finditer(text):
            if word[0][0].isupper() and self._is_name(text, word, previous):
                self._know(_bare(word[0]))
            previous = word

    def _is_name(self, text: str, word: re.Match[str], previous: re.Match[str] | None) -> bool:
        key = _bare(word[0]).casefold()
        if key in _listed("never") or len(key) < 2:
            return False
        before = _bare(previous[0]).casefold() if previous else ""
        between = text[previous.end() : word.start()] if previous else ""
        if before in _listed("titles") and between in (" ", ". ", "."):
            return called_role(word[0]) is None
        if between == " " and before in _listed("before"):
            return True
        if key in _listed("months"):
            return False
        if key in _listed("also_words"):
            return not _begins(text, word.start()) and not word[0].isupper()
        if key in _listed("given"):
            return True
        surname = between == " " and previous is not None and previous[0][0].isupper()
        return surname and before in self._labels and len(key) > 2

    def _know(self, word: str) -> None:
        key = word.casefold()
        if key not in self._labels:
            letter = word[0].upper()
            same = sum(label[0] == letter for label in self._labels.values())
            self._labels[key] = f"{letter}{same + 1}." if same else f"{letter}."

    def _replaced(self, found: re.Match[str]) -> str:
        word = found[1]
        key = word.casefold()
        common = key in _listed("also_words") or key in _listed("months")
        if word[0].islower() and (common or key not in _listed("given")):
            return found[0]
        begins = common and _begins(found.string, found.start())
        if begins and not _DOES.match(found.string, found.end(1)):
            return found[0]
        return self._noted(word, self._labels[key])

    def _noted(self, written: str, instead: str) -> str:
        self._found.add(written)
        return instead


def _name_words(name: str) -> list[str]:
    """The words of a speaker's name that are a name: no title, no role, nothing in brackets."""
    words = [_bare(each[0]) for each in _WORD.finditer(re.sub(r"\(.*?\)", " ", name))]
    known = _listed("titles") | _listed("never") | {"speaker", "participant", "sprecher", "spreker"}
    return [
        word for word in words
        if len(word) > 1 and word.casefold() not in known and called_role(word) is None
        and (word[0].isupper() or not word[0].islower() or word.casefold() in _listed("given"))
    ]  # fmt: skip


def _bare(word: str) -> str:
    """The word without the 's of what belongs to it."""
    return re.sub(r"['’]s$", "", word)


def _begins(text: str, at: int) -> bool:
    """Whether a sentence begins here."""
    return _ENDS.search(text[max(0, at - 40) : at]) is not None or at == 0


def _pattern(labels: Iterable[str]) -> re.Pattern[str] | None:
    words = sorted(labels, key=len, reverse=True)
    if not words:
        return None
    bounded = [re.escape(each) for each in words if each[0].lower() != each[0].upper()]
    free = [re.escape(each) for each in words if each[0].lower() == each[0].upper()]
    either = [rf"(?<!\w)(?:{'|'.join(bounded)})(?!\w)"] if bounded else []
    return re.compile(rf"({'|'.join([*either, *free])})\.?", re.IGNORECASE)


@cache
def _listed(name: str) -> frozenset[str]:
    text = files("beside.mirror").joinpath("names.toml").read_text("utf-8")
    return frozenset(tomllib.loads(text)[name].split())
