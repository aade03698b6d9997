"""One sitting at the terminal: the person says something, the companion answers, again."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from beside.errors import BesideError, TooLong, WrongPassphrase
from beside.surfaces.cli.ask import passphrase
from beside.surfaces.cli.card import card_wanted, show_card
from beside.surfaces.cli.flow import Flow
from beside.surfaces.cli.loop import Loop
from beside.surfaces.cli.terminal import Terminal
from beside.surfaces.cli.typed import Typed
from beside.surfaces.explain import explain_end

if TYPE_CHECKING:
    from beside.companion.replies import Update
    from beside.talk.events import Mode
    from beside.talk.ids import ConversationId
    from beside.wiring import Beside, OpenPerson, Said


class Left(Exception):  # noqa: N818 - nothing went wrong: the person left
    """The person has left the conversation."""


class Sitting:
    """What is open while the person sits here: whose journal, which conversation, which voice."""

    def __init__(
        self,
        terminal: Terminal,
        loop: Loop,
        beside: "Beside",
        person: "OpenPerson",
        *,
        untraced: bool = False,
        voice: str | None = None,
        mode: "Mode | None" = None,
    ) -> None:
        self.terminal = terminal
        self.loop = loop
        self.beside = beside
        self.kept = person
        """The person's own journal; a guest's is in memory."""
        self.person = person
        """Where words go now: `kept`, or its untraced side."""
        self.untraced = untraced
        self.conversation: ConversationId | None = None
        self.last: Said | None = None
        self.interrupted = False
        """Whether the newest reply was stopped by Ctrl-C; the next one then leaves."""
        self.too_long: str | None = None
        self.asking = False
        """Whether the passphrase is being asked for."""
        self.voice = voice
        self.mode = mode

    def hold(self, typed: Typed, command: Callable[["Sitting", str], bool]) -> None:
        """Go on until the person leaves. `command` does what a line asks, where it asks."""
        _ = self.terminal.gettext
        pressed = False
        while True:
            try:
                text = typed.message("> ")
                if text is None:
                    self.terminal.say()
                    return
                pressed = self.interrupted = False
                self._take(text, command)
                pressed = self.interrupted
            except Left:
                return
            except KeyboardInterrupt:
                if pressed:
                    self.terminal.say()
                    return
                pressed = True
                self.terminal.say()
                self.terminal.aside(_("Ctrl-C once more leaves; so does /quit."), tone="quiet")
            except TooLong as error:
                self.too_long = text
                self.terminal.aside(self.terminal.explain(error))
                self.terminal.aside(_("/parts says it in parts, one after the other."))
            except BesideError as error:
                self.terminal.aside(self.terminal.explain(error))

    def say(self, text: str) -> None:
        """The person's words go into the conversation, and the reply is heard."""
        self.unlock_if_needed()
        self.agree_to_voice()
        said, pressed = self.loop.finish(
            self.person.say(text, conversation=self.conversation, mode=self.mode, voice=self.voice)
        )
        self.mode = None
        self.conversation = said.conversation
        if pressed:
            self.interrupted = True
            self.loop.run(self.person.stop(said.reply))
        self.hear(said)

    def hear(self, said: "Said") -> None:
        """Show a reply as it comes. Ctrl-C stops it; its words stay."""
        self.last = said
        flow = self._flow()
        self.terminal.write("\n")
        updates = self.loop.each(self.person.listen(said.conversation, said.reply))
        ending: Update | None = None
        stopping = False
        while True:
            try:
                update = next(updates, None)
                if update is None:
                    break
                flow.add(update.text)
                ending = update
            except KeyboardInterrupt:
                if stopping:
                    raise Left from None
                stopping = self.interrupted = True
                self.loop.start(self.person.stop(said.reply))
        flow.end()
        self.terminal.write("\n")
        self._tell_ending(ending)
        self._point_to_people(said)

    def unlock_if_needed(self) -> None:
        """Ask for the passphrase where Beside has locked itself; a guest's words are gone then."""
        self.asking = True
        try:
            self._unlock()
        finally:
            self.asking = False

    def _unlock(self) -> None:
        _ = self.terminal.gettext
        while self.kept.locked:
            if not self.kept.name:
                self.terminal.aside(
                    _("Beside locked itself, and this conversation has left no trace.")
                )
                raise Left
            try:
                typed = passphrase(self.terminal)
                self.kept = self.loop.run(self.beside.unlock(self.kept.name, typed))
            except WrongPassphrase as error:
                self.terminal.aside(self.terminal.explain(error))
                continue
            self.person = self.kept.untraced() if self.untraced else self.kept
            if self.untraced:
                self.conversation = self.last = None

    def agree_to_voice(self) -> None:
        """Before words would leave the machine: say what leaves, and ask."""
        from beside.errors import ConsentNeeded, VoiceError
        from beside.surfaces.cli.ask import agree

        _ = self.terminal.gettext
        preferences = self.loop.run(self.person.read(lambda journal: journal.preferences()))
        name = self.voice or preferences.get("voice") or self.beside.settings.voice
        refused = preferences.get(f"agreed:{name}") == "no"
        if refused or self.beside.has_agreed(name, preferences):
            return
        try:
            self.beside.voice(name, agreed=False)
        except ConsentNeeded as error:
            if not self.terminal.is_live():
                return  # nobody is here to agree, so nothing leaves
            self.terminal.say(
                self.terminal.told(error.sentence)
            )  # exactly what leaves, and to where
            yes = agree(self.terminal, _("Do you agree to that, for this voice?"))
            if yes:
                self.loop.run(self.person.agree(name))
            else:
                self.loop.run(self.person.set_preference(f"agreed:{name}", "no"))
                self.terminal.say(_("Then nothing leaves. Beside answers by itself."))
        except VoiceError:
            return  # the turn itself says so, and is answered all the same

    def show_card(self, country: str | None = None) -> None:
        """The card, of the country that the person chose in the page, if nothing else is said."""
        if country is None and not self.kept.locked:
            try:
                chosen = self.loop.run(self.kept.read(lambda journal: journal.preferences()))
                country = chosen.get("country")
            except BesideError:
                country = None  # nothing stands between a person and help
        show_card(self.terminal, country)

    def _take(self, text: str, command: Callable[["Sitting", str], bool]) -> None:
        if not text.strip():
            return
        if wanted := card_wanted(text):
            self.show_card(wanted.country)
        elif not command(self, text):
            self.say(text)

    def _flow(self) -> Flow:
        live = self.terminal.is_live()
        return Flow(self.terminal.write, self.terminal.width() if live else None)

    def _tell_ending(self, ending: "Update | None") -> None:
        _ = self.terminal.gettext
        if ending is None:
            return
        for sentence in explain_end(ending.state, ending.reason, _):
            self.terminal.aside(sentence, tone="quiet")
        if ending.state == "failed":
            self.terminal.aside(
                _("What was said stays. /on lets Beside go on by itself; /again asks anew."),
                tone="quiet",
            )

    def _point_to_people(self, said: "Said") -> None:
        """Where care itself answered, name the way to people once more."""
        if not self.terminal.is_live():
            return
        tree = self.loop.run(self.person.conversation(said.conversation))
        if getattr(tree.turns[said.reply], "voice", None) == "care":
            self.terminal.say(
                self.terminal.gettext("r and Enter shows numbers of people, at any moment."),
                tone="strong",
            )
