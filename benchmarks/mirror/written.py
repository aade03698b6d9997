"""Generated conversations, written in every form that the mirror reads; none of its code is used.

A conversation is a list of (name, words, second). The words are as odd as people write them: other
scripts, colons, quotation marks, several paragraphs, things that look like marks of the form.
"""

import csv
import html
import io
import json
import random
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from xml.sax.saxutils import escape


class Said(NamedTuple):
    """One turn."""

    name: str
    text: str
    second: int


NAMES = (
    "Anna", "Ben Okafor", "Dr. Meyer", "Therapist", "Client", "Zoë", "Ms. de Wit", "María José",
    "T", "C", "Speaker 1", "Speaker 2", "O'Neill", "Jean-Pierre", "Ayşe", "李雷", "علي", "Ольга",
    "nurse", "patient", "Mother", "P1",
)  # fmt: skip
PIECES = (
    "I did not sleep.", "What was it like?", "He said: go away.", "It was 10:30, I think…",
    "Ja, dat ken ik; het is zwaar.", "Je ne sais pas, « peut-être » demain.", "Ich weiß es nicht.",
    "¿Y tú? No sé.", "我很累。", "أنا متعب", "Мне страшно.", "🙂 haha 👍🏽", "5 < 6 & 7 > 2, no?",
    "“Enough,” she said, “is enough.”", 'It was "fine", with 3,5 % more; or | less.', "(silence)",
    "[crying]", "http://example.org/a:b?c=d&e=f", "*really* not_that_one #1", "- no -", "…", "Hm.",
    "Mijn moeder, zij zei: 'kom'.", "a\\b\\n", "100%", "--", "It's what I'd do, isn't it?", "No",
    "word " * 60 + "end.",
)  # fmt: skip
FOLLOWING = (
    "And then he said: it is over.", "Nothing more.", "- one\n- two", "So I left: quietly.",
    "1. first\n2. second", "> quoted", "   indented", "Ik zei nog: nee.",
)  # fmt: skip
_BEGAN = datetime(2024, 3, 28, 22, 15, tzinfo=UTC)


def conversation(dice: random.Random, *, turns: int | None = None) -> list[Said]:
    """A conversation of two to four who speak, each at least once."""
    names = dice.sample(NAMES, dice.choice((2, 2, 2, 3, 4)))
    order = [*names, *dice.choices(names, k=(turns or dice.randint(4, 24)) - len(names))]
    second = 0
    said = []
    for name in order:
        words = " ".join(dice.choices(PIECES, k=dice.randint(1, 4))).strip()
        if dice.random() < 0.2:
            words += "\n" + dice.choice(FOLLOWING)
        if dice.random() < 0.1:
            words += "\n\n" + dice.choice(PIECES).strip()
        said.append(Said(name, words, second))
        second += dice.randint(1, 90)
    return said


def _clock(second: int) -> str:
    return f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"


def plain_text(said: list[Said]) -> bytes:
    """`Anna: words`."""
    return "\n".join(f"{each.name}: {each.text}" for each in said).encode()


def timed_text(said: list[Said]) -> bytes:
    """`[00:01:02] Anna: words`, with the line ends of Windows and an empty line between."""
    lines = (f"[{_clock(each.second)}] {each.name}: {each.text}" for each in said)
    return "\n\n".join(lines).replace("\n", "\r\n").encode("utf-16")


def markdown(said: list[Said]) -> bytes:
    """`**Anna:** words` under a title."""
    return ("# A talk\n\n" + "\n\n".join(f"**{e.name}:** {e.text}" for e in said)).encode()


def meeting(said: list[Said]) -> bytes:
    """A name and a time on a line, the words below."""
    return "\n\n".join(f"{e.name}  {_clock(e.second)}\n{e.text}" for e in said).encode()


def srt(said: list[Said]) -> bytes:
    """Subtitles, a turn a cue."""
    cues = (
        f"{n}\n{_clock(e.second)},000 --> {_clock(e.second + 1)},500\n{e.name}: {e.text}"
        for n, e in enumerate(said, 1)
    )
    return "\n\n".join(cues).encode()


def web_vtt(said: list[Said]) -> bytes:
    """Subtitles with voice tags."""
    cues = (
        f"{_clock(e.second)}.000 --> {_clock(e.second + 1)}.500 align:start\n"
        f"<v {html.escape(e.name)}>{html.escape(e.text, quote=False)}</v>"
        for e in said
    )
    return ("WEBVTT\n\nNOTE made for a test\n\n" + "\n\n".join(cues)).encode()


def json_list(said: list[Said]) -> bytes:
    """Records in a list that an object holds."""
    turns = [{"speaker": e.name, "text": e.text, "start": e.second} for e in said]
    return json.dumps({"title": "A talk", "turns": turns}).encode()


def json_lines(said: list[Said]) -> bytes:
    """A record a line, the names as roles."""
    lines = (json.dumps({"role": e.name, "content": e.text}, ensure_ascii=False) for e in said)
    return "\n".join(lines).encode()


