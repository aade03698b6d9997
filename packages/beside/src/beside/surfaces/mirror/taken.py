"""A kept session as Markdown, for its practitioner: their marks, what was read, what was said."""

from datetime import UTC

from beside.carry.markdown import as_said, one_line
from beside.mirror.figures import read_figure
from beside.mirror.session import Mark, MirrorSession
from beside.store.journal import Journal
from beside.surfaces.export import kept_session, kept_sessions
from beside.surfaces.language import Words
from beside.surfaces.mirror.over import titled
from beside.surfaces.mirror.view import own
from beside.surfaces.mirror.words import between, sides
from beside.surfaces.why import dimension_names
from beside.talk.events import MirrorRead


def session_text(session: MirrorSession, _: Words) -> str:
    """The session as it is kept. What was estimated stands in it only beside an own mark."""
    transcript = session.transcript
    title = titled(transcript.title, _, practised=session.practised is not None)
    begun = _("Kept on %(day)s.") % {"day": f"{session.at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"}
    blocks = [
        _heading(1, title),
        f"{begun} {as_said(session.consent)}".strip(),
        _heading(2, _("Your own mark")),
        *(_marked(session.mark, _) if session.mark is not None else [_("not marked yet")]),
    ]
    if session.mark is not None and session.read is not None:
        blocks += _estimated(session.read, _)
    blocks.append(_heading(2, _("What was said")))
    speakers = {each.id: each for each in transcript.speakers}
    you, marked = _("you"), _("Your mark")
    for place, turn in enumerate(transcript.turns):
        who = speakers[turn.speaker]
        mine = f" ({you})" if who.role == "practitioner" else ""
        blocks += [_heading(3, f"{place + 1} · {who.name}{mine}"), as_said(turn.text)]
        if (mark := session.marks.get(place)) is not None:
            blocks += [f"*{marked}*", *_marked(mark, _)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def session_files(journal: Journal, _: Words) -> dict[str, str]:
    """Every kept session as a text of its own, oldest first, named after its day."""
    return {
        f"mirror/{each.at.astimezone():%Y-%m-%d %H.%M} {each.id[-4:]}.md": session_text(
            kept_session(journal, each.id), _
        )
        for each in kept_sessions(journal)[::-1]
    }


def _marked(mark: Mark, _: Words) -> list[str]:
    quoted = [f"> {line}" for line in as_said(mark.words).split("\n")] if mark.words else []
    return [own(mark.value, _), "\n".join(quoted)]


def _estimated(read: MirrorRead, _: Words) -> list[str]:
    """The sides and dimensions that were read, each with its interval."""
    names = {**sides(_), **dimension_names(_)}
    found = [figure for line in read.figures if (figure := read_figure(line)) is not None]
    lines = [f"- {names[name]}: {between(each, _)}" for name, each in found if name in names]
    if read.gauge is None or not lines:
        return []
    told = _(
        "Estimated by %(gauge)s. It measures moves in words, not people, and it has not been "
        "validated clinically."
    )
    title = _heading(2, _("Estimates beside your mark"))
    return [title, "\n".join(lines), told % {"gauge": one_line(read.gauge)}]


def _heading(depth: int, words: str) -> str:
    return f"{'#' * depth} {one_line(words)}"
