"""Plain text and Markdown in which a name stands before what is said.

    Anna: I did not sleep.                 Anna (0:12): I did not sleep.
    **Anna:** I did not sleep.             ## Anna   or   Anna  0:12   and the words below it

Without names, lines that begin with a dash are two people by turns.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from beside.mirror.importers.found import TIME, Found, Line, seconds
from beside.mirror.roles import called_role

_NAME = r"[^\W\d_](?:[\w.'’&/ -]{0,40}?)(?: ?\([\w.'’ -]{1,24}\))?"
_CLOCK = rf"[\[(]?({TIME})[\])]?"
_INLINE = re.compile(
    rf"\s*(?:{_CLOCK}\s*[-–—]?\s*)?\[?({_NAME})\]?\s*(?:{_CLOCK}\s*)?[:：](?:\s+(.*))?"
)
_HEADED = re.compile(rf"\s*(?:({_NAME})[\s,·|–—-]+{_CLOCK}|{_CLOCK}[\s,·|–—-]+({_NAME}))\s*")
_MARKED = re.compile(r"(\s*)(?:#{1,6}\s+|[>•]\s*|[*+-]\s+(?=\S))?(.*)")
_BOLD = re.compile(rf"(\*\*|__|\*)({_NAME})(\s*[:：])?\1(?:\s*({_CLOCK}))?(\s*[:：])?(.*)")
_HEADING = re.compile(
    rf"#{{1,6}}\s+(?:\*\*)?({_NAME})(?:\*\*)?[:：]?(?:\s*[·,(\[–—-]*\s*({TIME})[\])]?)?\s*"
)
_DASH = re.compile(r"\s*[-–—―]\s*(\S.*)")
_PARTICLES = frozenset({"van", "von", "de", "der", "den", "da", "di", "du", "la", "le", "el", "y"})
_NOT_NAMES = frozenset(
    {
        "note", "notes", "nb", "ps", "re", "subject", "date", "time", "place", "location", "title",
        "session", "duration", "topic", "goal", "summary", "transcript", "recording", "setting",
        "participants", "present", "source", "file", "version", "example", "warning", "remark",
        "http", "https", "mailto", "consent", "so", "and", "but", "then", "well", "or", "because",
        "datum", "tijd", "onderwerp", "titel", "opname", "dauer", "titre", "sujet", "fecha",
        "tema", "participantes", "deelnemers", "teilnehmer", "thema", "aanwezig", "ort", "lieu",
        "lugar", "en", "maar", "dus", "und", "aber", "mais", "et", "pero",
    }
)  # fmt: skip
"""Words with a colon that head a file or a remark, in five languages; nobody is called so."""
_SAYING = frozenset(
    {
        "said", "says", "say", "asked", "asks", "thought", "think", "replied", "told", "answered",
        "wrote", "i", "he", "she", "it", "they", "we", "was", "is", "are", "were", "that", "this",
        "zei", "zegt", "vroeg", "dacht", "ik", "hij", "zij", "ze", "het", "dit", "dat",
        "disait", "pensé", "je", "il", "elle", "ils", "sagte", "sagt", "fragte", "dachte", "ich",
        "er", "sie", "es", "dijo", "dice", "yo", "él", "ella",
    }
)  # fmt: skip
"""Words of a sentence that leads up to a colon ("He said:"), never of a name."""


class _Said(NamedTuple):
    name: str
    at: float | None
    text: str


def read(text: str, *, markdown: bool = False) -> list[Found]:
    """The conversation in this text, as far as it can be seen who speaks."""
    lines = text.split("\n")
    source = "Markdown" if markdown else "text"
    for shape in (_headings, _timed_headings, _inline, _inline_marked):
        found = replace(_gathered(lines, shape(lines)), source=source)
        if len({line.name.casefold() for line in found.lines}) > 1:
            return [found]
    return _by_turns(lines, source) or [found]


def _gathered(lines: Sequence[str], heads: Sequence[_Said | None]) -> Found:
    """Each turn from its head to the next one; what stands before the first is left out."""
    made: list[Line] = []
    left_out = 0
    title: str | None = None
    open_head: _Said | None = None
    words: list[str] = []
    for line, head in zip(lines, heads, strict=True):
        if head is None:
            if open_head is not None:
                words.append(line.rstrip())
            elif line.strip():
                left_out += 1
                title = title or _title(line)
            continue
        if open_head is not None:
            made.append(_closed(open_head, words))
        open_head, words = head, [head.text]
    if open_head is not None:
        made.append(_closed(open_head, words))
    return Found(source="", lines=tuple(made), title=title, left_out=left_out)


def _closed(head: _Said, words: Sequence[str]) -> Line:
    return Line(name=head.name, text="\n".join(words).strip(), at=head.at)


def _title(line: str) -> str | None:
    words = line.strip().lstrip("#").strip(" *_")
    return words if 0 < len(words) <= 120 and not words.startswith(("<!--", "---")) else None


def _inline(lines: Sequence[str]) -> list[_Said | None]:
    """`Anna: words`."""
    return _kept([_inline_of(line) for line in lines])


def _inline_marked(lines: Sequence[str]) -> list[_Said | None]:
    """`**Anna:** words`, `- Anna: words`, `> Anna: words`."""
    return _kept([_marked_of(line) for line in lines])


def _inline_of(line: str) -> _Said | None:
    if ":" not in line[:80] and "：" not in line[:80]:
        return None
    found = _INLINE.fullmatch(line)
    if found is None:
        return None
    before, name, after, words = found.groups()
    time = before or after
    return _Said(name.strip(), seconds(time) if time else None, (words or "").strip())


def _marked_of(line: str) -> _Said | None:
    found = _MARKED.fullmatch(line)
    inner = found[2] if found else line
    bold = _BOLD.fullmatch(inner.strip())
    if bold is not None and (bold[3] or bold[6]):
        return _Said(bold[2].strip(), seconds(bold[5]) if bold[5] else None, bold[7].strip())
    return _inline_of(inner)


def _headings(lines: Sequence[str]) -> list[_Said | None]:
    """`## Anna`, or a bold name on a line of its own, and the words below."""
    heads: list[_Said | None] = []
    for line in lines:
        found = _HEADING.fullmatch(line)
        if found is not None:
            heads.append(_Said(found[1].strip(), seconds(found[2]) if found[2] else None, ""))
            continue
        bold = _BOLD.fullmatch(line.strip())
        alone = bold is not None and not bold[7].strip() and not bold[3] and not bold[6]
        heads.append(_Said(bold[2].strip(), None, "") if bold is not None and alone else None)
    counts = Counter(head.name.casefold() for head in heads if head is not None)
    again = {name for name, count in counts.items() if count > 1}
    if len(again) < 2:
        return [None] * len(lines)
    return [head if head is not None and head.name.casefold() in again else None for head in heads]


def _timed_headings(lines: Sequence[str]) -> list[_Said | None]:
    """`Anna  0:12` on a line of its own, and the words below."""
    heads: list[_Said | None] = []
    for line in lines:
        found = _HEADED.fullmatch(line) if ":" in line else None
        if found is None:
            heads.append(None)
            continue
        name, time = (found[1], found[2]) if found[1] else (found[4], found[3])
        heads.append(_Said(name.strip(), seconds(time), ""))
    return heads if sum(head is not None for head in heads) > 1 else [None] * len(lines)


def _kept(heads: list[_Said | None]) -> list[_Said | None]:
    """Only the heads that are somebody: a name, or words that come back before a colon."""
    counts = Counter(head.name.casefold() for head in heads if head is not None)
    issomebody: dict[str, bool] = {}
    for head in heads:
        if head is not None and not issomebody.get(key := head.name.casefold()):
            issomebody[key] = somebody(head.name, counts[key])
    return [
        head if head is not None and issomebody[head.name.casefold()] else None for head in heads
    ]


def somebody(name: str, times: int) -> bool:
    """Whether what stands before a colon so many `times` is who speaks, not the words."""
    words = re.sub(r"\(.*\)", "", name).split()
    if not words or words[0].casefold().strip(".") in _NOT_NAMES or len(words) > 5:
        return False
    if (len(words) > 1 or times == 1 < len(words[0])) and not _SAYING.isdisjoint(
        word.casefold() for word in words
    ):
        return False
    capital = all(
        word[0].isupper() or word[0].isdigit() or not word[0].isalpha()
        or word.casefold() in _PARTICLES or not (word[0].islower() or word[0].isupper())
        for word in words
    ) and not words[0][0].islower()  # fmt: skip
    if times == 1 and not capital:
        return len(words) == 1 and called_role(name) is not None
    return (capital and len(words) <= 4) or len(words) <= 2


def _by_turns(lines: Sequence[str], source: str) -> list[Found]:
    """`- words` and `- words`: two people who alternate."""
    made: list[Line] = []
    left_out = 0
    for line in lines:
        found = _DASH.fullmatch(line)
        if found is not None:
            made.append(Line(name=f"Speaker {len(made) % 2 + 1}", text=found[1]))
        elif made and line.strip():
            last = made.pop()
            made.append(Line(name=last.name, text=f"{last.text}\n{line.strip()}"))
        elif line.strip():
            left_out += 1
    if len(made) < 4 or sum(len(each.text.split()) > 60 for each in made) > len(made) / 2:
        return []
    return [Found(source=source, lines=tuple(made), left_out=left_out)]
