"""`beside mirror`: look at your own words in a conversation; your mark comes first."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from beside.surfaces.cli.files import can_be_written, read_in, write_out
from beside.surfaces.cli.opening import reading, whose, writing
from beside.surfaces.cli.refused import Refused
from beside.surfaces.cli.sessions import SESSION, find_session, show_sessions
from beside.surfaces.cli.terminal import Terminal
from beside.surfaces.cli.words import N_
from beside.surfaces.cli.words import command as a_command

if TYPE_CHECKING:
    from beside.mirror.session import MirrorSession
    from beside.mirror.transcript import Transcript
    from beside.surfaces.mirror.view import View


@a_command(
    "mirror",
    help=N_(
        "Look at your own words in a conversation with someone you helped.\n\n"
        "You put your own mark first; then you see what opened and what may have narrowed, with "
        "estimates that have an interval, and one question. Without FILE it is the newest session "
        "that you kept, or the one that `--session` names."
    ),
)
@click.argument(
    "file", required=False, metavar="FILE", type=click.Path(dir_okay=False, path_type=Path)
)
@click.option("--list", "listed", is_flag=True, help=N_("List the sessions that you kept."))
@click.option("--session", metavar="WHICH", help=SESSION)
@click.option("--me", multiple=True, metavar="NAME", help=N_("A speaker who is you."))
@click.option("--other", multiple=True, metavar="NAME", help=N_("A speaker whom you helped."))
@click.option("--initials", is_flag=True, help=N_("Replace names by initials before anything."))
@click.option(
    "--mark",
    type=click.FloatRange(0, 100),
    metavar="0-100",
    help=N_("Your own mark on the line, from 0 (far from the other) to 100 (close beside)."),
)
@click.option("--words", metavar="WORDS", help=N_("Your own words beside the mark."))
@click.option(
    "--keep",
    metavar="CONSENT",
    help=N_("Keep the session in your journal; CONSENT says who agreed to that, and when."),
)
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help=N_("Write what is seen to this new HTML file."),
)
@click.option(
    "--part",
    "ticked",
    multiple=True,
    metavar="PART",
    help=N_(
        "A part of the report: own, opened, closed, profile, course, whole, room, counts, "
        "rewordings, question, transcript. Without it, all but the transcript."
    ),
)
@click.option("--seal", is_flag=True, help=N_("Encrypt the report with age; asks a passphrase."))
@click.option(
    "--seal-with",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help=N_("Encrypt the report with age, by the first line of this file."),
)
@click.option(
    "--voice",
    metavar="VOICE",
    help=N_("A voice that proposes other words too; one elsewhere waits for your yes."),
)
@whose
@click.pass_context
def command(
    context: click.Context,
    file: Path | None,
    listed: bool,
    session: str | None,
    me: tuple[str, ...],
    other: tuple[str, ...],
    initials: bool,
    mark: float | None,
    words: str | None,
    keep: str | None,
    report: Path | None,
    ticked: tuple[str, ...],
    seal: bool,
    seal_with: Path | None,
    voice: str | None,
    person: str | None,
    passphrase_file: Path | None,
) -> None:
    """Read it, ask for the mark, look, and show; keep or write it where that is asked for."""
    terminal: Terminal = context.obj
    if file is not None and (listed or session is not None):
        raise click.UsageError("a FILE is not kept yet: leave out --list and --session",
                               ctx=context)  # fmt: skip
    if listed:
        with reading(terminal, person, passphrase_file) as journal:
            show_sessions(terminal, journal)
        return
    _parts_known(context, ticked)
    passphrase = None
    if report is None and (seal or seal_with is not None):
        raise click.UsageError("--seal needs a --report", ctx=context)
    if report is not None:
        can_be_written(terminal, report)
        passphrase = _passphrase(terminal, seal, seal_with)
    if file is None:
        if me or other or initials or keep is not None:
            raise click.UsageError("these options need a FILE", ctx=context)
        looked_at = _kept(terminal, session or "1", person, passphrase_file)
    else:
        transcript = _brought(terminal, file, me, other)
        if initials:
            transcript = _with_initials(terminal, transcript)
        looked_at = _session(transcript, keep or "", initials)
    looked_at = _marked(terminal, looked_at, mark, words)
    seen = _seen(terminal, looked_at, voice)
    if report is None or terminal.is_live():
        _show(terminal, seen)
    if report is not None:
        _write(terminal, looked_at, seen, report, ticked, passphrase)
    if file is not None and keep is not None:
        _keep(terminal, looked_at, person, passphrase_file)


def _parts_known(context: click.Context, ticked: tuple[str, ...]) -> None:
    from beside.surfaces.mirror.view import PARTS

    for each in ticked:
        if each not in PARTS:
            raise click.UsageError(f"a report has no part {each!r}", ctx=context)


def _passphrase(terminal: Terminal, seal: bool, file: Path | None) -> str | None:
    """What opens the report, asked for before anything is read; None where it is not sealed."""
    from beside.store.keys import check_passphrase
    from beside.surfaces.cli.ask import new_passphrase, passphrase_from

    if file is not None:
        given = passphrase_from(file)
        check_passphrase(given)
        return given
    return new_passphrase(terminal) if seal else None


def _brought(
    terminal: Terminal, file: Path, me: tuple[str, ...], other: tuple[str, ...]
) -> "Transcript":
    """The conversation in the file, with the roles that were named."""
    from beside.mirror.roles import Role
    from beside.mirror.transcript import read, with_roles

    _ = terminal.gettext
    transcript = read(read_in(terminal, file), name=file.name)
    ids = {each.name.casefold(): each.id for each in transcript.speakers}
    roles: dict[str, Role] = {}
    for names, role in ((me, "practitioner"), (other, "person")):
        for name in names:
            if name.casefold() not in ids:
                raise Refused(
                    _("Nobody in it is called that. It has: {names}.").format(
                        names=", ".join(each.name for each in transcript.speakers)
                    )
                )
            roles[ids[name.casefold()]] = "practitioner" if role == "practitioner" else "person"
    if me and not other:  # everyone else is the other
        roles = {
            each.id: roles.get(each.id, "person" if each.role == "practitioner" else each.role)
            for each in transcript.speakers
        }
    transcript = with_roles(transcript, roles)
    told = {"practitioner": _("you"), "person": _("the other"), "other": _("left out")}
    for each in transcript.speakers:
        terminal.aside(f"{each.name}: {told[each.role]}", tone="quiet")
    if not {"practitioner", "person"} <= {each.role for each in transcript.speakers}:
        raise Refused(_("Say who of them is you, with `--me NAME`."))
    return transcript


def _with_initials(terminal: Terminal, transcript: "Transcript") -> "Transcript":
    from beside.mirror.transcript import initials

    changed, found = initials(transcript)
    _ = terminal.gettext
    terminal.aside(
        _("These were replaced by initials: {names}. Look it over: others may be left.").format(
            names=", ".join(found)
        )
        if found
        else _("No names were found to replace. Look it over: some may be left.")
    )
    return changed


def _session(transcript: "Transcript", consent: str, initials: bool) -> "MirrorSession":
    import os

    from beside.mirror.session import MirrorSession
    from beside.talk.clock import utc_now
    from beside.talk.ids import MirrorId, make_id

    at = utc_now()
    return MirrorSession(
        id=MirrorId(make_id(at, os.urandom)),
        at=at,
        transcript=transcript,
        consent=consent,
        initials=initials,
    )


def _kept(terminal: Terminal, which: str, person: str | None, file: Path | None) -> "MirrorSession":
    """The session that is meant, with its words; the newest is 1."""
    from beside.surfaces.export import kept_session, kept_sessions

    with reading(terminal, person, file) as journal:
        if not kept_sessions(journal):
            raise Refused(
                terminal.gettext("No session is kept here yet. `beside mirror FILE` looks at one.")
            )
        return kept_session(journal, find_session(terminal, journal, which).id)


def _marked(
    terminal: Terminal, session: "MirrorSession", given: float | None, words: str | None
) -> "MirrorSession":
    """The session with its own mark; nothing is estimated before there is one."""
    from dataclasses import replace

    from beside.mirror.session import Mark
    from beside.surfaces.cli.ask import line
    from beside.talk.clock import utc_now

    _ = terminal.gettext
    if given is None and session.mark is not None:
        return session
    if given is None and not terminal.is_live():
        raise Refused(_("Your own mark comes first: `--mark`, from 0 (far) to 100 (close)."))
    while given is None:
        terminal.say(_("Your own mark first. Where were you with the other?"), tone="strong")
        typed = line(terminal, _("0 (far from the other) to 100 (close beside the other):"))
        if typed.strip().isdecimal() and int(typed) <= 100:
            given = float(typed)
            words = words or line(terminal, _("In your own words, if you like:")).strip() or None
    return replace(session, mark=Mark(at=utc_now(), value=given / 100, words=words))


def _seen(terminal: Terminal, session: "MirrorSession", voice: str | None) -> "View":
    import asyncio

    from beside.surfaces.cli.elsewhere import may_be_used
    from beside.surfaces.mirror.view import view
    from beside.wiring import Beside

    mark = session.mark
    assert mark is not None  # noqa: S101 - `_marked` saw to it

    beside = Beside.open(terminal.settings()[0])
    otherwise = terminal.gettext("Then nothing leaves; only Beside’s own words are weighed.")
    agreed = voice is not None and may_be_used(terminal, beside, voice, otherwise=otherwise)

    async def looking() -> "View":
        look = await beside.look_at(session, mark, voice=voice, agreed=agreed)
        await beside.close()
        return view(session, mark, look.seen, look.others, terminal.gettext)

    return asyncio.run(looking())


def _show(terminal: Terminal, seen: "View") -> None:
    from beside.surfaces.cli.mirror_view import show

    show(terminal, seen)


def _write(
    terminal: Terminal,
    session: "MirrorSession",
    seen: "View",
    to: Path,
    ticked: tuple[str, ...],
    passphrase: str | None,
) -> None:
    from beside.surfaces.mirror.report import report, sealed
    from beside.surfaces.mirror.view import PARTS
    from beside.surfaces.web.pages import Pages

    parts = frozenset(ticked) or frozenset(PARTS) - {"transcript"}
    content = report(Pages(), terminal.language, seen, session.transcript, parts)
    write_out(terminal, content if passphrase is None else sealed(content, passphrase), to)
    terminal.aside(
        terminal.gettext("It is written. Quotes in it are words of the other: keep it safe.")
    )


def _keep(
    terminal: Terminal, session: "MirrorSession", person: str | None, file: Path | None
) -> None:
    from beside.mirror.session import kept, marked

    _ = terminal.gettext
    if not session.consent.strip():
        raise Refused(_("Say in a sentence who agreed that you keep this, and when."))
    mark = session.mark
    assert mark is not None  # noqa: S101 - `_marked` saw to it
    with writing(terminal, person, file) as journal:
        journal.append(
            kept(
                session.transcript,
                id=session.id,
                at=session.at,
                consent=session.consent.strip(),
                initials=session.initials,
            ),
            marked(session.id, mark.value, at=mark.at, place=None, words=mark.words),
        )
    terminal.say(_("It is kept."))
