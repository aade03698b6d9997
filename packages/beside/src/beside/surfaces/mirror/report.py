"""The report: one HTML file that opens anywhere, with only what the practitioner ticked.

No script, no address outside the file. With a passphrase it is an age file.
"""

from collections.abc import Collection
from dataclasses import dataclass

from beside.mirror.transcript import Transcript
from beside.surfaces.mirror.view import PARTS, View
from beside.surfaces.web.pages import STATIC, Pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One turn of the transcript, for reading."""

    number: int
    name: str
    mine: bool
    text: str


def report(
    pages: Pages, language: str, seen: View, transcript: Transcript, parts: Collection[str]
) -> bytes:
    """The file, with the parts that are named; others are not in it at all."""
    html = pages.render(
        "mirror_report.html",
        language,
        lang=language,
        seen=seen,
        parts=frozenset(parts).intersection(PARTS),
        turns=said(transcript) if "transcript" in parts else (),
        style=(STATIC / "mirror.css").read_text("utf-8"),
    )
    return str(html).encode("utf-8", "replace")


def sealed(content: bytes, passphrase: str) -> bytes:
    """The file encrypted with age, opened by the passphrase. Raises PassphraseTooShort."""
    import pyrage

    from beside.store.keys import check_passphrase, one_form

    check_passphrase(passphrase)
    made: bytes = pyrage.passphrase.encrypt(content, one_form(passphrase))
    return made


def said(transcript: Transcript, begin: int = 0, end: int | None = None) -> tuple[Said, ...]:
    """Turns of the transcript with their names, from `begin` to before `end`."""
    speakers = {speaker.id: speaker for speaker in transcript.speakers}
    return tuple(
        Said(
            number=begin + at + 1,
            name=speakers[turn.speaker].name,
            mine=speakers[turn.speaker].role == "practitioner",
            text=turn.text,
        )
        for at, turn in enumerate(transcript.turns[begin:end])
    )
