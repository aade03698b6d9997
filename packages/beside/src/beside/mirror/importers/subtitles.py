"""Subtitles with speakers: SRT and WebVTT.

Who speaks stands in a voice tag (`<v Anna>`) or before a colon. A cue without a name goes on with
what was being said.
"""

import html
import re
from collections import Counter

from beside.mirror.importers.found import TIME, Found, Line, seconds
from beside.mirror.importers.spoken_text import somebody

_CUE = re.compile(rf"\s*({TIME})\s*-->\s*{TIME}.*")
_VOICE = re.compile(r"<v(?:\.[\w.]+)?\s+([^>]{1,200})>")
_TAG = re.compile(r"</?[a-zA-Z][^>]{0,200}>|<\d[\d:.]*>")
_NAMED = re.compile(r"(?:[-–—>]+\s*)?\[?([^\W\d_][\w.'’&() -]{0,40}?)\]?\s?[:：]\s*(.*)", re.DOTALL)
_SKIPPED = ("NOTE", "STYLE", "REGION")


def is_one(text: str) -> bool:
    """Whether these are subtitles."""
    if text.lstrip().startswith("WEBVTT"):
        return True
    return any(_CUE.fullmatch(line) for line in text[:2000].split("\n"))


def read(text: str) -> list[Found]:
    """The conversation in these subtitles; nothing where no cue says who speaks."""
    source = "WebVTT" if text.lstrip().startswith("WEBVTT") else "SRT"
    cues, left_out = _cues(text)
    named = [_named(words) for _, words in cues]
    counts = Counter(name.casefold() for pieces in named for name, _ in pieces if name)
    lines: list[Line] = []
    for (at, words), pieces in zip(cues, named, strict=True):
        known = pieces
        if "<v" not in words and any(
            n and not somebody(n, counts[n.casefold()]) for n, _ in pieces
        ):
            known = [(None, _plain(words))]
        for name, said in known:
            if name is not None:
                lines.append(Line(name=name, text=said, at=at))
            elif lines:
                last = lines.pop()
                lines.append(Line(name=last.name, text=f"{last.text}\n{said}", at=last.at))
            else:
                left_out += 1
    return [Found(source=source, lines=tuple(lines), left_out=left_out)]


def _cues(text: str) -> tuple[list[tuple[float | None, str]], int]:
    """When each cue begins and its words, and how many notes were left out."""
    made: list[tuple[float | None, str]] = []
    left_out = 0
    for block in re.split(r"\n[ \t]*\n", text):
        lines = block.strip("\n").split("\n")
        timing = next((n for n, line in enumerate(lines[:3]) if _CUE.fullmatch(line)), None)
        if timing is not None:
            found = _CUE.fullmatch(lines[timing])
            at = seconds(found[1]) if found else None
            made.append((at, "\n".join(lines[timing + 1 :]).strip()))
        elif made and not lines[0].startswith(_SKIPPED) and block.strip():
            at, words = made.pop()  # an empty line within a cue
            made.append((at, f"{words}\n\n{block.strip()}"))
        elif lines[0].startswith(_SKIPPED):
            left_out += 1
    return [(at, words) for at, words in made if words], left_out


def _named(words: str) -> list[tuple[str | None, str]]:
    """Who says what in one cue; two voice tags are two who speak."""
    pieces = _VOICE.split(words)
    if len(pieces) > 1:
        before = [(None, _plain(pieces[0]))] if _plain(pieces[0]) else []
        spoken = zip(pieces[1::2], pieces[2::2], strict=True)
        return [*before, *((html.unescape(name).strip(), _plain(said)) for name, said in spoken)]
    said = _plain(words)
    found = _NAMED.fullmatch(said)
    return [(found[1].strip(), found[2].strip())] if found else [(None, said)]


def _plain(words: str) -> str:
    return html.unescape(_TAG.sub("", words)).strip()
