"""What is packed: a Word document, a chat with its pictures, a corpus, an export."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator

from beside.carry.zipped import TooLarge, unpack
from beside.errors import NotAConversation
from beside.mirror.importers import docx
from beside.mirror.importers.found import Found
from beside.sentence import Sentence

MOST_MEMBERS = 100_000
"""Files in a packed one; a chat holds every picture that was sent."""

_SPOKEN = re.compile(
    r"(?:.*\.(?:txt|md|markdown|srt|vtt|csv|tsv|jsonl)|utterances\.json|result\.json"
    r"|conversations(?:-\d+)?\.json|.*chat.*\.json)",
    re.IGNORECASE,
)


def read(data: bytes, of_one: Callable[[bytes, str], list[Found]], *, most: int) -> list[Found]:
    """The conversations in a packed file; `of_one` reads each file in it. Raises NotAConversation.

    `most` is how many bytes may be unpacked in all.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS:
                raise NotAConversation(Sentence("There are too many files packed into this one."))
            if any(each.filename == docx.DOCUMENT for each in members):
                return docx.read(archive, most=most)
            found: list[Found] = []
            for member in _spoken(members):
                unpacked = unpack(archive, member, most)
                most -= len(unpacked)
                found += _of_member(unpacked, member.filename, of_one)
            return found
    except TooLarge:
        raise NotAConversation(
            Sentence("What is packed into this file is larger than can be taken in.")
        ) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError):
        raise NotAConversation(Sentence("This file is damaged or cut short.")) from None
    except (RuntimeError, NotImplementedError):
        raise NotAConversation(
            Sentence(
                "This file is locked with a password or packed in a way that cannot be read. "
                "Unpack it and bring in what is inside."
            )
        ) from None


def _spoken(members: list[zipfile.ZipInfo]) -> Iterator[zipfile.ZipInfo]:
    """The files that may hold conversations, in the order of their names."""
    for member in sorted(members, key=lambda each: each.filename):
        *folders, last = member.filename.split("/")
        if "__MACOSX" not in folders and _SPOKEN.fullmatch(last):
            yield member


def _of_member(
    data: bytes, filename: str, of_one: Callable[[bytes, str], list[Found]]
) -> list[Found]:
    """What one of several files holds: one that is no conversation is passed by."""
    try:
        return of_one(data, filename.rpartition(".")[2].casefold())
    except NotAConversation:
        return []
