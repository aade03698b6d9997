"""A Word document: its paragraphs and tables as lines of text, read as plain text is.

Only the words are taken. A document with declarations in it, as no word processor writes them, is
refused before it is read.
"""

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree  # noqa: S405  -- declarations are refused before anything is read

from beside.carry.zipped import unpack
from beside.errors import NotAConversation
from beside.mirror.importers import spoken_text
from beside.mirror.importers.found import Found, Line
from beside.sentence import Sentence

DOCUMENT = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"


def read(archive: zipfile.ZipFile, *, most: int) -> list[Found]:
    """The conversation in the document. Raises NotAConversation where it cannot be read."""
    data = unpack(archive, archive.getinfo(DOCUMENT), most)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise NotAConversation(
            Sentence("This document is not written as a word processor writes it.")
        )
    try:
        blocks = list(_blocks(data.replace(_STRICT[1:-1].encode(), _W[1:-1].encode())))
    except (ElementTree.ParseError, ValueError):
        raise NotAConversation(Sentence("This Word document is damaged or cut short.")) from None
    rows = [block for block in blocks if isinstance(block, tuple)]
    if len({name.casefold() for name, _ in rows}) > 1 and 2 * len(rows) > len(blocks):
        lines = tuple(Line(name=name, text=text) for name, text in rows)
        return [Found(source="Word", lines=lines, left_out=len(blocks) - len(rows))]
    text = "\n".join(block if isinstance(block, str) else "\t".join(block) for block in blocks)
    return [
        Found(source="Word", lines=each.lines, title=each.title, left_out=each.left_out)
        for each in spoken_text.read(text)
    ]


def _blocks(data: bytes) -> Iterator[str | tuple[str, str]]:
    """Each paragraph as text; each row of two or three cells as a name and words."""
    in_table = 0
    cells: list[str] = []
    cell: list[str] = []
    reader = ElementTree.iterparse(io.BytesIO(data), events=("start", "end"))  # noqa: S314
    for event, element in reader:
        tag = element.tag.removeprefix(_W)
        if event == "start":
            in_table += tag == "tbl"
            continue
        if tag == "p":
            words = _words(element)
            if in_table:
                cell.append(words)
            else:
                yield words
            element.clear()
        elif tag == "tc":
            cells.append("\n".join(cell).strip())
            cell = []
        elif tag == "tr":
            yield from _row(cells)
            cells = []
            element.clear()
        elif tag == "tbl":
            in_table -= 1
            element.clear()


def _row(cells: list[str]) -> Iterator[str | tuple[str, str]]:
    if len(cells) < 2 or not all(each for each in cells[-2:]):
        yield "\n".join(each for each in cells if each)
    elif len(cells[-2]) > 80:
        yield "\n".join(cells)
    else:
        yield cells[-2].rstrip(":： "), cells[-1]


def _words(paragraph: ElementTree.Element) -> str:
    """The words of a paragraph as they are shown: without what was deleted or is a field's code."""
    made: list[str] = []
    for element in paragraph.iter():
        tag = element.tag.removeprefix(_W)
        if tag == "t":
            made.append(element.text or "")
        elif tag == "tab":
            made.append("\t")
        elif tag in ("br", "cr"):
            made.append("\n")
        elif tag == "noBreakHyphen":
            made.append("-")
    return "".join(made)
