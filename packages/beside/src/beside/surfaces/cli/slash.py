"""The small commands inside a conversation: a line that begins with `/` and one of these names."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, get_args

from beside.surfaces.cli.ask import agree
from beside.surfaces.cli.sitting import Left, Sitting
from beside.surfaces.cli.words import N_

if TYPE_CHECKING:
    from beside.talk.events import Mode

PART_CHARACTERS = 18_000
"""Words that are too long for one turn are said in parts of about this size."""


class Slash(NamedTuple):
    """One small command: what it does, and its line in /help."""

    do: Callable[[Sitting, str], None]
    help: str


def obey(sitting: Sitting, text: str) -> bool:
    """Do what the line asks. False where it is no command but something that is said."""
    first, _, rest = text.strip().partition(" ")
    if not first.startswith("/"):
        return False
    slash = SLASHES.get(first[1:].lower())
    if slash is not None:
        slash.do(sitting, rest.strip())
        return True
    if rest or "\n" in first:
        return False
    sitting.terminal.aside(
        sitting.terminal.gettext("There is no command {name}. /help shows those there are.").format(
            name=first
        )
    )
    return True


def _help(sitting: Sitting, rest: str) -> None:
    del rest
    _ = sitting.terminal.gettext
    for name, slash in SLASHES.items():
        sitting.terminal.say(f"/{name}: {_(slash.help)}")
    sitting.terminal.say(
        _(
            "Ctrl-C stops a reply and keeps its words; twice leaves. A line that ends in a "
            "backslash goes on in the next."
        )
    )


def _reach(sitting: Sitting, rest: str) -> None:
    sitting.show_card(rest.upper()[:2] or None)


def _lock(sitting: Sitting, rest: str) -> None:
    del rest
    _ = sitting.terminal.gettext
    sitting.asking = True
    sitting.loop.run(sitting.kept.lock())
    sitting.terminal.clear()
    sitting.terminal.say(_("Beside is locked."))
    sitting.unlock_if_needed()
    sitting.terminal.say(_("Welcome back."))


def _new(sitting: Sitting, rest: str) -> None:
    del rest
    sitting.conversation = sitting.last = None
    sitting.terminal.say(sitting.terminal.gettext("A new page. Say what you like, or nothing."))


def _mode(sitting: Sitting, rest: str) -> None:
    from beside.talk.events import Mode

    _ = sitting.terminal.gettext
    modes: dict[str, Mode] = {mode: mode for mode in get_args(Mode)}
    if rest.lower() not in modes:
        for name, sense in MODES.items():
            sitting.terminal.say(f"/mode {name}: {_(sense)}")
        return
    sitting.mode = modes[rest.lower()]
    sitting.terminal.say(_("From your next words on. You can change it whenever you like."))


def _voice(sitting: Sitting, rest: str) -> None:
    _ = sitting.terminal.gettext
    if not rest:
        for entry in sitting.beside.catalogue.entries():
            if entry.ready:
                told = sitting.terminal.told(entry.description)
                sitting.terminal.say(f"/voice {entry.name}: {told}")
        return
    sitting.beside.catalogue.entry(rest)
    sitting.unlock_if_needed()
    preferences = sitting.loop.run(sitting.person.read(lambda journal: journal.preferences()))
    if preferences.get(f"agreed:{rest}") == "no":  # who names the voice again wants to be asked
        sitting.loop.run(sitting.person.set_preference(f"agreed:{rest}", "ask"))
    sitting.voice = rest
    sitting.agree_to_voice()
    sitting.terminal.say(_("From your next words on, {voice} answers.").format(voice=rest))


def _again(sitting: Sitting, rest: str) -> None:
    del rest
    sitting.unlock_if_needed()
    if sitting.last is None:
        sitting.terminal.say(sitting.terminal.gettext("There is no reply here yet."))
        return
    last = sitting.last
    sitting.hear(
        sitting.loop.run(
            sitting.person.try_again(last.conversation, last.reply, voice=sitting.voice)
        )
    )


def _why(sitting: Sitting, rest: str) -> None:
    from beside.surfaces.cli.conversations import show_why
    from beside.talk.conversation import ReplyTurn

    _ = sitting.terminal.gettext
    sitting.unlock_if_needed()
    if sitting.last is None:
        sitting.terminal.say(_("There is no reply here yet."))
        return
    tree = sitting.loop.run(sitting.person.conversation(sitting.last.conversation))
    turn = tree.turns.get(sitting.last.reply)
    if isinstance(turn, ReplyTurn):
        show_why(sitting.terminal, turn, values=bool(rest))


def _on(sitting: Sitting, rest: str) -> None:
    del rest
    sitting.unlock_if_needed()
    if sitting.last is None:
        sitting.terminal.say(sitting.terminal.gettext("There is no reply here yet."))
        return
    last = sitting.last
    sitting.hear(sitting.loop.run(sitting.person.go_on(last.conversation, last.reply)))


def _parts(sitting: Sitting, rest: str) -> None:
    del rest
    _ = sitting.terminal.gettext
    text, sitting.too_long = sitting.too_long, None
    if text is None:
        sitting.terminal.say(_("There is nothing here that was too long."))
        return
    parts = in_parts(text, PART_CHARACTERS)
    question = _("That makes {count} parts, each with its answer. Say them?")
    if not agree(sitting.terminal, question.format(count=len(parts))):
        sitting.too_long = text
        return
    for part in parts:
        sitting.say(part)


def _untraced(sitting: Sitting, rest: str) -> None:
    del rest
    _ = sitting.terminal.gettext
    if not sitting.kept.name:
        sitting.terminal.say(_("Nothing is kept here already."))
        return
    sitting.unlock_if_needed()
    sitting.untraced = not sitting.untraced
    sitting.conversation = sitting.last = None
    if sitting.untraced:
        sitting.person = sitting.kept.untraced()
        sitting.terminal.say(_("A conversation that leaves no trace. /untraced once more ends it."))
        return
    sitting.loop.run(sitting.person.lock())
    sitting.person = sitting.kept
    sitting.terminal.say(_("It is gone. From here on, conversations are kept again."))


def _quit(sitting: Sitting, rest: str) -> None:
    del sitting, rest
    raise Left


def in_parts(text: str, size: int) -> list[str]:
    """The text in parts of at most `size` characters, cut between words where there are any."""
    parts = []
    while len(text) > size:
        cut = max(text.rfind("\n", 0, size), text.rfind(" ", 0, size))
        cut = cut if cut > size // 2 else size
        parts.append(text[:cut])
        text = text[cut:].lstrip()
    return [part for part in [*parts, text] if part.strip()]


MODES: "dict[Mode, str]" = {
    "suffering": N_("It hurts now; to be received comes first."),
    "issue": N_("Something asks to be looked at, as far as you like."),
    "chat": N_("Just talking, lightly."),
}

SLASHES: dict[str, Slash] = {
    "help": Slash(_help, N_("show these commands.")),
    "reach": Slash(
        _reach, N_("reach a person: numbers to call. The letter r alone does the same.")
    ),
    "lock": Slash(_lock, N_("lock the journal and clear the screen.")),
    "new": Slash(_new, N_("begin a new conversation.")),
    "mode": Slash(_mode, N_("say how deep you want to go: suffering, issue or chat.")),
    "voice": Slash(_voice, N_("see who can answer, or choose: /voice NAME.")),
    "again": Slash(_again, N_("ask for another answer to the same words.")),
    "why": Slash(_why, N_("why the last answer has these words; `/why all` with what was read.")),
    "on": Slash(_on, N_("where a voice broke off, let Beside go on by itself.")),
    "parts": Slash(_parts, N_("say what was too long for one turn in parts.")),
    "untraced": Slash(_untraced, N_("talk without keeping anything, or keep again.")),
    "quit": Slash(_quit, N_("leave. You are always free to.")),
}
