"""A practice in the terminal: words go to the person, and a quiet line tells what moved.

Small commands take a turn anew, lay two ways side by side, show the line, or end it.
"""

from contextlib import ExitStack
from typing import TYPE_CHECKING, NamedTuple, Self

from beside.errors import BesideError
from beside.surfaces.cli.card import card_wanted, show_card
from beside.surfaces.cli.elsewhere import may_be_used
from beside.surfaces.cli.loop import Loop
from beside.surfaces.cli.terminal import Terminal
from beside.surfaces.cli.typed import Typed
from beside.surfaces.cli.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from beside.mirror.roleplay import Simulated, Step
    from beside.wiring import Beside


class Ended(Exception):  # noqa: N818 - no error: the practitioner ends the practice
    """The practice is over."""


class Practising:
    """One practice: the simulated person, and a voice for their words where one was asked for."""

    def __init__(self, terminal: Terminal, simulated: "Simulated", voice: str | None) -> None:
        self.terminal = terminal
        from beside.surfaces.practised import Practice

        self.simulated = simulated
        self.voice = voice
        self._practice = Practice(simulated=simulated)
        self._beside: Beside | None = None
        self._loop: Loop | None = None
        self._open = ExitStack()

    def __enter__(self) -> Self:
        """Have the voice at hand, where one was asked for. Raises VoiceError."""
        if self.voice is None:
            return self
        from beside.wiring import Beside

        opened = Beside.open(self.terminal.settings()[0])
        otherwise = self.terminal.gettext("Then nothing leaves, and the written words are said.")
        if may_be_used(self.terminal, opened, self.voice, otherwise=otherwise):
            self._beside = opened
            self._loop = self._open.enter_context(Loop())
        return self

    def __exit__(
        self,
        kind: "type[BaseException] | None",
        error: "BaseException | None",
        trace: "TracebackType | None",
    ) -> None:
        """Let go of the voice."""
        if self._loop is not None and self._beside is not None:
            self._loop.run(self._beside.close())
        self._open.close()

    def say(self, words: str) -> None:
        """The practitioner's words; the answer and the quiet line are shown."""
        if self._points_to_people(words):
            return
        if self._loop is None or self._beside is None:
            self.simulated.answer(words)
        else:
            self._answered_by_voice(self._loop, self._beside, words)
        step = self.simulated.line()[-1]
        self.show(step)
        if step.answer.outside:
            self.terminal.say(
                self.terminal.gettext(
                    "This is an invented person, made of written lines; nobody said this. "
                    "/help shows what can be done."
                ),
                tone="quiet",
            )

    def show(self, step: "Step") -> None:
        """One answer with its quiet line."""
        from beside.surfaces.practise import quiet_line

        self.terminal.say()
        self.terminal.say(step.answer.text)
        self.terminal.say()
        seen, why = quiet_line(step.answer.moved, self.terminal.gettext)
        self.terminal.say(f"{step.answer.turn} · {seen} {why}".rstrip(), tone="quiet")

    def _answered_by_voice(self, loop: Loop, beside: "Beside", words: str) -> None:
        """Let the voice say the answer; where it cannot, the written words stand and it is told."""
        failed = loop.run(beside.practise(self.simulated, words, voice=self.voice, agreed=True))
        if failed is not None:
            self.terminal.aside(self.terminal.explain(failed), tone="quiet")

    def _points_to_people(self, words: str) -> bool:
        """Where the words may be about the practitioner, the way to people comes first, once."""
        if not self._practice.holds_back(words):
            return False
        self.terminal.say(
            self.terminal.gettext(
                "These words may be about you yourself. If they are: r and Enter shows numbers of "
                "people, and the practice can wait. If they belong to it, say them once more."
            ),
            tone="strong",
        )
        return True


def hold(practising: Practising) -> None:
    """Go on until the practitioner leaves."""
    _begin(practising)
    typed = Typed()
    while True:
        try:
            text = typed.message("> ")
            if text is None:
                raise Ended
            _take(practising, text)
        except (Ended, KeyboardInterrupt):
            practising.terminal.say()
            return
        except BesideError as error:
            practising.terminal.aside(practising.terminal.explain(error))


def _begin(practising: Practising) -> None:
    terminal, person = practising.terminal, practising.simulated.person
    _ = terminal.gettext
    terminal.say(f"{person.name}, {person.who}")
    terminal.say(person.you)
    terminal.say(person.place)
    terminal.say(
        _(
            "Say something, in your own time; ... is a silence. /back takes the last turn anew, "
            "/help shows what else, /end ends it. Nothing is kept."
        ),
        tone="quiet",
    )
    terminal.say()
    terminal.say(practising.simulated.begins)


def _take(practising: Practising, text: str) -> None:
    terminal = practising.terminal
    if not text.strip():
        return
    if wanted := card_wanted(text):
        show_card(terminal, wanted.country)
        return
    first, _, rest = text.strip().partition(" ")
    if not first.startswith("/"):
        practising.say(text)
        return
    command = COMMANDS.get(first[1:].lower())
    if command is None:
        terminal.aside(
            terminal.gettext("There is no command {name}. /help shows those there are.").format(
                name=first
            )
        )
        return
    command.do(practising, rest.strip())


def _back(practising: Practising, rest: str) -> None:
    _ = practising.terminal.gettext
    simulated = practising.simulated
    line = simulated.line()
    simulated.rewind(_number(rest) or len(line))
    line = simulated.line()
    practising.terminal.say(_("Back there. The other has forgotten what came after."), tone="quiet")
    practising.terminal.say(line[-1].answer.text if line else simulated.begins)


def _line(practising: Practising, rest: str) -> None:
    del rest
    practising.terminal.say(practising.simulated.begins)
    _show(practising, practising.simulated.line())


def _compare(practising: Practising, rest: str) -> None:
    from beside.surfaces.practise import beside_each_other

    terminal, simulated = practising.terminal, practising.simulated
    _ = terminal.gettext
    count = len(simulated.ways())
    if count < 2:
        terminal.say(_("There is one way so far. /back and other words make a second."))
        return
    asked = [number for each in rest.split() if (number := _number(each)) is not None]
    one, other = (asked[0], asked[1]) if len(asked) == 2 else (count - 1, count)
    compared = simulated.compare(one, other)
    for number, steps in ((one, compared.first), (other, compared.second)):
        terminal.say()
        terminal.say(_("Way {number}").format(number=number), tone="strong")
        _show(practising, steps)
    terminal.say()
    for sentence in beside_each_other(compared, _):
        terminal.say(sentence)


def _show(practising: Practising, steps: "tuple[Step, ...]") -> None:
    for step in steps:
        practising.terminal.say()
        practising.terminal.say(f"> {step.words}")
        practising.show(step)


def _help(practising: Practising, rest: str) -> None:
    del rest
    for name, command in COMMANDS.items():
        practising.terminal.say(f"/{name}: {practising.terminal.gettext(command.help)}")


def _end(practising: Practising, rest: str) -> None:
    del practising, rest
    raise Ended


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


class Command(NamedTuple):
    """One small command: what it does, and its line in /help."""

    do: "Callable[[Practising, str], None]"
    help: str


COMMANDS: dict[str, Command] = {
    "back": Command(_back, N_("Take the last turn anew, or the turn with this number: /back 3.")),
    "line": Command(_line, N_("Show what was said so far.")),
    "compare": Command(_compare, N_("Lay the last two ways side by side, or two: /compare 1 3.")),
    "end": Command(_end, N_("End the practice.")),
    "help": Command(_help, N_("Show this.")),
}