def _table(said: list[Said], head: list[str], delimiter: str) -> bytes:
    made = io.StringIO(newline="")
    rows = csv.writer(made, delimiter=delimiter)
    rows.writerow(head)
    rows.writerows([e.name, e.second, e.text] for e in said)
    return made.getvalue().encode("utf-8-sig")


def comma_separated(said: list[Said]) -> bytes:
    """A table as a spreadsheet saves it."""
    return _table(said, ["Speaker", "Start", "Utterance"], ",")


def semicolon_separated(said: list[Said]) -> bytes:
    """A table as a spreadsheet saves it where the comma is in numbers."""
    return _table(said, ["Naam", "Tijd", "Tekst"], ";")


def convokit(said: list[Said]) -> bytes:
    """A corpus of one conversation, packed."""
    lines = (
        json.dumps(
            {
                "id": f"u{n}", "conversation_id": "u0", "text": e.text, "speaker": e.name,
                "meta": {}, "reply-to": f"u{n - 1}" if n else None, "timestamp": e.second,
                "vectors": [],
            }
        )
        for n, e in enumerate(said)
    )  # fmt: skip
    return _packed({"c/utterances.jsonl": "\n".join(lines), "c/index.json": '{"version": 1}'})


def _packed(files: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return made.getvalue()


def whatsapp_android(said: list[Said]) -> bytes:
    """`28/03/2024, 22:15 - Anna: words`, with a note of the app's."""
    lines = ["28/03/2024, 22:14 - Messages and calls are end-to-end encrypted."]
    for each in said:
        at = _BEGAN + timedelta(seconds=each.second)
        lines.append(f"{at:%d/%m/%Y, %H:%M} - {each.name}: {each.text}")
    return "\n".join(lines).encode()


def whatsapp_phone(said: list[Said]) -> bytes:
    """`[3/28/24, 10:15:00 PM] Anna: words`, packed as it is sent."""
    lines = []
    for each in said:
        at = _BEGAN + timedelta(seconds=each.second)
        hour = f"{at.hour % 12 or 12}:{at:%M:%S}\u202f{at:%p}"
        lines.append(f"[{at.month}/{at.day}/{at:%y}, {hour}] {each.name}: {each.text}")
    return _packed({"_chat.txt": "\n".join(lines)})


def telegram(said: list[Said]) -> bytes:
    """An export with entities and a service message."""
    messages: list[dict[str, object]] = [
        {"id": 1, "type": "service", "actor": "x", "action": "create_group", "text": ""}
    ]
    for n, each in enumerate(said, 2):
        at = _BEGAN + timedelta(seconds=each.second)
        half = len(each.text) // 2
        pieces: list[object] = [each.text[:half], {"type": "bold", "text": each.text[half:]}]
        messages.append(
            {
                "id": n, "type": "message", "date": at.isoformat()[:19],
                "date_unixtime": str(int(at.timestamp())), "from": each.name,
                "from_id": f"user{n}", "text": pieces if n % 2 else each.text,
                "text_entities": [],
            }
        )  # fmt: skip
    return json.dumps({"name": "A talk", "type": "personal_chat", "messages": messages}).encode()


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _paragraph(line: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'


def _word(body: str) -> bytes:
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_W}"><w:body>'
        f"{body}</w:body></w:document>"
    )
    return _packed({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def word(said: list[Said]) -> bytes:
    """A Word document, a paragraph a line."""
    lines = "\n".join(f"{e.name}: {e.text}" for e in said).split("\n")
    return _word("".join(_paragraph(line) for line in lines))


def word_table(said: list[Said]) -> bytes:
    """A Word document with a table: names and words."""
    rows = (
        f"<w:tr><w:tc>{_paragraph(e.name)}</w:tc>"
        f"<w:tc>{''.join(_paragraph(line) for line in e.text.split(chr(10)))}</w:tc></w:tr>"
        for e in said
    )
    return _word(f"<w:tbl>{''.join(rows)}</w:tbl>")


FORMS: dict[str, tuple[str, Callable[[list[Said]], bytes]]] = {
    "text": ("a.txt", plain_text),
    "text with times": ("a.txt", timed_text),
    "Markdown": ("a.md", markdown),
    "text of a meeting": ("a.txt", meeting),
    "SRT": ("a.srt", srt),
    "WebVTT": ("a.vtt", web_vtt),
    "JSON": ("a.json", json_list),
    "JSONL": ("a.jsonl", json_lines),
    "CSV": ("a.csv", comma_separated),
    "CSV with semicolons": ("a.csv", semicolon_separated),
    "ConvoKit": ("corpus.zip", convokit),
    "WhatsApp, Android": ("WhatsApp Chat with B.txt", whatsapp_android),
    "WhatsApp, iPhone": ("chat.zip", whatsapp_phone),
    "Telegram": ("result.json", telegram),
    "Word": ("a.docx", word),
    "Word, table": ("a.docx", word_table),
}
"""Every form: the name that a file has, and how it is written."""
