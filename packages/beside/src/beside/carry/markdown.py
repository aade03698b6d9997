"""One conversation as Markdown to read, print or keep: the visible line, dated, both named.

Whatever was said stands there as it was said: a star stays a star, a tag stays text, and no words
can pass for a heading of ours. `read` takes such a file back in.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from beside.carry import plain
from beside.carry.brought import Brought, Said
from beside.errors import NotAConversation
from beside.sentence import Sentence
from beside.talk.conversation import Conversation, PersonTurn, Turn

VERSION = 1

_START = re.compile(r"\s*<!-- beside-markdown (\d{1,9}) -->")
_MOMENT = r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) UTC"
_TURN = re.compile(rf"## (?:[^(]*?)(?:\((.*)\))? · {_MOMENT}( · .+)?")
_PUNCTUATION = r"[!-/:-@\[-`{-~]"
_ESCAPED = re.compile(rf"\\({_PUNCTUATION})")
_INLINE = re.compile(
    rf"\\(?={_PUNCTUATION}|$)"  # would escape what follows, or break the line
    r"|[`\[|]"
    r"|(?<!\s)\*|\*(?!\s)"  # a star that touches a word
    r"|(?<![^\W_])_|_(?![^\W_])"  # an underscore, but within a word
    r"|<(?=[A-Za-z/!?])"
    r"|&(?=#?\w{1,31};)"
    r"|~(?=~)|(?<=~)~"
)
_LINE_START = re.compile(r"(?:#{1,6}(?=\s|$)|[-+*](?=\s|$)|>|=+$|-+$)|(\d{1,9})([.)])(?=\s|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The words around what was said, so that a surface can give them in its language."""

    person: str = "You"
    companion: str = "Companion"
    begun: str = "Begun {moment}."
    source: str = "Brought from {source}."
    stopped: str = "stopped"
    failed: str = "broke off"
    speaking: str = "not ended yet"


ENGLISH = Labels()


def write(conversation: Conversation, labels: Labels = ENGLISH) -> str:
    """The visible line of the conversation as Markdown; times are in UTC, to the second."""
    blocks = [f"<!-- beside-markdown {VERSION} -->"]
    if conversation.title:
        blocks.append(f"# {one_line(conversation.title)}")
    about = labels.begun.format(moment=_moment(conversation.began_at))
    if conversation.source:
        about += " " + labels.source.format(source=one_line(conversation.source))
    blocks.append(about)
    for turn in conversation.line():
        blocks += [_turn_heading(turn, labels), as_said(turn.text)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def is_ours(text: str) -> bool:
    """Whether a text that begins like this says that `write` made it."""
    return _START.match(text.removeprefix("\ufeff")) is not None


def read(text: str) -> Brought:
    """The conversation in a text that `write` made, also where a person has edited it since.

    Raises NotAConversation where it is another text, or of a later version.
    """
    start = _START.match(text.removeprefix("\ufeff"))
    if start is None:
        raise NotAConversation(
            Sentence("This text is not a conversation that Beside wrote as Markdown.")
        )
    if int(start[1]) > VERSION:
        raise NotAConversation(
            Sentence(
                "This Markdown was written by a later version of Beside. Update Beside, then bring "
                "it in again; nothing was brought in now."
            )
        )
    title: str | None = None
    began_at: datetime | None = None
    said: list[Said] = []
    heading: re.Match[str] | None = None
    body: list[str] = []
    for line in [*plain.tidy(text).split("\n"), None]:
        found = None if line is None else _TURN.fullmatch(line.rstrip())
        if line is not None and found is None:
            body.append(line)
            continue
        if heading is None:
            title, began_at = _opening(body)
        else:
            said.append(_said(heading, body, len(said)))
        heading, body = found, []
    return Brought(title=title, began_at=began_at, said=tuple(said))


def _turn_heading(turn: Turn, labels: Labels) -> str:
    if isinstance(turn, PersonTurn):
        return f"## {_label(labels.person)} · {_moment(turn.at)}"
    ends = {"stopped": labels.stopped, "failed": labels.failed, "speaking": labels.speaking}
    end = f" · {ends[turn.state]}" if turn.state in ends else ""
    voice = one_line(turn.voice)
    return f"## {_label(labels.companion)} ({voice}) · {_moment(turn.at)}{end}"


def _label(label: str) -> str:
    return one_line(label.replace("(", "").replace(")", ""))


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC).isoformat(sep=' ')[:19]} UTC"


def one_line(text: str) -> str:
    """The text on one line, with nothing in it that a heading would act upon."""
    return _INLINE.sub(_escape, " ".join(plain.tidy(text).split())).replace("#", "\\#")


def as_said(text: str) -> str:
    """The text line by line as it was said, with nothing in it that Markdown would act upon."""
    lines = [_line(line) for line in plain.tidy(text).strip("\n").split("\n")]
    following = [*lines[1:], ""]
    return "\n".join(
        line + "  " if line and after else line
        for line, after in zip(lines, following, strict=True)
    )


def _line(line: str) -> str:
    """One line that reads as it was written; spaces before it become ones that do not break."""
    words = line.strip(" \t")
    if not words.strip():
        return ""
    before = line[: len(line) - len(line.lstrip(" \t"))].replace("\t", "    ")
    escaped = _INLINE.sub(_escape, words)
    if not before and (found := _LINE_START.match(escaped)) is not None:
        number = len(found[1] or "")
        escaped = f"{escaped[:number]}\\{escaped[number:]}"
    return "\u00a0" * len(before) + escaped


def _escape(found: re.Match[str]) -> str:
    return f"\\{found[0]}"


def _opening(lines: list[str]) -> tuple[str | None, datetime | None]:
    titles = [line[2:] for line in lines if line.startswith("# ")]
    moments = [found[1] for line in lines if (found := re.search(_MOMENT, line))]
    title = plain.name(_ESCAPED.sub(r"\1", titles[0])) if titles else None
    return title, plain.moment(moments[0]) if moments else None


def _said(heading: re.Match[str], body: list[str], number: int) -> Said:
    voice, moment, end = heading.groups()
    role: Literal["person", "companion"] = "person" if voice is None else "companion"
    return Said(
        key=str(number),
        parent=str(number - 1),
        role=role,
        text=plain.words("\n".join(_unescaped(line) for line in body)),
        at=plain.moment(moment),
        voice=plain.name(_ESCAPED.sub(r"\1", voice or "")),
        ended="done" if end is None else "stopped",
    )


def _unescaped(line: str) -> str:
    stripped = line.rstrip(" \t")
    words = stripped.lstrip("\u00a0")
    return " " * (len(stripped) - len(words)) + _ESCAPED.sub(r"\1", words)
